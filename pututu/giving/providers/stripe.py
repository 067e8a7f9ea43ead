"""How does a card payment go through Stripe Checkout?

The payer leaves for Stripe's own page; no card number ever comes here. Source: Stripe's API reference (Checkout
Sessions, Charges, Disputes, webhook signatures), with the official library.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import stripe
from django.conf import settings

from pututu.giving.models import Method, Payment, Refund
from pututu.giving.providers.contract import BadSignature, Checkout, Message, ProviderDown, Remote
from pututu.lib.money import Money

SECONDS = 20
RETRIES = 2  # by the library itself, with the same idempotency key
# While a dispute stands the bank holds the money back; a warning is a question only, and one won gives it back.
HARMLESS = {"won", "warning_needs_response", "warning_under_review", "warning_closed", "prevented"}


class Stripe:
    """Cards, once. ``api`` is Stripe's address, unless a test stands in for it."""

    slug: str = "stripe"
    methods: tuple[str, ...] = (Method.CARD,)

    def __init__(self, key: str, *, secret: str, api: str = "") -> None:
        self.secret = secret
        self.client = stripe.StripeClient(
            key,
            max_network_retries=RETRIES,
            base_addresses={"api": api} if api else {},
            http_client=stripe.RequestsClient(timeout=SECONDS),
        )

    def begin(self, payment: Payment, checkout: Checkout) -> str:
        session = self._ask(
            self.client.v1.checkout.sessions.create,
            params=self._order(payment, checkout),
            options={"idempotency_key": payment.key},
        )
        if payment.provider_reference != session.id:
            payment.provider_reference = session.id
            payment.save(update_fields=["provider_reference"])
        return session.url or checkout.return_url

    def _order(self, payment: Payment, checkout: Checkout) -> Any:
        uid = str(payment.uid)
        item = {
            "currency": payment.currency.lower(),
            "unit_amount": payment.minor,
            "product_data": {"name": checkout.label},
        }
        address = payment.payer.addresses.first() if payment.payer else None
        return {
            "mode": "payment",
            "line_items": [{"quantity": 1, "price_data": item}],
            "client_reference_id": uid,
            "metadata": {"payment": uid},
            "payment_intent_data": {"metadata": {"payment": uid}},
            "locale": checkout.language,
            "success_url": checkout.return_url,
            "cancel_url": checkout.return_url,
            **({"customer_email": address.address} if address else {}),
        }

    def fetch(self, payment: Payment) -> Remote:
        session = self._ask(
            self.client.v1.checkout.sessions.retrieve,
            payment.provider_reference,
            params={"expand": ["payment_intent.latest_charge"]},
        )
        nothing = Money(0, payment.currency)
        if session.status == "expired":
            return Remote(
                Payment.State.CANCELLED, nothing, reason="Nobody paid before Stripe's page expired."
            )
        charge = getattr(session.payment_intent, "latest_charge", None)
        if session.payment_status != "paid" or charge is None:
            return Remote(Payment.State.PENDING, nothing)
        disputed = self._disputed(charge) if charge.disputed else 0
        return Remote(
            Payment.State.CONFIRMED,
            returned=Money(charge.amount_refunded + disputed, payment.currency),
            received_on=dt.datetime.fromtimestamp(charge.created, dt.UTC).date(),
            return_kind=Refund.Kind.CHARGE_BACK if disputed else Refund.Kind.REFUND,
        )

    def _disputed(self, charge: Any) -> int:
        found = self._ask(self.client.v1.disputes.list, params={"charge": charge.id})
        return sum(each.amount for each in found.data if each.status not in HARMLESS)

    def read_messages(self, body: bytes, headers: Mapping[str, str]) -> list[Message]:
        try:
            event = stripe.Webhook.construct_event(body, headers.get("Stripe-Signature", ""), self.secret)
        except (ValueError, stripe.SignatureVerificationError) as error:
            raise BadSignature from error
        told = event.data.object
        return [Message(event.id, about(told), body.decode())]

    def _ask(self, question: Any, *arguments: Any, **options: Any) -> Any:
        """Ask Stripe; its errors may hold what the payer typed, so only their kind is kept."""
        try:
            return question(*arguments, **options)
        except stripe.StripeError as error:
            raise ProviderDown(
                f"Stripe: {type(error).__name__} {error.code or error.http_status or ''}".strip()
            ) from error


def about(told: Any) -> str:
    """Our uid of the payment that Stripe tells of, as we gave it along, or Stripe's own number where there is none."""
    ours = getattr(told, "client_reference_id", None) or _metadata(told).get("payment")
    return str(ours or getattr(told, "payment_intent", None) or told.id)


def _metadata(told: Any) -> dict[str, str]:
    return dict(getattr(told, "metadata", None) or {})


def stripe_set_up() -> Iterable[Stripe]:
    """The provider, where a key stands in the environment."""
    if settings.STRIPE_KEY:
        yield Stripe(settings.STRIPE_KEY, secret=settings.STRIPE_WEBHOOK_SECRET)
