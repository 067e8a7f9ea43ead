"""How does a provider behave that takes no money, so that every journey can be tried without an account?

It keeps its own side (``models.DemonstrationPayment``), declines, delays, lets a Direct Debit fail late or be charged
back, and signs its messages, as real ones do.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from pututu.giving.models import DemonstrationMandate, DemonstrationPayment, Mandate, Method, Payment, Refund
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

SIGNATURE = "Demonstration-Signature"
LATER = dt.timedelta(minutes=2)  # stands for the days that money takes
STATES = {
    DemonstrationPayment.State.PAID: Payment.State.CONFIRMED,
    DemonstrationPayment.State.DECLINED: Payment.State.FAILED,
}


class Demonstration:
    """Card and Direct Debit, pretended."""

    slug: str = "demonstration"
    methods: tuple[str, ...] = (Method.DIRECT_DEBIT, Method.CARD)

    def begin(self, payment: Payment, checkout: Checkout) -> str:
        remote, _is_new = DemonstrationPayment.objects.get_or_create(
            key=payment.key,
            defaults={
                "reference": f"demo_{secrets.token_hex(8)}",
                "minor": payment.minor,
                "currency": payment.currency,
                "method": payment.method,
                "label": checkout.label[:200],
                "return_url": checkout.return_url,
                "keeps_mandate": payment.keeps_mandate,
            },
        )
        _name(payment, remote)
        if remote.state != DemonstrationPayment.State.OPEN:
            return checkout.return_url
        with translation.override(checkout.language):
            return reverse("demonstration-checkout", args=[remote.reference])

    def fetch(self, payment: Payment) -> Remote:
        remote = passed(payment.provider_reference, now=timezone.now())
        if remote is None:
            raise ProviderDown("The demonstration knows no such payment.")
        return _told(remote)

    def fetch_many(self, payments: Sequence[Payment], since: dt.date) -> dict[int, Remote]:
        return {}

    def charge(self, payment: Payment, mandate: Mandate, *, take_on: dt.date) -> Remote:
        found = self.find_charge(payment, mandate)
        if found:
            return found
        kept = _mandate(mandate)
        if kept is None or kept.behaviour == DemonstrationMandate.Behaviour.IS_OVER:
            raise MandateOver("The demonstration: cancelled at the bank.")
        _name(payment, charged(payment, kept, now=timezone.now()))
        return self.fetch(payment)

    def find_charge(self, payment: Payment, mandate: Mandate) -> Remote | None:
        remote = DemonstrationPayment.objects.filter(key=f"take:{payment.key}"[:100]).first()
        if remote is None:
            return None
        _name(payment, remote)
        return self.fetch(payment)

    def mandate_over(self, mandate: Mandate) -> str:
        kept = _mandate(mandate)
        is_over = kept is None or kept.behaviour == DemonstrationMandate.Behaviour.IS_OVER
        return "The demonstration: cancelled at the bank." if is_over else ""

    def end_mandate(self, mandate: Mandate) -> None:
        over = DemonstrationMandate.Behaviour.IS_OVER
        DemonstrationMandate.objects.filter(reference=mandate.provider_reference).update(behaviour=over)

    def read_messages(self, body: bytes, headers: Mapping[str, str]) -> list[Message]:
        if not hmac.compare_digest(sign(body), headers.get(SIGNATURE, "")):
            raise BadSignature
        try:
            events = json.loads(body)["events"]
            return [Message(str(each["id"]), str(each["payment"]), json.dumps(each)) for each in events]
        except (ValueError, KeyError, TypeError) as error:
            raise BadSignature from error


DEMONSTRATION = Demonstration()


def sign(body: bytes) -> str:
    """The signature of a message: HMAC-SHA-256 with a secret that only the two sides know."""
    secret = hashlib.sha256(b"demonstration messages" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(secret, body, hashlib.sha256).hexdigest()


# --- its side


def _name(payment: Payment, remote: DemonstrationPayment) -> None:
    if payment.provider_reference != remote.reference:
        payment.provider_reference = remote.reference
        payment.save(update_fields=["provider_reference"])


def _mandate(mandate: Mandate) -> DemonstrationMandate | None:
    return DemonstrationMandate.objects.filter(reference=mandate.provider_reference).first()


def _told(remote: DemonstrationPayment) -> Remote:
    kept = remote.mandate if remote.keeps_mandate else None
    return Remote(
        state=STATES.get(DemonstrationPayment.State(remote.state), Payment.State.PENDING),
        returned=Money(remote.returned, remote.currency),
        received_on=remote.paid_on,
        reason="declined" if remote.state == DemonstrationPayment.State.DECLINED else "",
        return_kind=remote.return_kind,
        permission=Permission(kept.reference) if kept else None,
    )


@transaction.atomic
def charged(payment: Payment, mandate: DemonstrationMandate, *, now: dt.datetime) -> DemonstrationPayment:
    """Take a payment again, as the mandate behaves; once for each key. A Direct Debit takes a while."""
    declines = mandate.behaviour == DemonstrationMandate.Behaviour.DECLINES
    waits = payment.method == Method.DIRECT_DEBIT and not declines
    state = DemonstrationPayment.State.DECLINED if declines else DemonstrationPayment.State.PAID
    remote, _is_new = DemonstrationPayment.objects.get_or_create(
        key=f"take:{payment.key}"[:100],
        defaults={
            "reference": f"demo_{secrets.token_hex(8)}",
            "minor": payment.minor,
            "currency": payment.currency,
            "method": payment.method,
            "label": "",
            "return_url": "",
            "mandate": mandate,
            "state": DemonstrationPayment.State.PROMISED if waits else state,
            "settles_at": now + LATER if waits else None,
            "paid_on": None if waits or declines else timezone.localdate(now),
        },
    )
    return remote


@transaction.atomic
def passed(reference: str, *, now: dt.datetime) -> DemonstrationPayment | None:
    """The pretended payment as it is at ``now``: what was promised comes, what was to go back has gone."""
    remote = DemonstrationPayment.objects.select_for_update().filter(reference=reference).first()
    if remote is None:
        return None
    if remote.has_settled(now):
        remote.state, remote.paid_on = DemonstrationPayment.State.PAID, timezone.localdate(now)
        remote.save(update_fields=["state", "paid_on"])
    if remote.has_gone_back(now):
        remote.returned = remote.minor
        remote.save(update_fields=["returned"])
    return remote


CHOICES = {
    Method.CARD: ("pay", "later", "decline"),
    Method.DIRECT_DEBIT: ("pay", "later", "fail-late", "charge-back", "decline"),
}
LATER_CHOICES = {
    "decline-next": DemonstrationMandate.Behaviour.DECLINES,
    "cancel-next": DemonstrationMandate.Behaviour.IS_OVER,
}
"""Choices for who lets us take money again: this time it pays, and the next time that happens."""


def choices_for(remote: DemonstrationPayment) -> tuple[str, ...]:
    """What the payer may do."""
    return (*CHOICES[Method(remote.method)], *(LATER_CHOICES if remote.keeps_mandate else ()))


@transaction.atomic
def decide(reference: str, choice: str, *, now: dt.datetime) -> DemonstrationPayment | None:
    """Let the payer do one of ``choices_for``; what was decided once stays. None for a payment that is not there."""
    remote = DemonstrationPayment.objects.select_for_update().filter(reference=reference).first()
    if remote is None or remote.state != DemonstrationPayment.State.OPEN:
        return remote
    if choice not in choices_for(remote):
        return remote
    if choice == "decline":
        remote.state = DemonstrationPayment.State.DECLINED
    elif choice == "later":
        remote.state, remote.settles_at = DemonstrationPayment.State.PROMISED, now + LATER
    else:
        remote.state, remote.paid_on = DemonstrationPayment.State.PAID, timezone.localdate(now)
    if choice in ("fail-late", "charge-back"):
        remote.returns_at = now + LATER
        remote.return_kind = Refund.Kind.CHARGE_BACK if choice == "charge-back" else Refund.Kind.LATE_FAILURE
    if remote.keeps_mandate and choice != "decline":
        behaviour = LATER_CHOICES.get(choice, DemonstrationMandate.Behaviour.PAYS)
        remote.mandate = DemonstrationMandate.objects.create(
            reference=f"{remote.reference}-m", behaviour=behaviour
        )
    remote.save()
    return remote


def message_about(remote: DemonstrationPayment) -> tuple[bytes, dict[str, str]]:
    """What the provider sends when something happened to a payment: body and headers."""
    DemonstrationPayment.objects.filter(pk=remote.pk).update(events=remote.events + 1)
    event = {
        "id": f"{remote.reference}-{remote.events + 1}",
        "payment": remote.reference,
        "kind": remote.state,
    }
    body = json.dumps({"events": [event]}).encode()
    return body, {SIGNATURE: sign(body)}
