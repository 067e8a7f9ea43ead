"""Does what a provider knows end in our ledger, once, whatever of its messages comes, and in whatever order?"""

from __future__ import annotations

import datetime as dt
import json

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from pututu.giving.models import DemonstrationPayment, Method, Payment, ProviderEvent, Purpose, Refund
from pututu.giving.providers import methods_offered
from pututu.giving.providers.contract import Checkout, ProviderDown, Remote
from pututu.giving.providers.demonstration import DEMONSTRATION, SIGNATURE, Demonstration, sign
from pututu.giving.rules import Part, Use
from pututu.giving.services.checkout import begin_payment
from pututu.giving.services.events import handle, reconcile, write_down
from pututu.giving.services.ledger import ask_payment, cancel_payment, kept, uses_of
from pututu.lib.money import Money
from tests.belonging import day, make_membership, make_person, pounds, use_for
from tests.factories import make_site, make_staff

GIFT = Use(Purpose.GIFT)
BACK = "/en/?back"


@pytest.fixture
def demonstration(db, settings):
    settings.IS_DEMO = True
    make_site()


def begin(payer=None, *, use=GIFT, method=Method.CARD, key="form-1"):
    checkout = Checkout(label="A gift", language="en", return_url=BACK)
    return begin_payment(
        payer or make_person(),
        pounds(36),
        method=method,
        parts=[Part(3600, use)],
        key=key,
        on=timezone.localdate(),
        checkout=checkout,
    )


def choose(client, begun, choice):
    return client.post(begun.go_to, {"choice": choice})


def test_cards_are_offered_in_the_demonstration_alone(settings):
    assert Method.CARD not in methods_offered()
    settings.IS_DEMO = True
    assert Method.CARD in methods_offered()


def test_the_page_says_that_it_is_a_demonstration_in_both_languages(demonstration, client):
    begun = begin()
    assert "no money moves" in client.get(begun.go_to).content.decode()
    spanish = client.get(begun.go_to.replace("/en/", "/es/", 1)).content.decode()
    assert "no se mueve dinero" in spanish
    assert "36\u00a0£" in spanish


def test_beginning_twice_opens_one_payment(demonstration):
    first, second = begin(rosa := make_person()), begin(rosa)
    assert first == second
    assert DemonstrationPayment.objects.count() == 1


def test_who_pays_has_paid_and_comes_back(demonstration, client):
    membership = make_membership()
    begun = begin(membership.holder, use=use_for(membership))
    for _press in range(2):
        answer = choose(client, begun, "pay")
        assert (answer.status_code, answer.headers["Location"]) == (303, BACK)
    begun.payment.refresh_from_db()
    assert begun.payment.state == "confirmed"
    assert begun.payment.term.revoked_at is None
    assert ProviderEvent.objects.get().handled_at


def test_who_is_declined_has_not(demonstration, client):
    begun = begin()
    choose(client, begun, "decline")
    choose(client, begun, "pay")  # what was decided once stays
    begun.payment.refresh_from_db()
    assert begun.payment.state == "failed"


def test_money_that_takes_a_while_comes_when_it_is_asked_for_later(demonstration, client):
    begun = begin(method=Method.DIRECT_DEBIT)
    choose(client, begun, "later")
    reconcile()
    begun.payment.refresh_from_db()
    assert begun.payment.state == "pending"
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=5)):
        reconcile()
    begun.payment.refresh_from_db()
    assert begun.payment.state == "confirmed"


@pytest.mark.parametrize(("choice", "kind"), [("fail-late", "late-failure"), ("charge-back", "charge-back")])
def test_a_direct_debit_that_fails_late_takes_its_term_back(demonstration, client, choice, kind):
    membership = make_membership()
    begun = begin(membership.holder, use=use_for(membership), method=Method.DIRECT_DEBIT)
    choose(client, begun, choice)
    begun.payment.refresh_from_db()
    assert begun.payment.term.revoked_at is None
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=5)):
        reconcile()
        reconcile()
    begun.payment.term.refresh_from_db()
    assert begun.payment.term.revoked_at
    assert kept(begun.payment) == pounds(0)
    assert Refund.objects.get().kind == kind


def test_a_card_cannot_choose_what_only_a_direct_debit_can(demonstration, client):
    begun = begin()
    assert choose(client, begun, "charge-back").status_code == 200
    assert DemonstrationPayment.objects.get().state == "open"


def test_outside_of_the_demonstration_there_is_no_such_page(demonstration, client, settings):
    begun = begin()
    settings.IS_DEMO = False
    assert client.get(begun.go_to).status_code == 404


# --- messages


def send(client, *events, signature=None):
    body = json.dumps({"events": list(events)})
    headers = {SIGNATURE: sign(body.encode()) if signature is None else signature}
    return client.post(
        reverse("provider-messages", args=["demonstration"]),
        body,
        content_type="application/json",
        headers=headers,
    )


def event(number, payment):
    return {"id": f"e{number}", "payment": payment.provider_reference}


def test_a_message_with_a_wrong_signature_is_not_even_kept(demonstration, client):
    payment = begin().payment
    assert send(client, event(1, payment), signature="wrong").status_code == 400
    assert not ProviderEvent.objects.exists()
    assert send(client, event(1, payment)).status_code == 204  # the control
    assert ProviderEvent.objects.count() == 1


def test_a_message_is_a_hint_and_what_it_says_does_not_count(demonstration, client):
    payment = begin().payment
    send(client, {**event(1, payment), "kind": "paid", "amount": 999})
    payment.refresh_from_db()
    assert payment.state == "pending"


