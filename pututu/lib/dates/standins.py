"""Which days does a computer print where no date is known?

Such a stand-in is never a date here. The same day may be true in history: whoever knows it says so by
``stand_ins_allowed``.
"""

import re

from pututu.lib.dates.days import Day
from pututu.lib.dates.edtf import Interval, Point, Span, Value
from pututu.lib.dates.errors import DateError
from pututu.lib.dates.meaning import points
from pututu.lib.dates.words import third_limits, third_of_month
from pututu.lib.telling import gettext_noop
from pututu.lib.text import fold

STAND_INS: dict[Day, str] = {
    (1969, 12, 31): gettext_noop("31 December 1969 is what a computer prints for a zero date."),
    (1970, 1, 1): gettext_noop("1 January 1970 is what a computer prints for a zero date."),
    (1899, 12, 30): gettext_noop("30 December 1899 is the zero day of spreadsheets."),
    (1899, 12, 31): gettext_noop("31 December 1899 is the zero day of spreadsheets."),
    (1900, 1, 1): gettext_noop("1 January 1900 is the day that spreadsheets and forms begin with."),
    (1, 1, 1): gettext_noop("1 January of the year 1 is the first day that a computer's calendar knows."),
    (-1, 11, 30): gettext_noop("30 November -1 is what PHP prints for the empty date 0000-00-00."),
}
_NOBODY_WROTE_IT = gettext_noop(
    "Nobody wrote that day: leave the date empty (“date unknown”) and keep the old line as evidence."
)

# What is no day in any calendar and still printed as one: the database's zero, and PHP's reading of it.
_PRINTED_ZERO = re.compile(r"0{4}[-/.]00[-/.]00|00[-/.]00[-/.]0{4}")
_PRINTED_MINUS_ONE = re.compile(r"30 (?:de )?nov(?:ember|iembre|\.)?,? (?:de )?[-−–]0*1(?!\d)(?! ?[a-z])")


def is_stand_in(value: Value) -> bool:
    """Say whether ``value`` names a stand-in day anywhere, as itself, as an interval's end or in a set."""
    return stand_in_day(value) is not None


def stand_in_day(value: Value) -> Day | None:
    """Give the first stand-in day that ``value`` names, or None.

    A whole third of a month ("early January 1970") only has such a day for its bound and is no stand-in.
    """
    if isinstance(value, Interval | Span) and _is_whole_third(value):
        return None
    for point in points(value):
        if point.day and "X" not in point.year + point.month + point.day:
            day = (int(point.year), int(point.month), int(point.day))
            if day in STAND_INS:
                return day
    return None


def _is_whole_third(value: Interval | Span) -> bool:
    match value:
        case Interval(Point() as start, Point() as end):
            third = third_of_month(start, end)
            if third is None:
                return False
            return (int(start.day), int(end.day)) == third_limits(third, int(start.year), int(start.month))
        case _:
            return False


def stand_in_error(day: Day) -> DateError:
    """Give the error that explains why ``day`` is refused."""
    return DateError(STAND_INS[day], _NOBODY_WROTE_IT, code="stand-in")


def refuse_printed_zero(text: str) -> None:
    """Raise DateError "stand-in" for zero dates that name no real day: "0000-00-00 00:00:00"."""
    folded = " ".join(fold(text).split())
    if _PRINTED_ZERO.match(folded):
        what = gettext_noop("%(text)s is the database's sign for no date.")
        raise DateError(what, _NOBODY_WROTE_IT, code="stand-in", text=text.strip())
    if _PRINTED_MINUS_ONE.search(folded):
        raise stand_in_error((-1, 11, 30))
