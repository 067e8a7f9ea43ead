"""Who gets an issue, at which address, in which language, and who is left out and why?"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from pututu.bulletins.models import Choice, Series
from pututu.bulletins.rules.readers import Tagged, Wish, edition_for, entries_for
from pututu.people.models import Person
from pututu.people.segments import segment_of
from pututu.people.services.permitted import Way, ways_to_write

LEFT, PAUSED, NO_EDITION, NOTHING = "left", "paused", "no-edition", "nothing-for-them"
NOT_IN_AUDIENCE, NOT_ASKED_FOR = "not-in-audience", "not-asked-for"
"""Reasons of ours for leaving somebody out, beside those of ``people.rules.Refusal``."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who gets an issue. ``topics`` are slugs, none for all."""

    person: int
    email: int
    address: str
    language: str
    topics: tuple[str, ...]
    basis: str


@dataclass(slots=True)
class Audience:
    """Those who get an issue, and how many do not, by reason."""

    readers: list[Reader] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Chosen:
    languages: tuple[str, ...]
    topics: frozenset[str]
    paused_until: dt.date | None
    has_left: bool
    is_named: bool = True


_NEVER_NAMED = _Chosen((), frozenset(), None, has_left=False, is_named=False)


def audience_of(
    series: Series,
    editions: Mapping[str, Collection[Tagged]],
    *,
    on: dt.date,
    people: Collection[int] | None = None,
) -> Audience:
    """Who gets an issue of ``series`` with these entries in each language; each person once, at their first address.

    ``people`` narrows it to these keys.
    """
    chosen = _choices(series, people)
    known = Person.objects.known() if people is None else Person.objects.known().filter(pk__in=people)
    languages = dict(known.values_list("pk", "language").iterator(5000))
    audience, within = Audience(), keys_within(series, on)
    for person, ways in ways_to_write(series.purpose, people=people):
        if within is not None and person not in within:
            audience.left_out[NOT_IN_AUDIENCE] += 1
            continue
        found = _first_of(ways, chosen, on, language=languages[person], editions=editions)
        if isinstance(found, Reader):
            audience.readers.append(found)
        else:
            audience.left_out[found] += 1
    return audience


def keys_within(series: Series, on: dt.date) -> frozenset[int] | None:
    """The people whom the series is for on a day, where a filter says so; None where it is for everybody.

    A filter that no app knows any more means nobody: rather too few get a mail than somebody whom it is not for.
    """
    if series.segment is None:
        return None
    segment = segment_of(series.segment)
    return frozenset(segment.persons(on).values_list("pk", flat=True)) if segment else frozenset()


def _first_of(
    ways: list[Way],
    chosen: Mapping[tuple[int, int], _Chosen],
    on: dt.date,
    *,
    language: str,
    editions: Mapping[str, Collection[Tagged]],
) -> Reader | str:
    """The reader at the first address that works out, or why the last one doesn't."""
    why = ""
    for way in ways:
        if way.permission.basis is None:
            why = why or str(way.permission.refusal)
            continue
        found = _at(way, chosen.get((way.person, way.email)), on, language=language, editions=editions)
        if isinstance(found, Reader):
            return found
        why = found
    return why


def _at(
    way: Way,
    choice: _Chosen | None,
    on: dt.date,
    *,
    language: str,
    editions: Mapping[str, Collection[Tagged]],
) -> Reader | str:
    if choice and not choice.is_named:
        return NOT_ASKED_FOR
    if choice and choice.has_left:
        return LEFT
    if choice and choice.paused_until and on < choice.paused_until:
        return PAUSED
    wish = Wish((choice.languages if choice else ()) or (language,), choice.topics if choice else frozenset())
    edition = edition_for(wish, editions)
    if edition is None:
        return NO_EDITION
    entries = list(editions[edition])
    if entries and not entries_for(wish, entries):
        return NOTHING
    basis = str(way.permission.basis)
    return Reader(way.person, way.email, way.address, edition, tuple(sorted(wish.topics)), basis)


def _choices(series: Series, people: Collection[int] | None = None) -> dict[tuple[int, int], _Chosen]:
    rows = Choice.objects.filter(series=series)
    if people is not None:
        rows = rows.filter(person__in=people)
    topics: dict[int, set[str]] = defaultdict(set)
    for choice, slug in rows.filter(topics__isnull=False).values_list("pk", "topics__slug").iterator(5000):
        topics[choice].add(slug)
    columns = rows.values_list("pk", "person_id", "email_id", "languages", "paused_until", "left_at")
    return _without(series, people) | {
        (person, email): _Chosen(
            tuple(languages), frozenset(topics.get(pk, ())), paused_until, has_left=left_at is not None
        )
        for pk, person, email, languages, paused_until, left_at in columns.iterator(5000)
    }


def _without(series: Series, people: Collection[int] | None) -> dict[tuple[int, int], _Chosen]:
    """Those who asked for others of its purpose by name: what they did not name they did not agree to."""
    others = Choice.objects.by_name(series.purpose).exclude(series=series)
    if people is not None:
        others = others.filter(person__in=people)
    return dict.fromkeys(others.values_list("person_id", "email_id").iterator(5000), _NEVER_NAMED)


def no_longer_readers(
    series: Series,
    pairs: Collection[tuple[int, int]],
    *,
    on: dt.date,
    within: Collection[int] | None = None,
) -> Iterator[tuple[tuple[int, int], str]]:
    """Those of these people and addresses that must not be written to any more, with the reason.

    ``within`` are the people whom the series is for (``keys_within``), where it is not for everybody.
    """
    people = {person for person, _email in pairs}
    chosen = _choices(series, people)
    ways = {
        (way.person, way.email): way
        for _person, some in ways_to_write(series.purpose, people=people)
        for way in some
    }
    for pair in pairs:
        way, choice = ways.get(pair), chosen.get(pair)
        if way is None:
            yield pair, "gone"
        elif way.permission.basis is None:
            yield pair, str(way.permission.refusal)
        elif within is not None and pair[0] not in within:
            yield pair, NOT_IN_AUDIENCE
        elif choice and not choice.is_named:
            yield pair, NOT_ASKED_FOR
        elif choice and choice.has_left:
            yield pair, LEFT
        elif choice and choice.paused_until and on < choice.paused_until:
            yield pair, PAUSED
