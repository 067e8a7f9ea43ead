"""How does an event present itself in a list of events, and in the words of schema.org?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pututu.events.rules import Occurrence, Standing
from pututu.pages.listing import Listing


@dataclass(frozen=True)
class EventLine:
    """One event in a list, with what a reader needs to decide whether to come."""

    listing: Listing
    standing: Standing
    occurrence: Occurrence | None
    later: tuple[Occurrence, ...]
    repeats: str
    state: str
    place: str
    is_online: bool


def times(event: Any, first: Occurrence | None) -> dict[str, Any]:
    """Beginning, end and state; a date known to the month is given to the month, a vaguer one not at all."""
    known = {"startDate": event.starts_on.iso()}
    if first and first.start_time:
        known = {"startDate": first.starts_at.isoformat()}
    if first and first.end_time:
        known["endDate"] = first.over_at.isoformat()
    elif first and first.is_of_several_days:
        known["endDate"] = first.last.isoformat()
    states = {"cancelled": "EventCancelled", "moved": "EventRescheduled"}
    return {**known, "eventStatus": f"https://schema.org/{states.get(event.state, 'EventScheduled')}"}


def whereabouts(event: Any) -> dict[str, Any]:
    """Where it is held, and whether one comes, joins from afar, or either."""
    hall = (
        {"@type": "Place", "name": event.venue.name, "address": event.venue.full_address}
        if event.venue
        else None
    )
    online = {"@type": "VirtualLocation", "url": event.online_url} if event.online_url else None
    is_online = bool(event.is_online or event.online_url)
    mode = "Mixed" if hall and is_online else "Online" if is_online else "Offline" if hall else ""
    places = [place for place in (hall, online) if place]
    return {
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode" if mode else None,
        "location": places[0] if len(places) == 1 else places or None,
    }


def terms(event: Any) -> dict[str, Any]:
    """Who invites, for how many there is room, and what was recorded."""
    return {
        "organizer": {"@type": "Organization", "name": event.organiser} if event.organiser else None,
        "maximumAttendeeCapacity": event.capacity,
        "recordedIn": {"@type": "CreativeWork", "url": event.recording_url} if event.recording_url else None,
    }
