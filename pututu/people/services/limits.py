"""Did somebody try something too often?

Counted in the database, so that it holds for all processes and after a restart. What is counted by, an address of the
network or a mail address, is kept as a keyed hash.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F

from pututu.people.models import Attempts

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times in so many seconds; windows begin at whole multiples of them since 1970."""

    name: str
    times: int
    seconds: int


@transaction.atomic
def may_try(limit: Limit, by: str, *, at: dt.datetime) -> bool:
    """Count one attempt and say whether it is still within ``limit``; of two at once, each is counted."""
    window = int(at.timestamp()) // limit.seconds
    key = _hash(f"{limit.name}:{by}")
    _row, is_new = Attempts.objects.get_or_create(key=key, window=window)
    if is_new:
        Attempts.objects.filter(key=key, window__lt=window).delete()
    counted = Attempts.objects.filter(key=key, window=window, count__lt=limit.times)
    return bool(counted.update(count=F("count") + 1))


def _hash(text: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
