"""Which items does a page list: links of one build that repeat, each with its title, date line and standfirst?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from pututu.rescue.addresses import absolute, canonical
from pututu.rescue.daysaid import line_said, may_hold_a_day, order_of
from pututu.rescue.reading.chunks import INLINE, Chunk, build_of, lineage, place_of, squeezed
from pututu.rescue.reading.heads import is_heading
from pututu.rescue.reading.otherdays import DATE_CLASS
from pututu.rescue.reading.record import Entry

FEWEST = 3
SHORTEST_TITLE = 8
MOST_TO_ONE = 5  # links of a page to one address that are looked at
FARTHEST = 8  # chunks that may belong to one entry
SHARE = 4  # a list with less than such a part of the text of the longest one stands beside it
LITTLE = 300  # characters over the first entry


def entries_of(chunks: list[Chunk], address: str, language: str) -> tuple[Entry, ...]:
    """The entries of the best list on the page: most dated, then most text; () where no list stands out."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number, chunk in enumerate(chunks):
        if chunk.link and not chunk.region and len(chunk.text) >= SHORTEST_TITLE:
            groups[build_of(chunk.element)].append(number)
    groups = {build: numbers for build, numbers in groups.items() if len(numbers) >= FEWEST}
    links = _links(chunks[0].element) if groups else {}
    lists = [_read(chunks, numbers, links, address, language) for numbers in groups.values()]
    most = max((_worth(each)[1] for each in lists), default=0)
    return max((each for each in lists if _worth(each)[1] * SHARE >= most), key=_worth, default=())


def leading_in(chunks: list[Chunk], address: str) -> int:
    """How many headings lead to other pages: those of whole posts one below the other, as on a page of a month.

    None, where the page has a text, or a headline, of its own above or between: then they are of other stories.
    """
    own = {canonical(each).key for each in (address, address.split("?")[0], urljoin(address, "/"))}
    seen, text = set[str](), 0
    for chunk in chunks:
        if chunk.region:
            continue
        target = _led_to(chunk, address) if is_heading(chunk.element) else ""
        if target and target not in own:
            seen.add(target)
        elif not seen:
            text += 0 if chunk.link else len(chunk.text)
            if text > LITTLE:
                return 0
        elif chunk.element.tag in ("h1", "h2") and not may_hold_a_day(chunk.text):
            return 0
    return len(seen)


def _led_to(chunk: Chunk, address: str) -> str:
    """The page to which a heading leads that is nothing but a link."""
    link = next(chunk.element.iter("a"), None) if chunk.link else None
    if link is None or squeezed(link.text_content()) != chunk.text:
        return ""
    return canonical(absolute(chunk.link, address).split("#")[0]).key


def _worth(entries: tuple[Entry, ...]) -> tuple[int, int]:
    return sum(bool(entry.date_line) for entry in entries), sum(
        len(entry.title) + len(entry.standfirst) for entry in entries
    )


def _read(
    chunks: list[Chunk], numbers: list[int], links: dict[str, list[Any]], address: str, language: str
) -> tuple[Entry, ...]:
    spans = _spans(chunks, numbers)
    entries: dict[str, Entry] = {}
    for number, span in zip(numbers, spans, strict=True):
        entry = _entry(chunks, number, span, links, address, language)
        entries.setdefault(entry.address or entry.title, entry)
    return tuple(entries.values())


def _spans(chunks: list[Chunk], numbers: list[int]) -> list[tuple[int, int]]:
    """From where to where each entry reaches: its own element, or, in a flat page, until the next link of the list."""
    held: dict[Any, int] = defaultdict(int)
    for number in numbers:
        for each in lineage(chunks[number].element):
            held[each] += 1
    spans = []
    for place, number in enumerate(numbers):
        own = [each for each in lineage(chunks[number].element) if held[each] == 1]
        after = numbers[place + 1] if place + 1 < len(numbers) else len(chunks)
        inside = [
            n
            for n in range(max(0, number - 4), min(after, number + FARTHEST))
            if own and own[-1] in lineage(chunks[n].element)
        ]
        spans.append(
            (min(inside), max(inside) + 1) if len(inside) > 1 else (number, min(after, number + FARTHEST))
        )
    return spans


