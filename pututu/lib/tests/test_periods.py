"""Does nobody lose a day to a short month or a leap year?"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as some

from pututu.lib.periods import ONE_DAY, Period, months_from, year_of

days = some.dates(dt.date(1983, 1, 1), dt.date(2099, 12, 31))
steps = some.lists(some.integers(1, 36), min_size=1, max_size=8)


def follow(first: dt.date, months: list[int]) -> list[Period]:
    found, begin = [], first
    for number in months:
        found.append(months_from(begin, number, anchor=first.day))
        begin = found[-1].last + ONE_DAY
    return found


@given(days, steps)
def test_many_spans_cover_what_one_long_span_covers(first: dt.date, months: list[int]):
    assert follow(first, months)[-1].last == months_from(first, sum(months), anchor=first.day).last


@given(days, steps)
def test_spans_follow_each_other_without_gap_or_overlap(first: dt.date, months: list[int]):
    found = follow(first, months)
    for before, after in pairwise(found):
        assert after.first == before.last + ONE_DAY
        assert not before.overlaps(after)


@given(days, some.integers(1, 240))
def test_nobody_gets_less_than_the_calendar_gives_and_at_most_one_day_more(first: dt.date, months: int):
    usual = first + relativedelta(months=months) - ONE_DAY
    assert dt.timedelta(0) <= months_from(first, months, anchor=first.day).last - usual <= dt.timedelta(1)


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        ("2026-03-15", 12, "2027-03-14"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-28"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-31", 12, "2027-12-30"),
        ("2026-01-01", 12, "2026-12-31"),
    ],
)
def test_ends_of_months(first: str, months: int, last: str):
    begin = dt.date.fromisoformat(first)
    assert months_from(begin, months, anchor=begin.day).last == dt.date.fromisoformat(last)


def test_who_joined_on_a_leap_day_has_it_back_when_there_is_one():
    spans = follow(dt.date(2024, 2, 29), [12, 12, 12, 12])
    assert [span.first for span in spans] == [
        dt.date(2024, 2, 29),
        dt.date(2025, 3, 1),
        dt.date(2026, 3, 1),
        dt.date(2027, 3, 1),
    ]
    assert spans[-1].last == dt.date(2028, 2, 28)


def test_counting_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="no day that counting"):
        months_from(dt.date(2026, 3, 2), 1, anchor=31)
    with pytest.raises(ValueError, match="no day that counting"):
        months_from(dt.date(2024, 3, 1), 1, anchor=29)  # February 2024 has a 29th
    with pytest.raises(ValueError, match="at least one month"):
        months_from(dt.date(2026, 3, 2), 0, anchor=2)
    with pytest.raises(ValueError, match="cannot end"):
        Period(dt.date(2026, 3, 2), dt.date(2026, 3, 1))
    assert months_from(dt.date(2025, 3, 1), 12, anchor=29).last == dt.date(2026, 2, 28)


@given(days, days)
def test_a_period_without_end_holds_every_day_from_its_first(first: dt.date, day: dt.date):
    assert (day in Period(first, None)) == (day >= first)
    assert Period(first, None).overlaps(Period(day, None))


@given(days, some.tuples(some.integers(1, 12), some.integers(1, 28)))
def test_every_day_lies_in_one_fixed_year_that_begins_on_its_day(day: dt.date, begins: tuple[int, int]):
    year = year_of(day, begins=begins)
    assert day in year
    assert (year.first.month, year.first.day) == begins
    assert year_of(year.last + ONE_DAY, begins=begins).first == year.last + ONE_DAY
    assert year.days in (365, 366)


def test_no_year_begins_on_a_leap_day():
    with pytest.raises(ValueError, match="29 February"):
        year_of(dt.date(2026, 1, 1), begins=(2, 29))
