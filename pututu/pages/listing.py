"""How does a page present itself in a list, a feed or a bulletin?"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pututu.lib.dates import HonestDate

if TYPE_CHECKING:
    from pututu.media.models import Picture

RETRACTION = "retraction"


@dataclass(frozen=True)
class Tag:
    """A topic or place as a list prints it."""

    slug: str
    name: str
    url: str


@dataclass(frozen=True)
class Listing:
    """One item as any list shows it: enough to print a line and follow it, nothing that needs another query.

    ``date`` is the date that places the item in time: the day an event is held, the day everything else was published.
    ``published`` is the date it was made public. ``updated_at`` (UTC) is when its live content last changed.
    ``corrected_as`` is what its public notes come to, see ``BasePage.get_corrected_as``; the day of the last one is
    ``corrected_on``.
    """

    uid: uuid.UUID
    kind: str
    title: str
    url: str
    full_url: str
    standfirst: str
    language: str
    date: HonestDate
    published: HonestDate
    updated_at: dt.datetime | None = None
    corrected_on: dt.date | None = None
    corrected_as: str = ""
    byline: str = ""
    topics: tuple[Tag, ...] = ()
    places: tuple[Tag, ...] = ()
    picture_description: str = ""
    picture_caption: str = ""
    picture: Picture | None = field(default=None, compare=False)

    @property
    def is_event(self) -> bool:
        return self.kind == "event"

    @property
    def is_retracted(self) -> bool:
        """Whether it was withdrawn: every list says so before its title."""
        return self.corrected_as == RETRACTION

    @property
    def is_corrected(self) -> bool:
        """Whether it was corrected or updated, and still stands."""
        return self.corrected_on is not None and not self.is_retracted

    @property
    def mark(self) -> str:
        """The quipu's mark for this item's date: an event's day is a ring, see ``HonestDate.mark`` for the others."""
        return "event" if self.is_event and self.date.is_day else self.date.mark
