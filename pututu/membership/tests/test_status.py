"""Is somebody's status what the terms, the decisions and the day say, and nothing else?"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pututu.lib.periods import Period
from pututu.membership.rules import (
    BELONGING,
    Ending,
    Facts,
    Override,
    Status,
    StatusRules,
    Term,
    changes,
    status_on,
)

RULES = StatusRules(grace_days=30)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def term(first: str, last: str | None) -> Term:
    return Term(Period(day(first), day(last) if last else None), day(first).day)


YEAR = term("2025-03-15", "2026-03-14")
NEXT = term("2026-03-15", "2027-03-14")


@pytest.mark.parametrize(
    ("today", "status"),
    [
        ("2025-03-14", Status.APPLIED),
        ("2025-03-15", Status.CURRENT),
        ("2026-03-14", Status.CURRENT),
        ("2026-03-15", Status.GRACE),
        ("2026-04-13", Status.GRACE),
        ("2026-04-14", Status.LAPSED),
        ("2040-01-01", Status.LAPSED),
    ],
)
def test_a_year_s_membership_along_the_calendar(today: str, status: Status):
    assert status_on(day(today), Facts(terms=(YEAR,)), RULES) == status


def test_nobody_is_a_member_by_a_promise():
    assert status_on(day("2026-01-01"), Facts(), RULES) == Status.APPLIED
    assert Status.APPLIED not in BELONGING


def test_a_group_without_grace_has_none():
    assert status_on(day("2026-03-15"), Facts(terms=(YEAR,)), StatusRules(grace_days=0)) == Status.LAPSED


def test_life_has_no_end():
    for_life = Facts(terms=(YEAR, term("2026-03-15", None)))
    assert status_on(day("2090-01-01"), for_life, RULES) == Status.LIFE


def test_who_leaves_is_a_member_until_the_day_and_never_after():
    left = Facts(terms=(YEAR,), endings=(Ending(Status.RESIGNED, day("2025-08-01")),))
    assert status_on(day("2025-07-31"), left, RULES) == Status.CURRENT
    assert status_on(day("2025-08-01"), left, RULES) == Status.RESIGNED
    assert status_on(day("2027-01-01"), left, RULES) == Status.RESIGNED


def test_who_leaves_in_the_middle_of_two_paid_years_is_not_back_when_the_second_begins():
    left = Facts(terms=(YEAR, NEXT), endings=(Ending(Status.RESIGNED, day("2026-03-20")),))
    assert status_on(day("2026-03-21"), left, RULES) == Status.RESIGNED


def test_who_rejoins_after_leaving_is_a_member_again():
    back = Facts(terms=(YEAR, NEXT), endings=(Ending(Status.RESIGNED, day("2025-08-01")),))
    assert status_on(day("2026-03-14"), back, RULES) == Status.RESIGNED
    assert status_on(day("2026-03-15"), back, RULES) == Status.CURRENT


def test_death_comes_before_every_decision():
    facts = Facts(
        terms=(term("2025-03-15", None),),
        overrides=(Override(Status.CURRENT, Period(day("2025-01-01"), day("2026-12-31"))),),
        died_on=day("2026-02-01"),
    )
    assert status_on(day("2026-01-31"), facts, RULES) == Status.CURRENT
    assert status_on(day("2026-02-01"), facts, RULES) == Status.DECEASED


def test_an_override_holds_for_its_days_and_the_last_one_given_counts():
    facts = Facts(
        terms=(YEAR,),
        overrides=(
            Override(Status.CURRENT, Period(day("2026-05-01"), day("2026-06-30"))),
            Override(Status.EXPELLED, Period(day("2026-06-01"), day("2026-06-10"))),
        ),
    )
    on = {
        text: status_on(day(text), facts, RULES)
        for text in ("2026-04-30", "2026-05-31", "2026-06-05", "2026-07-01")
    }
    assert list(on.values()) == [Status.LAPSED, Status.CURRENT, Status.EXPELLED, Status.LAPSED]


def test_a_preview_names_exactly_whom_new_rules_touch():
    facts = {1: Facts(terms=(YEAR,)), 2: Facts(terms=(YEAR, NEXT)), 3: Facts()}
    touched = changes(facts, today=day("2026-04-20"), before=RULES, after=StatusRules(grace_days=60))
    assert touched == {1: (Status.LAPSED, Status.GRACE)}


days = some.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))
terms = some.builds(
    lambda first, length: Term(Period(first, first + dt.timedelta(length)), first.day),
    days,
    some.integers(0, 800),
)


@given(days, some.lists(terms, max_size=5), terms)
def test_one_more_term_never_takes_membership_away(today: dt.date, had: list[Term], more: Term):
    before = status_on(today, Facts(terms=tuple(had)), RULES)
    after = status_on(today, Facts(terms=(*had, more)), RULES)
    assert before not in BELONGING or after in BELONGING


@given(days, some.permutations([YEAR, NEXT, term("2020-01-01", "2020-12-31")]))
def test_the_order_in_which_terms_were_written_down_makes_no_difference(today: dt.date, order: list[Term]):
    assert status_on(today, Facts(terms=tuple(order)), RULES) == status_on(
        today, Facts(terms=tuple(reversed(order))), RULES
    )
