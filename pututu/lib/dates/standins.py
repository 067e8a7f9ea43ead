"""Which days does a computer print where no date is known?

Such a stand-in is never a date here. The same day may be true in history: whoever knows it says so by
``stand_ins_allowed``.
"""

import re

from pututu.lib.dates.days import Day, days_in_month
from pututu.lib.dates.edtf import Interval, Point, Span, Value
from pututu.lib.dates.errors import DateError
from pututu.lib.dates.meaning import points
from pututu.lib.dates.words import third_limits
from pututu.lib.telling import gettext_noop
from pututu.lib.text import fold

STAND_INS: dict[Day, str] = {
    (1969, 12, 31): gettext_noop("31 December 1969 is what a computer prints for a zero date."),
    (1970, 1, 1): gettext_noop("1 January 1970 is what a computer prints for a zero date."),
    (1899, 12, 30): gettext_noop("30 December 1899 is the zero day of spreadsheets."),
    (1899, 12, 31): gettext_noop("31 December 1899 is the zero day of spreadsheets."),
    (1900, 1, 1): gettext_noop("1 January 1900 is the day that spreadsheets and forms begin with."),
    (1, 1, 1): gettext_noop("1 January of the year 1 is the first day that a computer's calendar knows."),
    (1601, 1, 1): gettext_noop("1 January 1601 is the zero day of Windows."),
    (1753, 1, 1): gettext_noop("1 January 1753 is the first day that Microsoft's database knows."),
    (9999, 12, 31): gettext_noop("31 December 9999 is the last day that a computer's calendar knows."),
    (-1, 11, 30): gettext_noop("30 November -1 is what PHP prints for the empty date 0000-00-00."),
    (0, 11, 30): gettext_noop("30 November 0000 is what programs print for the empty date 0000-00-00."),
    (2, 11, 30): gettext_noop("30 November 0002 is what Java prints for the empty date 0000-00-00."),
    (0, 1, 1): gettext_noop("1 January 0000 is the first day that some databases know."),
}
_NOBODY_WROTE_IT = gettext_noop(
    "Nobody wrote that day: leave the date empty (“date unknown”) and keep the old line as evidence."
)

# What is no day in any calendar and still printed as one: the database's zero, and PHP's reading of it.
_PRINTED_ZERO = re.compile(r"0{4}[-/.]00[-/.]00|00[-/.]00[-/.]0{4}|-0*1-11-30[t ]")
_NOVEMBER = r"nov(?:ember|iembre|\.)?"
_PRINTED_MINUS_ONE = re.compile(
    r"(?:\b30(?:th)?[ -](?:de |of )?nov(?:ember|iembre|\.)?,?[ -](?:de )?|\bnov(?:ember|\.)? 30(?:th)?,? "
    r"|\b30([-/.])11\1|\b11([-/.])30\2)[-−–]0*1(?!\d)(?! ?[a-z])"
)


def is_stand_in(value: Value) -> bool:
    """Say whether ``value`` names a stand-in day anywhere, as itself, as an interval's end or in a set."""
    return stand_in_day(value) is not None


def stand_in_day(value: Value) -> Day | None:
    """Give the first stand-in day that ``value`` names, or None.

    A whole third or half of a month ("early January 1970") only has such a day for its bound and is no stand-in.
    """
    if isinstance(value, Interval | Span) and _is_whole_part(value):
        return None
    for point in points(value):
        if point.day and "X" not in point.year + point.month + point.day:
            day = (int(point.year), int(point.month), int(point.day))
            if day in STAND_INS:
                return day
    return None


def _is_whole_part(value: Interval | Span) -> bool:
    match value:
        case Interval(Point() as start, Point() as end) if start.day and start.is_precise and end.is_precise:
            if (start.year, start.month) != (end.year, end.month):
                return False
            year, month = int(start.year), int(start.month)
            parts = [third_limits(third, year, month) for third in range(3)]
            halves = [(1, 15), (16, days_in_month(year, month))]
            return bool(end.day) and (int(start.day), int(end.day)) in (*parts, *halves)
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
