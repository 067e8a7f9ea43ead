"""What is done with what providers tell us, and with what they forget to tell?

A message is kept first and is a hint only: the provider is asked what is true now, and that is written into the ledger.
So messages may come in any order, twice or never: a reconciliation, which asks for all that may have changed, ends in
the same state.
"""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone

from pututu.giving.models import Mandate, Payment, ProviderEvent, Purpose, Refund, Share
from pututu.giving.providers import NobodyTakesIt, provider_named
from pututu.giving.providers.contract import ProviderDown, Remote
from pututu.giving.rules import Part, Use, by_use
from pututu.giving.services.ledger import (
    ask_payment,
    ask_refund,
    confirm_payment,
    fail_payment,
    finish_refund,
)
from pututu.giving.services.ledger import cancel_payment as give_up
from pututu.giving.services.mandates import bring_mandate_up_to_date, keep_mandate
from pututu.lib.money import Money

MAY_STILL_FAIL = dt.timedelta(
    days=120
)  # for so long banks take money back without asking: charge-backs of cards
OFFLINE = "offline"

logger = logging.getLogger(__name__)


def keep_messages(slug: str, body: bytes, headers: Mapping[str, str]) -> list[ProviderEvent]:
    """Keep each event in what a provider sent, before anything else; return those that were not known.

    Raises NobodyTakesIt or BadSignature.
    """
    new = []
    for message in provider_named(slug).read_messages(body, headers):
        event, is_new = ProviderEvent.objects.get_or_create(
            provider=slug,
            event_id=message.event_id[:120],
            defaults={"about": message.about[:120], "body": message.body},
        )
        if is_new:
            new.append(event)
    return new


def handle(event: ProviderEvent) -> bool:
    """Act on a message by asking the provider; False where that failed, with the reason kept. May be repeated."""
    named = Payment.objects.filter(provider=event.provider).filter(_named(event.about))
    payment = named.select_related("payer").first()
    failure = bring_up_to_date(payment) if payment else _ask_about_mandates(event)
    ProviderEvent.objects.filter(pk=event.pk).update(
        tries=F("tries") + 1, failure=failure[:300], handled_at=None if failure else timezone.now()
    )
    if payment and payment.payer and payment.payer.erased_at:
        # The words of whoever was erased don't come back.
        ProviderEvent.objects.filter(pk=event.pk).update(body="")
    event.refresh_from_db()
    return not failure


def _ask_about_mandates(event: ProviderEvent) -> str:
    """Ask about the mandates that an event names, which names no payment; return why that failed, or ""."""
    named = Q(provider_reference=event.about) | Q(provider_customer=event.about)
    mandates = list(Mandate.objects.filter(named, provider=event.provider)) if event.about else []
    if not mandates:
        return "No payment of ours has this reference."
    return " ".join(bring_mandate_up_to_date(each, on=timezone.localdate()) for each in mandates).strip()


def _named(about: str) -> Q:
    """A payment by what a message calls it: the provider's reference, or our own uid, which was given along."""
    named = Q(provider_reference=about)
    try:
        return named | Q(uid=uuid.UUID(about))
    except ValueError:
        return named


def bring_up_to_date(payment: Payment) -> str:
    """Ask the provider of a payment what is true now and write it down; return why that failed, or "".

    Asks the network, so it must not be called inside a transaction.
    """
    return _tried(payment, lambda: write_down(payment, _fetch(payment)))


def _tried(payment: Payment, act: Callable[[], None]) -> str:
    try:
        act()
    except (ProviderDown, NobodyTakesIt) as error:
        return str(error) or "The provider could not be asked."
    except Exception as error:  # one payment that cannot be dealt with must not keep the others waiting
        logger.exception("Payment %s could not be brought up to date.", payment.pk)
        return f"{type(error).__name__}: see the log."
    return ""


def _fetch(payment: Payment) -> Remote:
    """What the provider says; of a payment under a mandate whose answer got lost, what is found of it."""
    provider = provider_named(payment.provider)
    if payment.mandate and not payment.provider_reference:
        nothing = Remote(payment.state, Money(0, payment.currency), payment.received_on)
        return provider.find_charge(payment, payment.mandate) or nothing
    return provider.fetch(payment)


