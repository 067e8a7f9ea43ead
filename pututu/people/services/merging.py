"""How do two records of one person become one, and two again?

Whatever points at a record moves with it, of all apps: the database says what does, so an app that comes later needs
nothing for it. What moved is kept, and separating puts back what is still there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Count, Model, QuerySet
from django.utils import timezone

from pututu.people.models import AccessRecord, Apart, Merge, Person, PersonEmail
from pututu.people.rules import same_words
from pututu.people.services.access import log_access
from pututu.people.signals import people_merged

STAYING = {"people.Merge", "people.Apart", "people.Person", "people.Erasure"}
FILLED = (
    "title",
    "given_names",
    "family_name",
    "address",
    "town",
    "postcode",
    "country",
    "telephone",
    "came_by",
    "died_on",
)


class CannotMerge(ValueError):
    """A record is merged already, erased, or the same one."""


class CannotSeparate(ValueError):
    """A merge was separated already, or the record that stayed is gone."""


@transaction.atomic
def merge_people(kept: Person, other: Person, *, by: Any) -> Merge:
    """Make ``other`` a part of the record ``kept``. Raises CannotMerge."""
    locked = {each.pk: each for each in Person.objects.select_for_update().filter(pk__in=[kept.pk, other.pk])}
    if len(locked) < 2 or any(each.erased_at or each.merged_into_id for each in locked.values()):
        raise CannotMerge("Both records must be there, each on its own.")
    kept, other = locked[kept.pk], locked[other.pk]
    moved: dict[str, Any] = {"rows": dict(_move_all(other, kept))}
    moved["filled"] = _fill(kept, other)
    new_tags = set(other.tags.all()) - set(kept.tags.all())
    kept.tags.add(*new_tags)
    moved["tags"] = [tag.pk for tag in new_tags]
    other.merged_into = kept
    other.save(update_fields=["merged_into"])
    people_merged.send(Merge, kept=kept, other=other)
    merge: Merge = Merge.objects.create(kept=kept, other=other, moved=moved, by=by)
    log_access(AccessRecord.Act.MERGED, person=kept, by=by, detail=str(other.uid))
    return merge


def _move_all(source: Person, target: Person) -> Iterator[tuple[str, list[int]]]:
    """Point at ``target`` whatever points at ``source``; yield each column with the keys of the rows that moved."""
    for relation in Person._meta.related_objects:
        model = relation.related_model
        if relation.many_to_many or model._meta.label in STAYING:
            continue
        rows: Any = QuerySet(model).filter(**{relation.field.name: source}).values_list("pk", flat=True)
        moved = [pk for pk in rows if _point(model, relation.field.name, pk, target)]
        if moved:
            yield f"{model._meta.label}.{relation.field.name}", moved


def _point(model: type[Model], column: str, pk: int, person: Person) -> bool:
    """Point one row at another record, unless that has a like one already.

    A plain queryset, for what a record of consent says does not change: it is only known better who said it.
    """
    try:
        with transaction.atomic():
            return bool(QuerySet(model).filter(pk=pk).update(**{column: person}))
    except IntegrityError:
        return False


def _fill(kept: Person, other: Person) -> dict[str, tuple[str, str]]:
    """Fill what is empty in the record that stays; return, as text, what stood there and what was filled in."""
    filled = {
        name: getattr(other, name) for name in FILLED if getattr(other, name) and not getattr(kept, name)
    }
    if other.notes and other.notes != kept.notes:
        filled["notes"] = f"{kept.notes}\n\n{other.notes}".strip()
    before = {name: getattr(kept, name) for name in filled}
    for name, value in filled.items():
        setattr(kept, name, value)
    kept.save()
    return {name: (str(before[name] or ""), str(value)) for name, value in filled.items()}


@transaction.atomic
def separate_people(merge: Merge, *, by: Any) -> None:
    """Take a merge back: what had moved goes back, as far as it is still at the record that stayed."""
    merge = Merge.objects.select_for_update().select_related("kept", "other").get(pk=merge.pk)
    if merge.separated_at or merge.kept.erased_at or merge.kept.merged_into_id:
        raise CannotSeparate("This merge was taken back already, or its record went on into another one.")
    for column, keys in merge.moved["rows"].items():
        model, name = _column(column)
        still_there: Any = QuerySet(model).filter(pk__in=keys, **{name: merge.kept})
        for row in still_there:
            _point(model, name, row.pk, merge.other)
    for name, (before, value) in merge.moved["filled"].items():
        if str(getattr(merge.kept, name)) == value:
            setattr(merge.kept, name, before or (None if name == "died_on" else ""))
    merge.kept.save()
    merge.kept.tags.remove(*merge.moved["tags"])
    merge.other.merged_into = None
    merge.other.save(update_fields=["merged_into"])
    merge.separated_at = timezone.now()
    merge.save(update_fields=["separated_at"])
    log_access(AccessRecord.Act.SEPARATED, person=merge.kept, by=by, detail=str(merge.other.uid))


def _column(label: str) -> tuple[type[Model], str]:
    model, _dot, name = label.rpartition(".")
    return apps.get_model(model), name


# --- who may be the same?


def duplicates() -> list[tuple[int, int]]:
    """Pairs of records that may be one person: the same name at the same e-mail address or postcode."""
    alike: dict[tuple[str, str], set[int]] = defaultdict(set)
    people = Person.objects.known()
    several = (
        people.exclude(likeness="").order_by().values("likeness").annotate(n=Count("pk")).filter(n__gt=1)
    )
    for pk, likeness in people.filter(likeness__in=several.values("likeness")).values_list("pk", "likeness"):
        alike["", likeness].add(pk)
    shared = PersonEmail.objects.filter(person__in=people)
    for pk, name, email in shared.values_list("person_id", "person__name", "email_id"):
        alike[same_words(name), str(email)].add(pk)
    pairs = {pair for keys in alike.values() for pair in combinations(sorted(keys), 2)}
    return sorted(pairs - set(Apart.objects.values_list("first_id", "second_id")))


def hold_apart(one: Person, other: Person, *, by: Any) -> None:
    """Note that two records are two people, so that nobody is asked again."""
    first, second = sorted([one.pk, other.pk])
    Apart.objects.get_or_create(first_id=first, second_id=second, defaults={"by": by})
