"""Who is a member today, until when, and what does a payment add?

Everything here is decided from plain values and a given day: nothing is ever brought up to date by a nightly job.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pututu.lib.money import Money
from pututu.lib.periods import ONE_DAY, Period, months_from, year_of


class Status(StrEnum):
    """What a membership is on a day. The first four follow from its terms, the others from a decision."""

    APPLIED = "applied"
    CURRENT = "current"
    GRACE = "grace"
    LAPSED = "lapsed"
    LIFE = "life"
    RESIGNED = "resigned"
    DECEASED = "deceased"
    EXPELLED = "expelled"


BELONGING = frozenset({Status.CURRENT, Status.GRACE, Status.LIFE})
"""Who counts as a member."""
ALL_MEMBERS = "belonging"
"""In a filter by status: all of these."""


@dataclass(frozen=True, slots=True)
class StatusRules:
    """What a group decides of its own.

    For ``grace_days`` after its end a membership still counts; a renewal more than ``early_days`` before the end is
    taken for one paid twice, until a person says otherwise.
    """

    grace_days: int = 30
    early_days: int = 183


@dataclass(frozen=True, slots=True)
class Ending:
    """A membership was given up (``RESIGNED``) or taken away (``EXPELLED``), with effect from ``on``."""

    status: Status
    on: dt.date


@dataclass(frozen=True, slots=True)
class Override:
    """Staff say what the status is, for a time: ``period`` always has an end."""

    status: Status
    period: Period


@dataclass(frozen=True, slots=True)
class Term:
    """A paid-for span; ``anchor`` is the day of the month that counting began with (``lib.periods``)."""

    period: Period
    anchor: int


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the status of one membership depends on. ``terms`` are those that stand: revoked ones are left out."""

    terms: tuple[Term, ...] = ()
    endings: tuple[Ending, ...] = ()
    overrides: tuple[Override, ...] = ()
    died_on: dt.date | None = None
    is_erased: bool = False

    @property
    def is_without_end(self) -> bool:
        return any(term.period.last is None for term in self.terms)


def covered_until(terms: Iterable[Term]) -> dt.date | None:
    """The last day that is paid for or granted; None where none is, or where there is no end."""
    ends = [term.period.last for term in terms]
    return None if None in ends else max((end for end in ends if end), default=None)


def status_on(today: dt.date, facts: Facts, rules: StatusRules) -> Status:
    """Return the status on ``today``.

    Death comes before all; then an override in force, the last one given first; then a giving-up or expulsion that has
    taken effect and is not followed by a term that begins later (a rejoining); then the terms.
    """
    if facts.died_on is not None and facts.died_on <= today:
        return Status.DECEASED
    override = next((each for each in reversed(facts.overrides) if today in each.period), None)
    if override:
        return override.status
    ending = _ending_on(today, facts)
    return ending.status if ending else _status_by_terms(today, facts.terms, rules)


def _ending_on(today: dt.date, facts: Facts) -> Ending | None:
    taken = sorted((each for each in facts.endings if each.on <= today), key=lambda each: each.on)
    begun = [term.period.first for term in facts.terms if term.period.first <= today]
    if not taken or any(first > taken[-1].on for first in begun):
        return None
    return taken[-1]


def _status_by_terms(today: dt.date, terms: Sequence[Term], rules: StatusRules) -> Status:
    covering = [term.period for term in terms if today in term.period]
    if covering:
        return Status.LIFE if any(period.last is None for period in covering) else Status.CURRENT
    ended = [term.period.last for term in terms if term.period.last is not None and term.period.last < today]
    if not ended:
        return Status.APPLIED
    return Status.GRACE if (today - max(ended)).days <= rules.grace_days else Status.LAPSED


def changes(
    facts: Mapping[int, Facts], *, today: dt.date, before: StatusRules, after: StatusRules
) -> dict[int, tuple[Status, Status]]:
    """Say whose status a change of rules would change, and from what to what; by the keys of ``facts``."""
    both = {
        key: (status_on(today, each, before), status_on(today, each, after)) for key, each in facts.items()
    }
    return {key: (old, new) for key, (old, new) in both.items() if old != new}


# --- what a payment adds


class Objection(StrEnum):
    """Why a payment buys no term by itself and waits for a person."""

    WENT_BACK = "went-back"
    OTHER_CURRENCY = "other-currency"
    ERASED = "erased"
    TOO_LITTLE = "too-little"
    DECEASED = "deceased"
    EXPELLED = "expelled"
    LEFT_SINCE = "left-since"
    FOR_LIFE = "for-life"
    PAID_ALREADY = "paid-already"


OUTRIGHT = frozenset({Objection.WENT_BACK, Objection.OTHER_CURRENCY, Objection.ERASED, Objection.FOR_LIFE})
"""Objections that no person can set aside."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Money for a membership: what is kept of it for this use, when it was asked for and when it came.

    ``is_present`` where somebody else pays for the holder.
    """

    amount: Money
    asked_on: dt.date
    received_on: dt.date
    is_present: bool = False


