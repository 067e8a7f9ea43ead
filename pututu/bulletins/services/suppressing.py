"""When is an address written to no more, because it refuses mail?

One rule for a mail that came back and for one that was refused at once: for good counts at once, not now counts when it
happened to mails of several issues.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from pututu.bulletins.models import Delivery, ReturnedMail
from pututu.bulletins.rules.ledger import State
from pututu.bulletins.rules.returned import Kind, kind_of_refusal
from pututu.people.models import EmailAddress
from pututu.people.services.persons import set_address_state

SOFT_AT_MOST, SOFT_WITHIN = 3, dt.timedelta(days=30)
"""So many mails of different issues that could not be delivered "now" within so long: the address takes none."""


@transaction.atomic
def let_count(email: int, kind: Kind, said: str) -> bool:
    """Let what happened to a mail count for its address; True where nothing more goes there. Never for the better."""
    if kind not in (Kind.HARD, Kind.SOFT):
        return False
    address = EmailAddress.objects.select_for_update().get(pk=email)
    if address.state != EmailAddress.State.GOOD or (kind is Kind.SOFT and not _is_often(address)):
        return False
    set_address_state(address, EmailAddress.State.BOUNCED, reason=said)
    return True


def let_refusal_count(delivery: Delivery) -> bool:
    """Let the answer that was just written down count, where the mail is given up (RFC 3463)."""
    row = Delivery.objects.get(pk=delivery.pk)
    if row.state != State.REFUSED or row.email_id is None:
        return False
    kind = kind_of_refusal(row.code or 0, row.words)
    return let_count(row.email_id, kind, f"{row.code or ''} {row.words}".strip())


def _is_often(address: EmailAddress) -> bool:
    """Whether mails of enough issues were not taken lately, since somebody said that the address works."""
    since = max(filter(None, [timezone.now() - SOFT_WITHIN, address.state_since]))
    returned = ReturnedMail.objects.filter(
        email=address, kind=Kind.SOFT, at__gt=since, delivery__isnull=False
    ).values_list("delivery", flat=True)
    given_up = Delivery.objects.filter(email=address, state=State.REFUSED, code__lt=500, changed_at__gt=since)
    refused = (row.pk for row in given_up if kind_of_refusal(row.code or 0, row.words) is Kind.SOFT)
    return len({*returned, *refused}) >= SOFT_AT_MOST
