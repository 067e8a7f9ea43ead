"""Do the official libraries, talking to a server that behaves as theirs, end in the right ledger?"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse

from pututu.giving import providers
from pututu.giving.models import Method, Payment, ProviderEvent, Purpose, Refund
from pututu.giving.providers.contract import Checkout, ProviderDown
from pututu.giving.rules import Part, Use
from pututu.giving.services.checkout import Begun, begin_payment
from pututu.giving.services.events import reconcile
from pututu.giving.services.ledger import kept, share_out, uses_of
from pututu.giving.tests.conftest import SECRET
from pututu.giving.tests.fakes import FakeGoCardless, FakeStripe
from tests.belonging import day, make_person, numbers, pounds

pytestmark = pytest.mark.django_db

BACK = Checkout("Membership", "en", "http://testserver/en/back/")


def begin(method: str, *, key: str = "", amount: int = 30) -> Begun:
    person = make_person("Rosa", "rosa@example.org")
    return begin_payment(
        person,
        pounds(amount),
        method=method,
        parts=[],
        key=key or f"begin-{next(numbers)}",
        on=day("2026-11-25"),
        checkout=BACK,
    )


def now(payment: Payment) -> tuple[str, int]:
    payment.refresh_from_db()
    return payment.state, kept(payment).minor if payment.state == "confirmed" else 0


# --- messages, signed as theirs are


def tell_stripe(event: dict[str, Any], *, secret: str = SECRET) -> int:
    body = json.dumps({"object": "event", "api_version": "2026-01-01", **event})
    at = int(time.time())
    signature = hmac.new(secret.encode(), f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
    answer = Client().post(
        reverse("provider-messages", args=["stripe"]),
        body,
        content_type="application/json",
        headers={"Stripe-Signature": f"t={at},v1={signature}"},
    )
    return answer.status_code


def tell_gocardless(*events: dict[str, Any], secret: str = SECRET) -> int:
    body = json.dumps({"events": events})
    signature = hmac.new(secret.encode(), body.encode(), hashlib.sha256).hexdigest()
    answer = Client().post(
        reverse("provider-messages", args=["gocardless"]),
        body,
        content_type="application/json",
        headers={"Webhook-Signature": signature},
    )
    return answer.status_code


def completed(fake: FakeStripe, payment: Payment, number: str = "evt_1") -> dict[str, Any]:
    session = fake.things[payment.provider_reference]
    return {"id": number, "type": "checkout.session.completed", "data": {"object": session}}


# --- Stripe


def test_a_card_payment_counts_when_stripe_says_so_and_not_before(stripe: FakeStripe):
    begun = begin(Method.CARD)
    assert begun.go_to.startswith(stripe.address)
    assert tell_stripe(completed(stripe, begun.payment)) == 204  # a message that runs ahead of the money
    assert now(begun.payment) == ("pending", 0)
    stripe.pay(begun.payment.provider_reference)
    assert tell_stripe(completed(stripe, begun.payment, "evt_2")) == 204
    assert now(begun.payment) == ("confirmed", 3000)
    assert tell_stripe(completed(stripe, begun.payment, "evt_2")) == 204
    assert ProviderEvent.objects.count() == 2


def test_a_message_that_got_lost_is_made_good_by_asking(stripe: FakeStripe):
    begun = begin(Method.CARD)
    stripe.pay(begun.payment.provider_reference)
    assert now(begun.payment) == ("pending", 0)
    assert reconcile().failed == 0
    assert now(begun.payment) == ("confirmed", 3000)


def test_beginning_twice_with_one_key_opens_one_page(stripe: FakeStripe):
    first, second = begin(Method.CARD, key="form-1"), begin(Method.CARD, key="form-1")
    assert first.payment == second.payment
    assert first.go_to == second.go_to
    assert len([number for number in stripe.things if number.startswith("cs_")]) == 1


def test_a_page_that_expired_cancels_the_payment(stripe: FakeStripe):
    begun = begin(Method.CARD)
    stripe.things[begun.payment.provider_reference]["status"] = "expired"
    reconcile()
    assert now(begun.payment)[0] == "cancelled"


def test_what_goes_back_at_stripe_goes_back_here_once(stripe: FakeStripe):
    begun = begin(Method.CARD)
    stripe.pay(begun.payment.provider_reference)
    reconcile()
    stripe.charge_of(begun.payment.provider_reference)["amount_refunded"] = 1000
    for _again in range(2):
        reconcile()
    assert now(begun.payment) == ("confirmed", 2000)
    stripe.charge_of(begun.payment.provider_reference)["amount_refunded"] = 3000
    reconcile()
    assert now(begun.payment) == ("confirmed", 0)
    assert [each.minor for each in Refund.objects.all()] == [1000, 2000]


@pytest.mark.parametrize(
    ("status", "left"), [("needs_response", 0), ("lost", 0), ("warning_needs_response", 3000)]
)
def test_a_disputed_charge_is_a_charge_back_and_a_mere_question_is_none(
    stripe: FakeStripe, status: str, left: int
):
    begun = begin(Method.CARD)
    stripe.pay(begun.payment.provider_reference)
    reconcile()
    stripe.dispute(begun.payment.provider_reference, status=status)
    reconcile()
    assert now(begun.payment) == ("confirmed", left)
    assert {each.kind for each in Refund.objects.all()} == ({"charge-back"} if not left else set())


def test_a_dispute_that_was_won_brings_the_money_again_once_even_if_nobody_heard_of_it(stripe: FakeStripe):
    for is_heard in (True, False):
        begun = begin(Method.CARD)
        stripe.pay(begun.payment.provider_reference)
        reconcile()
        share_out(begun.payment, [Part(3000, Use(Purpose.GIFT))])
        dispute = stripe.dispute(begun.payment.provider_reference)
        if is_heard:
            reconcile()
        dispute["status"] = "won"
        for _again in range(2):
            reconcile()
        assert now(begun.payment) == ("confirmed", 0)
        again = Payment.objects.get(key__startswith=f"again:{begun.payment.pk}:")
        assert (now(again), list(uses_of(again).values())) == (("confirmed", 3000), [3000])


def test_settled_payments_are_asked_for_together(stripe: FakeStripe):
    begun = [begin(Method.CARD) for _each in range(4)]
    for each in begun:
        stripe.pay(each.payment.provider_reference)
    reconcile()
    stripe.charge_of(begun[2].payment.provider_reference)["amount_refunded"] = 3000
    stripe.asked.clear()
    assert reconcile().failed == 0
    assert stripe.asked == ["GET /v1/payment_intents"]
    assert [now(each.payment)[1] for each in begun] == [3000, 3000, 0, 3000]
    stripe.is_down = True
    assert reconcile().failed == 4


def test_a_message_that_is_not_stripe_s_is_refused_and_not_kept(stripe: FakeStripe):
    begun = begin(Method.CARD)
    assert tell_stripe(completed(stripe, begun.payment), secret="somebody else's") == 400
    assert not ProviderEvent.objects.exists()
    assert tell_stripe(completed(stripe, begun.payment)) == 204


def test_while_stripe_is_down_nothing_is_lost(stripe: FakeStripe):
    begun = begin(Method.CARD)
    stripe.pay(begun.payment.provider_reference)
    stripe.is_down = True
    assert tell_stripe(completed(stripe, begun.payment)) == 204
    event = ProviderEvent.objects.get()
    assert (event.handled_at, now(begun.payment)) == (None, ("pending", 0))
    assert "Stripe" in event.failure
    with pytest.raises(ProviderDown):
        begin(Method.CARD)
    stripe.is_down = False
    assert reconcile().failed == 0
    assert now(begun.payment) == ("confirmed", 3000)


def test_a_message_about_a_charge_finds_its_payment_by_what_we_gave_along(stripe: FakeStripe):
    begun = begin(Method.CARD)
    stripe.pay(begun.payment.provider_reference)
    charge = {**stripe.charge_of(begun.payment.provider_reference), "payment_intent": "pi_x"}
    for number, metadata in ((1, {"payment": str(begun.payment.uid)}), (2, {})):
        told = {
            "id": f"evt_{number}",
            "type": "charge.succeeded",
            "data": {"object": charge | {"metadata": metadata}},
        }
        assert tell_stripe(told) == 204
    assert now(begun.payment) == ("confirmed", 3000)
    assert [each.about for each in ProviderEvent.objects.order_by("event_id")] == [
        str(begun.payment.uid),
        "pi_x",
    ]


# --- GoCardless


def paid(payment: Payment, number: str) -> dict[str, Any]:
    return {
        "id": number,
        "resource_type": "payments",
        "action": "confirmed",
        "links": {"payment": "PM0003"},
        "resource_metadata": {"payment": str(payment.uid)},
    }


def test_a_direct_debit_counts_when_it_is_confirmed_after_the_mandate(gocardless: FakeGoCardless):
    begun = begin(Method.DIRECT_DEBIT)
    assert begun.go_to.startswith(gocardless.address)
    reconcile()
    assert (now(begun.payment), gocardless.payments()) == (("pending", 0), [])
    gocardless.sign_mandate(begun.payment.provider_reference)
    for _again in range(3):
        reconcile()
    assert len(gocardless.payments()) == 1, "the money is asked for once, however often we look"
    assert now(begun.payment) == ("pending", 0)
    gocardless.payments()[0]["status"] = "confirmed"
    assert tell_gocardless(paid(begun.payment, "EV1")) == 204
    assert now(begun.payment) == ("confirmed", 3000)
    assert str(begun.payment.received_on) == "2026-12-01"


@pytest.mark.parametrize(("status", "kind"), [("failed", "late-failure"), ("charged_back", "charge-back")])
def test_a_direct_debit_that_fails_late_is_taken_back(gocardless: FakeGoCardless, status: str, kind: str):
    begun = signed(gocardless)
    gocardless.payments()[0]["status"] = "confirmed"
    reconcile()
    gocardless.payments()[0]["status"] = status
    for _again in range(2):
        reconcile()
    assert now(begun.payment) == ("confirmed", 0)
    assert [(each.kind, each.minor) for each in Refund.objects.all()] == [(kind, 3000)]


@pytest.mark.parametrize("status", ["failed", "charged_back"])
def test_a_direct_debit_that_comes_after_all_brings_its_money_again_once(
    gocardless: FakeGoCardless, status: str
):
    begun = signed(gocardless)
    there = gocardless.payments()[0]
    there["status"] = "paid_out"
    reconcile()
    share_out(begun.payment, [Part(3000, Use(Purpose.GIFT))])
    for now_says in (status, "paid_out", "paid_out"):
        there["status"] = now_says
        reconcile()
    assert now(begun.payment) == ("confirmed", 0)
    again = Payment.objects.get(key__startswith=f"again:{begun.payment.pk}:")
    assert (now(again), list(uses_of(again).values())) == (("confirmed", 3000), [3000])
    there["amount_refunded"] = 1000
    reconcile()
    assert [each.minor for each in Refund.objects.all()] == [3000], "more than came can't go back"


def signed(gocardless: FakeGoCardless) -> Begun:
    begun = begin(Method.DIRECT_DEBIT)
    gocardless.sign_mandate(begun.payment.provider_reference)
    reconcile()
    return begun


def test_a_direct_debit_that_fails_at_once_never_counted(gocardless: FakeGoCardless):
    begun = signed(gocardless)
    gocardless.payments()[0]["status"] = "failed"
    reconcile()
    assert now(begun.payment)[0] == "failed"
    assert not Refund.objects.exists()


def test_a_mandate_that_nobody_signs_or_that_is_cancelled_gives_nothing(gocardless: FakeGoCardless):
    unsigned, cancelled = begin(Method.DIRECT_DEBIT), signed(gocardless)
    gocardless.things[unsigned.payment.provider_reference]["status"] = "cancelled"
    gocardless.payments()[0]["status"] = "cancelled"
    reconcile()
    assert [now(each.payment)[0] for each in (unsigned, cancelled)] == ["cancelled", "cancelled"]


def test_direct_debits_that_are_settled_are_asked_for_together(gocardless: FakeGoCardless):
    begun = [signed(gocardless) for _each in range(3)]
    for each in gocardless.payments():
        each["status"] = "paid_out"
    reconcile()
    gocardless.payments()[1]["status"] = "charged_back"
    gocardless.asked.clear()
    assert reconcile().failed == 0
    assert gocardless.asked == ["GET /payments"]
    assert [now(each.payment)[1] for each in begun] == [3000, 0, 3000]


def test_messages_in_one_body_are_kept_one_by_one_and_a_false_one_not_at_all(gocardless: FakeGoCardless):
    begun = signed(gocardless)
    gocardless.payments()[0]["status"] = "paid_out"
    assert tell_gocardless(paid(begun.payment, "EV1"), paid(begun.payment, "EV2"), secret="no") == 400
    assert not ProviderEvent.objects.exists()
    assert tell_gocardless(paid(begun.payment, "EV1"), paid(begun.payment, "EV2")) == 204
    assert (
        tell_gocardless(paid(begun.payment, "EV2"), {**paid(begun.payment, "EV3"), "resource_metadata": {}})
        == 204
    )
    assert ProviderEvent.objects.count() == 3
    assert now(begun.payment) == ("confirmed", 3000)


# --- being set up


def test_a_key_without_the_secret_of_its_messages_is_told_in_a_sentence(settings):
    settings.STRIPE_KEY, settings.STRIPE_WEBHOOK_SECRET = "sk_test_x", ""
    settings.GOCARDLESS_TOKEN, settings.GOCARDLESS_WEBHOOK_SECRET = "sandbox_x", ""
    found = [error.msg for error in run_checks() if error.id and error.id.startswith("giving.E")]
    assert [message.split(" ")[0] for message in found] == ["Stripe", "GoCardless"]
    settings.STRIPE_WEBHOOK_SECRET = settings.GOCARDLESS_WEBHOOK_SECRET = "x"
    assert not [error for error in run_checks() if error.id and error.id.startswith("giving.E")]


def test_ways_to_pay_are_offered_where_their_provider_is_set_up(settings):
    assert Method.CARD not in providers.methods_offered()
    settings.STRIPE_KEY = settings.STRIPE_WEBHOOK_SECRET = "x"
    settings.GOCARDLESS_TOKEN = settings.GOCARDLESS_WEBHOOK_SECRET = "sandbox_x"
    assert {Method.CARD, Method.DIRECT_DEBIT, Method.CHEQUE} <= set(providers.methods_offered())
