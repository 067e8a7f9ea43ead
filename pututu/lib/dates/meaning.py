"""What does an EDTF value say, once reduced to what words can print?

EDTF can write the same thing in several ways ("2013-XX", "2013"; "[2013-03-01..2013-03-09]",
"2013-03-01/2013-03-09"); here each meaning has one shape. Patterns that no phrase fits ("19X5") become
the interval between their bounds. Nothing is made more precise than it was.
"""

import re
from dataclasses import replace
from enum import StrEnum

from pututu.lib.dates.bounds import point_limits, year_limits
from pututu.lib.dates.days import Day, day_after, day_before, month_after, month_before
from pututu.lib.dates.edtf import End, Interval, Members, Point, Span, Value


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    MONTHS = "months"
    SEASON = "season"  # and the other parts of a year: quarter, half
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    SPAN = "span"
    SET = "set"
    UNKNOWN = "unknown"


_DECADE_OR_CENTURY = re.compile(r"[1-9][0-9](?:[0-9]X|XX)")


def point_of(day: Day, precision: Precision) -> Point:
    """Give the ``Point`` of this day, its month or its year."""
    year = f"{day[0]:04d}" if day[0] >= 0 else f"-{-day[0]:04d}"
    month = f"{day[1]:02d}" if precision in (Precision.MONTH, Precision.DAY) else ""
    return Point(year, month, f"{day[2]:02d}" if precision is Precision.DAY else "")


def point_precision(point: Point) -> Precision:
    """Give the precision of a reduced point; SPAN for a day or month whose year is unknown."""
    if "X" in point.year:
        return {1: Precision.DECADE, 2: Precision.CENTURY}.get(point.year.count("X"), Precision.SPAN)
    if point.grouping:
        return Precision.SEASON
    return Precision.DAY if point.day else Precision.MONTH if point.month else Precision.YEAR


def precision(value: Value) -> Precision:
    """Give the precision of a reduced value."""
    match value:
        case None:
            return Precision.UNKNOWN
        case Point():
            return point_precision(value)
        case Interval(Point() as start, Point() as end):
            is_months = {point_precision(start), point_precision(end)} == {Precision.MONTH}
            return Precision.MONTHS if is_months else Precision.SPAN
        case Members(_, members) if len(members) > 1:
            return Precision.SET
        case _:
            return Precision.SPAN


def first_day(point: Point) -> Day:
    """Give the first day of a point without unspecified digits."""
    return int(point.year), int(point.month or 1), int(point.day or 1)


def neighbour(point: Point, *, is_after: bool) -> Point | None:
    """Give the day, month or year just after (or before) a reduced point; None for a season or "about 1985".

    Next to a decade and a century stand years: 1989 comes before "199X".
    """
    if point.is_qualified or point.grouping or point.year == "XXXX":
        return None
    unit = point_precision(point)
    if unit is Precision.DAY:
        beside = point_of((day_after if is_after else day_before)(first_day(point)), unit)
    elif unit is Precision.MONTH:
        month = (month_after if is_after else month_before)(int(point.year), int(point.month))
        beside = point_of((*month, 1), unit)
    else:
        first, last = year_limits(point)
        return point_of((last + 1 if is_after else first - 1, 1, 1), Precision.YEAR)
    return beside if len(beside.year.lstrip("-")) == 4 else None  # EDTF has no months beyond the year 9999


def points(value: Value) -> tuple[Point, ...]:
    """Give every date that ``value`` names."""
    match value:
        case None:
            return ()
        case Point():
            return (value,)
        case Interval(start, end):
            return tuple(point for point in (start, end) if isinstance(point, Point))
        case Members(_, members):
            ends = [
                (member,) if isinstance(member, Point) else (member.first, member.last) for member in members
            ]
            return tuple(point for pair in ends for point in pair if point)


