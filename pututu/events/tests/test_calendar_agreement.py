"""Does a calendar program show an event at the very times at which our own page shows it?"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from dataclasses import replace

import icalendar
import recurring_ical_events
from hypothesis import assume, example, given
from hypothesis import strategies as st

from pututu.events.rendering import add_times, zones_of
from pututu.events.rules import Schedule, days, occurrences, problems
from pututu.lib.dates import HonestDate

ZONES = ("Europe/London", "America/Lima", "America/Santiago", "Australia/Lord_Howe", "Europe/Dublin", "UTC")
Span = tuple[dt.datetime, dt.datetime]


def file_of(schedule: Schedule) -> icalendar.Calendar:
    """The calendar file of one event, written and read again."""
    calendar, event = icalendar.Calendar(), icalendar.Event()
    event.add("uid", "one")
    event.add("dtstamp", dt.datetime(2027, 1, 1, tzinfo=dt.UTC))
    add_times(event, schedule)
    for part in (*zones_of([schedule]), event):
        calendar.add_component(part)
    read = icalendar.Calendar.from_ical(calendar.to_ical())
    assert isinstance(read, icalendar.Calendar)
    return read


def by_the_file(schedule: Schedule) -> list[Span]:
    found = recurring_ical_events.of(file_of(schedule)).between((2020, 1, 1), (2045, 1, 1))
    zone = zoneinfo.ZoneInfo(schedule.zone)

    def instant(moment: dt.date) -> dt.datetime:
        if not isinstance(moment, dt.datetime):
            moment = dt.datetime.combine(moment, dt.time.min, zone)
        return moment.astimezone(dt.UTC)

    return sorted((instant(each.start), instant(each.end)) for each in found)


def by_the_page(schedule: Schedule) -> list[Span]:
    # Of an event without an hour of ending the file says nothing, and a program takes it for a moment.
    has_end = not schedule.start_time or schedule.end_time or (schedule.last_day != schedule.sure_day)
    return [
        (each.starts_at.astimezone(dt.UTC), (each.over_at if has_end else each.starts_at).astimezone(dt.UTC))
        for each in occurrences(schedule)
    ]


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    first = draw(st.dates(dt.date(2026, 1, 1), dt.date(2032, 12, 31)))
    start = draw(st.none() | st.times().map(lambda time: time.replace(second=0, microsecond=0)))
    end = draw(st.none() | st.times().map(lambda time: time.replace(second=0, microsecond=0)))
    repeats = draw(st.sampled_from(["", "weekly", "fortnightly", "monthly", "yearly"]))
    found = Schedule(
        day=HonestDate.parse(first.isoformat()),
        last_day=first + dt.timedelta(days=draw(st.integers(0, 6))),
        start_time=start,
        end_time=end if start else None,
        zone=draw(st.sampled_from(ZONES)),
        repeats=repeats,
        until=first + dt.timedelta(days=draw(st.integers(0, 1500))) if repeats else None,
    )
    assume(not problems(found))
    left_out = draw(st.sets(st.sampled_from(list(days(found))), max_size=3))
    assume(len(left_out) < len(list(days(found))))
    return replace(found, exceptions=frozenset(left_out))


def weekly(zone: str, first: str, time: dt.time) -> Schedule:
    day = HonestDate.parse(first)
    until = (day.earliest or dt.date.max) + dt.timedelta(days=28)
    return Schedule(day=day, last_day=day.earliest, start_time=time, zone=zone, repeats="weekly", until=until)


@given(schedule=schedules())
@example(schedule=weekly("Europe/London", "2027-03-14", dt.time(1, 30)))
@example(schedule=weekly("Europe/London", "2027-10-17", dt.time(1, 30)))
@example(schedule=weekly("America/Santiago", "2027-08-22", dt.time(0, 30)))
@example(schedule=weekly("America/Lima", "2027-03-14", dt.time(19)))
def test_a_calendar_program_finds_the_same_times_as_the_page(schedule: Schedule):
    assert by_the_file(schedule) == by_the_page(schedule)


def test_another_hour_is_told_apart():
    # The control: had the file another hour, or the page another zone, the two would differ.
    event = weekly("Europe/London", "2027-03-14", dt.time(18))
    assert by_the_file(replace(event, start_time=dt.time(19))) != by_the_page(event)
    assert by_the_file(replace(event, zone="America/Lima")) != by_the_page(event)
