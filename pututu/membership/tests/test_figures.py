"""Do the figures say what everybody's status says?"""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as some

from pututu.lib.periods import Period
from pututu.membership.figures import (
    Cohort,
    Year,
    comings_and_goings,
    course_of,
    ending_between,
    ends_of_years,
    members_on,
    retention,
    statuses_on,
)
from pututu.membership.rules import BELONGING, Ending, Facts, Override, Status, StatusRules, Term, status_on

RULES = StatusRules(grace_days=30)
TODAY = dt.date(2026, 11, 25)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def terms(*spans: tuple[str, str]) -> tuple[Term, ...]:
    return tuple(Term(Period(day(first), day(last)), day(first).day) for first, last in spans)


def course(*spans: tuple[str, str], plan: str = "ordinary", **rest: object):
    return course_of(Facts(terms=terms(*spans), **rest), plan, RULES, until=TODAY)


days = some.dates(dt.date(2022, 1, 1), TODAY)
periods = some.builds(
    lambda first, length: Period(first, first + dt.timedelta(length)), days, some.integers(0, 500)
)
facts = some.builds(
    Facts,
    terms=some.lists(periods.map(lambda period: Term(period, 1)), max_size=4).map(tuple),
    endings=some.lists(
        some.builds(Ending, some.sampled_from([Status.RESIGNED, Status.EXPELLED]), days), max_size=2
    ).map(tuple),
    overrides=some.lists(some.builds(Override, some.sampled_from(Status), periods), max_size=2).map(tuple),
    died_on=some.none() | days,
)


@given(facts, days)
def test_a_course_says_of_every_day_what_the_status_of_that_day_is(one: Facts, on: dt.date):
    found = course_of(one, "x", RULES, until=TODAY).on(on)
    assert found == status_on(on, one, RULES) or (
        found is None and status_on(on, one, RULES) == Status.APPLIED
    )


@given(some.lists(facts, max_size=6), days)
def test_plans_add_up_to_all_who_belong(many: list[Facts], on: dt.date):
    courses = [course_of(each, "ab"[at % 2], RULES, until=TODAY) for at, each in enumerate(many)]
    belonging = sum(status_on(on, each, RULES) in BELONGING for each in many)
    assert sum(counts[0] for counts in members_on(courses, [on]).values()) == belonging


@given(some.lists(facts, max_size=6))
def test_who_came_less_who_went_is_who_is_there(many: list[Facts]):
    courses = [course_of(each, "x", RULES, until=TODAY) for each in many]
    years = comings_and_goings(courses, first=2020, last=2026)
    there = sum(each.joined + each.came_back - each.lost for each in years)
    assert there == sum(status_on(TODAY, each, RULES) in BELONGING for each in many)


def test_a_member_who_lapses_and_rejoins_is_counted_as_such():
    one = course(("2023-03-01", "2024-02-29"), ("2025-06-01", "2026-05-31"))
    assert comings_and_goings([one], first=2023, last=2026) == [
        Year(2023, joined=1, came_back=0, lost=0),
        Year(2024, joined=0, came_back=0, lost=1),
        Year(2025, joined=0, came_back=1, lost=0),
        Year(2026, joined=0, came_back=0, lost=1),
    ]


def test_members_by_plan_at_the_ends_of_years():
    courses = [
        course(("2024-05-01", "2025-04-30"), plan="ordinary"),
        course(("2024-05-01", "2025-04-30"), ("2025-05-01", "2026-12-31"), plan="household"),
    ]
    assert ends_of_years(TODAY, 2) == [day("2024-12-31"), day("2025-12-31"), TODAY]
    assert members_on(courses, ends_of_years(TODAY, 2)) == {"household": [1, 1, 1], "ordinary": [1, 0, 0]}
    assert statuses_on(courses, ends_of_years(TODAY, 2)) == {
        Status.CURRENT: [2, 1, 1],
        Status.LAPSED: [0, 1, 1],
    }


def test_of_those_who_joined_in_a_year_so_many_in_a_hundred_stay():
    stays = course(("2023-02-01", "2026-12-31"))
    goes = course(("2023-03-01", "2024-02-28"))
    new = course(("2025-03-01", "2026-12-31"))
    assert retention([stays, goes, new], today=TODAY, years=4) == [
        Cohort(2023, 2, (100, 50, None)),
        Cohort(2025, 1, (None, None, None)),
    ]


def test_what_ends_soon_is_found_by_the_end_of_the_last_term():
    found = {
        1: Facts(terms=terms(("2025-12-01", "2026-11-30"))),
        2: Facts(terms=terms(("2025-12-01", "2026-11-30"), ("2026-12-01", "2027-11-30"))),
        3: Facts(terms=(Term(Period(TODAY, None), 1),)),
        4: Facts(),
    }
    assert ending_between(found, TODAY, day("2026-12-31")) == [1]


def test_nobody_at_all_is_no_trouble():
    assert members_on([], ends_of_years(TODAY, 2)) == {}
    assert statuses_on([], [TODAY]) == {}
    assert retention([], today=TODAY, years=5) == []
