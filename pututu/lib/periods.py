"""Which days does a paid-for span cover, when months are counted by the calendar?

Months have different lengths, so counting on from the end of the last span would move a member's day: from 31 January
to 28 February, and for ever after to the 28th. A span therefore remembers the day of the month that counting began with
(the ``anchor``), and a day that a month lacks becomes the first of the next one: nobody ever loses a day.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass

ONE_DAY = dt.timedelta(days=1)
SURE_DAYS = 28  # every month has them
YEAR = 12


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``first`` to ``last``, both included; ``last`` is None where it has no end."""

    first: dt.date
    last: dt.date | None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise ValueError(f"A period cannot end on {self.last}, before it begins on {self.first}.")

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def overlaps(self, other: Period) -> bool:
        """Whether some day lies in both."""
        begins_in_time = other.last is None or self.first <= other.last
        return begins_in_time and (self.last is None or other.first <= self.last)

    @property
    def days(self) -> int | None:
        return None if self.last is None else (self.last - self.first).days + 1


def months_from(first: dt.date, months: int, *, anchor: int) -> Period:
    """The period of ``months`` calendar months (1 or more) that begins on ``first``.

    ``anchor`` is the day of the month, 1 to 31, that counting began with: that of ``first``, unless ``first`` is the
    first of a month that stands for a day which the month before lacks. Raises ValueError where the two don't fit.
    """
    if months < 1:
        raise ValueError("A period has at least one month.")
    year, month = _month_meant(first, anchor)
    ahead = year * YEAR + month - 1 + months
    return Period(first, _day(ahead // YEAR, ahead % YEAR + 1, anchor) - ONE_DAY)


def periods_between(first: dt.date, months: int, anchor: int, since: dt.date, until: dt.date) -> list[Period]:
    """The periods, counted on from the one that begins on ``first``, that begin from ``since`` to ``until``."""
    found = []
    period = months_from(first, months, anchor=anchor)
    while period.first <= until:
        if period.first >= since:
            found.append(period)
        assert period.last, "a period of months has an end"
        period = months_from(period.last + ONE_DAY, months, anchor=anchor)
    return found


def _month_meant(first: dt.date, anchor: int) -> tuple[int, int]:
    """The year and month that ``first`` is counted as belonging to."""
    if first.day == anchor:
        return first.year, first.month
    before = first - ONE_DAY
    if first.day == 1 and SURE_DAYS < anchor <= 31 and before.day < anchor:
        return before.year, before.month
    raise ValueError(f"{first} is no day that counting from a {anchor}th could have reached.")


def _day(year: int, month: int, anchor: int) -> dt.date:
    """The day ``anchor`` of a month, or the first of the next one where the month is shorter."""
    length = monthrange(year, month)[1]
    return dt.date(year, month, anchor) if anchor <= length else dt.date(year, month, length) + ONE_DAY


def year_of(day: dt.date, *, begins: tuple[int, int]) -> Period:
    """The fixed year that ``day`` lies in, where each year begins on ``begins`` (month, day; 29 February is refused).

    Raises ValueError for a beginning that not every year has.
    """
    month, day_of_month = begins
    if (month, day_of_month) == (2, 29):
        raise ValueError("A year cannot begin on 29 February: most years have none.")
    first = dt.date(day.year, month, day_of_month)
    if day < first:
        first = first.replace(year=first.year - 1)
    return Period(first, first.replace(year=first.year + 1) - ONE_DAY)
