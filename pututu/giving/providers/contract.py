"""What must somebody who brings money be able to do?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pututu.giving.models import Mandate, Payment, Refund
from pututu.lib.money import Money


class BadSignature(ValueError):
    """A message is not signed by who it says it is from."""


class ProviderDown(Exception):
    """The provider cannot be asked now; the message says why, without personal data."""


class MandateOver(Exception):
    """Nothing can be taken under a mandate any more, now or later; the message says why, for the staff."""


@dataclass(frozen=True, slots=True)
class Checkout:
    """What a payer is shown while paying: what it is for, in words, their language, and where they come back to."""

    label: str
    language: str
    return_url: str
    keeps_mandate: bool = False  # the payer lets us take money again


@dataclass(frozen=True, slots=True)
class Permission:
    """What a provider calls a permission to take money again; ``customer`` where that is named apart."""

    reference: str
    customer: str = ""


@dataclass(frozen=True, slots=True)
class Remote:
    """What a provider says now of one payment. It is asked anew each time: what a message said before is a hint only.

    ``state`` is one of ``Payment.State``; ``returned`` is all that ever went back, late failures and charge-backs
    included, and ``return_kind`` how the last of it did; ``recovered`` is what of that came again, as after a dispute.
    """

    state: str
    returned: Money
    received_on: dt.date | None = None
    reason: str = ""
    return_kind: str = Refund.Kind.REFUND
    recovered: Money | None = None
    permission: Permission | None = None  # to take money again, where the payer gave one with this payment


@dataclass(frozen=True, slots=True)
class Message:
    """One event in what a provider sent: its number, which payment or mandate it is about, and its part of the body."""

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

    def fetch_many(self, payments: Sequence[Payment], since: dt.date) -> dict[int, Remote]:
        """Ask of many payments in a few questions, by the provider's list of what was made from ``since`` on.

        What the list does not have is left out, and asked for one by one. Raises ProviderDown.
        """

    def charge(self, payment: Payment, mandate: Mandate, *, take_on: dt.date) -> Remote:
        """Take a pending payment under a mandate; on ``take_on``, where the provider is asked ahead of the day.

        Never takes it twice, however late it is asked again: what an earlier try left at the provider is looked for
        first. Sets ``payment.provider_reference``. Raises ProviderDown, and MandateOver where nothing was taken.
        """

    def find_charge(self, payment: Payment, mandate: Mandate) -> Remote | None:
        """What an earlier try to take a payment left at the provider; None where nothing did. Raises ProviderDown.

        Sets ``payment.provider_reference`` where it found something.
        """

    def mandate_over(self, mandate: Mandate) -> str:
        """Why nothing can be taken under a mandate any more, for the staff; "" while it stands. Raises ProviderDown."""

    def end_mandate(self, mandate: Mandate) -> None:
        """Have the provider forget a mandate; nothing happens where it has. Raises ProviderDown."""

    def read_messages(self, body: bytes, headers: Mapping[str, str]) -> list[Message]:
        """Take apart what the provider sent, once its signature is verified. Raises BadSignature."""
