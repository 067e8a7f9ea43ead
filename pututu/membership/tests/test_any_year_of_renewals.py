"""Whatever happens in any order, each period is charged once at most, sums agree, and a term is there if its money is.

A provider with a memory and moods stands for the real ones: it declines, loses answers, fails late, takes money back,
hears of cancelled mandates, and is down; members pay by hand too; messages come late, twice or never.
"""

import datetime as dt
from unittest import mock

import time_machine
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from pututu.giving import providers
from pututu.giving.models import Collection, Mandate, Method, Payment, ProviderEvent
from pututu.giving.providers.contract import MandateOver, ProviderDown, Remote
from pututu.giving.rules.charging import NOTICE_DAYS, TRY_AGAIN_AFTER
from pututu.giving.services.charging import take_regular_payments
from pututu.giving.services.events import handle, reconcile
from pututu.giving.services.ledger import kept
from pututu.giving.services.mandates import resume_mandate, stop_mandate
from pututu.lib.money import Money
from pututu.membership.models import Membership
from pututu.membership.services.consents import note_membership_mail
from tests.belonging import day, make_membership, make_person, make_plan, pay_for

MOODS = ["fine", "fine", "declines", "down", "loses the answer"]


class Moody:
    """A provider: what it took by our uid of the payment, and how it is in the mood."""

    slug, methods = "moody", (Method.CARD,)

    def __init__(self):
        self.taken, self.mood, self.is_over = {}, "fine", False

    def charge(self, payment, mandate, *, take_on):
        found = self.find_charge(payment, mandate)
        if found:
            return found
        if self.is_over:
            raise MandateOver("cancelled at the bank")
        state = "failed" if self.mood == "declines" else "confirmed"
        self.taken[payment.uid] = {"state": state, "minor": payment.minor, "returned": 0, "kind": "refund"}
        if self.mood == "loses the answer":
            raise ProviderDown("lost")
        return self.find_charge(payment, mandate)

    def find_charge(self, payment, mandate):
        if self.mood == "down":
            raise ProviderDown("down")
        if payment.uid not in self.taken:
            return None
        payment.provider_reference = f"m-{payment.pk}"
        payment.save(update_fields=["provider_reference"])
        return self.fetch(payment)

    def fetch(self, payment):
        if self.mood == "down":
            raise ProviderDown("down")
        told = self.taken[payment.uid]
        received = payment.asked_on if told["state"] == "confirmed" else None
        returned = Money(told["returned"], "GBP")
        return Remote(told["state"], returned, received, reason=told["state"], return_kind=told["kind"])

    def fetch_many(self, payments, since):
        self.mandate_over(None)
        return {each.pk: self.fetch(each) for each in payments[1:]}

    def mandate_over(self, mandate):
        if self.mood == "down":
            raise ProviderDown("down")
        return "cancelled at the bank" if self.is_over else ""

    def end_mandate(self, mandate):
        self.mandate_over(mandate)
        self.is_over = True

    def go_back(self, kind):
        """The last money that it took goes back."""
        standing = [
            each for each in self.taken.values() if each["state"] == "confirmed" and not each["returned"]
        ]
        if standing:
            standing[-1].update(returned=standing[-1]["minor"], kind=kind)


runs = some.tuples(some.just("run"), some.sampled_from(MOODS))
others = some.one_of(
    some.tuples(some.just("reconcile"), some.sampled_from(MOODS)),
    some.tuples(some.just("goes back"), some.sampled_from(["late-failure", "charge-back"])),
    some.tuples(some.sampled_from(["message", "by hand", "cancelled", "stopped", "taken up"]), some.just("")),
)
steps = some.tuples(some.sampled_from([0, 1, 1, 2, 3, -1]), some.one_of(runs, runs, runs, others))