def _entry(
    chunks: list[Chunk],
    number: int,
    span: tuple[int, int],
    links: dict[str, list[Any]],
    address: str,
    language: str,
) -> Entry:
    title, date_line = _in_one_line(chunks[number], links, language)
    place, words = place_of(chunks[number].element), list[str]()
    for n in range(*span):
        chunk = chunks[n]
        if n == number or chunk.region:
            continue
        said = line_said(chunk.text, language=language, order=order_of(language)) if not date_line else None
        if said and (not said.is_wordy or DATE_CLASS.search(chunk.hints)):
            date_line, place = said.text, place_of(chunk.element)
        elif n > number and not chunk.link and len(chunk.text) >= 25:
            words.append(chunk.text)
    try:
        target = urljoin(address, chunks[number].link).split("#")[0]
    except ValueError:
        target = ""
    return Entry(title, target, date_line, words[0] if words else "", place)


def _links(element: Any) -> dict[str, list[Any]]:
    """The first few links of a page to each address."""
    found: dict[str, list[Any]] = defaultdict(list)
    for link in element.getroottree().iter("a"):
        address = link.get("href") or ""
        if len(found[address]) < MOST_TO_ONE:
            found[address].append(link)
    return found


_HAS_DIGIT = re.compile(r"\d")
_SIGNS = " \t\u00a0-–—:,;|·•*()[]/"


def _in_one_line(chunk: Chunk, links: dict[str, list[Any]], language: str) -> tuple[str, str]:
    """Title and date line of a line that holds both: "4 March 2013 - <a>The river</a>", "<a>…</a> (4 March)"."""
    for link in links.get(chunk.link, ()) if _HAS_DIGIT.search(chunk.text) else ():
        linked = squeezed(link.text_content())
        if not linked or linked not in chunk.text:
            continue
        before, _, after = chunk.text.partition(linked)
        for part in (before, after):
            if said := _dated(part.strip(_SIGNS), chunk, language):
                return linked, said
        within = next(
            (squeezed(each.text_content()) for each in link.iter() if _is_of_its_own(each, link)), ""
        )
        said, rest = _dated(within, chunk, language), linked.replace(within, "").strip(_SIGNS)
        if said and len(rest) >= SHORTEST_TITLE:
            return rest, said
        break
    return chunk.text, ""


def _is_of_its_own(element: Any, link: Any) -> bool:
    """An element within a link, whose words may be the date beside the title."""
    return element is not link and isinstance(element.tag, str) and element.tag in INLINE


def _dated(text: str, chunk: Chunk, language: str) -> str:
    """The date of a date line; "" of a text that is none."""
    said = line_said(text, language=language, order=order_of(language)) if text else None
    is_date = said is not None and (not said.is_wordy or bool(DATE_CLASS.search(chunk.hints)))
    return said.text if said and is_date and (said.value or said.code == "stand-in") else ""


# --- what stands beside the page

SHORTEST_STANDING = 60
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "dt", "th", "strong", "b"}


def standing_of(chunks: list[Chunk]) -> Iterator[Entry]:
    """Headed texts in sidebars and footers: aims, history, why to join."""
    heading: Chunk | None = None
    words: list[str] = []
    for chunk in [*chunks, None]:
        is_heading = chunk is not None and chunk.region == "aside" and chunk.element.tag in _HEADINGS
        if is_heading or chunk is None or chunk.region != "aside":
            if heading and sum(map(len, words)) >= SHORTEST_STANDING:
                yield Entry(
                    heading.text,
                    standfirst=" ".join(words)[:4000],
                    place=place_of(heading.element),
                    kind="background",
                )
            heading, words = (chunk if is_heading else None), []
        elif heading and not chunk.link:
            words.append(chunk.text)
