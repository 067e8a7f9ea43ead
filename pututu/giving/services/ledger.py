"""How is money written into the ledger?

Each function is one act in one transaction. All are repeatable: the same ``key`` twice is the same payment, and a state
that is final is left as it is. Whoever must act on money listens to ``giving.signals``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from pututu.giving import signals
from pututu.giving.models import LedgerRecord, Mandate, Payment, Refund, Share
from pututu.giving.rules import Part, PartsDontFit, Use, by_use, check_parts, moved, taken_back
from pututu.giving.rules.batches import in_batches
from pututu.lib.money import Money
from pututu.people.models import Person

PENDING, CONFIRMED = Payment.State.PENDING, Payment.State.CONFIRMED


class NotReceived(Exception):
    """The payment is not confirmed: there is no money to share out or to send back."""


@transaction.atomic
def ask_payment(
    payer: Person | None,
    amount: Money,
    *,
    method: str,
    key: str,
    asked_on: dt.date,
    parts: Sequence[Part] = (),
    provider: str = "offline",
    provider_reference: str = "",
    note: str = "",
    keeps_mandate: bool = False,
    mandate: Mandate | None = None,
    by: Any = None,
) -> Payment:
    """Write down that money is to come; nothing counts before it does. The same ``key`` gives the same payment.

    Raises PartsDontFit where the parts are more than the amount.
    """
    check_parts(amount, parts)
    payment, is_new = Payment.objects.get_or_create(
        key=key,
        defaults={
            "payer": payer,
            "minor": amount.minor,
            "currency": amount.currency,
            "method": method,
            "provider": provider,
            "provider_reference": provider_reference,
            "asked_on": asked_on,
            "note": note,
            "keeps_mandate": keeps_mandate,
            "mandate": mandate,
        },
    )
    if is_new:
        _write_parts(payment, parts, by=by)
        _record(payment, "asked", by=by)
    return payment


@transaction.atomic
def confirm_payment(payment: Payment, *, received_on: dt.date, by: Any = None) -> Payment:
    """Say that the money was seen on ``received_on``; return the payment that holds it.

    A confirmed payment stays as it is. Money for one that failed or was cancelled is not lost and not applied to what
    it was once for: it becomes a payment of its own, which waits for a person to say what it is for.
    """
    if _leave_pending(payment, CONFIRMED, received_on=received_on):
        _record(payment, "confirmed", by=by)
        signals.payment_confirmed.send(Payment, payment=payment)
        return payment
    if payment.state == CONFIRMED:
        return payment
    late = ask_payment(
        payment.payer,
        payment.amount,
        method=payment.method,
        key=f"late:{payment.key}"[:100],
        asked_on=received_on,
        provider=payment.provider,
        note=f"Came after payment {payment.pk} was {payment.state}.",
        by=by,
    )
    return confirm_payment(late, received_on=received_on, by=by)


@transaction.atomic
def confirm_awaited(days: Mapping[int, dt.date], *, by: Any = None) -> list[Payment]:
    """Say of many payments, by their keys, on which day each was seen; the same as one by one, in fewer questions.

    Returns those that were pending until now; others stay as they are.
    """
    now = timezone.now()
    came = [
        payment
        for some in in_batches(days)
        for payment in Payment.objects.select_for_update()
        .pending()
        .filter(pk__in=some)
        .order_by("pk")
        .prefetch_related("shares")
    ]
    for day in sorted({days[payment.pk] for payment in came}):
        for some in in_batches(payment.pk for payment in came if days[payment.pk] == day):
            Payment.objects.pending().filter(pk__in=some).update(
                state=CONFIRMED, settled_at=now, received_on=day
            )
    records = (LedgerRecord(payment=payment, act="confirmed", by=by) for payment in came)
    LedgerRecord.objects.bulk_create(records, batch_size=1000)
    for payment in came:
        payment.state, payment.settled_at, payment.received_on = CONFIRMED, now, days[payment.pk]
        signals.payment_confirmed.send(Payment, payment=payment)
    return came


@transaction.atomic
def fail_payment(payment: Payment, *, reason: str, by: Any = None) -> bool:
    """Say that the money will not come; False where the payment was final already, and is left so."""
    return _give_up(payment, Payment.State.FAILED, reason=reason, by=by)


@transaction.atomic
def cancel_payment(payment: Payment, *, reason: str, by: Any = None) -> bool:
    """Say that the money is not wanted any more; False where the payment was final already, and is left so."""
    return _give_up(payment, Payment.State.CANCELLED, reason=reason, by=by)


def _give_up(payment: Payment, state: str, *, reason: str, by: Any) -> bool:
    if not _leave_pending(payment, state, failure=reason[:300]):
        return False
    _record(payment, str(state), detail=reason, by=by)
    signals.payment_failed.send(Payment, payment=payment)
    return True


def _leave_pending(payment: Payment, state: str, **columns: Any) -> bool:
    """Claim the one change of state that a payment has; of two that try at once, one gets True."""
    changed = Payment.objects.filter(pk=payment.pk, state=PENDING).update(
        state=state, settled_at=timezone.now(), **columns
    )
    payment.refresh_from_db()
    return bool(changed)


# --- what it is for


@transaction.atomic
def share_out(payment: Payment, parts: Sequence[Part], *, by: Any = None, reason: str = "") -> None:
    """Say what (more of) a received payment is for. Raises NotReceived, or PartsDontFit beyond what is left of it."""
    locked = _locked(payment)
    if locked.state != CONFIRMED:
        raise NotReceived(f"Payment {payment.pk} was not received: it is {locked.get_state_display()}.")
    free = kept(locked) - Money(sum(uses_of(locked).values()), locked.currency)
    check_parts(free, parts)
    _write_parts(locked, parts, by=by, reason=reason)
    _record(locked, "shared", detail=reason, by=by)
    signals.shares_changed.send(Payment, payment=locked)


@transaction.atomic
def move_share(payment: Payment, part: Part, *, to: Use, by: Any = None, reason: str) -> None:
    """Put a part of a payment to another use: two more rows, none changed. Raises PartsDontFit where it isn't there."""
    locked = _locked(payment)
    if part.minor <= 0 or uses_of(locked).get(part.use, 0) < part.minor:
        raise PartsDontFit("There is not so much of this payment for that use.")
    _write_parts(locked, moved(part, to=to), by=by, reason=reason)
    _record(locked, "moved", detail=reason, by=by)
    signals.shares_changed.send(Payment, payment=locked)


