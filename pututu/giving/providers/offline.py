"""What about money that nobody announces: cheques, cash, transfers and standing orders?

They are pending until a person or the statement desk has seen them.
"""

from __future__ import annotations

from collections.abc import Mapping

from pututu.giving.models import Method, Payment
from pututu.giving.providers.contract import BadSignature, Checkout, Message, Remote
from pututu.lib.money import Money


class Offline:
    """Money that is seen by people; there is nobody to ask."""

    slug: str = "offline"
    methods: tuple[str, ...] = (Method.STANDING_ORDER, Method.BANK_TRANSFER, Method.CHEQUE, Method.CASH)

    def begin(self, payment: Payment, checkout: Checkout) -> str:
        return ""

    def fetch(self, payment: Payment) -> Remote:
        return Remote(payment.state, Money(0, payment.currency), payment.received_on, payment.failure)

    def read_messages(self, body: bytes, headers: Mapping[str, str]) -> list[Message]:
        raise BadSignature


OFFLINE = Offline()
