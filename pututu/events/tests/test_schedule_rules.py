"""Do the rules of time hold along the calendar?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pututu.events.rules import (
    Problem,
    Schedule,
    Standing,
    is_past,
    next_occurrence,
    occurrences,
    problems,
    schedule_key,
    standing,
)
from pututu.lib.dates import HonestDate
from pututu.lib.zones import changes, city


def at(*moment: int) -> dt.datetime:
    return dt.datetime(*moment, tzinfo=dt.UTC)


def plan(day: str = "2027-03-06", **fields: object) -> Schedule:
    fields.setdefault("zone", "Europe/London")
    return Schedule(day=HonestDate.parse(day), **fields)


def firsts(schedule: Schedule) -> list[str]:
    return [each.first.isoformat() for each in occurrences(schedule)]


def test_an_event_takes_place_once_unless_it_repeats():
    assert firsts(plan()) == ["2027-03-06"]
    assert len(firsts(plan(repeats="weekly", until=dt.date(2027, 3, 20)))) == 3


def test_a_fortnightly_event_skips_every_other_week_and_its_exceptions():
    schedule = plan(
        repeats="fortnightly",
        until=dt.date(2027, 4, 30),
        exceptions=frozenset({dt.date(2027, 4, 3), dt.date(2027, 4, 4)}),
    )
    assert firsts(schedule) == ["2027-03-06", "2027-03-20", "2027-04-17"]


def test_monthly_means_the_same_weekday_of_the_month():
    assert firsts(plan("2027-03-09", repeats="monthly", until=dt.date(2027, 6, 30))) == [
        "2027-03-09",
        "2027-04-13",
        "2027-05-11",
        "2027-06-08",
    ]


def test_a_fifth_weekday_stays_the_last_of_its_month():
    assert firsts(plan("2027-03-30", repeats="monthly", until=dt.date(2027, 6, 30))) == [
        "2027-03-30",
        "2027-04-27",
        "2027-05-25",
        "2027-06-29",
    ]


def test_a_yearly_event_on_29_february_waits_for_the_leap_year():
    assert firsts(plan("2028-02-29", repeats="yearly", until=dt.date(2032, 12, 31))) == [
        "2028-02-29",
        "2032-02-29",
    ]


def test_the_hour_stays_on_the_clock_when_summer_time_begins():
    schedule = plan("2027-03-20", repeats="weekly", until=dt.date(2027, 4, 3), start_time=dt.time(18))
    found = [each.starts_at for each in occurrences(schedule)]
    assert {moment.hour for moment in found} == {18}
    assert [moment.astimezone(dt.UTC).hour for moment in found] == [18, 18, 17]


def test_an_hour_that_the_clocks_skip_is_still_an_instant():
    skipped = next(occurrences(plan("2027-03-28", start_time=dt.time(1, 30))))
    assert skipped.starts_at.astimezone(dt.UTC) == at(2027, 3, 28, 1, 30)


def test_repetition_never_goes_on_past_five_years():
    schedule = plan(repeats="yearly", until=dt.date(2099, 1, 1))
    assert firsts(schedule)[-1] == "2032-03-06"


def test_a_timed_event_is_past_when_it_ends_and_not_before():
    schedule = plan(start_time=dt.time(14), end_time=dt.time(16, 30))
    assert not is_past(schedule, at(2027, 3, 6, 16, 29))
    assert is_past(schedule, at(2027, 3, 6, 16, 30))


def test_an_event_without_an_end_lasts_until_midnight_of_its_own_zone():
    schedule = plan(zone="America/Lima", start_time=dt.time(19))
    assert standing(schedule, at(2027, 3, 7, 4, 59)) is Standing.UNDER_WAY
    assert standing(schedule, at(2027, 3, 7, 5)) is Standing.PAST


def test_an_event_of_several_days_is_under_way_on_each():
    schedule = plan(last_day=dt.date(2027, 3, 8))
    assert standing(schedule, at(2027, 3, 5, 12)) is Standing.TO_COME
    assert standing(schedule, at(2027, 3, 8, 12)) is Standing.UNDER_WAY
    assert standing(schedule, at(2027, 3, 9, 12)) is Standing.PAST


def test_the_next_occurrence_is_the_one_that_is_not_over():
    schedule = plan(
        repeats="weekly", until=dt.date(2027, 4, 30), start_time=dt.time(18), end_time=dt.time(19)
    )
    during = next_occurrence(schedule, at(2027, 3, 13, 18, 30))
    after = next_occurrence(schedule, at(2027, 3, 13, 19))
    assert during is not None
    assert during.first == dt.date(2027, 3, 13)
    assert after is not None
    assert after.first == dt.date(2027, 3, 20)
    assert next_occurrence(schedule, at(2027, 5, 1)) is None


def test_a_month_is_past_only_when_the_whole_month_is():
    schedule = plan("2027-03")
    assert standing(schedule, at(2027, 3, 31, 12)) is Standing.TO_COME
    assert standing(schedule, at(2027, 4, 1)) is Standing.PAST
    assert firsts(schedule) == []


def test_an_event_of_unknown_date_is_never_past():
    assert standing(plan(""), at(2099, 1, 1)) is Standing.UNDATED
    assert is_past(plan("2013-03-04"), at(2099, 1, 1))


@pytest.mark.parametrize(
    "change",
    [
        {"day": HonestDate.parse("2027-03-13")},
        {"start_time": dt.time(15)},
        {"end_time": dt.time(15)},
        {"last_day": dt.date(2027, 3, 7)},
        {"zone": "America/Lima"},
        {"repeats": "weekly", "until": dt.date(2027, 5, 1)},
        {"place": "Another hall"},
        {"online": "https://example.org"},
        {"is_cancelled": True},
    ],
)
def test_whatever_moves_people_changes_the_key(change: dict):
    schedule = plan(start_time=dt.time(14))
    assert schedule_key(replace(schedule, **change)) != schedule_key(schedule)


def test_a_day_left_out_changes_the_key_only_where_the_event_would_have_been_held():
    weekly = plan(repeats="weekly", until=dt.date(2027, 5, 1))
    left_out = {day: replace(weekly, exceptions=frozenset({dt.date(2027, 3, day)})) for day in (13, 14)}
    assert schedule_key(left_out[13]) != schedule_key(weekly)
    assert schedule_key(left_out[14]) == schedule_key(weekly)


def test_the_key_does_not_hang_on_the_order_of_exceptions():
    days = [dt.date(2027, 3, 13), dt.date(2027, 4, 3), dt.date(2027, 3, 20)]
    assert schedule_key(plan(exceptions=frozenset(days))) == schedule_key(
        plan(exceptions=frozenset(reversed(days)))
    )


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"last_day": dt.date(2027, 3, 5)}, Problem.ENDS_BEFORE_DAY),
        ({"start_time": dt.time(14), "end_time": dt.time(14)}, Problem.ENDS_BEFORE_START),
        ({"end_time": dt.time(14)}, Problem.END_WITHOUT_START),
        ({"day": "2027-03", "start_time": dt.time(14)}, Problem.TIME_WITHOUT_DAY),
        ({"day": "2027-03", "last_day": dt.date(2027, 3, 7)}, Problem.SPAN_WITHOUT_DAY),
        ({"day": "2027", "repeats": "weekly", "until": dt.date(2027, 9, 1)}, Problem.REPEATS_WITHOUT_DAY),
        ({"repeats": "weekly"}, Problem.REPEATS_WITHOUT_END),
        ({"repeats": "weekly", "until": dt.date(2027, 3, 5)}, Problem.REPEATS_ENDS_BEFORE_DAY),
        ({"repeats": "yearly", "until": dt.date(2032, 3, 7)}, Problem.REPEATS_TOO_LONG),
        (
            {"repeats": "weekly", "until": dt.date(2027, 9, 1), "last_day": dt.date(2027, 3, 13)},
            Problem.OVERLAPS_ITSELF,
        ),
    ],
)
def test_what_is_impossible_is_named(fields: dict, problem: Problem):
    assert problems(plan(**fields)) == [problem]


def test_what_is_possible_is_let_through():
    assert problems(plan(start_time=dt.time(22), end_time=dt.time(1), last_day=dt.date(2027, 3, 7))) == []
    assert problems(plan(repeats="yearly", until=dt.date(2032, 3, 6))) == []
    assert problems(plan("")) == []


def test_the_changes_of_a_zone_are_those_of_its_clocks():
    found = [change.local.isoformat() for change in changes("Europe/London", first=2027, last=2027)]
    assert found == ["2027-03-28T01:00:00", "2027-10-31T02:00:00"]
    assert changes("America/Lima", first=2027, last=2030) == ()
    assert city("America/New_York") == "New York"


@pytest.mark.parametrize(
    ("day", "start", "zone", "found"),
    [
        ("2027-03-28", dt.time(1, 30), "Europe/London", [Problem.START_IS_SKIPPED]),
        ("2027-03-28", dt.time(0, 59), "Europe/London", []),
        ("2027-03-28", dt.time(2), "Europe/London", []),
        ("2027-03-28", dt.time(1, 30), "America/Lima", []),
        ("2027-10-31", dt.time(1, 30), "Europe/London", []),  # struck twice: the first counts
        ("2027-03-28", dt.time(1, 30), "No/Where", []),
    ],
)
def test_an_hour_that_the_clocks_pass_over_is_refused(
    day: str, start: dt.time, zone: str, found: list[Problem]
):
    assert problems(plan(day, start_time=start, zone=zone)) == found


def test_an_end_that_the_clocks_pass_over_is_refused_on_the_day_of_the_end():
    night = plan("2027-03-27", last_day=dt.date(2027, 3, 28), start_time=dt.time(22), end_time=dt.time(1, 30))
    assert problems(night) == [Problem.END_IS_SKIPPED]
    assert problems(replace(night, end_time=dt.time(2, 30))) == []


def test_the_night_on_which_the_clocks_go_back_has_an_hour_more():
    (night,) = occurrences(plan("2027-10-31", start_time=dt.time(0, 30), end_time=dt.time(2, 30)))
    assert night.over_at.astimezone(dt.UTC) - night.starts_at.astimezone(dt.UTC) == dt.timedelta(hours=3)


def test_an_event_is_past_from_the_very_moment_of_its_end():
    schedule = plan("2027-03-06", start_time=dt.time(14), end_time=dt.time(15))
    end = dt.datetime(2027, 3, 6, 15, tzinfo=dt.UTC)
    assert standing(schedule, end - dt.timedelta(microseconds=1)) is Standing.UNDER_WAY
    assert standing(schedule, end) is Standing.PAST
    assert standing(schedule, dt.datetime(2027, 3, 6, 14, tzinfo=dt.UTC)) is Standing.UNDER_WAY
