"""What does the text of an old list page say: which items, which standing blocks, what is printed where?

The shape: each entry is a bulleted title, below it a date line and the standfirst, mostly indented and with blank lines
between. Standing blocks (aims, history, "why join") have no date line and come after the last item.
Two blank lines under a title are a date line that holds nothing.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pututu.lib.text import fold
from pututu.rescue.dateline import LONGEST_DATE_LINE, read_date_line
from pututu.rescue.errors import UnreadableCapture
from pututu.rescue.reading.cuts import Group, are_compact, groups_of, has_no_gap, whole_title
from pututu.rescue.reading.lines import Line, decode, split_lines

LONGEST_TITLE = 255  # what a page's title holds
_EDITION = "pututu rescue 1"  # raise it only with a migration of the prints of words already stored

_EVENT = re.compile(r"^(?:event|evento)\s*:\s*", re.IGNORECASE)


class Kind(StrEnum):
    """What an entry of a list page is."""

    EVENT = "event"
    STORY = "story"
    BLOCK = "block"


@dataclass(frozen=True)
class Paragraph:
    """Running text, its lines joined by spaces."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """A bulleted list."""

    items: tuple[str, ...]


Passage = Paragraph | Bullets


@dataclass(frozen=True)
class Reading:
    """One entry as read. ``line`` is the title's; ``date_line`` is as printed, "" if empty, None if none."""

    kind: Kind
    title: str
    line: int
    date_line: str | None
    date_line_number: int | None
    standfirst: str
    body: tuple[Passage, ...]


@dataclass(frozen=True)
class Refusal:
    """An entry that could not be read, and why."""

    line: int
    title: str
    reason: str


@dataclass(frozen=True)
class ListPage:
    """All that one capture of a list page says; ``name`` is how people know the capture (its file's name)."""

    name: str
    readings: tuple[Reading, ...]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True)
class _Entry:
    title: Line
    date_line: Line | None
    passages: tuple[Passage, ...]


def read_list_page(data: bytes, *, name: str, encoding: str = "utf-8") -> ListPage:
    """Read the bytes of a scraped list page.

    Raises UnreadableCapture when nothing can be read of it; one bad entry is refused and the rest read.
    """
    lines = split_lines(decode(data, name=name, encoding=encoding))
    groups = groups_of(lines)
    entries = _entries_of(groups)
    last_item = max((place for place, entry in enumerate(entries) if entry.date_line), default=None)
    if last_item is None:
        raise UnreadableCapture(
            name,
            "No item was found: an item is a bulleted title, and below it a line with its date.",
            "Give the text of a list page of the old site.",
            line=next((line.number for line in lines if not line.is_blank), 1),
        )
    readings: list[Reading] = []
    refusals = list(_before_first_title(lines, groups))
    for place, entry in enumerate(entries):
        fault = _fault(entry, groups[place][1])
        if fault:
            refusals.append(Refusal(entry.title.number, entry.title.text[:80], fault))
        else:
            readings.append(_reading(entry, is_block=place > last_item))
    return ListPage(name, tuple(readings), tuple(refusals))


def fingerprint_of(reading: Reading) -> str:
    """By which an entry is known on any page: 32 hexadecimal digits of SHA-256 over kind and folded words, no dates."""
    texts = [
        text
        for passage in reading.body
        for text in (passage.items if isinstance(passage, Bullets) else (passage.text,))
    ]
    words = [_EDITION, reading.kind, reading.title, reading.standfirst, *texts]
    folded = "\n".join(" ".join(fold(word).split()) for word in words)
    return hashlib.sha256(folded.encode()).hexdigest()[:32]


def _before_first_title(lines: list[Line], groups: list[Group]) -> Iterator[Refusal]:
    for line in lines[: groups[0][0].number - 1]:
        if not line.is_blank:
            yield Refusal(
                line.number, line.text[:80], "This stands before the first title and belongs to no item."
            )
            return


def _entries_of(groups: list[Group]) -> list[_Entry]:
    is_compact = are_compact(groups)
    width = max(
        (line.indent + len(line.text) for title, rest in groups for line in (title, *rest)), default=0
    )
    return [_entry(*whole_title(*group, is_compact=is_compact, width=width)) for group in groups]


def _entry(title: Line, rest: list[Line]) -> _Entry:
    texts = [line for line in rest if not line.is_blank]
    if not texts:
        return _Entry(title, None, ())
    first = texts[0]
    if rest.index(first) >= 2:
        return _Entry(title, rest[1], tuple(_passages(rest)))
    if _is_date_line(first, rest):
        return _Entry(title, first, tuple(_passages(rest[rest.index(first) + 1 :])))
    return _Entry(title, None, tuple(_passages(rest)))


def _is_date_line(first: Line, rest: list[Line]) -> bool:
    """A short line by itself that is a date, or stands in its place: before more text, ending no sentence.

    In an entry without blank lines nothing but its being a date tells it from the text right below it.
    """
    if first.is_bullet or len(first.text) > LONGEST_DATE_LINE:
        return False
    below = rest[rest.index(first) + 1 :]
    is_date = read_date_line(first.text).code != "unreadable"
    if below and not below[0].is_blank:
        return is_date and has_no_gap(rest)
    if is_date:
        return True
    return any(line.text and not line.is_bullet for line in below) and first.text[-1] not in ".?!:…"


def _passages(lines: list[Line]) -> Iterator[Passage]:
    """Join lines to paragraphs and bulleted lists; a blank line ends either."""
    gathered: list[Line] = []
    for line in [*lines, Line(0, 0, False, "")]:
        ends_here = line.is_blank or (gathered and line.is_bullet and not gathered[0].is_bullet)
        if ends_here and gathered:
            yield _passage(gathered)
            gathered = []
        if not line.is_blank:
            gathered.append(line)


def _passage(lines: list[Line]) -> Passage:
    if not lines[0].is_bullet:
        return Paragraph(" ".join(line.text for line in lines))
    items: list[str] = []
    for line in lines:
        if line.is_bullet:
            items.append(line.text)
        else:
            items[-1] = f"{items[-1]} {line.text}".strip()
    return Bullets(tuple(item for item in items if item))


def _fault(entry: _Entry, lines: list[Line]) -> str:
    damaged = next((line.number for line in (entry.title, *lines) if line.is_damaged), None)
    if damaged:
        return f"Line {damaged} holds control characters, which no page prints: mend the line."
    if not _EVENT.sub("", entry.title.text):
        return "The bullet has no title: write one, or take the bullet away."
    if len(entry.title.text) > LONGEST_TITLE:
        return (
            f"The title has more than {LONGEST_TITLE} characters: a paragraph seems to be taken for a title."
        )
    if not entry.passages and entry.date_line is None:
        return "Nothing stands under the title: add its date line and text, or take it away."
    return ""


def _reading(entry: _Entry, *, is_block: bool) -> Reading:
    title, is_event = _EVENT.subn("", entry.title.text)
    kind = Kind.BLOCK if is_block else Kind.EVENT if is_event else Kind.STORY
    passages = entry.passages
    standfirst = ""
    if kind is not Kind.BLOCK and passages and isinstance(passages[0], Paragraph):
        standfirst, passages = passages[0].text, passages[1:]
    return Reading(
        kind=kind,
        title=title if kind is not Kind.BLOCK else entry.title.text,
        line=entry.title.number,
        date_line=entry.date_line.text if entry.date_line else None,
        date_line_number=entry.date_line.number if entry.date_line else None,
        standfirst=standfirst,
        body=passages,
    )
