"""When and where is an event, in the words of a bulletin?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pututu.events.models import EventPage
from pututu.events.rules import Occurrence
from pututu.events.templatetags.events import day_words, hours_of, state_words
from pututu.pages.models import BasePage


@dataclass(frozen=True, slots=True)
class Occasion:
    """An event's next time, or its only one, and its place; empty words for what is not known."""

    when: str
    where: str
    state: str


def events_among(pages: Iterable[BasePage]) -> dict[int, EventPage]:
    """The events of some pages by their key, in few questions."""
    keys = [page.pk for page in pages if page.kind == "event"]
    found = EventPage.objects.filter(pk__in=keys).for_lists() if keys else ()
    return {event.pk: event for event in found}


def occasion(event: EventPage, now: dt.datetime) -> Occasion:
    """What readers must know to come, in the language in force."""
    line = event.as_line(now)
    place = event.venue.full_address if event.venue else ""
    places = [place, _("online") if line.is_online else ""]
    return Occasion(
        when=_when(line.occurrence) if line.occurrence else "",
        where=capfirst(" · ".join(filter(None, places))),
        state=state_words(event).rstrip("."),
    )


def _when(occurrence: Occurrence) -> str:
    days = capfirst(day_words(occurrence.first))
    if occurrence.is_of_several_days:
        days = _("{first} to {last}").format(first=days, last=day_words(occurrence.last))
    return ", ".join(filter(None, [days, hours_of(occurrence)]))