def objection(offer: Offer, price: Money, facts: Facts, rules: StatusRules) -> Objection | None:
    """Say why ``offer`` does not buy a term by itself, the gravest reason first; None where it does.

    Whoever asked to pay after leaving means to come back; money asked for before somebody left is not theirs to take,
    and nobody else takes it for them.
    """
    ends = [term.period.last for term in facts.terms]
    left = [each for each in facts.endings if each.on > offer.asked_on or each.status is Status.EXPELLED]
    covered = max((last for last in ends if last), default=dt.date.min)
    reasons = (
        (offer.amount.minor <= 0, Objection.WENT_BACK),
        (offer.amount.currency != price.currency, Objection.OTHER_CURRENCY),
        (facts.is_erased, Objection.ERASED),
        (None in ends, Objection.FOR_LIFE),
        (facts.died_on is not None, Objection.DECEASED),
        (any(each.status is Status.EXPELLED for each in left), Objection.EXPELLED),
        (bool(left) or _is_given_against_their_will(offer, facts, rules), Objection.LEFT_SINCE),
        (offer.amount.minor < price.minor, Objection.TOO_LITTLE),
        (covered > offer.received_on + dt.timedelta(rules.early_days), Objection.PAID_ALREADY),
    )
    return next((reason for holds, reason in reasons if holds), None)


def _is_given_against_their_will(offer: Offer, facts: Facts, rules: StatusRules) -> bool:
    """Whether somebody else pays for a holder who has left and asked for nothing."""
    return offer.is_present and status_on(offer.received_on, facts, rules) is Status.RESIGNED


class AlreadyForLife(Exception):
    """A membership without an end cannot be extended: the money is for something else."""


@dataclass(frozen=True, slots=True)
class Tariff:
    """For how long a plan's price is paid.

    ``months`` of the calendar; or the fixed year that begins on ``year_begins`` (month, day), where who begins on or
    after ``rollover`` (month, day) is covered to the end of the next one too; or, with neither, for life.
    """

    months: int | None = None
    year_begins: tuple[int, int] | None = None
    rollover: tuple[int, int] | None = None


def term_after(terms: Iterable[Term], tariff: Tariff, *, paid_on: dt.date, rules: StatusRules) -> Term:
    """Return the term that a payment received on ``paid_on`` adds to ``terms``.

    It begins the day after the last term's end, however early or (within grace) late the money comes; after a lapse, or
    the first time, on the day of payment. Raises AlreadyForLife.
    """
    ends = [term.period.last for term in terms]
    if None in ends:
        raise AlreadyForLife
    last = max(terms, key=lambda term: term.period.last or dt.date.min, default=None)
    if last and last.period.last and paid_on <= last.period.last + dt.timedelta(rules.grace_days):
        return _term(tariff, first=last.period.last + ONE_DAY, anchor=last.anchor)
    return _term(tariff, first=paid_on, anchor=paid_on.day)


def _term(tariff: Tariff, *, first: dt.date, anchor: int) -> Term:
    if tariff.months:
        try:
            return Term(months_from(first, tariff.months, anchor=anchor), anchor)
        except ValueError:  # counting begins anew, as after a term of another plan
            return Term(months_from(first, tariff.months, anchor=first.day), first.day)
    if tariff.year_begins:
        return Term(Period(first, _end_of_fixed_year(first, tariff.year_begins, tariff.rollover)), first.day)
    return Term(Period(first, None), anchor)


def _end_of_fixed_year(
    first: dt.date, begins: tuple[int, int], rollover: tuple[int, int] | None
) -> dt.date | None:
    year = year_of(first, begins=begins)
    is_rolled_over = rollover is not None and year_of(first, begins=rollover).first > year.first
    return year_of(year.last + ONE_DAY, begins=begins).last if is_rolled_over and year.last else year.last


def awaited_renewal(today: dt.date, facts: Facts, rules: StatusRules, *, days_before: int) -> dt.date | None:
    """Return the end after which a next term is awaited now, from ``days_before`` it until grace is over; or None.

    Nothing is awaited of those who left, died or never paid, and of memberships without an end.
    """
    end = covered_until(facts.terms)
    if end is None or status_on(today, facts, rules) not in (Status.CURRENT, Status.GRACE):
        return None
    return end if end - dt.timedelta(days_before) <= today <= end + dt.timedelta(rules.grace_days) else None


# --- reminders


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """A reminder goes out ``days`` after the end of the last term (before it, where negative)."""

    key: str
    days: int


def read_reminders(text: str) -> tuple[ReminderRule, ...]:
    """Read days like "-30, 0, 21", each once, in order; none for "". Raises ValueError for anything else."""
    days = {int(each) for each in text.split(",") if each.strip()}
    if any(abs(each) > 366 for each in days):
        raise ValueError("A reminder is not sent more than a year before or after.")
    return tuple(ReminderRule(f"{each:+d}", each) for each in sorted(days))


LATE_BY = 14
"""For how many days a reminder that nobody sent in time is still worth sending."""


def reminder_due(
    today: dt.date, *, end: dt.date, rules: Iterable[ReminderRule], sent: frozenset[str]
) -> ReminderRule | None:
    """Return the reminder to send today about a term that ends on ``end``: the latest due, if it was not sent.

    Earlier ones that were missed are never sent behind it, and none is when it is more than ``LATE_BY`` days late.
    """
    due = [rule for rule in rules if end + dt.timedelta(rule.days) <= today]
    latest = max(due, key=lambda rule: rule.days, default=None)
    if latest is None or latest.key in sent:
        return None
    return latest if (today - end).days - latest.days <= LATE_BY else None
