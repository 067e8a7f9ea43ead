"""Which items does a page list: links of one build that repeat, each with its title, date line and standfirst?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from pututu.rescue.addresses import absolute, canonical
from pututu.rescue.daysaid import line_said, may_hold_a_day, order_of
from pututu.rescue.reading.chunks import Chunk, build_of, lineage, place_of, squeezed
from pututu.rescue.reading.heads import is_heading
from pututu.rescue.reading.record import Entry

FEWEST = 3
SHORTEST_TITLE = 8
FARTHEST = 8  # chunks that may belong to one entry
SHARE = 4  # a list with less than such a part of the text of the longest one stands beside it
LITTLE = 300  # characters over the first entry


def entries_of(chunks: list[Chunk], address: str, language: str) -> tuple[Entry, ...]:
    """The entries of the best list on the page: most dated, then most text; () where no list stands out."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number, chunk in enumerate(chunks):
        if chunk.link and not chunk.region and len(chunk.text) >= SHORTEST_TITLE:
            groups[build_of(chunk.element)].append(number)
    lists = [
        _read(chunks, numbers, address, language) for numbers in groups.values() if len(numbers) >= FEWEST
    ]
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


def _read(chunks: list[Chunk], numbers: list[int], address: str, language: str) -> tuple[Entry, ...]:
    spans = _spans(chunks, numbers)
    entries: dict[str, Entry] = {}
    for number, (first, last) in zip(numbers, spans, strict=True):
        entry = _entry(chunks, number, first, last, address, language)
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


def _entry(chunks: list[Chunk], number: int, first: int, last: int, address: str, language: str) -> Entry:
    date_line, place, words = "", place_of(chunks[number].element), []
    for n in range(first, last):
        chunk = chunks[n]
        if n == number or chunk.region:
            continue
        said = line_said(chunk.text, language=language, order=order_of(language)) if not date_line else None
        if said:
            date_line, place = said.text, place_of(chunk.element)
        elif n > number and not chunk.link and len(chunk.text) >= 25:
            words.append(chunk.text)
    try:
        target = urljoin(address, chunks[number].link).split("#")[0]
    except ValueError:
        target = ""
    return Entry(chunks[number].text, target, date_line, words[0] if words else "", place)


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
