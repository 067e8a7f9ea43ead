"""What do the words that assert a date mean, and what is each such witness worth?

The words were found by ``rescue.reading``; here they become values. A stand-in, two possible days, or nothing readable
stay as claims without a value: they are evidence too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum

from pututu.lib.dates import DateError, HonestDate, Precision, from_words
from pututu.rescue.dating.agreeing import common
from pututu.rescue.dating.clocks import may_be_the_day_beside
from pututu.rescue.daysaid import MONTHS, day_of, days_in, line_said, order_of, yearless_days
from pututu.rescue.item import Quote
from pututu.rescue.reading.record import Reading, Said, where


class Witness(IntEnum):
    """Who says so, the most trusted first: the ranking rule of rescue."""

    DATE_LINE = 1  # printed near the title
    STRUCTURED = 2  # JSON-LD and microdata "datePublished"
    META = 3
    EXPORT = 4  # what a feed or an export of the site declares
    LIST = 5  # a list page of the site prints it beside the title
    TIME = 6  # a <time> in the page that is not called "published"
    ADDRESS = 7
    SCRIPT = 8  # what the page's own scripts hold as its publication
    OPENING = 9  # stands before the first words of the text, as in a press release
    PLAIN_META = 10  # "date", "created": often when the page was built
    PDF = 11  # may be a later scan
    LAST_MODIFIED = 12
    CHANGED = 13  # the page itself says that it was changed then
    TEXT = 14  # days that the text speaks of as past: limits from below
    NEIGHBOURS = 15  # limits from items with lower and higher numbers
    CAPTURE = 16  # proves existence: "not later than", never a date
    EVENT = 17  # when the event takes place


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion, judged by itself. ``value`` is None where none can be read; ``code`` says why.

    ``is_instant``: an hour of which the offset to the site's clock is not told; ``is_of_the_night``: it is in UTC and
    so near to midnight that by the site's clock it may have been the day beside.
    """

    witness: Witness
    said: Said
    value: HonestDate | None
    code: str = ""
    is_instant: bool = False
    is_of_the_night: bool = False
    address: str = ""  # where it was said, where that is another page
    shown_by: tuple[Quote, ...] = ()  # of what is inferred: the words from which

    def quotes(self, address: str) -> tuple[Quote, ...]:
        """The words that show it, of an item at ``address``."""
        if self.witness is Witness.NEIGHBOURS or not self.said.text:
            return self.shown_by
        return (Quote(self.said.text, where(self.address or address, self.said.place)),)


_OF = {
    "date-line": Witness.DATE_LINE,
    "json-ld": Witness.STRUCTURED,
    "microdata": Witness.STRUCTURED,
    "meta": Witness.META,
    "time": Witness.TIME,
    "address": Witness.ADDRESS,
    "script": Witness.SCRIPT,
    "declared": Witness.EXPORT,
    "list": Witness.LIST,
    "news-sitemap": Witness.LIST,
    "sitemap": Witness.LAST_MODIFIED,
    "opening": Witness.OPENING,
    "changed": Witness.CHANGED,
    "pdf": Witness.PDF,
    "last-modified": Witness.LAST_MODIFIED,
    "capture": Witness.CAPTURE,
    "text": Witness.TEXT,
    "event-data": Witness.EVENT,
    "event-text": Witness.EVENT,
}
_CHANGED = {"updated", "modified", "date_modified", "atom:updated"}
_DATED_BY = {witness for witness in Witness if witness <= Witness.PLAIN_META}
# 30 November 1999 is what PHP makes of 0000-00-00 with a year of two digits.
_MACHINE_ZEROES = {
    (1980, 1, 1), (1904, 1, 1), (1990, 1, 1), (1979, 12, 31), (1901, 12, 13), (2038, 1, 19), (1999, 11, 30),
}  # fmt: skip
_MONTHS_OF_ZEROES = {(1969, 12), (1970, 1), (1899, 12), (1900, 1)}
_ZERO = re.compile(
    r"\s*(?:-1|0|invalid date|nan(?:[/.-]nan){0,2}|null|undefined|-?0*1?-11-30\b.*|0000-00-00.*"
    r"|-0001-.*|0001-01-01.*|1970-01-01.*|1969-12-31.*)\s*$",
    re.IGNORECASE,
)
_ZERO_IN_PATH = re.compile(r"-?000\d|1970.?01.?01|1969.?12.?31|1900.?01.?01")
_ISO = re.compile(
    r"\s*(?P<y>\d{4})-(?P<m>\d{1,2})"
    r"(?:-(?P<d>\d{1,2})(?P<time>[T ]\s*\d{1,2}:\d\d\S*(?:\s*(?:[+-]\d\d:?\d\d|UTC|GMT|Z))?)?)?"
)
_WITH_OFFSET = re.compile(r"[+-](?!00:?00)\d\d:?\d\d$")  # so the day is that of the site's own clock
_COMPACT = re.compile(
    r"\s*(?:D:)?(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?:\d{4,6}|T\d|[Z+-]|$)"
)
# The pubDate of a feed and the date of an answer may have a year of two digits (RFC 822, RFC 850; RFC 2822, 4.3).
_SHORT_YEAR = re.compile(
    r"\s*(?:(?P<weekday>[A-Z][a-z]{2})[a-z]{0,6}, )?(?P<d>\d{1,2})[ -](?P<m>[A-Z][a-z]{2})[ -](?P<y>\d\d) \d\d?:\d\d"
)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_PATH = re.compile(r"(?P<y>(?:19|20)\d\d)[/_-]?(?P<m>\d{1,2})(?:[/_-]?(?P<d>\d{1,2}))?$")


