"""Does a kept card pay once, whatever is lost, declined, taken off or down?

The official library talks to a server with a memory (``fakes``), and what is due is said by a catalogue of the test's.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail

from pututu.giving.models import Collection, Mandate, Method, Payment, Purpose
from pututu.giving.providers.contract import Checkout
from pututu.giving.providers.stripe import Stripe
from pututu.giving.rules import Part, Use
from pututu.giving.services.checkout import begin_payment
from pututu.giving.services.events import reconcile
from pututu.giving.services.mandates import end_mandate, resume_mandate, stop_mandate
from pututu.giving.tests.taking import ABOUT, DUE, TELL, begin, by_card, run, taken
from pututu.people.services.mail import drain
from tests.belonging import day, pounds

pytestmark = pytest.mark.django_db


# --- keeping the permission


def test_a_card_is_kept_where_its_holder_said_so_and_otherwise_not(shop, stripe):
    payment = begin(Method.CARD, keeps=False)
    stripe.pay(payment.provider_reference)
    reconcile()
    assert not Mandate.objects.exists()
    mandate = by_card(stripe)
    assert (mandate.provider, mandate.provider_reference[:3], mandate.provider_customer[:4]) == (
        "stripe",
        "pm_",
        "cus_",
    )
    reconcile()
    assert Mandate.objects.count() == 1


# --- cards


def test_a_card_is_charged_once_on_its_day_after_a_letter_that_says_how_much(shop, stripe):
    by_card(stripe)
    mail.outbox.clear()
    run(day("2027-02-20"), days=40)
    [letter] = mail.outbox
    assert "£36" in letter.body
    assert "15 March 2027" in letter.body
    assert "/me/" in letter.body
    assert taken() == ["confirmed"]
    assert len(stripe.charges()) == 2
    assert Payment.objects.last().received_on is not None


def test_nothing_is_taken_from_who_could_not_be_told(shop, stripe):
    mandate = by_card(stripe)
    mandate.payer.addresses.clear()
    run(TELL, days=60)
    assert (taken(), len(stripe.charges())) == ([], 1)
    mandate.refresh_from_db()
    assert mandate.ended_on


def test_nothing_is_taken_while_the_mail_server_is_down(shop, stripe, monkeypatch):
    by_card(stripe)

    def refuse(*_args, **_rest):
        raise OSError

    with monkeypatch.context() as down:
        down.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
        assert run(TELL).failed == 1
    assert Collection.objects.get().told_on is None
    assert run(TELL).told == 1


def test_a_declined_card_is_tried_three_times_and_its_holder_told(
    shop, stripe, django_capture_on_commit_callbacks
):
    mandate = by_card(stripe)
    stripe.things[mandate.provider_reference]["behaves"] = "expired_card"
    with django_capture_on_commit_callbacks(execute=True):
        run(TELL, days=90)
    assert taken() == ["failed"] * 3
    assert Payment.objects.first().failure == "Stripe: expired_card"
    mandate.refresh_from_db()
    assert mandate.told_at
    assert stripe.things[mandate.provider_reference]["customer"] is None
    assert Collection.objects.get().given_up_on == day("2027-03-23")
    drain()
    assert "could not charge £36 to your card" in mail.outbox[-1].body


def test_a_card_that_works_again_is_charged_once_and_then_no_more(shop, stripe):
    mandate = by_card(stripe)
    stripe.things[mandate.provider_reference]["behaves"] = "authentication_required"
    run(TELL, days=16)
    stripe.things[mandate.provider_reference]["behaves"] = "pays"
    run(day("2027-03-17"), days=30)
    assert taken() == ["failed", "confirmed"]
    assert len(stripe.charges()) == 2


@pytest.mark.parametrize("later", [0, 3])
def test_an_answer_that_got_lost_charges_nobody_twice_even_days_later(shop, stripe, monkeypatch, later):
    by_card(stripe)
    run(TELL)
    lost = Stripe.find_charge

    def look_and_lose(self, payment, mandate):
        """The look before finds nothing; from then on no answer comes."""
        found = lost(self, payment, mandate)
        stripe.loses_answers = True
        return found

    with monkeypatch.context() as losing:
        losing.setattr(Stripe, "find_charge", look_and_lose)
        assert run(DUE).failed == 1
    stripe.loses_answers = False
    assert (taken(), len(stripe.charges())) == (["pending"], 2)
    stripe.forget_keys()
    run(DUE + dt.timedelta(days=later))
    assert (taken(), len(stripe.charges())) == (["confirmed"], 2)


def test_who_stops_after_the_answer_got_lost_has_paid_and_who_stops_before_has_not(shop, stripe):
    mandate = by_card(stripe)
    run(TELL)
    stop_mandate(mandate, on=DUE)
    run(DUE, days=3)
    assert taken() == []
    resume_mandate(mandate)
    stripe.is_down = True
    run(DUE + dt.timedelta(days=4))
    assert taken() == ["pending"]
    stripe.is_down = False
    stop_mandate(mandate, on=DUE)
    run(DUE + dt.timedelta(days=5))
    assert (taken(), len(stripe.charges())) == (["cancelled"], 1)


def test_a_card_that_was_taken_off_at_stripe_ends_the_mandate_without_a_fall(shop, stripe):
    mandate = by_card(stripe)
    run(TELL)
    stripe.things[mandate.provider_reference]["customer"] = None
    assert run(DUE).failed == 0
    mandate.refresh_from_db()
    assert (taken(), mandate.may_be_used) == (["failed"], False)


def test_a_stopped_mandate_is_ended_at_the_provider_after_a_month(shop, stripe):
    mandate = by_card(stripe)
    stop_mandate(mandate, on=day("2026-06-01"))
    run(day("2026-06-30"))
    assert stripe.things[mandate.provider_reference]["customer"]
    run(day("2026-07-01"))
    assert stripe.things[mandate.provider_reference]["customer"] is None
    assert not resume_mandate(mandate)


def test_a_provider_that_is_down_hears_of_an_end_later(shop, stripe):
    mandate = by_card(stripe)
    end_mandate(mandate, on=TELL, why="The membership ended.")
    stripe.is_down = True
    assert run(TELL).failed == 1
    stripe.is_down = False
    assert run(TELL).failed == 0
    assert stripe.things[mandate.provider_reference]["customer"] is None
    asked = len(stripe.asked)
    run(TELL)
    assert len(stripe.asked) == asked


# --- what else there is


def test_a_new_price_is_told_before_it_is_taken(shop, stripe):
    by_card(stripe)
    run(TELL)
    shop.price = pounds(40)
    run(DUE)
    assert taken() == []
    assert Collection.objects.get().take_on == day("2027-03-25")
    run(day("2027-03-25"))
    assert Payment.objects.get(key__startswith="take:").minor == 4000


def test_while_other_money_for_the_same_is_on_its_way_nothing_is_taken(shop, stripe):
    mandate = by_card(stripe)
    run(TELL)
    checkout = Checkout("A gift", "en", "http://testserver/en/")
    begin_payment(
        mandate.payer,
        pounds(36),
        method=Method.CHEQUE,
        parts=[Part(3600, Use(Purpose.GIFT, about=ABOUT))],
        key="by-hand",
        on=TELL,
        checkout=checkout,
    )
    run(DUE)
    assert taken() == []
    Payment.objects.filter(key="by-hand").update(state="cancelled")
    run(DUE)  # the control
    assert taken() == ["confirmed"]


@pytest.mark.parametrize("end", ["died", "erased"])
def test_nothing_is_taken_from_the_dead_and_the_erased(shop, stripe, end):
    mandate = by_card(stripe)
    run(TELL)
    column = {"died": {"died_on": DUE}, "erased": {"erased_at": dt.datetime(2027, 3, 14, tzinfo=dt.UTC)}}[end]
    type(mandate.payer).objects.filter(pk=mandate.payer_id).update(**column)
    run(DUE, days=10)
    mandate.refresh_from_db()
    assert (taken(), mandate.may_be_used, bool(mandate.told_at)) == ([], False, True)
