"""How does a card payment go through Stripe Checkout, and how is a card charged again?

The payer leaves for Stripe's own page; no card number ever comes here. Who lets us take money again leaves their card
with Stripe, and each later payment is asked for by us. Source: Stripe's API reference (Checkout Sessions, Payment
Intents, Charges, Disputes, webhook signatures), with the official library.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import stripe
from django.conf import settings

from pututu.giving.models import Mandate, Method, Payment, Refund
from pututu.giving.providers.contract import (
    BadSignature,
    Checkout,
    MandateOver,
    Message,
    Permission,
    ProviderDown,
    Remote,
)
from pututu.lib.money import Money

SECONDS = 20
RETRIES = 2  # by the library itself, with the same idempotency key
# While a dispute stands the bank holds the money back, and gives it again when we won; a warning is a question only.
HARMLESS = {"warning_needs_response", "warning_under_review", "warning_closed", "prevented"}
WON = "won"
DECLINED = {"requires_payment_method", "requires_confirmation", "requires_action"}
GONE = {"resource_missing", "payment_method_unexpected_state", "payment_method_customer_mismatch"}
INTENT = "pi_"


class Stripe:
    """Cards, now and again. ``api`` is Stripe's address, unless a test stands in for it."""

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
            params=_order(payment, checkout),
            options={"idempotency_key": payment.key},
        )
        _name(payment, session.id)
        return session.url or checkout.return_url

    def fetch(self, payment: Payment) -> Remote:
        if payment.provider_reference.startswith(INTENT):
            return self._told(payment, self._intent(payment.provider_reference))
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
        return self._came(payment, charge, permission=_permission(session.payment_intent))

    def fetch_many(self, payments: Sequence[Payment], since: dt.date) -> dict[int, Remote]:
        """Those that were paid; a hundred in each question."""
        ours, found = {str(each.uid): each for each in payments}, {}
        begin = int(dt.datetime.combine(since, dt.time(), dt.UTC).timestamp())
        params = {"created": {"gte": begin}, "limit": 100, "expand": ["data.latest_charge"]}
        listed = self._ask(self.client.v1.payment_intents.list, params=params)
        for intent in self._ask(lambda: list(listed.auto_paging_iter())):
            payment = ours.get(_metadata(intent).get("payment", ""))
            if payment and intent.status == "succeeded":
                found[payment.pk] = self._came(payment, intent.latest_charge)
        return found

    def _came(self, payment: Payment, charge: Any, *, permission: Permission | None = None) -> Remote:
        disputed, won = self._disputed(charge) if charge.disputed else (0, 0)
        return Remote(
            Payment.State.CONFIRMED,
            returned=Money(charge.amount_refunded + disputed, payment.currency),
            recovered=Money(won, payment.currency),
            received_on=dt.datetime.fromtimestamp(charge.created, dt.UTC).date(),
            return_kind=Refund.Kind.CHARGE_BACK if disputed else Refund.Kind.REFUND,
            permission=permission,
        )

    def _disputed(self, charge: Any) -> tuple[int, int]:
        """What the bank took back in disputes, and what of it came again because we won."""
        found = self._ask(self.client.v1.disputes.list, params={"charge": charge.id}).data
        gone = sum(each.amount for each in found if each.status not in HARMLESS)
        return gone, sum(each.amount for each in found if each.status == WON)

    # --- taking money again

    def charge(self, payment: Payment, mandate: Mandate, *, take_on: dt.date) -> Remote:
        """Look first: Stripe remembers an idempotency key for about a day, and we may come back later than that."""
        found = self.find_charge(payment, mandate)
        if found:
            return found
        try:
            intent = self.client.v1.payment_intents.create(
                params=_charge(payment, mandate), options={"idempotency_key": f"take:{payment.key}"}
            )
        except stripe.CardError as error:
            return self._declined(payment, mandate, error)
        except stripe.InvalidRequestError as error:
            if error.code in GONE:
                raise MandateOver(f"Stripe: {error.code}") from error
            raise _down(error) from error
        except stripe.StripeError as error:
            raise _down(error) from error
        _name(payment, intent.id)
        return self._told(payment, self._intent(intent.id))

    def _declined(self, payment: Payment, mandate: Mandate, error: stripe.CardError) -> Remote:
        """What a decline means; Stripe keeps the try, and so do we by its number."""
        self.find_charge(payment, mandate)
        return Remote(
            Payment.State.FAILED, Money(0, payment.currency), reason=f"Stripe: {error.code or 'declined'}"
        )

    def find_charge(self, payment: Payment, mandate: Mandate) -> Remote | None:
        listed = self._ask(
            self.client.v1.payment_intents.list, params={"customer": mandate.provider_customer, "limit": 100}
        )
        for intent in self._ask(lambda: list(listed.auto_paging_iter())):
            if _metadata(intent).get("payment") == str(payment.uid):
                _name(payment, intent.id)
                return self._told(payment, self._intent(intent.id))
        return None

    def _intent(self, number: str) -> Any:
        return self._ask(
            self.client.v1.payment_intents.retrieve, number, params={"expand": ["latest_charge"]}
        )

    def _told(self, payment: Payment, intent: Any) -> Remote:
        """What Stripe says of a payment that we asked for under a mandate."""
        if intent.status == "succeeded":
            return self._came(payment, intent.latest_charge)
        nothing = Money(0, payment.currency)
        if intent.status in DECLINED:
            code = getattr(intent.last_payment_error, "code", "") or "declined"
            return Remote(Payment.State.FAILED, nothing, reason=f"Stripe: {code}")
        if intent.status == "canceled":
            return Remote(Payment.State.CANCELLED, nothing, reason="Stripe: canceled")
        return Remote(Payment.State.PENDING, nothing)

    def mandate_over(self, mandate: Mandate) -> str:
        try:
            method = self.client.v1.payment_methods.retrieve(mandate.provider_reference)
        except stripe.InvalidRequestError as error:
            if error.code in GONE:
                return "The card was taken off at Stripe."
            raise _down(error) from error
        except stripe.StripeError as error:
            raise _down(error) from error
        return "" if method.customer else "The card was taken off at Stripe."

    def end_mandate(self, mandate: Mandate) -> None:
        if not self.mandate_over(mandate):
            self._ask(self.client.v1.payment_methods.detach, mandate.provider_reference)

    # --- messages

    def read_messages(self, body: bytes, headers: Mapping[str, str]) -> list[Message]:
        try:
            event = stripe.Webhook.construct_event(body, headers.get("Stripe-Signature", ""), self.secret)
        except (ValueError, stripe.SignatureVerificationError) as error:
            raise BadSignature from error
        told = event.data.object
        return [Message(event.id, about(told), body.decode())]

    def _ask(self, question: Any, *arguments: Any, **options: Any) -> Any:
        try:
            return question(*arguments, **options)
        except stripe.StripeError as error:
            raise _down(error) from error


