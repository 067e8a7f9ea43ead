"""How does a person book a statement line, take that back, or set a line aside?

Whoever acts on a line holds its row until the act is done: of two treasurers, one waits for the other and then sees
what is left. All acts may be repeated.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from pututu.giving.models import KnownPayer, LedgerRecord, LineUse, Method, Payment, Refund, StatementLine
from pututu.giving.rules import Part
from pututu.giving.rules.lines import payer_words
from pututu.giving.services.ledger import ask_payment, ask_refund, confirm_payment, finish_refund, uses_of
from pututu.lib.money import Money
from pututu.people.models import Person

WAITING, APPLIED, SET_ASIDE = (
    StatementLine.State.WAITING,
    StatementLine.State.APPLIED,
    StatementLine.State.SET_ASIDE,
)


class NothingLeft(Exception):
    """All of the line's money is booked, or more is asked of it than there is."""


class NotAwaited(Exception):
    """The payment is not to come any more: it came, failed or was cancelled."""


class NeedsAReason(ValueError):
    """A line is set aside for a reason that others can read."""


def free(line: StatementLine) -> int:
    """How much of a line's money is not booked yet, in minor units; nothing of money that went out."""
    used = line.uses.filter(undone_at=None).aggregate(sum=Sum("minor"))["sum"] or 0
    return max(line.minor - used, 0)


def missing(payment: Payment) -> int:
    """How much of an awaited payment was not seen on any line yet."""
    seen = payment.line_uses.filter(undone_at=None).aggregate(sum=Sum("minor"))["sum"] or 0
    return payment.minor - seen


@transaction.atomic
def book_line(line: StatementLine, payment: Payment, *, by: Any) -> LineUse:
    """Book what is free of a line to an awaited payment, no more than that misses; it counts as received when whole.

    So a line may be several payments, and several lines one. Raises NothingLeft or NotAwaited.
    """
    locked = _locked(line)
    found = locked.uses.filter(payment=payment, undone_at=None).first()
    if found:
        return found
    awaited = Payment.objects.select_for_update().get(pk=payment.pk)
    if awaited.state != Payment.State.PENDING or awaited.currency != locked.account.currency:
        raise NotAwaited
    lacks = missing(awaited)
    use = _use(locked, awaited, min(free(locked), lacks), by=by)
    if use.minor == lacks:
        confirm_payment(awaited, received_on=_last_day(awaited), by=by)
    return use


def _last_day(payment: Payment) -> Any:
    """The day on which the last of a payment's lines was booked: only then is it whole."""
    return max(use.line.booked_on for use in payment.line_uses.filter(undone_at=None).select_related("line"))


@transaction.atomic
def book_unasked(
    line: StatementLine,
    person: Person | None,
    minor: int,
    *,
    parts: Sequence[Part] = (),
    key: str,
    by: Any,
) -> LineUse:
    """Book so much of a line as money that nobody had asked for; twice with one ``key`` is once.

    Raises NothingLeft where the line holds less, PartsDontFit where the parts are more.
    """
    locked = _locked(line)
    own_key = f"line:{locked.pk}:{key}"[:100]
    found = locked.uses.filter(payment__key=own_key).first()
    if found:
        return found
    if not 0 < minor <= free(locked):
        raise NothingLeft
    payment = ask_payment(
        person,
        Money(minor, locked.account.currency),
        method=Method.BANK_TRANSFER,
        key=own_key,
        asked_on=locked.booked_on,
        parts=parts,
        by=by,
    )
    use = _use(locked, payment, minor, by=by)
    confirm_payment(payment, received_on=locked.booked_on, by=by)
    return use


def _use(locked: StatementLine, payment: Payment, minor: int, *, by: Any) -> LineUse:
    if minor <= 0 or locked.state == SET_ASIDE:
        raise NothingLeft
    use = LineUse.objects.create(line=locked, payment=payment, minor=minor, how=LineUse.How.BY_HAND, by=by)
    _set_state(locked, APPLIED if not free(locked) else WAITING)
    return use


