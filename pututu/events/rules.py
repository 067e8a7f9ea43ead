"""When does an event take place, is it over, and is what its editor wrote possible?

Times are wall-clock times with the name of their zone, never instants: where a country changes its summer time,
the event stays at the hour that was announced. Every "now" is an argument (an aware datetime).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from dateutil.rrule import MONTHLY, WEEKLY, YEARLY, rrule, weekday

from pututu.lib.dates import HonestDate

LONGEST_REPETITION = 5  # years
YEARS = range(1000, 9000)  # beyond them neither clocks nor calendar programs agree on anything
SHORTEST_GAP = {
    "weekly": 7,
    "fortnightly": 14,
    "monthly": 28,
    "yearly": 365,
}  # days from one occurrence to the next


class Standing(StrEnum):
    """Where an event stands for a reader at one moment."""

    TO_COME = "to-come"
    UNDER_WAY = "under-way"
    PAST = "past"
    UNDATED = "undated"


@dataclass(frozen=True)
class Occurrence:
    """One time that an event takes place; without ``start_time`` it lasts whole days."""

    first: dt.date
    last: dt.date
    start_time: dt.time | None
    end_time: dt.time | None
    zone: str

    @property
    def starts_at(self) -> dt.datetime:
        """The instant of its beginning (aware): the stroke of midnight if no hour is known."""
        return _at(self.first, self.start_time or dt.time.min, self.zone)

    @property
    def over_at(self) -> dt.datetime:
        """The instant from which it is past (aware): without an hour of ending, the end of its last day."""
        if self.end_time:
            return _at(self.last, self.end_time, self.zone)
        return _at(self.last + dt.timedelta(days=1), dt.time.min, self.zone)

    @property
    def is_of_several_days(self) -> bool:
        return self.last > self.first


@dataclass(frozen=True)
class Repetition:
    """How an event repeats: the words of RFC 5545, 3.3.10. ``place`` is the weekday's number in the
    month, -1 the last.
    """

    frequency: str
    interval: int = 1
    weekday: int | None = None
    place: int = 0


@dataclass(frozen=True)
class Schedule:
    """Everything that decides when and where an event is: what its calendar entry is made of."""

    day: HonestDate
    last_day: dt.date | None = None
    start_time: dt.time | None = None
    end_time: dt.time | None = None
    zone: str = "UTC"
    repeats: str = ""
    until: dt.date | None = None
    exceptions: frozenset[dt.date] = frozenset()
    place: str = ""
    online: str = ""
    is_cancelled: bool = False

    @property
    def sure_day(self) -> dt.date | None:
        """The day on which it (first) begins, or None when no single day is known for sure."""
        day = self.day.earliest if self.day.is_day and self.day.iso() else None
        return day if day and day.year in YEARS else None

    @property
    def repetition(self) -> Repetition | None:
        return repetition(self.repeats, self.sure_day) if self.sure_day else None

    @property
    def over_at(self) -> dt.datetime | None:
        """The instant (UTC) from which no occurrence is to come; None when the date has no known end."""
        last = None
        for last in occurrences(self):  # noqa: B007 - the last one is what is wanted
            pass
        if last:
            return last.over_at.astimezone(dt.UTC)
        # Of a vague date the latest possible day counts; the first one where every occurrence was taken out.
        latest = self.sure_day or self.last_day or self.day.latest
        if latest is None or latest.year not in YEARS:
            return None
        return Occurrence(latest, latest, None, None, self.zone).over_at.astimezone(dt.UTC)


def _at(day: dt.date, time: dt.time, zone: str) -> dt.datetime:
    return dt.datetime.combine(day, time, zoneinfo.ZoneInfo(zone))


def repetition(repeats: str, first: dt.date) -> Repetition | None:
    """Return how an event that first takes place on ``first`` goes on, or None if it doesn't.

    Monthly means the same weekday of the month: the second Tuesday stays the second Tuesday, and a fifth one is
    the last. A yearly event on 29 February takes place in leap years only (RFC 5545, 3.3.10: days that don't exist
    are passed over).
    """
    number = (first.day - 1) // 7 + 1
    rules = {
        "weekly": Repetition("WEEKLY"),
        "fortnightly": Repetition("WEEKLY", interval=2),
        "monthly": Repetition("MONTHLY", weekday=first.weekday(), place=-1 if number == 5 else number),
        "yearly": Repetition("YEARLY"),
    }
    return rules.get(repeats)


def days(schedule: Schedule) -> Iterator[dt.date]:
    """Yield the day on which each occurrence would begin, exceptions included; nothing without a sure day."""
    first, rule = schedule.sure_day, schedule.repetition
    if not first:
        return
    if not rule or not schedule.until:
        yield first
        return
    frequencies: dict[str, Literal[0, 1, 2]] = {"YEARLY": YEARLY, "MONTHLY": MONTHLY, "WEEKLY": WEEKLY}
    on = weekday(rule.weekday, rule.place) if rule.weekday is not None else None
    midnight = dt.time.min
    for moment in rrule(
        frequencies[rule.frequency],
        interval=rule.interval,
        byweekday=on,
        dtstart=dt.datetime.combine(first, midnight),
        until=dt.datetime.combine(min(schedule.until, latest_until(first)), midnight),
    ):
        yield moment.date()


def occurrences(schedule: Schedule) -> Iterator[Occurrence]:
    """Yield every occurrence that takes place, in order of time; nothing for an event without a sure day."""
    for day in days(schedule):
        if day not in schedule.exceptions:
            length = (
                schedule.last_day - schedule.sure_day
                if schedule.last_day and schedule.sure_day
                else dt.timedelta()
            )
            yield Occurrence(day, day + length, schedule.start_time, schedule.end_time, schedule.zone)


def coming_occurrences(schedule: Schedule, now: dt.datetime) -> Iterator[Occurrence]:
    """Yield the occurrences that are not over at ``now``, in order of time."""
    return (each for each in occurrences(schedule) if each.over_at > now)


def next_occurrence(schedule: Schedule, now: dt.datetime) -> Occurrence | None:
    """Return the first occurrence that is not over at ``now``: one under way counts."""
    return next(coming_occurrences(schedule, now), None)


def is_past(schedule: Schedule, now: dt.datetime) -> bool:
    """Say whether all of it is over for sure; an event of unknown date never is."""
    over_at = schedule.over_at
    return over_at is not None and over_at <= now


def standing(schedule: Schedule, now: dt.datetime) -> Standing:
    """Say where the event stands at ``now``. Whether it was cancelled is another question."""
    if schedule.over_at is None:
        return Standing.UNDATED
    if is_past(schedule, now):
        return Standing.PAST
    coming = next_occurrence(schedule, now)
    has_begun = bool(coming and coming.starts_at <= now)
    return Standing.UNDER_WAY if has_begun else Standing.TO_COME


def schedule_key(schedule: Schedule) -> str:
    """Return a hash of all that makes SEQUENCE rise when it changes (RFC 5546, 2.1.4): time, repetition,
    place, cancellation.

    What moves nobody is left out: a day without the event on which it never was, the zone of whole days, a
    later end that takes in no further day.
    """
    first, held = schedule.sure_day, list(days(schedule))
    last_day = schedule.last_day if schedule.last_day != first else None
    time = [first or schedule.day.edtf, last_day, schedule.start_time, schedule.end_time]
    zone = schedule.zone if schedule.start_time else ""
    again = [schedule.repeats, held[-1], *sorted(schedule.exceptions & set(held))] if held[1:] else []
    parts = [*time, zone, *again, schedule.place, schedule.online, schedule.is_cancelled]
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()


def latest_until(first: dt.date) -> dt.date:
    """Return the last day to which an event that begins on ``first`` may repeat."""
    try:
        return first.replace(year=first.year + LONGEST_REPETITION)
    except ValueError:  # 29 February
        return first.replace(year=first.year + LONGEST_REPETITION, day=28)


def state_words(word: str, note: str) -> str:
    """Return what became of an event: the editor's note, led by the word for its state unless it begins with that."""
    note = note.strip()
    if not word or not note:
        return note or (f"{word}." if word else "")
    return note if note.casefold().startswith(word.casefold()[:5]) else f"{word}. {note}"


