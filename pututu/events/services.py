"""What happens when the time or place of a public event changes?"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F

from pututu.events.models import EventPage, ScheduleVersion, Venue
from pututu.events.rules import schedule_key


@transaction.atomic
def note_schedule(event: EventPage, *, now: dt.datetime) -> bool:
    """Raise the SEQUENCE of ``event`` if what is public now differs from what was; say whether it did.

    RFC 5546, 2.1.4. Calling it twice changes nothing the second time. A first publication is SEQUENCE 0.
    """
    key = schedule_key(event.get_schedule())
    _version, is_new = ScheduleVersion.objects.get_or_create(
        event_id=event.pk, defaults={"key": key, "changed_at": now}
    )
    if is_new:
        return False
    differing = ScheduleVersion.objects.filter(event_id=event.pk).exclude(key=key)
    return bool(differing.update(key=key, sequence=F("sequence") + 1, changed_at=now))


def note_venue(venue: Venue, *, now: dt.datetime) -> int:
    """Raise the SEQUENCE of every public event to come at ``venue``, whose address was changed; return
    how many rose.
    """
    events = EventPage.objects.live().upcoming(now).filter(venue=venue).for_lists()
    return sum(note_schedule(event, now=now) for event in events)