def claims_of(reading: Reading, *, order: str = "") -> tuple[Claim, ...]:
    """Give the claims of a page, best witness first. ``order`` is how the whole site writes numbers ("dmy", "mdy")."""
    order = order_of(reading.language) or order
    claims = [claim_of(said, order, reading.language, reading.address) for said in reading.said]
    claims = _in_the_year_of_others(_in_the_order_of_others(_by_the_sites_clock(claims)))
    return tuple(sorted(claims, key=lambda claim: claim.witness))


def claim_of(said: Said, order: str, language: str = "", address: str = "") -> Claim:
    """Judge one assertion by itself."""
    witness = _OF[said.extractor]
    if said.extractor == "meta" and said.note.startswith("plain"):
        witness = Witness.PLAIN_META
    if said.note in _CHANGED or said.note == "created":
        witness = Witness.LAST_MODIFIED if said.note in _CHANGED else Witness.PLAIN_META
    value, code, is_instant = _value(said, order, language)
    if value and _is_zero(value):
        value, code = None, "stand-in"
    is_of_the_night = is_instant and may_be_the_day_beside(said.text, address, language)
    return Claim(witness, said, value, code, is_instant, is_of_the_night)


def _value(said: Said, order: str, language: str) -> tuple[HonestDate | None, str, bool]:
    text = said.text.strip()
    if said.extractor == "address":
        return *_of_path(text, order), False
    if said.extractor in ("text", "event-text", "date-line", "list", "opening"):
        return *_printed(said, order, language), False
    if _ZERO.match(text):
        return None, "stand-in", False
    if iso := _ISO.match(text):
        return *_parts(iso), bool(iso["time"]) and not _WITH_OFFSET.search(text)
    if compact := _COMPACT.match(text):
        return *_parts(compact), True
    if (short := _SHORT_YEAR.match(text)) and (value := _of_short_year(short)):
        return value, "", True
    days = list(days_in(text, order=order))
    if len(days) == 1:
        return days[0].value, days[0].code, ":" in text
    line = line_said(text, language=language, order=order)
    if line is None and said.extractor == "declared":
        return *_in_words(text, language), False
    return (line.value, line.code, ":" in text) if line else (None, "unreadable", False)


def _in_words(text: str, language: str) -> tuple[HonestDate | None, str]:
    """What stands alone in the field of a date may be a year or years, which in print may be anything."""
    try:
        value = from_words(text, language=language.split("-")[0] or "en")
    except DateError as error:
        return None, error.code
    return (None, "unreadable") if value.is_unknown else (value, "")


def _parts(found: re.Match[str]) -> tuple[HonestDate | None, str]:
    year, month, day = int(found["y"]), int(found["m"]), found["d"]
    if day:
        return day_of(year, month, int(day))
    try:
        return HonestDate.parse(f"{year:04d}-{month:02d}"), ""
    except DateError as error:
        return None, error.code


def _of_short_year(found: re.Match[str]) -> HonestDate | None:
    """The day, if it is one and fell on the weekday that is named."""
    year = int(found["y"]) + (2000 if int(found["y"]) < 50 else 1900)
    value, _code = day_of(year, MONTHS.get(found["m"].lower(), 0), int(found["d"]))
    is_right = value and value.earliest and found["weekday"] in (None, _WEEKDAYS[value.earliest.weekday()])
    return value if is_right else None


