"""Who is meant by a filter that somebody saved, or that an app always offers, on a given day?

A low registry, filled from above: an app registers the kind of its list, which reads filters and finds people. Whoever
writes to people asks a segment for them and needs to know no app: ``segment.persons(on)``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise

from pututu.people.models import Person, SavedSegment

Filters = Mapping[str, str]
MayDo = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Kind:
    """A list that can be filtered: its address, the permission that it needs ("app.codename"), and how it finds people.

    ``read`` keeps of what a form said the filters that can be read, and no words that may be a name.
    """

    slug: str
    title: Promise
    list_name: str
    permission: str
    read: Callable[[Mapping[str, Any]], dict[str, str]]
    persons: Callable[[Filters, dt.date], QuerySet[Person]]


@dataclass(frozen=True, slots=True)
class Segment:
    """Some people by a name: saved by staff (then with a key), or always there."""

    kind: Kind
    name: str | Promise
    filters: Filters = field(default_factory=dict)
    key: int | None = None

    def persons(self, on: dt.date) -> QuerySet[Person]:
        """The people whom the filter means on a day; nobody who was erased or merged away."""
        return self.kind.persons(self.filters, on)

    @property
    def url(self) -> str:
        return f"{reverse(self.kind.list_name)}?{urlencode(self.filters)}"


_kinds: dict[str, Kind] = {}
_standing: dict[str, list[Segment]] = {}


def register(kind: Kind, *standing: tuple[Promise, Filters]) -> None:
    """Offer a list for saving its filters, with those that are always there."""
    _kinds[kind.slug] = kind
    _standing[kind.slug] = [Segment(kind, name, filters) for name, filters in standing]


def kind_named(slug: str) -> Kind | None:
    return _kinds.get(slug)


def segment_of(saved: SavedSegment) -> Segment | None:
    """A saved filter with its kind; None where the app that knew the kind is not there any more."""
    kind = _kinds.get(saved.kind)
    return Segment(kind, saved.name, saved.filters, saved.pk) if kind else None


def segments(*, may: MayDo) -> list[Segment]:
    """All segments of lists that somebody may see: those that are always there, then the saved ones by name."""
    always = [each for some in _standing.values() for each in some]
    saved = [found for each in SavedSegment.objects.all() if (found := segment_of(each))]
    return [each for each in (*always, *saved) if may(each.kind.permission)]
