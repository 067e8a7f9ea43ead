"""What may a feed claim about the time of an item?"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pututu.lib.dates import HonestDate

# What XML 1.0 (section 2.2) can't hold, escaped or not. Tab, newline and carriage return stay.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Return ``text`` without the characters that make an XML document unreadable."""
    return NOT_IN_XML.sub("", text)


def published_at(date: HonestDate, *, first_public_at: dt.datetime | None, zone: str) -> dt.datetime | None:
    """Return the instant (UTC) at which an item of this date was published, or None unless the day is sure.

    A feed can't write a day without an hour. If the item became public on this site on that very day (in ``zone``)
    the instant is known; otherwise noon UTC stands for the day, which is the same day nearly everywhere on earth.
    """
    day = date.earliest if date.is_day and date.iso() else None
    if day is None:
        return None
    if first_public_at and first_public_at.astimezone(ZoneInfo(zone)).date() == day:
        return first_public_at.astimezone(dt.UTC)
    return noon(day)


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


@dataclass(frozen=True)
class Category:
    """A label on an item: a topic, a place, or its kind."""

    term: str
    label: str
    scheme: str


@dataclass(frozen=True)
class Item:
    """One item of a feed. ``published`` is None unless its day is sure; ``updated`` is its last change on
    this site.
    """

    uid: uuid.UUID
    url: str
    title: str
    summary: str
    language: str
    updated: dt.datetime
    published: dt.datetime | None
    date: HonestDate
    author: str
    categories: tuple[Category, ...] = ()

    @property
    def id(self) -> str:
        return self.uid.urn


@dataclass(frozen=True)
class Feed:
    """A feed before it is written in one format or another. ``addresses`` holds the feed's own, by format."""

    title: str
    subtitle: str
    language: str
    author: str
    home_url: str
    addresses: dict[str, str]
    updated: dt.datetime
    items: tuple[Item, ...]
