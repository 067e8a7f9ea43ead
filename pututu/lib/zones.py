"""When does a time zone change its clocks, and which cities name a zone?"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Clock:
    """How clocks are set in a zone: distance from UTC, the short name, and whether it is summer time."""

    offset: dt.timedelta
    name: str
    is_summer: bool


@dataclass(frozen=True)
class Change:
    """One change of the clocks. ``at`` is the instant in UTC; ``local`` is what clocks showed as they
    were changed.
    """

    at: dt.datetime
    before: Clock
    after: Clock

    @property
    def local(self) -> dt.datetime:
        return (self.at + self.before.offset).replace(tzinfo=None)


def clock_at(instant: dt.datetime, zone: str) -> Clock:
    """Return how clocks in ``zone`` (an IANA name) are set at ``instant`` (aware)."""
    local = instant.astimezone(zoneinfo.ZoneInfo(zone))
    return Clock(local.utcoffset() or dt.timedelta(), local.tzname() or zone, bool(local.dst()))


@lru_cache(maxsize=64)
def changes(zone: str, *, first: int, last: int) -> tuple[Change, ...]:
    """Return every change of the clocks in ``zone`` from 1 January of ``first`` to 31 December of
    ``last``, in order.
    """
    found = []
    day = dt.timedelta(days=1)
    here = dt.datetime(first, 1, 1, tzinfo=dt.UTC)
    end = dt.datetime(last, 12, 31, tzinfo=dt.UTC)
    clock = clock_at(here, zone)
    while here < end:
        after = clock_at(here + day, zone)
        if after != clock:
            found.append(Change(_moment_of_change(here, here + day, zone), clock, after))
        here, clock = here + day, after
    return tuple(found)


def _moment_of_change(early: dt.datetime, late: dt.datetime, zone: str) -> dt.datetime:
    """Narrow the change between two instants down to the second."""
    before = clock_at(early, zone)
    while late - early > dt.timedelta(seconds=1):
        middle = early + dt.timedelta(seconds=int((late - early).total_seconds()) // 2)
        early, late = (middle, late) if clock_at(middle, zone) == before else (early, middle)
    return late


def city(zone: str) -> str:
    """Return the city that names a zone: "London" of "Europe/London"."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


@lru_cache(maxsize=1)
def zone_names() -> tuple[str, ...]:
    """Return the names of the zones that a person may choose, in order: "UTC" and those of a place."""
    return ("UTC", *sorted(name for name in zoneinfo.available_timezones() if "/" in name))
