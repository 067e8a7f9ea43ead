"""How does somebody begin to pay?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pututu.giving.models import Method, Payment
from pututu.giving.providers import provider_for
from pututu.giving.providers.contract import Checkout
from pututu.giving.rules import Part
from pututu.giving.services.ledger import ask_payment
from pututu.lib.money import Money
from pututu.people.models import Person

RENEWING = (Method.CARD, Method.DIRECT_DEBIT)
"""Ways to pay by which a payer can let us take money again."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A payment that was asked for; ``go_to`` is where the payer goes on, "" where they pay by other ways."""

    payment: Payment
    go_to: str


def begin_payment(
    payer: Person,
    amount: Money,
    *,
    method: str,
    parts: Sequence[Part],
    key: str,
    on: dt.date,
    checkout: Checkout,
    by: Any = None,
) -> Begun:
    """Ask for money by a method and open it with whoever takes that; twice with one ``key`` is once.

    Must not be called inside a transaction: providers are asked over the network. Raises NobodyTakesIt or PartsDontFit.
    """
    keeps = checkout.keeps_mandate
    payment = ask_by(method, payer, amount, parts=parts, key=key, on=on, keeps_mandate=keeps, by=by)
    return open_payment(payment, checkout)


def ask_by(
    method: str,
    payer: Person,
    amount: Money,
    *,
    parts: Sequence[Part],
    key: str,
    on: dt.date,
    keeps_mandate: bool,
    by: Any = None,
) -> Payment:
    """Write down that money is to come by a method, with whoever takes that. Raises NobodyTakesIt or PartsDontFit."""
    return ask_payment(
        payer,
        amount,
        method=method,
        key=key,
        asked_on=on,
        parts=parts,
        provider=provider_for(method).slug,
        keeps_mandate=keeps_mandate and method in RENEWING,
        by=by,
    )


def open_payment(payment: Payment, checkout: Checkout) -> Begun:
    """Open a payment with whoever takes it; never inside a transaction. Raises NobodyTakesIt."""
    return Begun(payment, provider_for(payment.method).begin(payment, checkout))
