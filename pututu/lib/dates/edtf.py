"""Is this text a date in EDTF, and what are its parts?

EDTF is the Extended Date/Time Format of ISO 8601-2:2019, as the Library of Congress specification of 4
February 2019 lays it out in levels. Read here: levels 0 and 1 whole; of level 2 exponential and
significant years, sub-year groupings 21 to 41, one-of and all-of sets, unspecified digits anywhere in a
date, and qualification of groups and of single components (what is qualified is kept for the whole date,
not for its component). This module reads the form only: whether such a day exists, and whether an
interval runs forwards, is ``bounds``'s question.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from pututu.lib.dates.errors import DateError
from pututu.lib.telling import gettext_noop

LONGEST_TEXT = 400
LONGEST_YEAR = 12  # digits; keeps an exponent such as Y1E999999999 from filling the memory

GROUPINGS = range(21, 42)

_POINT = re.compile(
    r"""(?P<q1>[?~%]?)
        (?: (?P<year>-?[0-9X]{4}) | Y(?P<long>-?[1-9][0-9]{4,})
          | Y(?P<base>-?[1-9][0-9]*)E(?P<power>[1-9][0-9]*) )
        (?: S(?P<significant>[1-9][0-9]*) )?
        (?P<q2>[?~%]?)
        (?: -(?P<q3>[?~%]?) (?P<month>[0-9X]{2}) (?P<q4>[?~%]?)
            (?: -(?P<q5>[?~%]?) (?P<day>[0-9X]{2}) (?P<q6>[?~%]?) )? )?""",
    re.VERBOSE,
)
_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)"
    r"(?:Z|[+-](?:0\d|1[0-4])(?::[0-5]\d)?)?"
)
_RANGE = re.compile(r"(?P<first>[^.]*)\.\.(?P<last>[^.]*)")


class End(StrEnum):
    """An end of an interval that names no date."""

    OPEN = ".."
    UNKNOWN = ""


@dataclass(frozen=True)
class Point:
    """One date of any precision; its parts are digits as written, X for an unspecified digit, "" for none.

    ``year`` has four digits, or all of a longer year; ``month`` may be a sub-year grouping ("21" to "41").
    ``significant`` counts the digits of the year that are sure (0: all).
    """

    year: str
    month: str = ""
    day: str = ""
    significant: int = 0
    is_approximate: bool = False
    is_uncertain: bool = False

    @property
    def grouping(self) -> int:
        """The number of the season, quarter or other part of a year; 0 where ``month`` is a month."""
        return int(self.month) if self.month.isdigit() and int(self.month) in GROUPINGS else 0

    @property
    def text(self) -> str:
        """The date as EDTF writes it, without its qualification."""
        year = self.year if len(self.year.lstrip("-")) == 4 else f"Y{self.year}"
        return "-".join(part for part in (year, self.month, self.day) if part)

    @property
    def is_qualified(self) -> bool:
        return self.is_approximate or self.is_uncertain

    @property
    def is_precise(self) -> bool:
        """A day, a month or a year with every digit given and no qualification."""
        return not (
            self.is_qualified or self.significant or self.grouping or "X" in self.year + self.month + self.day
        )


@dataclass(frozen=True)
class Interval:
    """From ``start`` to ``end``; at least one of the two is a date."""

    start: Point | End
    end: Point | End


@dataclass(frozen=True)
class Span:
    """A member ``first..last`` of a set; None for "or earlier", "or later"."""

    first: Point | None
    last: Point | None


@dataclass(frozen=True)
class Members:
    """A set: ``[..]`` is one of its members (``is_choice``), ``{..}`` is all of them."""

    is_choice: bool
    members: tuple[Point | Span, ...]


Value = Point | Interval | Members | None


def tidy(text: str) -> str:
    """Give ``text`` without what means nothing in EDTF: spaces around it and after the commas of a set."""
    return re.sub(r",\s+", ",", text.strip())


def parse(text: str) -> Value:
    """Read EDTF ``text``; "" gives None, the unknown date.

    Raises DateError "unreadable" for what is not EDTF and "not-supported" for years too long to read.
    """
    text = tidy(text)
    if not text:
        return None
    if len(text) > LONGEST_TEXT:
        raise _unreadable(text[:40] + "…")
    if text[0] in "[{":
        return _members(text)
    if "/" in text:
        return _interval(text)
    moment = _MOMENT.fullmatch(text)
    return _point(moment["day"] if moment else text)


def _interval(text: str) -> Interval:
    parts = text.split("/")
    if len(parts) != 2:
        raise _unreadable(text)
    start, end = (End(part) if part in ("", "..") else _point(part) for part in parts)
    if isinstance(start, End) and isinstance(end, End):
        raise _unreadable(text, gettext_noop("An interval needs a date at one end at least."))
    return Interval(start, end)


def _members(text: str) -> Members:
    if text[-1] != {"[": "]", "{": "}"}[text[0]]:
        raise _unreadable(text, gettext_noop("Its bracket is not closed."))
    parts = text[1:-1].split(",")
    for place, part in enumerate(parts):
        # In the middle of a set "..1760" and "1760.." would swallow their neighbours.
        if (part.startswith("..") and place > 0) or (part.endswith("..") and place < len(parts) - 1):
            raise _unreadable(
                text, gettext_noop("“..” without a date may only stand first or last in a set.")
            )
    return Members(text[0] == "[", tuple(_member(part) for part in parts))


def _member(text: str) -> Point | Span:
    found = _RANGE.fullmatch(text)
    if not found:
        return _point(text)
    first, last = (_point(part) if part else None for part in found.groups())
    if first is None and last is None:
        raise _unreadable(text)
    return Span(first, last)


def _point(text: str) -> Point:
    found = _POINT.fullmatch(text)
    if not found or found["year"] == "-0000":
        raise _unreadable(text)
    point = Point(
        year=found["year"] or _long_year(found, text),
        month=found["month"] or "",
        day=found["day"] or "",
        significant=int((found["significant"] or "0")[:LONGEST_YEAR]),
    )
    _check_parts(point, text, is_long=not found["year"])
    marks = "".join(found[f"q{place}"] or "" for place in range(1, 7))
    return replace(
        point, is_approximate="~" in marks or "%" in marks, is_uncertain="?" in marks or "%" in marks
    )


def _long_year(found: re.Match[str], text: str) -> str:
    if found["long"]:
        digits: str = found["long"]
    elif int(found["power"][:3]) > LONGEST_YEAR:
        digits = "9" * (LONGEST_YEAR + 1)
    else:
        digits = str(int(found["base"][: LONGEST_YEAR + 2]) * 10 ** int(found["power"]))
    if len(digits.lstrip("-")) > LONGEST_YEAR:
        raise DateError(
            gettext_noop("“%(text)s”: years of more than %(digits)s digits are not supported."),
            code="not-supported",
            text=text,
            digits=str(LONGEST_YEAR),
        )
    return digits if len(digits.lstrip("-")) > 4 else f"{int(digits):0{5 if digits[0] == '-' else 4}d}"


def _check_parts(point: Point, text: str, *, is_long: bool) -> None:
    if point.significant and ("X" in point.year or point.significant > len(point.year.lstrip("-"))):
        raise _unreadable(text)
    if point.month and (is_long or point.significant):
        raise _unreadable(text, gettext_noop("A year of more than four digits, or with “S”, takes no month."))
    if point.day and point.grouping:
        raise _unreadable(text, gettext_noop("A season or quarter takes no day."))


def _unreadable(text: str, reason: str = "") -> DateError:
    what = gettext_noop("“%(text)s” is not a date in EDTF (ISO 8601-2).")
    return DateError(what, *filter(None, [reason]), code="unreadable", text=text)