def _down(error: stripe.StripeError) -> ProviderDown:
    """Stripe's errors may hold what the payer typed, so only their kind is kept."""
    return ProviderDown(f"Stripe: {type(error).__name__} {error.code or error.http_status or ''}".strip())


def _name(payment: Payment, reference: str) -> None:
    if payment.provider_reference != reference:
        payment.provider_reference = reference
        payment.save(update_fields=["provider_reference"])


def _order(payment: Payment, checkout: Checkout) -> Any:
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
        "payment_intent_data": {
            "metadata": {"payment": uid},
            **({"setup_future_usage": "off_session"} if checkout.keeps_mandate else {}),
        },
        "locale": checkout.language,
        "success_url": checkout.return_url,
        "cancel_url": checkout.return_url,
        **({"customer_creation": "always"} if checkout.keeps_mandate else {}),
        **({"customer_email": address.address} if address else {}),
    }


def _charge(payment: Payment, mandate: Mandate) -> Any:
    """An order to charge the kept card now; one that would need its holder to answer the bank fails instead."""
    return {
        "amount": payment.minor,
        "currency": payment.currency.lower(),
        "customer": mandate.provider_customer,
        "payment_method": mandate.provider_reference,
        "metadata": {"payment": str(payment.uid)},
        "off_session": True,
        "confirm": True,
        "error_on_requires_action": True,
    }


def _permission(intent: Any) -> Permission | None:
    """The kept card, where its holder let us charge it again."""
    if intent.setup_future_usage != "off_session" or not (intent.customer and intent.payment_method):
        return None
    return Permission(str(intent.payment_method), str(intent.customer))


def about(told: Any) -> str:
    """Our uid of the payment that Stripe tells of, as we gave it along, or Stripe's own number where there is none."""
    ours = getattr(told, "client_reference_id", None) or _metadata(told).get("payment")
    return str(ours or getattr(told, "payment_intent", None) or told.id)


def _metadata(told: Any) -> dict[str, str]:
    found = getattr(told, "metadata", None)
    return found.to_dict() if found else {}


def stripe_set_up() -> Iterable[Stripe]:
    """The provider, where a key stands in the environment."""
    if settings.STRIPE_KEY:
        yield Stripe(settings.STRIPE_KEY, secret=settings.STRIPE_WEBHOOK_SECRET)
