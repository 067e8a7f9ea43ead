"""What becomes of a mail that came back?

It is kept as it came before anybody tries to read it, also what nobody can read. Read twice it says the same, and
nothing that is known of an address ever gets better by it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pututu.bulletins.models import Delivery, ReturnedMail
from pututu.bulletins.providers.mailbox import Mailbox
from pututu.bulletins.rendering.links import delivery_left_by, delivery_returned_to
from pututu.bulletins.rules.returned import Kind, Report, read_report
from pututu.bulletins.services.choosing import leave_series
from pututu.bulletins.services.suppressing import let_count
from pututu.people.models import EmailAddress, Person
from pututu.people.rules import AddressError, fold_address
from pututu.people.services.persons import set_address_state

LARGEST = 2_000_000
BY_ADDRESS_WITHIN = dt.timedelta(days=30)
"""A report that names no mail of ours is believed of an address to which one went so lately."""

logger = logging.getLogger(__name__)


def take_returned(raw: bytes) -> ReturnedMail:
    """Keep a mail that came back, then read it. The same mail once more changes nothing."""
    row = keep_returned(raw)
    return row if row.read_at else read_returned(row)


def keep_returned(raw: bytes) -> ReturnedMail:
    """Keep it, whatever it is; of one that is huge, its beginning, where the report stands."""
    name = hashlib.sha256(raw).hexdigest()
    row, _is_new = ReturnedMail.objects.get_or_create(sha256=name, defaults={"raw": raw[:LARGEST]})
    return row


def read_returned(row: ReturnedMail) -> ReturnedMail:
    """Read what is kept and let it count; what can't be read waits for a person."""
    try:
        return let_it_be_read(row, read_report(bytes(row.raw)))
    except Exception as failure:  # a stranger wrote it: whatever is wrong with it, it stays kept
        logger.warning("Returned mail %s could not be read: %s.", row.pk, type(failure).__name__)
    return let_it_be_read(row, Report(Kind.UNREAD))


@transaction.atomic
def let_it_be_read(row: ReturnedMail, report: Report) -> ReturnedMail:
    """Write down what a kept mail or message says, and let it count; once."""
    locked = ReturnedMail.objects.select_for_update().get(pk=row.pk)
    if locked.read_at is None:
        _write_down(locked, report)
        _let_it_count(locked)
    return locked


def _write_down(row: ReturnedMail, report: Report) -> None:
    left = None if report.is_automatic else _left_by(report)
    if left:
        report = replace(report, kind=Kind.LEFT, words="")
    row.delivery = left or _delivery_of(report)
    row.email = row.delivery.email if row.delivery else None
    is_ours = row.email is not None
    row.kind = report.kind if is_ours or report.kind is Kind.OTHER else Kind.UNREAD
    row.status, row.words, row.read_at = report.status, report.words, timezone.now()
    row.save()


def _left_by(report: Report) -> Delivery | None:
    """The mail whose reader leaves by this one: what we sealed in its address or subject says so, nothing else."""
    for words in (*report.to, report.subject):
        key = delivery_left_by(words)
        if key is not None:
            return Delivery.objects.select_related("email", "issue__series", "person").filter(pk=key).first()
    return None


def _delivery_of(report: Report) -> Delivery | None:
    """The mail that came back: by the address it came back to, by its name, or by whom it went to lately."""
    rows = Delivery.objects.select_related("email", "issue__series", "person")
    for address in report.to:
        key = delivery_returned_to(address)
        if key is not None:
            return rows.filter(pk=key).first()
    if report.message_id:
        found = rows.filter(message_id=report.message_id).first()
        if found:
            return found
    if report.name_there:
        found = rows.filter(name_there=report.name_there[:120]).first()
        if found:
            return found
    try:
        folded = fold_address(report.address)
    except AddressError:
        return None
    lately = rows.filter(changed_at__gt=timezone.now() - BY_ADDRESS_WITHIN)
    return lately.filter(email__folded=folded).order_by("-pk").first()


def _let_it_count(row: ReturnedMail) -> None:
    if row.email is None:
        return
    said = f"{row.status} {row.words}".strip()
    if row.kind == Kind.COMPLAINT:
        email = EmailAddress.objects.select_for_update().get(pk=row.email.pk)
        _complained(row, email, said)
    elif row.kind == Kind.LEFT:
        _leave(row, row.email, page="mail")
    else:
        let_count(row.email.pk, Kind(row.kind), said)


def _complained(row: ReturnedMail, email: EmailAddress, said: str) -> None:
    if email.state != EmailAddress.State.COMPLAINED:
        set_address_state(email, EmailAddress.State.COMPLAINED, reason=said)
    _leave(row, email, page="complaint")


def _leave(row: ReturnedMail, email: EmailAddress, *, page: str) -> None:
    delivery = row.delivery
    if delivery and delivery.person and Person.objects.known().filter(pk=delivery.person_id).exists():
        leave_series(delivery.person, email, delivery.issue.series, page=page, language=delivery.language)


def take_from_mailbox(mailbox: Any = None) -> int:
    """Take what lies in the mailbox for returned mail; a mail leaves it only after it was kept. Raises Unreachable."""
    number = 0
    with mailbox or Mailbox(settings.BOUNCES_URL) as opened:
        for key, raw in opened.mails():
            take_returned(raw)
            opened.remove(key)
            number += 1
    return number


def settle_returned(row: ReturnedMail) -> bool:
    """Note that a person looked at what the program can't read; False where somebody had."""
    rows = ReturnedMail.objects.filter(pk=row.pk, settled_at=None)
    return bool(rows.update(settled_at=timezone.now()))