def reduce(value: Value) -> Value:
    """Give ``value`` in the one shape of its meaning; None where it says nothing ("XXXX-XX")."""
    match value:
        case None:
            return None
        case Point():
            return _reduce_point(value)
        case Interval(start, end):
            return _reduce_interval(start, end)
        case Members():
            return _reduce_members(value)


def _reduce_point(point: Point) -> Point | Interval | None:
    if point.significant:
        return replace(point, significant=0, is_approximate=True)
    day = "" if point.day == "XX" else point.day
    month = "" if point.month == "XX" and not day else point.month
    point = replace(point, month=month, day=day)
    if point.year == "XXXX":
        return point if month and "X" not in month + day and not point.grouping else None
    if "X" not in point.year + month + day or (not month and _DECADE_OR_CENTURY.fullmatch(point.year)):
        return point
    return _reduce_pattern(point)


def _reduce_pattern(point: Point) -> Point | Interval:
    if point.grouping:
        ends = [
            replace(point_of((year, 1, 1), Precision.YEAR), month=point.month) for year in year_limits(point)
        ]
    else:
        unit = Precision.DAY if point.day else Precision.MONTH if point.month else Precision.YEAR
        ends = [point_of(day, unit) for day in point_limits(point)]
    start, end = (
        replace(bound, is_approximate=point.is_approximate, is_uncertain=point.is_uncertain) for bound in ends
    )
    return start if start == end else Interval(start, end)


def _reduce_interval(start: Point | End, end: Point | End) -> Value:
    start, end = _start_of(start), _end_of(end)
    if isinstance(start, Point):
        return start if start == end else Interval(start, end)
    return None if isinstance(end, End) else Interval(start, end)


def _start_of(bound: Point | End) -> Point | End:
    if isinstance(bound, End):
        return bound
    if bound.significant:
        return _estimated(bound, year_limits(bound)[0])
    reduced = _reduce_point(bound)
    return reduced if isinstance(reduced, Point) else End.UNKNOWN if reduced is None else reduced.start


def _end_of(bound: Point | End) -> Point | End:
    if isinstance(bound, End):
        return bound
    if bound.significant:
        return _estimated(bound, year_limits(bound)[1])
    reduced = _reduce_point(bound)
    return reduced if isinstance(reduced, Point) else End.UNKNOWN if reduced is None else reduced.end


def _estimated(bound: Point, year: int) -> Point:
    """Give the outermost year of a bound such as "1950S2": its estimate may lie within the other bound."""
    return replace(
        point_of((year, 1, 1), Precision.YEAR), is_approximate=True, is_uncertain=bound.is_uncertain
    )


def _reduce_members(value: Members) -> Value:
    members = [_reduce_member(member) for member in value.members]
    known = tuple(member for member in members if member is not None)
    if len(known) < len(members):
        return None  # to leave one out of several would claim more than is known
    if len(known) > 1:
        return Members(value.is_choice, known)
    only = known[0]
    if isinstance(only, Point):
        return only
    if only.first and only.last:
        return Interval(only.first, only.last)
    return value if value.is_choice and known == value.members else _half_open(only, value.is_choice)


def _half_open(only: Span, is_choice: bool) -> Value:
    return Members(True, (only,)) if is_choice else Interval(only.first or End.OPEN, only.last or End.OPEN)


def _reduce_member(member: Point | Span) -> Point | Span | None:
    if isinstance(member, Point):
        reduced = _reduce_point(member)
        if isinstance(reduced, Interval):
            return _span(reduced.start, reduced.end)
        return reduced
    start = _start_of(member.first) if member.first else End.OPEN
    end = _end_of(member.last) if member.last else End.OPEN
    return None if End.UNKNOWN in (start, end) else _span(start, end)


def _span(start: Point | End, end: Point | End) -> Point | Span:
    if isinstance(start, Point) and start == end:
        return start
    return Span(start if isinstance(start, Point) else None, end if isinstance(end, Point) else None)
