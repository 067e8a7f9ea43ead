"""Which events does somebody ask for?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, Self

from pututu.events.rules import Occurrence
from pututu.lib.dates import HonestDate
from pututu.pages.listing import Listing
from pututu.pages.querysets import BasePageManager, BasePageQuerySet


class EventQuerySet(BasePageQuerySet):
    """Chainable words for reading events. ``now`` is always an aware datetime."""

    def upcoming(self, now: dt.datetime) -> Self:
        """Events of which something is to come or under way; a repeating one up to the end of its last
        occurrence.
        """
        return self.filter(over_at__gt=now)

    def past(self, now: dt.datetime) -> Self:
        return self.filter(over_at__lte=now)

    def of_unknown_end(self) -> Self:
        """Events of which nobody can say whether they are over: the date is unknown or open."""
        return self.filter(over_at__isnull=True)

    def for_lists(self) -> Self:
        """What ``as_listing`` prints, with venue, repetitions left out and the version of the calendar
        entry.
        """
        return super().for_lists().select_related("venue", "version").prefetch_related("exceptions")

    def soonest_first(self, now: dt.datetime) -> list[Any]:
        """Fetch the upcoming events in order of their next occurrence; fetch with ``for_lists`` to keep
        queries few.
        """
        return sorted(self.upcoming(now), key=lambda event: (event.next_at(now), event.pk))

    def next_listings(self, now: dt.datetime, *, limit: int | None = None) -> list[Listing]:
        """Present the next events, soonest first; a repeating one bears the day of its next occurrence."""
        events = self.for_lists().soonest_first(now)[:limit]
        return [dated(event.as_listing(), event.next_occurrence(now)) for event in events]


def dated(listing: Listing, coming: Occurrence | None) -> Listing:
    """Give ``listing`` the day of the occurrence that comes next, if there is one."""
    return replace(listing, date=HonestDate.parse(coming.first.isoformat())) if coming else listing


EventManager = BasePageManager.from_queryset(EventQuerySet)
