"""How do staff keep a filter under a name?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from pututu.people.models import AccessRecord, SavedSegment
from pututu.people.segments import Kind
from pututu.people.services.access import log_access


class NameTaken(ValueError):
    """Another filter of the same list has this name."""


class NothingToSave(ValueError):
    """No filter is set that can be kept: words that may be somebody's name are not."""


@transaction.atomic
def save_segment(kind: Kind, name: str, said: Mapping[str, Any], *, by: Any) -> SavedSegment:
    """Keep the filters of a list under a name; the same once more changes nothing. Raises NameTaken, NothingToSave."""
    filters = kind.read(said)
    if not filters:
        raise NothingToSave("No filter is set that can be kept.")
    found, is_new = SavedSegment.objects.get_or_create(
        kind=kind.slug, name=name.strip(), defaults={"filters": filters, "by": by}
    )
    if found.filters != filters:
        raise NameTaken(f"“{name}” is the name of another filter.")
    if is_new:
        log_access(AccessRecord.Act.ADDED, by=by, fields=["segment"], detail=f"{kind.slug} {found.pk}")
    return found


def rename_segment(segment: SavedSegment, name: str, *, by: Any) -> None:
    """Give a saved filter another name. Raises NameTaken."""
    try:
        with transaction.atomic():
            SavedSegment.objects.filter(pk=segment.pk).update(name=name.strip())
            log_access(AccessRecord.Act.CHANGED, by=by, fields=["segment"], detail=str(segment.pk))
    except IntegrityError as problem:
        raise NameTaken(f"“{name}” is the name of another filter.") from problem


@transaction.atomic
def remove_segment(segment: SavedSegment, *, by: Any) -> None:
    """Forget a saved filter; the people whom it meant stay as they are."""
    key = segment.pk
    if SavedSegment.objects.filter(pk=key).delete()[0]:
        log_access(AccessRecord.Act.CHANGED, by=by, fields=["segment"], detail=f"{key} removed")
