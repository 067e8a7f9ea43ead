"""How does a Direct Debit go through GoCardless?

The payer signs a mandate on GoCardless's own page; then the payment is asked for under it, and later ones too where
the payer let us. Mandate and payment have lives of their own, and a payment may fail or be charged back days after it
was confirmed. Source: GoCardless's API reference (billing requests, mandates, payments, webhook signatures), with the
official library.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import gocardless_pro
from django.conf import settings
from django.db.models import Sum
from gocardless_pro import errors, webhooks

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
SCHEMES = {"GBP": "bacs", "EUR": "sepa_core", "USD": "ach", "AUD": "becs", "CAD": "pad"}
CAME = {"confirmed", "paid_out"}
GONE = {"failed": Refund.Kind.LATE_FAILURE, "charged_back": Refund.Kind.CHARGE_BACK}
GIVEN_UP = {"cancelled", "customer_approval_denied"}
STANDS = {
    "pending_customer_approval",
    "pending_submission",
    "submitted",
    "active",
}  # what a mandate may be used in
PAYMENT = "PM"
INACTIVE = "mandate_is_inactive"


class GoCardless:
    """Direct Debit. ``api`` is GoCardless's address: that of the sandbox, the real one, or a test's."""

    slug: str = "gocardless"
    methods: tuple[str, ...] = (Method.DIRECT_DEBIT,)

    def __init__(self, token: str, *, secret: str, api: str) -> None:
        self.secret = secret
        self.client = gocardless_pro.Client(access_token=token, base_url=api, timeout=SECONDS)

    def begin(self, payment: Payment, checkout: Checkout) -> str:
        request = self._ask(
            self.client.billing_requests.create,
            params={
                "mandate_request": {
                    "scheme": SCHEMES.get(payment.currency, "bacs"),
                    "currency": payment.currency,
                },
                "metadata": {"payment": str(payment.uid)},
            },
            headers={"Idempotency-Key": payment.key},
        )
        _name(payment, request.id)
        flow = self._ask(
            self.client.billing_request_flows.create,
            params={
                "redirect_uri": checkout.return_url,
                "exit_uri": checkout.return_url,
                "language": checkout.language,
                "links": {"billing_request": request.id},
            },
        )
        return str(flow.authorisation_url)

    def fetch(self, payment: Payment) -> Remote:
        if payment.provider_reference.startswith(PAYMENT):
            return self._told(payment, self._ask(self.client.payments.get, payment.provider_reference))
        nothing = Money(0, payment.currency)
        request = self._ask(self.client.billing_requests.get, payment.provider_reference)
        if request.status == "cancelled":
            return Remote(Payment.State.CANCELLED, nothing, reason="The mandate was not signed.")
        if request.status != "fulfilled":
            return Remote(Payment.State.PENDING, nothing)
        mandate = request.attributes["links"]["mandate_request_mandate"]
        try:
            remote = self._told(payment, self._collect(payment, mandate, key=f"collect:{payment.key}"))
        except MandateOver as error:
            return Remote(Payment.State.FAILED, nothing, reason=str(error))
        return replace(remote, permission=Permission(mandate)) if payment.keeps_mandate else remote

    def _collect(self, payment: Payment, mandate: str, *, key: str, take_on: dt.date | None = None) -> Any:
        """Ask for the money under the mandate, once: GoCardless gives the same payment for the same key."""
        params = {
            "amount": payment.minor,
            "currency": payment.currency,
            "metadata": {"payment": str(payment.uid)},
            "links": {"mandate": mandate},
            **({"charge_date": take_on.isoformat()} if take_on else {}),
        }
        headers = {"Idempotency-Key": key[:128]}
        try:
            return self.client.payments.create(params=params, headers=headers)
        except errors.InvalidStateError as error:
            if any(each.get("reason") == INACTIVE for each in error.errors or ()):
                raise MandateOver("GoCardless: the mandate is not active.") from error
            raise _down(error) from error
        except (errors.GoCardlessProError, OSError) as error:
            raise _down(error) from error

    def fetch_many(self, payments: Sequence[Payment], since: dt.date) -> dict[int, Remote]:
        """Five hundred in each question."""
        ours = {str(each.uid): each for each in payments}
        params = {"created_at[gte]": f"{since.isoformat()}T00:00:00Z", "limit": 500}
        listed = self._ask(lambda: list(self.client.payments.all(params=params)))
        named = ((ours.get((each.metadata or {}).get("payment", "")), each) for each in listed)
        return {payment.pk: self._told(payment, each) for payment, each in named if payment}

    # --- taking money again

    def charge(self, payment: Payment, mandate: Mandate, *, take_on: dt.date) -> Remote:
        """The money comes on ``take_on``, or on the first day on which this mandate lets it."""
        found = self.find_charge(payment, mandate)
        if found:
            return found
        kept = self._ask(self.client.mandates.get, mandate.provider_reference)
        if kept.status not in STANDS:
            raise MandateOver(f"GoCardless: the mandate is {kept.status}.")
        first = kept.next_possible_charge_date
        on = max(take_on, dt.date.fromisoformat(first)) if first else None
        asked = self._collect(payment, mandate.provider_reference, key=f"take:{payment.key}", take_on=on)
        _name(payment, asked.id)
        return self._told(payment, asked)

    def find_charge(self, payment: Payment, mandate: Mandate) -> Remote | None:
        listed = self._ask(
            lambda: list(
                self.client.payments.all(params={"mandate": mandate.provider_reference, "limit": 500})
            )
        )
        for each in listed:
            if (each.metadata or {}).get("payment") == str(payment.uid):
                _name(payment, each.id)
                return self._told(payment, each)
        return None

    def mandate_over(self, mandate: Mandate) -> str:
        status = self._ask(self.client.mandates.get, mandate.provider_reference).status
        return "" if status in STANDS else f"GoCardless: the mandate is {status}."

    def end_mandate(self, mandate: Mandate) -> None:
        if not self.mandate_over(mandate):
            self._ask(self.client.mandates.cancel, mandate.provider_reference)

    # --- what it says

    def _told(self, payment: Payment, remote: Any) -> Remote:
        """What GoCardless says of its payment. One that fails after we saw it come has come, and gone."""
        kind = GONE.get(remote.status)
        had_come = payment.state == Payment.State.CONFIRMED or remote.status == "charged_back"
        came_again = 0 if kind else _gone(payment)
        returned = remote.amount if kind and had_come else came_again + int(remote.amount_refunded or 0)
        if remote.status in CAME or (kind and had_come):
            return Remote(
                Payment.State.CONFIRMED,
                Money(int(returned), payment.currency),
                recovered=Money(came_again, payment.currency),
                received_on=dt.date.fromisoformat(remote.charge_date) if remote.charge_date else None,
                reason=remote.status if kind else "",
                return_kind=kind or Refund.Kind.REFUND,
            )
        if kind or remote.status in GIVEN_UP:
            state = Payment.State.FAILED if kind else Payment.State.CANCELLED
            return Remote(state, Money(0, payment.currency), reason=f"GoCardless: {remote.status}")
        return Remote(Payment.State.PENDING, Money(0, payment.currency))

    def read_messages(self, body: bytes, headers: Mapping[str, str]) -> list[Message]:
        try:
            events = webhooks.parse(body, self.secret, headers.get("Webhook-Signature", ""))
        except (errors.InvalidSignatureError, ValueError, KeyError, TypeError) as error:
            raise BadSignature from error
        return [Message(str(each.id), about(each.attributes), str(each.attributes)) for each in events]

    def _ask(self, question: Any, *arguments: Any, **options: Any) -> Any:
        try:
            return question(*arguments, **options)
        except (errors.GoCardlessProError, OSError) as error:
            raise _down(error) from error


def _down(error: Exception) -> ProviderDown:
    """GoCardless's errors may hold what the payer typed, so only their kind is kept."""
    return ProviderDown(f"GoCardless: {type(error).__name__}")


