"""How has membership gone, over the years?

Counted from the same facts and by the same function as everybody's status today, so that no figure can disagree with
the lists. Pure functions of plain values; ``today`` is given.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pututu.lib.money import Money
from pututu.lib.periods import ONE_DAY, Period
from pututu.membership.rules import BELONGING, Facts, Status, StatusRules, status_on


@dataclass(frozen=True, slots=True)
class Course:
    """How one membership went: the days on which its status changed, and to what; ``plan`` is the one it has now."""

    plan: str
    days: tuple[dt.date, ...]
    statuses: tuple[Status, ...]

    def on(self, day: dt.date) -> Status | None:
        """The status on ``day``; None before anything is known of it."""
        at = bisect_right(self.days, day)
        return self.statuses[at - 1] if at else None

    def belongs(self, day: dt.date) -> bool:
        return self.on(day) in BELONGING


def course_of(facts: Facts, plan: str, rules: StatusRules, *, until: dt.date) -> Course:
    """Follow one membership until a day. Its status can change only where a term, decision or life begins or ends."""
    turns = sorted({day for day in _turning_days(facts, rules) if day <= until})
    days: list[dt.date] = []
    statuses: list[Status] = []
    for day in turns:
        status = status_on(day, facts, rules)
        if not statuses or status != statuses[-1]:
            days.append(day)
            statuses.append(status)
    return Course(plan, tuple(days), tuple(statuses))


def _turning_days(facts: Facts, rules: StatusRules) -> Iterable[dt.date]:
    for period in (*(term.period for term in facts.terms), *(each.period for each in facts.overrides)):
        yield period.first
        if period.last:
            yield period.last + ONE_DAY
            yield period.last + ONE_DAY + dt.timedelta(rules.grace_days)
    yield from (ending.on for ending in facts.endings)
    if facts.died_on:
        yield facts.died_on


def ends_of_years(today: dt.date, years: int) -> list[dt.date]:
    """The last days of so many years before this one, and today."""
    return [dt.date(year, 12, 31) for year in range(today.year - years, today.year)] + [today]


def members_on(courses: Sequence[Course], days: Sequence[dt.date]) -> dict[str, list[int]]:
    """How many belonged by each plan on each day; plans in order of their present size."""
    found = [Counter(course.plan for course in courses if course.belongs(day)) for day in days]
    plans = sorted(set().union(*found), key=lambda plan: (-found[-1][plan], plan)) if found else []
    return {plan: [counted[plan] for counted in found] for plan in plans}


def statuses_on(courses: Sequence[Course], days: Sequence[dt.date]) -> dict[Status, list[int]]:
    """How many memberships had each status on each day; statuses that nobody ever had are left out."""
    found = [Counter(course.on(day) for course in courses) for day in days]
    return {status: counts for status in Status if any(counts := [counted[status] for counted in found])}


@dataclass(frozen=True, slots=True)
class Year:
    """Who came and went in one calendar year: membership begun or taken up again, and lost."""

    year: int
    joined: int
    came_back: int
    lost: int


def comings_and_goings(courses: Sequence[Course], *, first: int, last: int) -> list[Year]:
    """Count, for each year, those who began to belong, who did so again, and who no longer did."""
    joined, came_back, lost = Counter[int](), Counter[int](), Counter[int]()
    for course in courses:
        belonged, ever = False, False
        for day, status in zip(course.days, course.statuses, strict=True):
            belongs = status in BELONGING
            if belongs and not belonged:
                (came_back if ever else joined)[day.year] += 1
            if belonged and not belongs:
                lost[day.year] += 1
            belonged, ever = belongs, ever or belongs
    return [Year(year, joined[year], came_back[year], lost[year]) for year in range(first, last + 1)]


@dataclass(frozen=True, slots=True)
class Cohort:
    """Those who first belonged in one year: how many, and how many of a hundred still did 1, 2, 3 … years later."""

    year: int
    number: int
    stayed: tuple[int | None, ...]


def retention(courses: Sequence[Course], *, today: dt.date, years: int) -> list[Cohort]:
    """Follow the joiners of each of the last ``years`` years; None where that anniversary has not come for all."""
    begun: dict[int, list[tuple[Course, dt.date]]] = {}
    for course in courses:
        first = next(
            (day for day, status in zip(course.days, course.statuses, strict=True) if status in BELONGING),
            None,
        )
        if first:
            begun.setdefault(first.year, []).append((course, first))
    return [
        Cohort(
            year,
            len(begun[year]),
            tuple(_stayed(begun[year], year, after, today) for after in range(1, years)),
        )
        for year in range(today.year - years, today.year)
        if year in begun
    ]


def _stayed(begun: list[tuple[Course, dt.date]], year: int, after: int, today: dt.date) -> int | None:
    if dt.date(year + after, 12, 31) > today:
        return None
    still = sum(course.belongs(_years_on(first, after)) for course, first in begun)
    return round(100 * still / len(begun))


def _years_on(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def ending_between(facts: Mapping[int, Facts], first: dt.date, last: dt.date) -> list[int]:
    """The keys of memberships whose last term ends in these days, both included."""
    ends = {
        key: max((term.period.last or dt.date.max for term in each.terms), default=None)
        for key, each in facts.items()
    }
    return [key for key, end in ends.items() if end and first <= end <= last]


def paid_in_advance(period: Period, paid: Money, *, after: dt.date) -> Money:
    """The part of a term's price that is for the days after ``after``: by days, rounded down to the smallest unit.

    A term without an end is earned on the day it was paid: nobody can say for how long it will be.
    """
    days = period.days
    if days is None or period.last is None or period.last <= after:
        return Money(0, paid.currency)
    ahead = (period.last - max(after, period.first - ONE_DAY)).days
    return Money(paid.minor * ahead // days, paid.currency)
