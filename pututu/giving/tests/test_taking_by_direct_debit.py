"""Is a Direct Debit asked for ahead, once, and does a cancelled mandate end without a fall?

The official library talks to a server with a memory (``fakes``).
"""

from __future__ import annotations

import pytest
import time_machine

from pututu.giving.models import Mandate, Payment, ProviderEvent
from pututu.giving.providers.gocardless import GoCardless
from pututu.giving.services.events import handle, reconcile
from pututu.giving.tests.taking import by_direct_debit, run, taken
from tests.belonging import day

pytestmark = pytest.mark.django_db


def test_a_direct_debit_is_asked_ahead_for_its_day_and_comes_when_it_is_confirmed(shop, gocardless):
    by_direct_debit(gocardless)
    gocardless.payments()[0]["status"] = "confirmed"
    run(day("2027-02-20"), days=30)
    [_first, second] = gocardless.payments()
    assert (second["charge_date"], taken()) == ("2027-03-15", ["pending"])
    second["status"] = "confirmed"
    reconcile()
    assert taken() == ["confirmed"]
    assert str(Payment.objects.get(key__startswith="take:").received_on) == "2027-03-15"


def test_a_mandate_that_the_bank_cancelled_does_not_throw_and_others_are_taken(shop, gocardless):
    mandate = by_direct_debit(gocardless)
    run(day("2027-02-22"))
    gocardless.things[mandate.provider_reference]["status"] = "cancelled"
    assert run(day("2027-03-08")).failed == 0
    mandate.refresh_from_db()
    assert (mandate.may_be_used, mandate.ended_why) == (False, "GoCardless: the mandate is cancelled.")
    assert taken() == ["failed"]


@pytest.mark.parametrize("status", ["cancelled", "failed", "expired"])
def test_a_message_about_a_mandate_ends_it_when_gocardless_says_so(shop, gocardless, status):
    mandate = by_direct_debit(gocardless)
    event = ProviderEvent.objects.create(
        provider="gocardless", event_id="EV9", about=mandate.provider_reference, body="{}"
    )
    assert handle(event)
    mandate.refresh_from_db()
    assert mandate.may_be_used  # a message is a hint only
    gocardless.things[mandate.provider_reference]["status"] = status
    assert handle(event)
    mandate.refresh_from_db()
    assert not mandate.may_be_used


def test_a_lost_answer_of_gocardless_asks_for_the_money_once(shop, gocardless, monkeypatch):
    by_direct_debit(gocardless)
    run(day("2027-02-22"))
    collect = GoCardless._collect

    def lose(self, *args, **rest):
        collect(self, *args, **rest)
        raise OSError

    with monkeypatch.context() as losing:
        losing.setattr(GoCardless, "_collect", lose)
        assert run(day("2027-03-08")).failed == 1
    run(day("2027-03-10"))
    assert len(gocardless.payments()) == 2
    assert Payment.objects.get(key__startswith="take:").provider_reference == gocardless.payments()[1]["id"]


def test_a_direct_debit_that_fails_late_is_tried_again_and_one_charged_back_is_not(shop, gocardless):
    by_direct_debit(gocardless)
    run(day("2027-02-22"), days=20)
    gocardless.payments()[1]["status"] = "confirmed"
    reconcile()
    gocardless.payments()[1]["status"] = "failed"
    with time_machine.travel("2027-03-18T12:00:00Z"):
        reconcile()
    run(day("2027-03-19"), days=5)
    assert len(gocardless.payments()) == 3
    gocardless.payments()[2]["status"] = "confirmed"
    reconcile()
    gocardless.payments()[2]["status"] = "charged_back"
    with time_machine.travel("2027-03-25T12:00:00Z"):
        reconcile()
    run(day("2027-03-26"), days=30)
    assert len(gocardless.payments()) == 3
    assert not Mandate.objects.get().may_be_used


def test_a_direct_debit_is_kept_when_it_is_signed_before_its_money_comes(shop, gocardless):
    mandate = by_direct_debit(gocardless)
    assert (mandate.provider_reference[:2], mandate.may_be_used) == ("MD", True)
    assert Payment.objects.get().state == "pending"
