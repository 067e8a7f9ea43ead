"""How does sending begin? The list of readers and what they read are frozen, in one transaction, once."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from pututu.bulletins.models import Delivery, Issue
from pututu.bulletins.rendering.links import host
from pututu.bulletins.services.audience import Reader, audience_of
from pututu.bulletins.services.editions import freeze_editions

ROWS_AT_A_TIME = 2000


@transaction.atomic
def begin_sending(issue: Issue) -> bool:
    """Freeze an issue that is to be sent; False where that was done already, or it is not to be sent any more.

    From now on somebody can only be taken off the list.
    """
    locked = Issue.objects.select_for_update(of=("self",)).select_related("series").get(pk=issue.pk)
    if locked.state != Issue.State.SCHEDULED:
        return False
    entries = freeze_editions(locked)
    audience = audience_of(locked.series, entries, on=timezone.localdate())
    Delivery.objects.bulk_create(_rows(locked, audience.readers), batch_size=ROWS_AT_A_TIME)
    locked.state, locked.frozen_at = Issue.State.SENDING, timezone.now()
    locked.frozen, locked.left_out = len(audience.readers), dict(audience.left_out)
    locked.save(update_fields=["state", "frozen_at", "frozen", "left_out"])
    return True


def _rows(issue: Issue, readers: Iterable[Reader]) -> Iterable[Delivery]:
    for reader in readers:
        yield Delivery(
            issue=issue,
            person_id=reader.person,
            email_id=reader.email,
            address=reader.address,
            domain=reader.address.rpartition("@")[2].lower(),
            language=reader.language,
            topics=list(reader.topics),
            basis=reader.basis,
            message_id=message_id(issue.uid, reader.person),
        )


def message_id(issue: uuid.UUID, person: int) -> str:
    """The same for one issue and reader, whenever it is asked: so a duplicate can be found at the provider."""
    return f"<{uuid.uuid5(issue, str(person))}@{host()}>"