def test_the_same_message_a_hundred_times_is_one(demonstration, client):
    payment = begin().payment
    DemonstrationPayment.objects.update(state="paid", paid_on=day("2026-03-15"))
    for _again in range(100):
        assert send(client, event(1, payment)).status_code == 204
    assert (ProviderEvent.objects.count(), Payment.objects.confirmed().count()) == (1, 1)


def test_a_provider_that_is_down_is_asked_again_later(demonstration, client, monkeypatch):
    payment = begin().payment
    DemonstrationPayment.objects.update(state="paid", paid_on=day("2026-03-15"))
    with monkeypatch.context() as down:
        down.setattr(Demonstration, "fetch", lambda *_args: (_ for _ in ()).throw(ProviderDown("down")))
        assert send(client, event(1, payment)).status_code == 204
        assert ProviderEvent.objects.get().failure == "down"
        assert reconcile().failed == 2
    assert reconcile().failed == 0
    payment.refresh_from_db()
    assert payment.state == "confirmed"


def test_a_message_about_nothing_of_ours_is_kept_with_the_reason(demonstration, client):
    send(client, {"id": "e1", "payment": "demo_unknown"})
    assert "No payment of ours" in ProviderEvent.objects.get().failure
    assert not handle(ProviderEvent.objects.get())
    assert ProviderEvent.objects.get().tries == 2


@pytest.mark.parametrize("slug", ["nobody", "offline", "demonstration"])
def test_nobody_can_send_messages_of_a_provider_that_is_not_set_up(client, db, slug):
    address = reverse("provider-messages", args=[slug])
    assert client.post(address, b"{}", content_type="text/plain").status_code == 400
    assert not ProviderEvent.objects.exists()


def test_a_treasurer_replays_a_message_and_asks_what_was_forgotten(demonstration, client):
    payment = begin().payment
    ProviderEvent.objects.create(
        provider="demonstration", event_id="e9", about=payment.provider_reference, body="{}"
    )
    DemonstrationPayment.objects.update(state="paid", paid_on=day("2026-03-15"))
    client.force_login(make_staff("Treasurers"))
    assert payment.provider_reference in client.get(reverse("giving:events")).content.decode()
    client.post(reverse("giving:replay", args=[ProviderEvent.objects.get().pk]))
    payment.refresh_from_db()
    assert payment.state == "confirmed"
    assert client.post(reverse("giving:reconcile"), follow=True).status_code == 200


def test_an_editor_replays_nothing(demonstration, client):
    ProviderEvent.objects.create(provider="demonstration", event_id="e9", about="x", body="{}")
    client.force_login(make_staff("Editors"))
    client.post(reverse("giving:replay", args=[ProviderEvent.objects.get().pk]))
    assert ProviderEvent.objects.get().tries == 0


# --- laws

CAME = Remote("confirmed", Money(0, "GBP"), day("2026-03-16"))
PATHS = [
    [],
    [CAME],
    [Remote("failed", Money(0, "GBP"), reason="declined")],
    [Remote("cancelled", Money(0, "GBP"), reason="expired")],
    [CAME, Remote("confirmed", Money(1000, "GBP"), day("2026-03-16"), return_kind="refund")],
    [
        CAME,
        Remote("confirmed", Money(1000, "GBP"), day("2026-03-16"), return_kind="refund"),
        Remote("confirmed", Money(3600, "GBP"), day("2026-03-16"), return_kind="charge-back"),
    ],
]
OPEN = Remote("pending", Money(0, "GBP"))


class TestAnySchedule(TestCase):
    """Three payments; what the provider said of each at any time is heard late, twice, out of order or never."""

    @settings(max_examples=50)
    @given(
        some.lists(some.sampled_from(PATHS), min_size=3, max_size=3),
        some.lists(some.booleans(), min_size=3, max_size=3),
        some.lists(some.tuples(some.integers(0, 2), some.integers(0, 3)), max_size=20),
    )
    def test_a_reconciliation_ends_in_the_same_state(self, paths, given_up, heard):
        disturbed, plain = self.payments("a", given_up), self.payments("b", given_up)
        for which, at in heard:
            said = [OPEN, *paths[which]]
            write_down(disturbed[which], said[min(at, len(said) - 1)])
        for payments in (disturbed, plain):
            for payment, path in zip(payments, paths, strict=True):
                write_down(payment, path[-1] if path else OPEN)
        assert self.state("a") == self.state("b")

    def payments(self, name, given_up):
        made = []
        for at, is_given_up in enumerate(given_up):
            payment = ask_payment(
                None,
                pounds(36),
                method=Method.CARD,
                key=f"{name}{at}",
                asked_on=day("2026-03-15"),
                parts=[Part(3000, GIFT)],
                provider="demonstration",
                provider_reference=f"{name}{at}",
            )
            if is_given_up:  # and so money for it is late
                cancel_payment(payment, reason="by staff")
            made.append(payment)
        return made

    def state(self, name):
        found = {}
        for payment in Payment.objects.all():
            key = payment.key.removeprefix("late:")
            if key.startswith(name):
                late = payment.key != key
                found[key[1:], late] = (payment.state, payment.received_on, kept(payment), uses_of(payment))
        return found


def test_what_comes_after_staff_gave_it_up_waits_for_them(demonstration, client):
    begun = begin()
    cancel_payment(begun.payment, reason="nobody answered")
    choose(client, begun, "pay")
    late = Payment.objects.unassigned().get()
    assert (late.minor, late.state) == (3600, "confirmed")
    assert DEMONSTRATION.fetch(begun.payment).state == "confirmed"
