"""What stands between the title of a page and its text: who wrote it, a summary, the day?"""

from __future__ import annotations

import re
from typing import Any

from pututu.lib.text import fold
from pututu.rescue.capture import Capture
from pututu.rescue.daysaid import NOT_ITS_DATE, may_hold_a_day
from pututu.rescue.reading.bodies import LINK, words_of
from pututu.rescue.reading.chunks import Chunk, squeezed
from pututu.rescue.reading.clearing import LARGE
from pututu.rescue.reading.record import Said
from pututu.rescue.reading.titles import HEADLINE
from pututu.rescue.reading.titles import LONGEST as LONGEST_TITLE
from pututu.rescue.reading.visible import PARAGRAPH

_BYLINE = re.compile(
    r"^(?:written by|posted by|by|por|escrito por|de)\s*:?\s+(?P<name>[^\W\d_][^|\d]{2,60}?)"
    r"\s*(?:$|[|,]|\bon\b|\bel\b)",
    re.I,
)
_STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:standfirst|lead|lede|intro|entradilla|bajada|sumilla|summary|deck|dek|excerpt|chapo|copete"
    r"|documentdescription|subtitulo|subtitle)(?:$|[\s_-])",
    re.I,
)
_ONLY_BETWEEN = re.compile(
    r"(?:\W|\b(?:by|on|at|posted|written|published|por|el|a las|escrito|publicado)\b"
    r"|\b\d{1,2}[:.h]\d\d(?:\s?[ap]\.?m\b)?)*",
    re.I,
)
"""Words of a line that names an author and a day, without those."""
_SIGNS = (",", "|", "–", "-")
_CLASSED = re.compile(r"(?:^|[\s_-])(?:byline|author|autor)(?:$|[\s_-])", re.I)
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,3} [^\W\d_][\w'’-]+")
HEAD = 3  # blocks
MOST_HEADINGS = 5
SHORTEST_HEADING = 3
LONGEST_STANDFIRST = 600
LONGEST_LABEL = 15
LONGEST_WAY = 25  # "You are here: > > "
LONGEST_BYLINE = 120
BESIDE_A_DAY = 20  # characters in a line that holds little else


def headings_of(chunks: list[Chunk]) -> list[Chunk]:
    """The headings over the first paragraph of the page's own part, in their order; where there is none, what stands
    there in bold or large letters, as old pages have it.
    """
    named: list[Chunk] = []
    set_apart: list[Chunk] = []
    for chunk in chunks:
        if chunk.region or not len(chunk.text) >= SHORTEST_HEADING:
            continue
        if len(chunk.text) <= LONGEST_TITLE and is_heading(chunk.element):
            named.append(chunk)
        elif len(chunk.text) >= PARAGRAPH:
            break
        elif not chunk.link and not may_hold_a_day(chunk.text) and _is_set_apart(chunk):
            set_apart.append(chunk)
    return (named or set_apart)[:MOST_HEADINGS]


def is_heading(element: Any) -> bool:
    return element.tag in ("h1", "h2", "h3", "h4") or bool(HEADLINE.search(element.get("class") or ""))


def _is_set_apart(chunk: Chunk) -> bool:
    """Whether all of its text is bold, large or called a headline."""
    return any(
        squeezed(each.text_content()) == chunk.text
        for each in chunk.element.iter("b", "strong", "big", "font", "span")
        if each.tag not in ("font", "span") or each.get("size", "") in LARGE or is_heading(each)
    )


def is_printed(title: str, chunks: list[Chunk]) -> bool:
    """Whether the page itself prints a title as a line of its own, anywhere but among comments."""
    wanted = fold(title)
    return any(fold(each.text) == wanted for each in chunks if each.region != "comments")


def byline_of(capture: Capture, tree: Any, chunks: list[Chunk], at: int | None, said: list[Said]) -> str:
    """Who wrote it: declared, or in a line at the title (chunk ``at``), or in the page's own data; else ""."""
    if capture.declared and capture.declared.author:
        return capture.declared.author
    if at is not None:
        for chunk in [*chunks[max(0, at - 2) : at], *chunks[at + 1 : at + 6]]:
            if len(chunk.text) >= LONGEST_BYLINE or NOT_ITS_DATE.search(chunk.text):
                continue
            text = _without(chunk.text, _days_of(said)).strip(" ,|–-")
            found = _BYLINE.match(text)
            if found and found["name"][0].isupper():  # "Por un agua limpia" is no name
                return found["name"].strip()
            if _CLASSED.search(chunk.hints) and (name := _name_in(text)):
                return name
    for meta in tree.iter("meta"):
        if (meta.get("name") or "").lower() == "author":
            content = squeezed(meta.get("content") or "")
            return content if len(content) <= 80 and "://" not in content else ""
    return ""


def standfirst_of(
    capture: Capture, tree: Any, chunks: list[Chunk], at: int | None, blocks: tuple[str, ...], title: str
) -> tuple[str, tuple[str, ...]]:
    """The summary under the headline: declared, so named by the page, or its description; taken out of the body."""
    declared = capture.declared.standfirst if capture.declared else ""
    start = 0 if at is None else at + 1
    named = next(
        (
            c.text
            for c in chunks[start : start + 8]
            if not c.region and _STANDFIRST.search(c.hints) and len(c.text) > 30
        ),
        "",
    )
    found = squeezed(declared or named or _described(tree))[:LONGEST_STANDFIRST]
    if blocks and found and fold(words_of(blocks[0])) == fold(found):
        blocks = blocks[1:]
    return ("" if fold(found) == fold(title) else found), blocks


def without_head(blocks: tuple[str, ...], title: str, byline: str, said: list[Said]) -> tuple[str, ...]:
    """The text without what the new page prints above it: the title, the author, the day."""
    days = _days_of(said)
    lines = {each.text for each in said if each.extractor == "date-line" and "strength-1" not in each.note}
    return tuple(
        block
        for n, block in enumerate(blocks)
        if n >= HEAD
        or not (_is_title(block, title) or _is_line(block, lines) or _is_signature(block, byline, days))
    )


def _days_of(said: list[Said]) -> list[str]:
    return [each.text for each in said if each.extractor == "date-line"]


def _without(text: str, parts: list[str]) -> str:
    for part in parts:
        text = text.replace(part, " ", 1)
    return text.strip()


def _is_title(block: str, title: str) -> bool:
    """Whether a block only repeats the title, a label ("Event: …") or the way to it ("Home > …") before it or not."""
    wanted = fold(title)
    return bool(wanted) and (
        _ends_with(wanted, words_of(block), LONGEST_LABEL)
        or _ends_with(wanted, words_of(LINK.sub("", block)), LONGEST_WAY)
    )


def _ends_with(wanted: str, words: str, more: int) -> bool:
    return fold(words).endswith(wanted) and len(fold(words)) <= len(wanted) + more


def _is_line(block: str, lines: set[str]) -> bool:
    """Whether a block prints the day and hardly more."""
    words = words_of(block)
    return any(
        line in words
        and len(words) <= len(line) + BESIDE_A_DAY
        and not _ends_a_name(words.partition(line)[0].rstrip())
        for line in lines
    )


def _ends_a_name(before: str) -> bool:
    """Whether a name and a sign stand before a day. Of an author or a place, nobody can tell: it stays."""
    return before.endswith(_SIGNS) and bool(_name_in(before.rstrip(" ,|–-")))


def _name_in(text: str) -> str:
    """The name of which a text consists; "" where it is none."""
    words = text.split() if _NAME.fullmatch(text) else []
    return text if words and words[0].istitle() and words[-1].istitle() else ""


def _is_signature(block: str, byline: str, days: list[str]) -> bool:
    """Whether a block names the author, and the day perhaps, and says nothing else."""
    words = words_of(block)
    if not byline or byline not in words or len(words) >= LONGEST_BYLINE:
        return False
    return bool(_ONLY_BETWEEN.fullmatch(_without(words, [byline, *days])))


def _described(tree: Any) -> str:
    """The page's description where it is a sentence and no list of keywords or cut text."""
    for meta in tree.iter("meta"):
        if (meta.get("name") or meta.get("property") or "").lower() in ("description", "og:description"):
            text = squeezed(meta.get("content") or "")
            if (
                len(text) >= 40
                and not text.endswith(("...", "…", "[…]"))
                and text.count(",") < len(text) / 15
            ):
                return text
    return ""
