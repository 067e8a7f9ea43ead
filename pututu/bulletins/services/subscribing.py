"""How does somebody ask for bulletins, or to get them again, and what counts when they confirm it?

Anybody can fill a form in with anybody's address: what was asked for is kept apart, and changes nothing of what
somebody gets, until whoever reads mail there confirms it. The form itself is only taken in (``take_in``); who is known
is looked up afterwards (``services.asked``), so that not even the time of the answer tells it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db import IntegrityError, transaction
from django.utils import timezone

from pututu.bulletins.models import AskedChoice, Asking, Choice, Series
from pututu.bulletins.querysets import ChoiceQuerySet
from pututu.bulletins.rendering.words import wish_words
from pututu.people.models import ConsentRecord, EmailAddress, Person
from pututu.people.rules import Act, fold_address
from pututu.people.services import ask_consent, give_address, take_down
from pututu.topics.models import Topic


@dataclass(frozen=True, slots=True)
class Request:
    """What the form said. ``languages`` and ``topics`` (slugs) are wishes; ``language`` is that of the letter."""

    key: uuid.UUID
    email: str
    series: Sequence[Series]
    language: str
    page: str
    name: str = ""
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        plain = {"key": str(self.key), "series": [each.slug for each in self.series]}
        return {name: getattr(self, name) for name in self.__dataclass_fields__} | plain

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        wanted = {each.slug: each for each in Series.objects.filter(slug__in=kept["series"])}
        lists = {name: tuple(kept[name]) for name in ("languages", "topics")}
        series = [wanted[slug] for slug in kept["series"] if slug in wanted]
        return cls(**kept | lists | {"key": uuid.UUID(kept["key"]), "series": series})


def take_in(request: Request) -> None:
    """Keep what the form said until the clock works at it; sent twice it is kept once."""
    Asking.objects.get_or_create(key=request.key, defaults={"said": request.as_json()})


def subscribe(request: Request) -> None:
    """Ask, by a letter, whether somebody wants what the form says; sent twice it is asked once. Raises AddressError."""
    try:
        _subscribe(request)
    except IntegrityError:  # the other of two clicks was faster: whoever it wrote down is known now
        _subscribe(request)


@transaction.atomic
def _subscribe(request: Request) -> None:
    person, email = _reader(request)
    ask_for_series(
        person,
        email,
        request.series,
        languages=request.languages,
        topics=request.topics,
        page=request.page,
        language=request.language,
    )


def _reader(request: Request) -> tuple[Person, EmailAddress]:
    """Without a name it is the one who has the address alone; who gives another name shares it, or is new."""
    folded = fold_address(request.email)
    alone = list(Person.objects.known().living().reached_at(folded)[:2])
    if not request.name and len(alone) == 1:
        return alone[0], give_address(alone[0], request.email)
    return take_down(
        request.name or request.email,
        request.email,
        uid=uuid.uuid5(request.key, folded),
        language=request.language,
        came_by=request.page[:200],
    )


@transaction.atomic
def ask_for_series(
    person: Person,
    email: EmailAddress,
    series: Sequence[Series],
    *,
    languages: Iterable[str] = (),
    topics: Iterable[str] = (),
    page: str,
    language: str,
) -> bool:
    """Write to an address for somebody's word that they want these series so; False where no letter goes out."""
    languages, topics = list(languages), sorted(set(topics))
    wording = wish_words([each.wording(language).name for each in series], languages, _names(topics))
    purposes = [each.purpose for each in series]
    asked = ask_consent(person, email, purposes, wording=wording, page=page, language=language, anew=True)
    rows = {row.purpose: row for row in asked}
    AskedChoice.objects.bulk_create(
        AskedChoice(consent=rows[each.purpose], series=each, languages=languages, topics=topics)
        for each in series
        if each.purpose in rows
    )
    return bool(asked)


def _names(topics: Iterable[str]) -> list[str]:
    return [str(each) for each in Topic.objects.filter(slug__in=topics).prefetch_related("names")]


# --- what counts when it is confirmed


@transaction.atomic
def take_effect(asked: Iterable[ConsentRecord]) -> None:
    """Let what was asked by these rows count: they were confirmed.

    They come to what they named: whoever read nothing of the purpose before gets no other series of it, nor one that is
    begun later. Who agreed to all of the purpose before goes on getting all.
    """
    for row in asked:
        wanted = list(AskedChoice.objects.filter(consent=row).select_related("series"))
        is_narrow = not _was_reader(row) or _named(row).exists()
        for each in wanted:
            _choose(row.person, row.email, each, is_narrow=is_narrow)
        if wanted and not _was_reader(row):
            others = _choices(row).exclude(series__in=[each.series_id for each in wanted])
            others.filter(left_at__isnull=True).update(left_at=timezone.now())


def _choose(person: Person, email: EmailAddress, asked: AskedChoice, *, is_narrow: bool) -> None:
    choice, _is_new = Choice.objects.get_or_create(person=person, email=email, series=asked.series)
    choice.left_at, choice.left_why, choice.paused_until = None, "", None
    if is_narrow:
        choice.asked_for_at = timezone.now()
    choice.languages = [each for each in asked.languages if each in asked.series.languages]
    choice.save()
    choice.topics.set(Topic.objects.filter(slug__in=asked.topics))


def _was_reader(asked: ConsentRecord) -> bool:
    said = ConsentRecord.objects.filter(
        person=asked.person_id, email=asked.email_id, purpose=asked.purpose, pk__lt=asked.pk
    ).exclude(act=Act.ASKED)
    last = said.order_by("-at", "-pk").first()
    return last is not None and last.act != Act.WITHDRAWN


def _choices(record: ConsentRecord) -> ChoiceQuerySet:
    """What was chosen of the series of the purpose that a record is of."""
    choices: ChoiceQuerySet = Choice.objects.filter(
        person=record.person_id, email=record.email_id, series__purpose=record.purpose
    )
    return choices


def _named(record: ConsentRecord) -> ChoiceQuerySet:
    return _choices(record).by_name(record.purpose)


def let_all_come_again(record: ConsentRecord) -> None:
    """Whoever gets no series of a purpose any more and agrees to all of it anew gets them again."""
    if _is_by_name(record):
        return
    choices = _choices(record)
    offered = Series.objects.filter(purpose=record.purpose, is_offered=True)
    comes = choices.filter(left_at__isnull=True)
    if not _named(record).exists():
        comes = offered.exclude(pk__in=choices.filter(left_at__isnull=False).values("series"))
    if not comes.exists():
        choices.update(left_at=None, left_why="", asked_for_at=None)


def _is_by_name(record: ConsentRecord) -> bool:
    """Whether it confirms a form on which series were named; ``take_effect`` sees to those."""
    asked = ConsentRecord.objects.filter(
        person=record.person_id,
        email=record.email_id,
        purpose=record.purpose,
        act=Act.ASKED,
        wording=record.wording,
    )
    return AskedChoice.objects.filter(consent__in=asked).exists()
