"""Which claims about its dates does an old item carry?

A claim is one source's assertion. It keeps what was printed, where it stands, and what kind of witness
says it; a stand-in, an unreadable line and an empty one are kept too, without a value.
"""

import re
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from pututu.lib.dates import DateError, HonestDate, Precision, from_words
from pututu.rescue.dateline import read_date_line
from pututu.rescue.reading.scraped import Kind, Reading

LONGEST_OPENING = 80


class About(StrEnum):
    """What a claim dates."""

    PUBLISHED = "published"
    HELD = "held"


class Witness(IntEnum):
    """Who says so, the most trusted first: the ranking rule of rescue."""

    DATE_LINE = 1  # printed and visible on the page
    TEXT = 2  # the item's own text
    METADATA = 3  # JSON-LD or meta "datePublished"
    FEED = 4
    ADDRESS = 5  # a path such as /2013/09/
    PDF = 6  # its creation may be a later scan
    LAST_MODIFIED = 7  # sitemap or HTTP header
    CAPTURE = 8  # proves existence: "not later than", never a date
    EVENT_DAY = 9  # an announcement lies before the day it announces


LIMITS = frozenset({Witness.CAPTURE, Witness.EVENT_DAY})


@dataclass(frozen=True)
class Claim:
    """One assertion of a date. ``value`` is None where none could be read; ``fault`` then says why.

    ``source`` names the place for a person: the capture and the line.
    """

    about: About
    witness: Witness
    printed: str
    value: HonestDate | None
    source: str
    fault: str = ""
    is_stand_in: bool = False

    @property
    def is_limit(self) -> bool:
        """It only says what the date cannot exceed."""
        return self.witness in LIMITS


def claims_of(reading: Reading, *, source: str, language: str = "en") -> tuple[Claim, ...]:
    """Give the claims of one reading; ``source`` is its capture's name. A standing block claims nothing."""
    if reading.kind is Kind.BLOCK:
        return ()
    claims = [_date_line_claim(reading, source=source, language=language)]
    if reading.kind is Kind.EVENT:
        held = _held_claim(reading, source=source, language=language)
        if held:
            claims.append(held)
            limit = _announced_before(held)
            claims.extend([limit] if limit else [])
    return tuple(claims)


def _date_line_claim(reading: Reading, *, source: str, language: str) -> Claim:
    place = f"{source}, line {reading.date_line_number or reading.line}"
    if not reading.date_line:
        return Claim(About.PUBLISHED, Witness.DATE_LINE, "", None, place, "No date is printed.")
    found = read_date_line(reading.date_line, language=language)
    return Claim(
        About.PUBLISHED,
        Witness.DATE_LINE,
        found.printed,
        found.value,
        place,
        found.fault,
        found.is_stand_in,
    )


def _held_claim(reading: Reading, *, source: str, language: str) -> Claim | None:
    """The day with which an event's text opens: "4 March 2013, London. …"."""
    opening = reading.standfirst[:LONGEST_OPENING]
    for stop in reversed([*re.finditer(r"[,.;:(–—]|$", opening)]):
        printed = opening[: stop.start()].strip()
        value = _day_of_event(printed, language)
        if value:
            return Claim(
                About.HELD, Witness.TEXT, printed, value, f"{source}, text under line {reading.line}"
            )
    return None


def _day_of_event(printed: str, language: str) -> HonestDate | None:
    """A day, days or a month; a bare year opens too many sentences to be trusted."""
    try:
        value = from_words(printed, language=language)
    except DateError:
        return None
    is_fine = value.precision in (Precision.DAY, Precision.MONTH, Precision.MONTHS, Precision.SPAN)
    return value if is_fine and value.earliest and value.latest else None


def _announced_before(held: Claim) -> Claim | None:
    """The limit that an event's last possible day sets to its announcement."""
    if held.value is None or held.value.latest is None:
        return None
    limit = from_words(f"before {held.value.latest.isoformat()}", stand_ins_allowed=True)
    return Claim(About.PUBLISHED, Witness.EVENT_DAY, held.printed, limit, held.source)
