"""Who looked at a private record, or changed it?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

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


ONE_LOOK_IN = dt.timedelta(hours=1)


def note_look(act: str, *, person: Person | None = None, by: Any, detail: str = "") -> None:
    """Note that somebody looked at a person or through a list: the same look within an hour is one."""
    since = timezone.now() - ONE_LOOK_IN
    alike = AccessRecord.objects.filter(
        act=act, person_uid=person.uid if person else None, by=by, detail=detail[:300], at__gt=since
    )
    if not alike.exists():
        log_access(act, person=person, by=by, detail=detail)
