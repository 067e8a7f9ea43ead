"""What about money that nobody announces: cheques, cash, transfers and standing orders?

They are pending until a person or the statement desk has seen them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from pututu.giving.models import Mandate, Method, Payment
from pututu.giving.providers.contract import BadSignature, Checkout, MandateOver, Message, Remote
from pututu.lib.money import Money


class Offline:
    """Money that is seen by people; there is nobody to ask."""

    slug: str = "offline"
    methods: tuple[str, ...] = (Method.STANDING_ORDER, Method.BANK_TRANSFER, Method.CHEQUE, Method.CASH)

    def begin(self, payment: Payment, checkout: Checkout) -> str:
        return ""

    def fetch(self, payment: Payment) -> Remote:
        return Remote(payment.state, Money(0, payment.currency), payment.received_on, payment.failure)

    def fetch_many(self, payments: Sequence[Payment], since: dt.date) -> dict[int, Remote]:
        return {}

    def charge(self, payment: Payment, mandate: Mandate, *, take_on: dt.date) -> Remote:
        raise MandateOver("Nobody can take money by this way to pay.")

    def find_charge(self, payment: Payment, mandate: Mandate) -> Remote | None:
        return None

    def mandate_over(self, mandate: Mandate) -> str:
        return "Nobody can take money by this way to pay."

    def end_mandate(self, mandate: Mandate) -> None:
        """There is nobody to be told."""

    def read_messages(self, body: bytes, headers: Mapping[str, str]) -> list[Message]:
        raise BadSignature


OFFLINE = Offline()