def uses_of(payment: Payment) -> dict[Use, int]:
    """What a payment is for, by use, as all its share rows together say."""
    return by_use(
        Part(share.minor, Use(share.purpose, share.fund_id, share.about)) for share in payment.shares.all()
    )


def kept(payment: Payment) -> Money:
    """What is left of a payment after all that went back."""
    returned = payment.refunds.filter(state=Refund.State.DONE).aggregate(sum=Sum("minor"))["sum"] or 0
    return Money(payment.minor - returned, payment.currency)


# --- what goes back


@transaction.atomic
def ask_refund(
    payment: Payment,
    amount: Money,
    *,
    key: str,
    asked_on: dt.date,
    kind: str = Refund.Kind.REFUND,
    reason: str = "",
    provider_reference: str = "",
    by: Any = None,
) -> Refund:
    """Write down that money of a received payment is to go back. The same ``key`` gives the same refund.

    Raises NotReceived, or PartsDontFit where more would go back than was not promised back already.
    """
    locked = _locked(payment)
    found = Refund.objects.filter(key=key).first()
    if found:
        return found
    if locked.state != CONFIRMED:
        raise NotReceived(f"Payment {payment.pk} was not received: nothing of it can go back.")
    promised = locked.refunds.exclude(state=Refund.State.FAILED).aggregate(sum=Sum("minor"))["sum"] or 0
    if amount.minor <= 0 or amount > Money(locked.minor - promised, locked.currency):
        raise PartsDontFit(f"{amount.words()} of {locked.amount.words()} cannot go back.")
    refund = Refund.objects.create(
        key=key,
        payment=locked,
        minor=amount.minor,
        kind=kind,
        asked_on=asked_on,
        reason=reason[:300],
        provider_reference=provider_reference,
        by=by,
    )
    _record(locked, "refund asked", detail=reason, by=by)
    return refund


@transaction.atomic
def finish_refund(refund: Refund, *, done_on: dt.date, by: Any = None) -> bool:
    """Say that the money went back, and take it from what the payment was for; False where that was said already."""
    payment = _locked(refund.payment)
    left, uses = kept(payment), uses_of(payment)
    if not _leave_refund_pending(refund, Refund.State.DONE, done_on=done_on):
        return False
    parts = taken_back(uses, kept=left, going=refund.amount)
    _write_parts(payment, parts, by=by, reason=refund.reason, refund=refund)
    _record(payment, "refunded", detail=refund.reason, by=by)
    signals.payment_reversed.send(Payment, payment=payment, refund=refund)
    return True


@transaction.atomic
def fail_refund(refund: Refund, *, reason: str, by: Any = None) -> bool:
    """Say that the money did not go back after all; False where the refund was final already."""
    if not _leave_refund_pending(refund, Refund.State.FAILED):
        return False
    _record(refund.payment, "refund failed", detail=reason, by=by)
    return True


def _leave_refund_pending(refund: Refund, state: str, **columns: Any) -> bool:
    pending = Refund.objects.filter(pk=refund.pk, state=Refund.State.PENDING)
    changed = pending.update(state=state, **columns)
    refund.refresh_from_db()
    return bool(changed)


# --- rows


def _locked(payment: Payment) -> Payment:
    """The payment as it is now, kept from others until the transaction ends."""
    return Payment.objects.select_for_update().get(pk=payment.pk)


def _write_parts(
    payment: Payment, parts: Iterable[Part], *, by: Any, reason: str = "", refund: Refund | None = None
) -> None:
    Share.objects.bulk_create(
        Share(
            payment=payment,
            minor=part.minor,
            purpose=part.use.purpose,
            fund_id=part.use.fund_id,
            about=part.use.about,
            by=by,
            reason=reason[:300],
            refund=refund,
        )
        for part in parts
    )


def _record(payment: Payment, act: str, *, detail: str = "", by: Any = None) -> None:
    LedgerRecord.objects.create(payment=payment, act=act[:20], detail=detail[:300], by=by)
