"""How do members read what they paid?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pututu.giving.models import Payment, Refund
from pututu.lib.money import Money


@dataclass(frozen=True)
class OwnPayment:
    """A payment as its payer sees it; ``went_back`` is what was received and is here no more, or None."""

    payment: Payment
    went_back: Money | None
    has_receipt: bool


def own_payments(payments: Iterable[Payment]) -> list[OwnPayment]:
    """Reads ``refunds``, which whoever fetches the payments prefetches."""
    return [_own(each) for each in payments]


def _own(payment: Payment) -> OwnPayment:
    gone = sum(each.minor for each in payment.refunds.all() if each.state == Refund.State.DONE)
    is_here = payment.state == Payment.State.CONFIRMED and gone < payment.minor
    return OwnPayment(payment, Money(gone, payment.currency) if gone else None, has_receipt=is_here)