def _of_path(text: str, order: str) -> tuple[HonestDate | None, str]:
    """2013/09/24, 2013-09, 20130924; or 24-09-2013 and 24092013, where the order of day and month is known."""
    if _ZERO_IN_PATH.match(text):
        return None, "stand-in"
    if found := _PATH.match(text):
        return _parts(found)
    if found := re.match(r"(\d{4})/([a-z]+)/(\d{1,2})$", text, re.IGNORECASE):
        month = MONTHS.get(found[2].lower(), 0)
        return day_of(int(found[1]), month, int(found[3]))
    whole = f"{text[:2]}/{text[2:4]}/{text[4:]}" if text.isdigit() else re.sub("[._-]", "/", text)
    day = next(days_in(whole, order=order), None)
    return (day.value, day.code) if day else (None, "unreadable")


def _printed(said: Said, order: str, language: str) -> tuple[HonestDate | None, str]:
    if said.note.startswith("yearless"):
        return None, said.note
    days = list(days_in(said.text, order=order))
    if len(days) == 1 and len(days[0].text) == len(said.text):
        return days[0].value, days[0].code
    if said.extractor == "event-text":
        return _in_words(said.text, language)
    line = line_said(said.text, language=language, order=order)
    return (line.value, line.code) if line else (None, "unreadable")


def _is_zero(value: HonestDate) -> bool:
    first = value.earliest
    if first is None or value.is_stand_in:
        return value.is_stand_in
    is_month = value.precision is Precision.MONTH and (first.year, first.month) in _MONTHS_OF_ZEROES
    return is_month or (first.year, first.month, first.day) in _MACHINE_ZEROES


def _by_the_sites_clock(claims: list[Claim]) -> list[Claim]:
    """WordPress states an instant and what the site's clock showed: the day is the clock's, if both are one moment."""
    fields = {claim.said.note: claim for claim in claims if claim.said.extractor == "declared"}
    named = [fields[name] for name in ("wp:post_date_gmt", "pubDate", "wp:post_date") if name in fields]
    if len(named) < 2:
        return claims
    best = next((claim for claim in named if claim.value), named[0])
    clock = fields.get("wp:post_date")
    if clock and clock.value and best.value and _is_beside(clock.value, best.value):
        best = clock
    dropped = [claim for claim in named if claim is not best and (claim.value or best.value)]
    kept = [replace(best, is_instant=False) if claim is best else claim for claim in claims]
    return [claim for claim in kept if claim not in dropped or claim.code == "stand-in"]


_NUMBERS = re.compile(
    r"(?<!\d)(?P<a>0?[1-9]|1[0-2])(?P<s>[./-])(?P<b>0?[1-9]|1[0-2])(?P=s)(?P<y>\d{4})(?!\d)"
)


def _in_the_order_of_others(claims: list[Claim]) -> list[Claim]:
    """Read 03/04/2013 as the other day that it can mean, where only that one is what the page says elsewhere."""
    clear = {
        c.value.edtf
        for c in claims
        if c.value and c.witness in _DATED_BY and not _NUMBERS.search(c.said.text)
    }
    return [_turned(claim, clear) for claim in claims]


def _turned(claim: Claim, clear: set[str]) -> Claim:
    found = _NUMBERS.search(claim.said.text) if claim.witness in _DATED_BY else None
    if not found or (claim.value and claim.value.edtf in clear):
        return claim
    first, second, year = int(found["a"]), int(found["b"]), int(found["y"])
    for value, _code in (day_of(year, first, second), day_of(year, second, first)):
        if value and value.edtf in clear:
            return replace(claim, value=value, code="")
    return claim


def _in_the_year_of_others(claims: list[Claim]) -> list[Claim]:
    """Read "24 September" at the title as the day of the year that the address or another witness names with it."""
    by_address = [c.value for c in claims if c.value and c.witness is Witness.ADDRESS]
    named = by_address or [
        c.value for c in claims if c.value and Witness.DATE_LINE < c.witness <= Witness.PLAIN_META
    ]
    return [_of_their_year(claim, named) for claim in claims]


def _of_their_year(claim: Claim, named: list[HonestDate]) -> Claim:
    is_open = claim.witness is Witness.DATE_LINE and claim.code in ("yearless", "ambiguous")
    found = list(yearless_days(claim.said.text)) if is_open else []
    if len(found) != 1:
        return claim
    _words, month, number = found[0]
    for value in named:
        year = value.earliest.year if value.earliest else 0
        if claim.code == "ambiguous" and year % 100 == number:
            return claim  # "April 12" may be the month of 2012
        day, _code = day_of(year, month, number)
        if day and value.precision in (Precision.DAY, Precision.MONTH) and common(day, value):
            return replace(claim, value=day, code="")
    return claim


def _is_beside(one: HonestDate, other: HonestDate) -> bool:
    first, second = one.earliest, other.earliest
    return bool(first and second and abs((first - second).days) <= 1)
