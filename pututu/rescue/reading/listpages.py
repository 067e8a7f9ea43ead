"""What does the text of a list page say that somebody scraped: which entries, by what is each known again?

An entry is known by its title and, where one is printed, its day: lines shift whenever a list is scraped again. On
another page it is known by all its words (``fingerprint_of``).
"""

from __future__ import annotations

from collections import Counter
from html import escape

from pututu.rescue.addresses import plain_slug
from pututu.rescue.capture import Capture
from pututu.rescue.dateline import read_date_line
from pututu.rescue.errors import UnreadableCapture
from pututu.rescue.item import ItemKind
from pututu.rescue.reading import scraped
from pututu.rescue.reading.assertions import outside_said
from pututu.rescue.reading.decoding import decode_page, unmended
from pututu.rescue.reading.languages import language_of
from pututu.rescue.reading.lines import binary, raw_lines
from pututu.rescue.reading.record import Entry, Reading

KINDS = {
    scraped.Kind.EVENT: ItemKind.EVENT,
    scraped.Kind.STORY: ItemKind.STORY,
    scraped.Kind.BLOCK: ItemKind.BACKGROUND,
}
WIDE = (b"\xff\xfe", b"\xfe\xff")  # how UTF-16 begins, in which every second byte may be zero


def list_page(capture: Capture) -> scraped.ListPage:
    """The entries of scraped text, and those that are refused. Raises UnreadableCapture where it has not that shape."""
    if b"\x00" in capture.content and not capture.content.startswith(WIDE):
        raise binary(capture.source)
    return scraped.read_list_page(_text(capture).encode(), name=capture.source)


def read_scraped(capture: Capture) -> Reading | None:
    """The reading of scraped text; None where it has not the shape of a list page."""
    try:
        page = list_page(capture)
    except UnreadableCapture:
        return None
    text = _text(capture)
    language = language_of("", text)
    return Reading(
        address=capture.address,
        source=capture.source,
        sha256=capture.sha256,
        kind=ItemKind.LIST,
        title=(capture.declared.title if capture.declared else "") or capture.address.rsplit("/", 1)[-1],
        language=language,
        entries=_entries(page, raw_lines(text), _words_by_line(capture, page, text), language),
        said=tuple(outside_said(capture)),
    )


def _text(capture: Capture) -> str:
    return decode_page(capture.content, header=capture.headers.get("content-type", ""))


def _words_by_line(capture: Capture, page: scraped.ListPage, text: str) -> dict[int, str]:
    """By which words each entry is known, as they stand in the file: mending may get better, the file stays."""
    raw = unmended(capture.content, header=capture.headers.get("content-type", ""))
    found = {each.line: scraped.fingerprint_of(each) for each in page.readings}
    if raw == text:
        return found
    try:
        as_it_stands = scraped.read_list_page(raw.encode(), name=capture.source).readings
    except UnreadableCapture:
        return found
    return found | {each.line: scraped.fingerprint_of(each) for each in as_it_stands}


def _entries(
    page: scraped.ListPage, lines: list[str], words: dict[int, str], language: str
) -> tuple[Entry, ...]:
    names = [_name(each, language) for each in page.readings]
    many = {name for name, count in Counter(names).items() if count > 1}
    return tuple(
        _entry(each, lines, f"{name}-{words[each.line][:8]}" if name in many else name, words[each.line])
        for each, name in zip(page.readings, names, strict=True)
    )


def _name(found: scraped.Reading, language: str) -> str:
    """The words of the title, and the day behind it: two of one title are seldom of one day."""
    day = read_date_line(found.date_line or "", language="es" if language.startswith("es") else "en").value
    return "-".join(filter(None, (plain_slug(found.title) or "entry", plain_slug(day.edtf if day else ""))))


def _entry(found: scraped.Reading, lines: list[str], name: str, words: str) -> Entry:
    return Entry(
        title=found.title,
        date_line=found.date_line or "",
        standfirst=found.standfirst,
        place=f"line {found.date_line_number or found.line}",
        kind=str(KINDS[found.kind]),
        body=tuple(_html(each) for each in found.body),
        text_place=_line_of(found.standfirst, lines, found.line),
        name=name,
        words=words,
    )


def _line_of(text: str, lines: list[str], after: int) -> str:
    """The line below ``after`` with which a text begins."""
    numbers = range(after, len(lines)) if text else range(0)
    return next(
        (f"line {n + 1}" for n in numbers if lines[n].strip() and text.startswith(lines[n].strip()[:40])), ""
    )


def _html(passage: scraped.Passage) -> str:
    if isinstance(passage, scraped.Bullets):
        return "<ul>" + "".join(f"<li>{escape(text, quote=False)}</li>" for text in passage.items) + "</ul>"
    return f"<p>{escape(passage.text, quote=False)}</p>"