def _gone(payment: Payment) -> int:
    """What we wrote down as failed late or charged back, in minor units.

    Where GoCardless says of the payment that it came, all of that came again: a charge-back was cancelled, or the
    payment was tried once more.
    """
    refunds = payment.refunds.filter(kind__in=GONE.values()).exclude(state=Refund.State.FAILED)
    return int(refunds.aggregate(sum=Sum("minor"))["sum"] or 0)


def _name(payment: Payment, reference: str) -> None:
    if payment.provider_reference != reference:
        payment.provider_reference = reference
        payment.save(update_fields=["provider_reference"])


def about(event: Mapping[str, Any]) -> str:
    """Our uid of the payment that an event is about, as we gave it along, or GoCardless's own number of what it is."""
    ours = (event.get("resource_metadata") or {}).get("payment")
    links = event.get("links") or {}
    return str(ours or links.get("billing_request") or links.get("payment") or links.get("mandate") or "")


API = {"live": "https://api.gocardless.com", "sandbox": "https://api-sandbox.gocardless.com"}


def gocardless_set_up() -> Iterable[GoCardless]:
    """The provider, where a token stands in the environment; tokens of the sandbox say so themselves."""
    if token := settings.GOCARDLESS_TOKEN:
        side = "sandbox" if token.startswith("sandbox_") else "live"
        yield GoCardless(token, secret=settings.GOCARDLESS_WEBHOOK_SECRET, api=API[side])
