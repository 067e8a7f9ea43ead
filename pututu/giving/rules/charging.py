"""When is money taken that comes again by itself, and when is that given up?

Every question is answered for one period of one thing, from what happened so far and a given day. Money is never taken
without having been told of at least ``NOTICE_DAYS`` before, nor tried more often than ``TRY_AGAIN_AFTER`` says, nor
long after it was due.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

ONE_DAY = dt.timedelta(days=1)
NOTICE_DAYS = 10
TOLD_AHEAD = 14
"""So many days before money is asked for its payer is told: some more than must be, should no mail go on a day."""
TRY_AGAIN_AFTER = (3, 4)
"""After the first and the second decline, so many days later once more: on the due day, and 3 and 7 days after it."""
STALE_AFTER = 30
"""Money that could not be taken for so many days after its day is not taken any more: nobody expects it now."""
SATURDAY = 5


class Outcome(StrEnum):
    """What became of one try."""

    UNDER_WAY = "under-way"
    CAME = "came"
    DECLINED = "declined"
    TAKEN_BACK = "taken-back"


@dataclass(frozen=True, slots=True)
class Try:
    """Money was asked for, and ``settled_on`` is when that ended; None while it is under way."""

    outcome: Outcome
    settled_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """The payer was told ``on`` a day that ``minor`` units are asked for on ``ask_on`` and taken on ``take_on``."""

    on: dt.date
    ask_on: dt.date
    take_on: dt.date
    minor: int


@dataclass(frozen=True, slots=True)
class Course:
    """What happened so far for one period: the day it is due, what was told, and the tries in order.

    ``lead`` is how many working days ahead the provider is asked.
    """

    due_on: dt.date
    lead: int = 0
    told: Told | None = None
    tries: tuple[Try, ...] = ()


class Step(StrEnum):
    """What is to be done on a day."""

    WAIT = "wait"
    TELL = "tell"
    TAKE = "take"
    GIVE_UP = "give-up"


def next_step(today: dt.date, course: Course, *, minor: int) -> Step:
    """Say what is to be done today, where ``minor`` is the price as it is now.

    A price that changed since the payer was told is told anew before it is taken.
    """
    outcomes = [each.outcome for each in course.tries]
    if Outcome.UNDER_WAY in outcomes or Outcome.CAME in outcomes:
        return Step.WAIT
    if Outcome.TAKEN_BACK in outcomes or len(outcomes) > len(TRY_AGAIN_AFTER):
        return Step.GIVE_UP
    told = course.told
    if today > _last_day(course):
        return Step.GIVE_UP
    if told is None or told.minor != minor:
        return Step.TELL if today >= told_from(course) else Step.WAIT
    return Step.TAKE if today >= _take_from(told, course.tries) else Step.WAIT


def _last_day(course: Course) -> dt.date:
    day = max(course.due_on, course.told.take_on) if course.told else course.due_on
    return day + dt.timedelta(STALE_AFTER)


def told_from(course: Course) -> dt.date:
    """The first day on which the payer is told."""
    return working_days_before(course.due_on, course.lead) - dt.timedelta(TOLD_AHEAD)


def _take_from(told: Told, tries: Sequence[Try]) -> dt.date:
    if not tries:
        return told.ask_on
    last = max(each.settled_on for each in tries if each.settled_on)
    return max(told.ask_on, last + dt.timedelta(TRY_AGAIN_AFTER[len(tries) - 1]))


def tell(today: dt.date, course: Course, *, minor: int) -> Told:
    """What a payer who is told today is told: the money comes on its day, or later where that would be too soon."""
    ask_on = max(working_days_before(course.due_on, course.lead), today + dt.timedelta(NOTICE_DAYS))
    return Told(today, ask_on, max(course.due_on, working_days_after(ask_on, course.lead)), minor)


def working_days_before(day: dt.date, number: int) -> dt.date:
    """The day that is so many days of Monday to Friday earlier; holidays are not known here."""
    return _step(day, number, -ONE_DAY)


def working_days_after(day: dt.date, number: int) -> dt.date:
    """The day that is so many days of Monday to Friday later."""
    return _step(day, number, ONE_DAY)


def _step(day: dt.date, number: int, by: dt.timedelta) -> dt.date:
    while number:
        day += by
        number -= day.weekday() < SATURDAY
    return day
