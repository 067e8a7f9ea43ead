"""What does a payment add, whenever it comes?"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pututu.lib.periods import ONE_DAY, Period
from pututu.membership.rules import (
    BELONGING,
    AlreadyForLife,
    Facts,
    ReminderRule,
    StatusRules,
    Tariff,
    Term,
    reminder_due,
    status_on,
    term_after,
)

RULES = StatusRules(grace_days=30)
A_YEAR = Tariff(months=12)
CALENDAR = Tariff(year_begins=(1, 1), rollover=(10, 1))
FOR_LIFE = Tariff()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def pay(tariff: Tariff, *on: str) -> list[tuple[str, str]]:
    """The terms that payments on these days make, one after the other."""
    terms: list[Term] = []
    for text in on:
        terms.append(term_after(terms, tariff, paid_on=day(text), rules=RULES))
    return [(str(each.period.first), str(each.period.last)) for each in terms]


def test_a_renewal_runs_from_the_old_end_and_not_from_the_day_of_payment():
    early, late = "2026-01-05", "2026-04-01"
    for paid in (early, late):
        assert pay(A_YEAR, "2025-03-15", paid)[1] == ("2026-03-15", "2027-03-14")


def test_after_a_lapse_a_term_begins_on_the_day_of_payment():
    assert pay(A_YEAR, "2025-03-15", "2026-04-14")[1] == ("2026-04-14", "2027-04-13")
    assert pay(A_YEAR, "2025-03-15", "2026-04-13")[1] == ("2026-03-15", "2027-03-14")  # the last day of grace


def test_paying_twice_on_one_day_gives_two_years():
    assert pay(A_YEAR, "2025-03-15", "2025-03-15") == [
        ("2025-03-15", "2026-03-14"),
        ("2026-03-15", "2027-03-14"),
    ]


def test_who_joined_on_a_leap_day_keeps_it():
    ends = [last for _first, last in pay(A_YEAR, "2024-02-29", "2025-02-20", "2026-02-20", "2027-02-20")]
    assert ends == ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-28"]


@pytest.mark.parametrize(
    ("paid", "last"),
    [
        ("2026-01-01", "2026-12-31"),
        ("2026-09-30", "2026-12-31"),
        ("2026-10-01", "2027-12-31"),
        ("2026-12-31", "2027-12-31"),
    ],
)
def test_who_joins_late_in_a_fixed_year_is_covered_to_the_end_of_the_next(paid: str, last: str):
    assert pay(CALENDAR, paid) == [(paid, last)]


def test_a_renewal_of_a_fixed_year_is_exactly_the_next_year_whenever_it_is_paid():
    for paid in ("2026-10-15", "2026-12-31", "2027-01-30"):
        assert pay(CALENDAR, "2026-02-01", paid)[1] == ("2027-01-01", "2027-12-31")


def test_a_fixed_year_may_begin_in_any_month():
    september = Tariff(year_begins=(9, 1), rollover=(6, 1))
    assert pay(september, "2026-05-31") == [("2026-05-31", "2026-08-31")]
    assert pay(september, "2026-06-01") == [("2026-06-01", "2027-08-31")]
    assert pay(september, "2026-09-01") == [("2026-09-01", "2027-08-31")]


def test_nothing_can_be_added_to_a_membership_for_life():
    terms = [term_after([], FOR_LIFE, paid_on=day("2026-01-01"), rules=RULES)]
    assert terms[0].period == Period(day("2026-01-01"), None)
    with pytest.raises(AlreadyForLife):
        term_after(terms, A_YEAR, paid_on=day("2026-06-01"), rules=RULES)


def test_another_plan_takes_over_where_the_old_term_ends():
    first = term_after([], CALENDAR, paid_on=day("2026-02-10"), rules=RULES)
    second = term_after([first], Tariff(months=1), paid_on=day("2026-12-01"), rules=RULES)
    third = term_after([first, second], A_YEAR, paid_on=day("2027-01-20"), rules=RULES)
    assert second.period == Period(day("2027-01-01"), day("2027-01-31"))
    assert third.period == Period(day("2027-02-01"), day("2028-01-31"))


# --- laws

payments = some.lists(some.dates(dt.date(2020, 1, 1), dt.date(2032, 12, 31)), min_size=1, max_size=8).map(
    sorted
)
tariffs = some.one_of(
    some.integers(1, 36).map(lambda months: Tariff(months=months)),
    some.builds(
        lambda begins, rollover: Tariff(year_begins=begins, rollover=rollover),
        some.tuples(some.integers(1, 12), some.integers(1, 28)),
        some.none() | some.tuples(some.integers(1, 12), some.integers(1, 28)),
    ),
)


def terms_of(paid: list[dt.date], plans: list[Tariff]) -> list[Term]:
    terms: list[Term] = []
    for on, tariff in zip(paid, plans, strict=False):
        terms.append(term_after(terms, tariff, paid_on=on, rules=RULES))
    return terms


@given(payments, some.lists(tariffs, min_size=8, max_size=8))
def test_no_two_terms_share_a_day_and_each_pays_for_at_least_a_day(paid: list[dt.date], plans: list[Tariff]):
    terms = terms_of(paid, plans)
    for one, other in pairwise(terms):
        assert one.period.last < other.period.first
    assert all(term.period.days >= 1 for term in terms)


@given(payments, some.lists(tariffs, min_size=8, max_size=8))
def test_whoever_has_just_paid_is_a_member(paid: list[dt.date], plans: list[Tariff]):
    terms = terms_of(paid, plans)
    assert status_on(paid[-1], Facts(terms=tuple(terms)), RULES) in BELONGING


@given(payments, some.lists(tariffs, min_size=8, max_size=8))
def test_a_payment_never_moves_the_end_back(paid: list[dt.date], plans: list[Tariff]):
    ends = [term.period.last for term in terms_of(paid, plans)]
    assert ends == sorted(set(ends))


@given(
    some.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)),
    some.integers(1, 24),
    some.lists(some.integers(0, 25), min_size=1, max_size=6),
)
def test_early_renewal_loses_nothing(joined: dt.date, months: int, early: list[int]):
    tariff = Tariff(months=months)
    terms = [term_after([], tariff, paid_on=joined, rules=RULES)]
    for days_before in early:
        on = max(joined, terms[-1].period.last - dt.timedelta(days_before))
        terms.append(term_after(terms, tariff, paid_on=on, rules=RULES))
    assert all(other.period.first == one.period.last + ONE_DAY for one, other in pairwise(terms))
    whole = term_after([], Tariff(months=months * len(terms)), paid_on=joined, rules=RULES)
    assert terms[-1].period.last == whole.period.last


# --- reminders

SCHEDULE = (ReminderRule("before", -30), ReminderRule("at", 0), ReminderRule("after", 21))
END = day("2026-03-14")


def due(today: str, *sent: str) -> str | None:
    found = reminder_due(day(today), end=END, rules=SCHEDULE, sent=frozenset(sent))
    return found.key if found else None


def test_each_reminder_falls_due_on_its_day_and_once():
    assert [due(on) for on in ("2026-02-11", "2026-02-12", "2026-03-14", "2026-04-04")] == [
        None,
        "before",
        "at",
        "after",
    ]
    assert due("2026-02-13", "before") is None


def test_a_reminder_that_was_missed_is_not_sent_behind_a_later_one():
    assert due("2026-03-14", "at") is None
    assert due("2026-03-20") == "at"


def test_a_reminder_is_not_sent_when_it_is_long_too_late():
    assert due("2026-04-18") == "after"
    assert due("2026-04-19") is None