class TestAnyYear(TestCase):
    @settings(max_examples=25)
    @given(some.lists(steps, min_size=15, max_size=50))
    def test_each_period_is_charged_once_and_the_ledger_agrees(self, schedule):
        moody = Moody()
        with mock.patch.object(providers, "stripe_set_up", return_value=[moody]):
            membership = self.begin()
            today = day("2027-03-01")
            self.happen("run", "fine", membership, moody, today)
            today = day("2027-03-12")
            for days, (what, how) in schedule:
                today += dt.timedelta(days=days)
                self.happen(what, how, membership, moody, today)
                self.hold_one_charge_a_period(moody)
            moody.mood = "fine"
            for _again in range(2):
                with at(today):
                    take_regular_payments(today)
                    reconcile()
            self.hold_at_the_end(moody)

    def begin(self):
        person = make_person("Rosa", "rosa@example.org")
        note_membership_mail(person, person.addresses.get(), page="test", language="en")
        membership = make_membership(make_plan(), person, on="2026-03-15")
        pay_for(membership, on="2026-03-15")
        membership.mandate = Mandate.objects.create(
            payer=person, provider="moody", method=Method.CARD, provider_reference="m"
        )
        membership.save()
        return membership

    def happen(self, what, how, membership, moody, today):
        moody.mood = how if what in ("run", "reconcile") else "fine"
        mandate = Mandate.objects.get()
        with at(today):
            match what:
                case "run":
                    take_regular_payments(today)
                case "reconcile":
                    reconcile()
                case "goes back":
                    moody.go_back(how)
                case "message":
                    self.hear(today)
                case "by hand":
                    pay_for(membership, on=str(today))
                case "cancelled":
                    moody.is_over = True
                case "stopped":
                    stop_mandate(mandate, on=today)
                case "taken up":
                    resume_mandate(mandate)

    def hear(self, today):
        """A message about the last payment, and the same once more."""
        last = Payment.objects.filter(provider="moody").last()
        if last:
            event, _is_new = ProviderEvent.objects.get_or_create(
                provider="moody", event_id=f"e-{today}", defaults={"about": str(last.uid), "body": "{}"}
            )
            handle(event)
            handle(event)

    def hold_one_charge_a_period(self, moody):
        for collection in Collection.objects.all():
            keys = [collection.payment_key(number) for number in range(1, 10)]
            tries = Payment.objects.filter(key__in=keys)
            taken = [moody.taken[each.uid] for each in tries if each.uid in moody.taken]
            standing = [each for each in taken if each["state"] == "confirmed" and not each["returned"]]
            assert len(standing) <= 1
            assert len(taken) <= len(TRY_AGAIN_AFTER) + 1
            if taken:
                assert collection.told_on
                first = min(each.asked_on for each in tries)
                assert first >= collection.told_on + dt.timedelta(NOTICE_DAYS)

    def hold_at_the_end(self, moody):
        ours = Payment.objects.filter(provider="moody")
        assert not ours.pending().exists()
        assert {each.uid for each in ours.confirmed()} == {
            uid for uid, each in moody.taken.items() if each["state"] == "confirmed"
        }
        left = sum(
            each["minor"] - each["returned"] for each in moody.taken.values() if each["state"] == "confirmed"
        )
        assert sum(kept(each).minor for each in ours.confirmed()) == left
        for payment in Payment.objects.confirmed():
            shared = payment.shares.aggregate(sum=Sum("minor"))["sum"]
            assert shared == kept(payment).minor
        membership = Membership.objects.with_facts().get()
        for term in membership.terms.all():
            assert bool(kept(term.payment)) == (term.revoked_at is None)
        for payment in Payment.objects.confirmed().filter(term=None):
            assert not kept(payment) or payment.provider == "offline" or self.waits(payment)

    def waits(self, payment):
        """Money that bought no term is for a person to see: it looked as if it had been paid twice."""
        from pututu.membership.services.waiting import waiting_money

        return payment.pk in [each.payment.pk for each in waiting_money()]


def at(today):
    return time_machine.travel(dt.datetime.combine(today, dt.time(12), dt.UTC))
