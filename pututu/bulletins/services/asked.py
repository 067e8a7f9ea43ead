"""When do those who asked for bulletins get their letter? Apart from the answer of the site, from the clock."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction
from django.utils import timezone

from pututu.bulletins.models import Asking
from pututu.bulletins.services.subscribing import Request, subscribe
from pututu.people.rules import AddressError

logger = logging.getLogger(__name__)
KEPT_FOR = dt.timedelta(days=1)
"""What failed so long is let go: whoever still waits for the letter asks again."""


def write_to_those_who_asked() -> int:
    """Ask each by a letter, once, and forget the form; return how many forms were worked at.

    One that fails keeps no other back and is tried again. Only the kind of the failure is noted: it may name somebody.
    """
    Asking.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()
    done = 0
    for asking in Asking.objects.order_by("pk"):
        try:
            done += _work_at(asking)
        except Exception as failure:
            logger.error("A form for bulletins waits: %s.", type(failure).__name__)
    return done


@transaction.atomic
def _work_at(asking: Asking) -> bool:
    """False where another process has done it."""
    if not Asking.objects.filter(pk=asking.pk).delete()[0]:
        return False
    try:
        subscribe(Request.from_json(asking.said))
    except AddressError:  # the form let it pass, the rules do not: nobody is there to be told
        logger.warning("A form for bulletins had no address that can be written to.")
    return True