@transaction.atomic
def write_down(payment: Payment, remote: Remote) -> None:
    """Write what a provider says into the ledger. What is known already, or was overtaken, changes nothing."""
    if remote.permission:
        keep_mandate(payment, remote.permission)
    if remote.state == Payment.State.CONFIRMED:
        day = remote.received_on or timezone.localdate()
        confirmed = confirm_payment(payment, received_on=day)
        _take_back(confirmed, remote)
        _bring_again(confirmed, remote)
    elif remote.state == Payment.State.FAILED:
        fail_payment(payment, reason=remote.reason)
    elif remote.state == Payment.State.CANCELLED:
        give_up(payment, reason=remote.reason)


def _take_back(payment: Payment, remote: Remote) -> None:
    """Write down what went back at the provider beyond what we know of; never more than there is."""
    locked = Payment.objects.select_for_update().get(pk=payment.pk)
    refunds = locked.refunds.exclude(state=Refund.State.FAILED)
    known = refunds.aggregate(sum=Sum("minor"))["sum"] or 0
    going = min(remote.returned.minor, locked.minor) - known
    if going <= 0:
        return
    refund = ask_refund(
        locked,
        Money(going, locked.currency),
        key=f"remote:{locked.pk}:{remote.returned.minor}",
        asked_on=timezone.localdate(),
        kind=remote.return_kind,
        reason=remote.reason,
    )
    finish_refund(refund, done_on=timezone.localdate())


def _bring_again(payment: Payment, remote: Remote) -> None:
    """Write down money that had gone back and came again, as a payment of its own.

    A gift is a gift again; what else it was for is for a person to say, since terms went on meanwhile.
    """
    known = (
        Payment.objects.filter(key__startswith=f"again:{payment.pk}:").aggregate(sum=Sum("minor"))["sum"] or 0
    )
    coming = (remote.recovered.minor if remote.recovered else 0) - known
    if coming <= 0:
        return
    rows = Share.objects.filter(refund__payment=payment).exclude(refund__kind=Refund.Kind.REFUND)
    gone = by_use(Part(-row.minor, Use(row.purpose, row.fund_id, row.about)) for row in rows)
    gifts = [Part(minor, use) for use, minor in gone.items() if use.purpose == Purpose.GIFT]
    again = ask_payment(
        payment.payer,
        Money(coming, payment.currency),
        method=payment.method,
        key=f"again:{payment.pk}:{known + coming}",
        asked_on=payment.asked_on,
        parts=gifts if sum(part.minor for part in gifts) <= coming else [],
        provider=payment.provider,
        note=f"Came again after payment {payment.pk} went back.",
    )
    confirm_payment(again, received_on=timezone.localdate())


# --- what was forgotten


@dataclass(frozen=True, slots=True)
class Reconciled:
    """How many payments providers were asked for, and how many of those, and of messages, failed."""

    asked: int
    failed: int


def reconcile() -> Reconciled:
    """Deal with messages that failed, and ask for every payment that may have changed without a word."""
    failed = sum(not handle(event) for event in ProviderEvent.objects.filter(handled_at=None))
    payments = list(may_have_changed().select_related("mandate", "payer"))
    waiting = [each for each in payments if each.state == Payment.State.PENDING]
    failed += sum(bool(bring_up_to_date(payment)) for payment in waiting)
    asked = {each.pk for each in waiting}
    settled = [each for each in payments if each.pk not in asked]
    for slug in sorted({each.provider for each in settled}):
        failed += _together(slug, [each for each in settled if each.provider == slug])
    return Reconciled(len(payments), failed)


def _together(slug: str, payments: Sequence[Payment]) -> int:
    """Ask for settled payments by the provider's list, and one by one for what is not on it; return how many failed."""
    try:
        found = provider_named(slug).fetch_many(payments, min(each.asked_on for each in payments))
    except (ProviderDown, NobodyTakesIt):
        return len(payments)
    failed = 0
    for payment in payments:
        remote = found.get(payment.pk)
        why = _tried(payment, partial(write_down, payment, remote)) if remote else bring_up_to_date(payment)
        failed += bool(why)
    return failed


def may_have_changed() -> QuerySet[Any]:
    """Payments pending with a provider, and those so late that money may still come, or go back."""
    lately = timezone.localdate() - MAY_STILL_FAIL
    online = Payment.objects.exclude(provider=OFFLINE).exclude(provider_reference="")
    return online.filter(
        Q(state=Payment.State.PENDING) | Q(asked_on__gte=lately) | Q(received_on__gte=lately)
    )