class Problem(StrEnum):
    """What can be wrong with a schedule; the words for it are the form's."""

    ENDS_BEFORE_DAY = "ends-before-day"
    ENDS_BEFORE_START = "ends-before-start"
    START_IS_SKIPPED = "start-is-skipped"
    END_IS_SKIPPED = "end-is-skipped"
    END_WITHOUT_START = "end-without-start"
    TIME_WITHOUT_DAY = "time-without-day"
    SPAN_WITHOUT_DAY = "span-without-day"
    REPEATS_WITHOUT_DAY = "repeats-without-day"
    REPEATS_WITHOUT_END = "repeats-without-end"
    REPEATS_ENDS_BEFORE_DAY = "repeats-ends-before-day"
    REPEATS_TOO_LONG = "repeats-too-long"
    OVERLAPS_ITSELF = "overlaps-itself"


def problems(schedule: Schedule) -> list[Problem]:
    """Return everything that is impossible in ``schedule``, in the order of the form's fields."""
    return [
        problem
        for problem, holds in (*_problems_of_span(schedule), *_problems_of_repetition(schedule))
        if holds
    ]


def _problems_of_span(schedule: Schedule) -> list[tuple[Problem, bool]]:
    first, last = schedule.sure_day, schedule.last_day
    start, end = schedule.start_time, schedule.end_time
    same_day = last is None or last == first
    return [
        (Problem.TIME_WITHOUT_DAY, bool((start or end) and not first)),
        (Problem.SPAN_WITHOUT_DAY, bool(last and not first)),
        (Problem.ENDS_BEFORE_DAY, bool(first and last and last < first)),
        (Problem.END_WITHOUT_START, bool(end and not start)),
        (Problem.ENDS_BEFORE_START, bool(first and start and end and same_day and end <= start)),
        (Problem.START_IS_SKIPPED, is_skipped(first, start, schedule.zone)),
        (Problem.END_IS_SKIPPED, is_skipped(last or first, end, schedule.zone)),
    ]


def is_skipped(day: dt.date | None, time: dt.time | None, zone: str) -> bool:
    """Say whether clocks in ``zone`` pass over this hour, because they go forward that night."""
    if not day or not time or day.year not in YEARS:
        return False
    try:
        moment = _at(day, time, zone)
    except (KeyError, ValueError):  # no such zone, which is told where it is written
        return False
    there_and_back = moment.astimezone(dt.UTC).astimezone(moment.tzinfo)
    return there_and_back.replace(tzinfo=None) != moment.replace(tzinfo=None)


def _problems_of_repetition(schedule: Schedule) -> list[tuple[Problem, bool]]:
    if not schedule.repeats:
        return []
    first, last, until = schedule.sure_day, schedule.last_day, schedule.until
    gap = dt.timedelta(days=SHORTEST_GAP[schedule.repeats])
    return [
        (Problem.REPEATS_WITHOUT_DAY, not first),
        (Problem.REPEATS_WITHOUT_END, not until),
        (Problem.REPEATS_ENDS_BEFORE_DAY, bool(first and until and until < first)),
        (Problem.REPEATS_TOO_LONG, bool(first and until and until > latest_until(first))),
        (Problem.OVERLAPS_ITSELF, bool(first and last and last - first >= gap)),
    ]
