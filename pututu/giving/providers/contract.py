"""What must somebody who brings money be able to do?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from pututu.giving.models import Payment
from pututu.lib.money import Money


@dataclass(frozen=True, slots=True)
class Checkout:
    """What a payer is shown while paying: what it is for, in words, their language, and where they come back to."""

    label: str
    language: str
    return_url: str


@dataclass(frozen=True, slots=True)
class Remote:
    """What a provider says now of one payment. It is asked anew each time: what a message said before is a hint only.

    ``state`` is one of ``Payment.State``; ``returned`` is all that went back, late failures and charge-backs included.
    """

    state: str
    returned: Money
    received_on: dt.date | None = None
    reason: str = ""


class Provider(Protocol):
    """One way for money to come. ``slug`` is kept with each payment; ``methods`` are of ``models.Method``."""

    slug: str
    methods: tuple[str, ...]

    def begin(self, payment: Payment, checkout: Checkout) -> str:
        """Open a pending payment with the provider; return the address where the payer goes on, "" for nowhere.

        Asks the network, so never inside a transaction; repeatable, with the payment's key as idempotency key. Sets
        ``payment.provider_reference``.
        """

    def fetch(self, payment: Payment) -> Remote:
        """Ask the provider what became of a payment."""
