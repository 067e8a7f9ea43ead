"""What must somebody who brings money be able to do?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from pututu.giving.models import Payment, Refund
from pututu.lib.money import Money


class BadSignature(ValueError):
    """A message is not signed by who it says it is from."""


class ProviderDown(Exception):
    """The provider cannot be asked now; the message says why, without personal data."""


@dataclass(frozen=True, slots=True)
class Checkout:
    """What a payer is shown while paying: what it is for, in words, their language, and where they come back to."""

    label: str
    language: str
    return_url: str


@dataclass(frozen=True, slots=True)
class Remote:
    """What a provider says now of one payment. It is asked anew each time: what a message said before is a hint only.

    ``state`` is one of ``Payment.State``; ``returned`` is all that went back, late failures and charge-backs included,
    and ``return_kind`` how the last of it did.
    """

    state: str
    returned: Money
    received_on: dt.date | None = None
    reason: str = ""
    return_kind: str = Refund.Kind.REFUND


@dataclass(frozen=True, slots=True)
class Message:
    """One event in what a provider sent: its number, which payment it is about, and its part of the body as it came."""

    event_id: str
    about: str
    body: str


class Provider(Protocol):
    """One way for money to come. ``slug`` is kept with each payment; ``methods`` are of ``models.Method``."""

    slug: str
    methods: tuple[str, ...]

    def begin(self, payment: Payment, checkout: Checkout) -> str:
        """Open a pending payment with the provider; return the address where the payer goes on, "" for nowhere.

        Asks the network, so never inside a transaction; repeatable, with the payment's key as idempotency key. Sets
        ``payment.provider_reference``. Raises ProviderDown.
        """

    def fetch(self, payment: Payment) -> Remote:
        """Ask the provider what became of a payment. Raises ProviderDown."""

    def read_messages(self, body: bytes, headers: Mapping[str, str]) -> list[Message]:
        """Take apart what the provider sent, once its signature is verified. Raises BadSignature."""