@transaction.atomic
def undo_booking(use: LineUse, *, by: Any, reason: str = "") -> bool:
    """Take a booking back: the line waits again, and the payment's money is written off as a mistake.

    What had been asked for before is awaited again. False where it was taken back already.
    """
    locked = _locked(use.line)
    if not LineUse.objects.filter(pk=use.pk, undone_at=None).update(undone_at=timezone.now()):
        return False
    _set_state(locked, WAITING)
    payment = Payment.objects.select_for_update().get(pk=use.payment_id)
    if payment.state == Payment.State.CONFIRMED:
        _write_off(payment, use, by=by, reason=reason)
    _record(f"Line {locked.pk}: {reason}", "booking undone", payment=payment, by=by)
    return True


def _write_off(payment: Payment, use: LineUse, *, by: Any, reason: str) -> None:
    parts = [Part(minor, each) for each, minor in uses_of(payment).items()]
    promised = payment.refunds.exclude(state=Refund.State.FAILED).aggregate(sum=Sum("minor"))["sum"] or 0
    going = min(use.minor, payment.minor - promised)
    if going <= 0:
        return
    today = timezone.localdate()
    refund = ask_refund(
        payment,
        Money(going, payment.currency),
        key=f"undo:{use.pk}",
        asked_on=today,
        kind=Refund.Kind.MISTAKE,
        reason=reason,
        by=by,
    )
    finish_refund(refund, done_on=today, by=by)
    if going == payment.minor and not payment.key.startswith("line:"):
        ask_payment(
            payment.payer,
            payment.amount,
            method=payment.method,
            key=f"again:{use.pk}",
            asked_on=payment.asked_on,
            parts=parts,
            by=by,
        )


@transaction.atomic
def set_aside(line: StatementLine, *, reason: str, by: Any) -> None:
    """Say that what is left of a line is not ours to book, and why. Raises NeedsAReason, NothingLeft where none is."""
    if not reason.strip():
        raise NeedsAReason
    locked = _locked(line)
    if locked.state == APPLIED:
        raise NothingLeft
    _set_state(locked, SET_ASIDE, set_aside_because=reason.strip()[:300])
    _record(f"Line {locked.pk}: {reason}", "line set aside", by=by)


@transaction.atomic
def take_up_again(line: StatementLine, *, by: Any) -> None:
    """Let a line that was set aside wait again; others stay as they are."""
    locked = _locked(line)
    if locked.state == SET_ASIDE:
        _set_state(locked, WAITING, set_aside_because="")
        _record(f"Line {locked.pk}", "line taken up again", by=by)


@transaction.atomic
def remember_payer(line: StatementLine, person: Person) -> KnownPayer | None:
    """Bind the bank's words for a payer to a person, so that later lines are known; None where there are no words."""
    words = payer_words(line.text, line.payer_text)
    if not words:
        return None
    return KnownPayer.objects.get_or_create(account=line.account, words=words, person=person)[0]


@transaction.atomic
def forget_payer(known: KnownPayer, *, by: Any) -> None:
    """Unbind words from a person."""
    known.delete()
    _record(f"Payer {known.pk}", "payer forgotten", by=by)


# --- rows


def _locked(line: StatementLine) -> StatementLine:
    """The line as it is now, kept from others until the transaction ends."""
    return StatementLine.objects.select_for_update(of=("self",)).select_related("account").get(pk=line.pk)


def _set_state(locked: StatementLine, state: str, **columns: Any) -> None:
    StatementLine.objects.filter(pk=locked.pk).update(state=state, **columns)
    locked.state = state


def _record(detail: str, act: str, *, payment: Payment | None = None, by: Any) -> None:
    LedgerRecord.objects.create(payment=payment, act=act, detail=detail[:300], by=by)
