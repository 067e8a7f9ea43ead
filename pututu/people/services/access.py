"""Who looked at a private record, or changed it?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pututu.people.models import AccessRecord, Person


def log_access(
    act: str, *, person: Person | None = None, by: Any, fields: Iterable[str] = (), detail: str = ""
) -> AccessRecord:
    """Note that somebody looked at or changed a record; ``by`` is None for the person or the program itself."""
    return AccessRecord.objects.create(
        person_uid=person.uid if person else None,
        act=act,
        by=by,
        fields=sorted(fields),
        detail=detail[:300],
    )
