"""Between which two days does an EDTF value lie, strictly?

Strict means: by the calendar alone. "About 1985" has the bounds of 1985, since any padding would be
invented; a season whose hemisphere is not named (21 to 24) has those of its whole year. A season of a
named hemisphere takes in both its meteorological and its astronomical days within that year (sub-year
groupings: ISO 8601-2:2019).
"""

from collections.abc import Iterator
from itertools import product

from pututu.lib.dates.days import Day, days_in_month
from pututu.lib.dates.edtf import End, Interval, Members, Point, Span, Value
from pututu.lib.dates.errors import DateError
from pututu.lib.telling import gettext_noop

Limits = tuple[Day | None, Day | None]

_SEASONS_NAMED = {
    25: ((3, 1), (6, 22)), 26: ((6, 1), (9, 24)), 27: ((9, 1), (12, 23)), 28: ((1, 1), (12, 31)),
    29: ((9, 1), (12, 23)), 30: ((1, 1), (12, 31)), 31: ((3, 1), (6, 22)), 32: ((6, 1), (9, 24)),
}  # fmt: skip
_MONTHS_OF_GROUPING = {
    **{33 + n: (3 * n + 1, 3 * n + 3) for n in range(4)},  # quarters
    **{37 + n: (4 * n + 1, 4 * n + 4) for n in range(3)},  # quadrimesters
    **{40 + n: (6 * n + 1, 6 * n + 6) for n in range(2)},  # halves
}


def limits(value: Value) -> Limits:
    """Give the first and the last day that ``value`` may mean, None where there is no such limit.

    Raises DateError "no-such-day" (30 February) and "reversed" (an interval that ends before it begins).
    """
    match value:
        case None:
            return None, None
        case Point():
            return _known_limits(value)
        case Interval(start, end):
            return _between(None if isinstance(start, End) else start, None if isinstance(end, End) else end)
        case Members():
            return _members_limits(value)


def point_limits(point: Point) -> tuple[Day, Day]:
    """Give the first and last real day that ``point`` may mean; raises DateError "no-such-day" for none."""
    if point.grouping:
        return _grouping_limits(point)
    first = next(_days(point, is_forward=True), None)
    last = next(_days(point, is_forward=False), None)
    if first is None or last is None:
        written = "-".join(part for part in (point.year, point.month, point.day) if part)
        raise DateError(
            gettext_noop("“%(text)s” is in no calendar: there is no such month or day."),
            code="no-such-day",
            text=written,
        )
    return first, last


def _known_limits(point: Point | None) -> Limits:
    """The limits of a point; none where no digit of its year is given."""
    if point is None:
        return None, None
    days = point_limits(point)
    return days if point.year != "XXXX" else (None, None)


def _between(start: Point | None, end: Point | None) -> Limits:
    first = _known_limits(start)[0]
    last = _known_limits(end)[1]
    if first and last and first > last:
        raise DateError(
            gettext_noop("The end lies before the beginning: exchange the two dates."), code="reversed"
        )
    return first, last


def _members_limits(value: Members) -> Limits:
    pairs = [
        _between(member.first, member.last) if isinstance(member, Span) else _known_limits(member)
        for member in value.members
    ]
    firsts = [first for first, _ in pairs if first]
    lasts = [last for _, last in pairs if last]
    is_open_before, is_open_after = len(firsts) < len(pairs), len(lasts) < len(pairs)
    return None if is_open_before else min(firsts), None if is_open_after else max(lasts)


def _grouping_limits(point: Point) -> tuple[Day, Day]:
    first_year, last_year = year_limits(point)
    if point.grouping in _MONTHS_OF_GROUPING:
        opening, closing = _MONTHS_OF_GROUPING[point.grouping]
        return (first_year, opening, 1), (last_year, closing, days_in_month(last_year, closing))
    first, last = _SEASONS_NAMED.get(point.grouping, ((1, 1), (12, 31)))
    return (first_year, *first), (last_year, *last)


def year_limits(point: Point) -> tuple[int, int]:
    """Give the first and the last year that fits the year of ``point``: 2010 and 2019 for "201X"."""
    if point.significant:
        unit: int = 10 ** (len(point.year.lstrip("-")) - point.significant)
        size = abs(int(point.year)) // unit * unit
        ends = (size, size + unit - 1)
        return ends if int(point.year) >= 0 else (-ends[1], -ends[0])
    ends = (int(point.year.replace("X", "0")), int(point.year.replace("X", "9")))
    return min(ends), max(ends)


def _days(point: Point, *, is_forward: bool) -> Iterator[Day]:
    for year in _years(point, is_forward=is_forward):
        for month in _numbers(point.month or "XX", 12, is_forward=is_forward):
            for day in _numbers(point.day or "XX", days_in_month(year, month), is_forward=is_forward):
                yield year, month, day


def _years(point: Point, *, is_forward: bool) -> Iterator[int]:
    if point.significant or "X" not in point.year:
        ends = year_limits(point)
        yield from ends if is_forward else ends[::-1]
        return
    is_negative = point.year.startswith("-")
    digits = "0123456789" if is_forward != is_negative else "9876543210"
    for choice in product(*(digits if mark == "X" else mark for mark in point.year)):
        yield int("".join(choice))


def _numbers(pattern: str, last: int, *, is_forward: bool) -> Iterator[int]:
    numbers = range(1, last + 1)
    for number in numbers if is_forward else reversed(numbers):
        if all(mark in ("X", digit) for mark, digit in zip(pattern, f"{number:02d}", strict=True)):
            yield number
