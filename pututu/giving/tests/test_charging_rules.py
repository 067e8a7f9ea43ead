"""Money that comes by itself: told of long enough before, tried three times at most, never long after its day."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as some

from pututu.giving.rules.charging import (
    NOTICE_DAYS,
    STALE_AFTER,
    TRY_AGAIN_AFTER,
    Course,
    Outcome,
    Step,
    Told,
    Try,
    next_step,
    tell,
    working_days_after,
    working_days_before,
)
from tests.belonging import day

DUE = day("2027-03-14")
TOLD = Told(day("2027-02-28"), DUE, DUE, 3600)


def step(today, course, minor=3600):
    return next_step(day(today), course, minor=minor)


def declined(*days):
    return tuple(Try(Outcome.DECLINED, day(each)) for each in days)


def test_the_payer_is_told_two_weeks_before_and_the_money_is_taken_on_its_day():
    assert step("2027-02-27", Course(DUE)) is Step.WAIT
    assert step("2027-02-28", Course(DUE)) is Step.TELL
    assert tell(day("2027-02-28"), Course(DUE), minor=3600) == TOLD
    told = Course(DUE, told=TOLD)
    assert [step(each, told) for each in ("2027-03-13", "2027-03-14")] == [Step.WAIT, Step.TAKE]


def test_who_is_told_late_has_their_ten_days_all_the_same():
    told = tell(day("2027-03-10"), Course(DUE), minor=3600)
    assert told.take_on == day("2027-03-20")
    assert step("2027-03-19", Course(DUE, told=told)) is Step.WAIT


def test_a_direct_debit_is_asked_some_working_days_ahead():
    course = Course(DUE, lead=5)  # a Sunday
    told = tell(day("2027-02-20"), course, minor=3600)
    assert (told.ask_on, told.take_on) == (day("2027-03-08"), day("2027-03-15"))
    assert working_days_before(day("2027-03-15"), 1) == day("2027-03-12")
    assert working_days_after(day("2027-03-12"), 1) == day("2027-03-15")


def test_a_new_price_is_told_anew_before_it_is_taken():
    course = Course(DUE, told=TOLD)
    assert step("2027-03-14", course, minor=4000) is Step.TELL
    assert step("2027-03-14", course, minor=3600) is Step.TAKE


def test_a_decline_is_tried_again_after_three_and_after_seven_days_and_then_given_up():
    tries = ("2027-03-14", "2027-03-17", "2027-03-21")
    assert step("2027-03-16", Course(DUE, told=TOLD, tries=declined(tries[0]))) is Step.WAIT
    assert step("2027-03-17", Course(DUE, told=TOLD, tries=declined(tries[0]))) is Step.TAKE
    assert step("2027-03-20", Course(DUE, told=TOLD, tries=declined(*tries[:2]))) is Step.WAIT
    assert step("2027-03-21", Course(DUE, told=TOLD, tries=declined(*tries[:2]))) is Step.TAKE
    assert step("2027-03-21", Course(DUE, told=TOLD, tries=declined(*tries))) is Step.GIVE_UP


def test_while_one_is_under_way_or_has_come_nothing_is_taken():
    for outcome in (Outcome.UNDER_WAY, Outcome.CAME):
        tries = (*declined("2027-03-14"), Try(outcome))
        assert step("2027-04-30", Course(DUE, told=TOLD, tries=tries)) is Step.WAIT


def test_what_the_payer_s_bank_took_back_is_not_taken_again():
    tries = (Try(Outcome.TAKEN_BACK, day("2027-03-20")),)
    assert step("2027-03-23", Course(DUE, told=TOLD, tries=tries)) is Step.GIVE_UP


def test_a_month_after_its_day_nothing_is_taken_any_more():
    assert step("2027-04-13", Course(DUE, told=TOLD)) is Step.TAKE
    assert step("2027-04-14", Course(DUE, told=TOLD)) is Step.GIVE_UP
    assert step("2027-04-14", Course(DUE)) is Step.GIVE_UP


@given(
    some.dates(day("2026-01-01"), day("2027-12-31")),
    some.integers(0, 5),
    some.lists(some.tuples(some.integers(-3, 40), some.booleans()), max_size=60),
)
def test_whatever_the_days_of_the_runs_nothing_is_taken_untold_too_often_or_too_late(due, lead, runs):
    """The clock runs on any days, also backwards; each try is declined."""
    told, tries, taken = None, (), []
    today = due - dt.timedelta(days=60)
    for jump, price_changes in runs:
        today += dt.timedelta(days=jump)
        minor = 4000 if price_changes else 3600
        course = Course(due, lead, told, tries)
        found = next_step(today, course, minor=minor)
        if found is Step.TELL:
            told = tell(today, course, minor=minor)
        if found is Step.TAKE:
            taken.append((today, told))
            tries = (*tries, Try(Outcome.DECLINED, today))
    assert len(taken) <= len(TRY_AGAIN_AFTER) + 1
    for at, notice in taken:
        assert notice is not None
        assert at >= notice.on + dt.timedelta(NOTICE_DAYS)
        assert at <= max(due, notice.take_on) + dt.timedelta(STALE_AFTER)
