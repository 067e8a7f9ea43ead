"""How does an event read in a calendar program? (iCalendar, RFC 5545, with the names of RFC 7986)"""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur, vUri

from pututu.events.models import EventPage
from pututu.events.rules import Schedule, days, state_words
from pututu.lib.zones import Change, Clock, changes, clock_at

PRODUCT = "-//Pututu//Events//EN"
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class CalendarHead:
    """What a calendar says of itself."""

    name: str
    url: str
    language: str


def calendar(events: Iterable[EventPage], head: CalendarHead) -> bytes:
    """Return the calendar file of ``events``; those without a sure day are left out: a calendar can't say
    "in March".
    """
    found = [event for event in events if event.get_schedule().sure_day]
    file = Calendar()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    for name in ("name", "x-wr-calname"):
        file.add(name, text(head.name))
    file.add("url", vUri(head.url))
    file.add("refresh-interval", dt.timedelta(hours=12), parameters={"value": "DURATION"})
    for zone in zones_of([event.get_schedule() for event in found]):
        file.add_component(zone)
    for event in found:
        file.add_component(entry(event, language=head.language))
    return file.to_ical()


def entry(event: EventPage, *, language: str) -> Event:
    """Return the VEVENT of ``event``, which must have a sure day. A cancelled event stays, and says that
    it is cancelled.
    """
    schedule = event.get_schedule()
    version = getattr(event, "version", None)
    changed = max(filter(None, [event.last_published_at, version and version.changed_at]), default=None)
    item = Event()
    item.add("uid", uid(event))
    if changed:
        item.add("last-modified", changed)
    item.add("dtstamp", changed or schedule.over_at)
    item.add("sequence", version.sequence if version else 0)
    item.add("status", "CANCELLED" if schedule.is_cancelled else "CONFIRMED")
    add_times(item, schedule)
    add_words(item, event, language=language)
    return item


def uid(event: EventPage) -> str:
    """Return the name of the event for calendar programs; it never changes."""
    return f"{event.uid}@{urlsplit(settings.BASE_URL).hostname}"


def add_times(item: Event, schedule: Schedule) -> None:
    """Add beginning, end, repetition and the days left out. Whole days are dates, whose end is the day
    after the last.
    """
    first = schedule.sure_day
    if not first:
        raise ValueError("Only an event with a sure day has a place in a calendar.")
    item.add("dtstart", _moment(first, schedule))
    last = schedule.last_day or first
    if not schedule.start_time:
        item.add("dtend", last + dt.timedelta(days=1))
    elif schedule.end_time:
        item.add("dtend", _local(last, schedule.end_time, schedule))
    elif last > first:
        item.add("dtend", _local(last + dt.timedelta(days=1), dt.time.min, schedule))
    if schedule.repetition:
        item.add("rrule", recurrence(schedule))
        for day in sorted(schedule.exceptions & set(days(schedule))):
            item.add("exdate", _moment(day, schedule))


def recurrence(schedule: Schedule) -> vRecur:
    """Return the RRULE. UNTIL is a date for whole days and otherwise an instant in UTC (RFC 5545, 3.3.10)."""
    rule = schedule.repetition
    last = list(days(schedule))[-1]
    until = _moment(last, schedule)
    found: dict[str, object] = {"FREQ": rule.frequency if rule else "", "UNTIL": until}
    if isinstance(until, dt.datetime):
        found["UNTIL"] = until.astimezone(dt.UTC)
    if rule and rule.interval > 1:
        found["INTERVAL"] = rule.interval
    if rule and rule.weekday is not None:
        found["BYDAY"] = f"{rule.place}{WEEKDAYS[rule.weekday]}"
    return vRecur(found)


def _moment(day: dt.date, schedule: Schedule) -> dt.date | dt.datetime:
    return _local(day, schedule.start_time, schedule) if schedule.start_time else day


def _local(day: dt.date, time: dt.time, schedule: Schedule) -> dt.datetime:
    return dt.datetime.combine(day, time, zoneinfo.ZoneInfo(schedule.zone))


def add_words(item: Event, event: EventPage, *, language: str) -> None:
    """Add what a person reads: title, description, place, topics and addresses."""
    page_language = event.locale.language_code
    url = urljoin(settings.BASE_URL, event.url or "")
    item.add("summary", text(event.title), parameters={"language": page_language})
    item.add("description", text(description(event, url)), parameters={"language": page_language})
    if event.venue or event.online_url:
        item.add("location", text(event.venue.full_address if event.venue else event.online_url))
    if event.online_url:
        item.add("conference", vUri(event.online_url), parameters={"value": "URI", "feature": "VIDEO"})
    item.add("url", vUri(url))
    topics = [text(topic.name(language)) for topic in event.topics.all()]
    if topics:
        item.add("categories", topics)


def description(event: EventPage, url: str) -> str:
    """Return what the calendar says of the event: what changed first, then what it is, then where to read
    on.
    """
    state = event.get_state_display() if event.state != EventPage.State.SCHEDULED else ""
    head = state_words(state, event.state_note)
    organiser = gettext("Organised by %(name)s") % {"name": event.organiser} if event.organiser else ""
    return "\n".join(
        filter(None, [head, Truncator(event.standfirst).chars(600), organiser, event.price, url])
    )


def text(words: str) -> str:
    """Return ``words`` without the control characters that no calendar file may hold; lines end in a bare
    newline.
    """
    return NOT_TEXT.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))


def zones_of(schedules: Sequence[Schedule]) -> list[Timezone]:
    """Return a VTIMEZONE for each zone in use, made from the changes of its clocks in the years concerned."""
    years: dict[str, list[int]] = {}
    for schedule in schedules:
        first, over_at = schedule.sure_day, schedule.over_at
        if schedule.start_time and first and over_at:
            years.setdefault(schedule.zone, []).extend([first.year, over_at.year])
    return [
        zone_component(name, first=min(found) - 1, last=max(found) + 1)
        for name, found in sorted(years.items())
    ]


@lru_cache(maxsize=64)
def zone_component(name: str, *, first: int, last: int) -> Timezone:
    """Return the VTIMEZONE of ``name`` that is right from the year ``first`` to the year ``last`` (RFC
    5545, 3.6.5).
    """
    zone = Timezone()
    zone.add("tzid", name)
    start = dt.datetime(first, 1, 1, tzinfo=dt.UTC)
    initial = clock_at(start, name)
    zone.add_component(observance(initial, initial, [(start + initial.offset).replace(tzinfo=None)]))
    alike = sorted(changes(name, first=first, last=last), key=_kind_of_change)
    for _kind, group in groupby(alike, key=_kind_of_change):
        found = list(group)
        zone.add_component(observance(found[0].before, found[0].after, [change.local for change in found]))
    return zone


def _kind_of_change(change: Change) -> tuple[dt.timedelta, str, dt.timedelta, str]:
    return change.before.offset, change.before.name, change.after.offset, change.after.name


def observance(before: Clock, after: Clock, onsets: list[dt.datetime]) -> TimezoneDaylight | TimezoneStandard:
    """Return one part of a VTIMEZONE; ``onsets`` are what clocks showed, by the old setting, as the new
    one began.
    """
    part = TimezoneDaylight() if after.is_summer else TimezoneStandard()
    part.add("dtstart", onsets[0])
    if onsets[1:]:
        part.add("rdate", onsets[1:])
    part.add("tzoffsetfrom", before.offset)
    part.add("tzoffsetto", after.offset)
    part.add("tzname", after.name)
    return part
