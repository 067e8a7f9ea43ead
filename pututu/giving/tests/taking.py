"""What does a test of money that comes by itself need: a thing that is due, who let us take it, and days that pass?"""

from __future__ import annotations

import datetime as dt
import uuid

import time_machine

from pututu.giving.models import Mandate, Method, Payment, Purpose
from pututu.giving.providers.contract import Checkout
from pututu.giving.rules import Part, Use
from pututu.giving.services.charging import take_regular_payments
from pututu.giving.services.checkout import begin_payment
from pututu.giving.services.events import reconcile
from pututu.giving.subjects import Taking
from pututu.giving.tests.fakes import FakeGoCardless, FakeStripe
from pututu.people.rules import Act, Basis
from pututu.people.rules import Purpose as MailPurpose
from pututu.people.services import record_consent
from tests.belonging import day, make_person, numbers, pounds

ABOUT = uuid.uuid4()
DUE = day("2027-03-15")  # a Monday
TELL = day("2027-03-01")


class Shop:
    """One thing that comes again on ``due_on``, until it was paid."""

    def __init__(self) -> None:
        self.due_on, self.price, self.is_wanted = DUE, pounds(36), True

    def describe(self, about):
        return {}

    def payable_by(self, people):
        return {}

    def takings(self, today, *, about=None):
        mandate = Mandate.objects.filter(ended_on=None, stopped_on=None).select_related("payer").last()
        paid = Payment.objects.confirmed().filter(
            shares__about=ABOUT, shares__refund=None, key__startswith="take:"
        )
        if not mandate or not self.is_wanted or any(each.refunds.count() == 0 for each in paid):
            return []
        return [Taking(Use(Purpose.GIFT, about=ABOUT), mandate, self.price, self.due_on, lambda _l: "A gift")]


def rosa():
    person = make_person("Rosa", "rosa@example.org")
    record_consent(person, person.addresses.get(), MailPurpose.MEMBERSHIP, act=Act.NOTED, basis=Basis.SERVICE)
    return person


def begin(method: str, *, keeps: bool = True) -> Payment:
    checkout = Checkout("A gift", "en", "http://testserver/en/", keeps_mandate=keeps)
    begun = begin_payment(
        rosa(),
        pounds(36),
        method=method,
        parts=[Part(3600, Use(Purpose.GIFT))],
        key=f"begin-{next(numbers)}",
        on=day("2026-03-15"),
        checkout=checkout,
    )
    return begun.payment


def by_card(fake: FakeStripe) -> Mandate:
    payment = begin(Method.CARD)
    fake.pay(payment.provider_reference)
    reconcile()
    return Mandate.objects.get()


def by_direct_debit(fake: FakeGoCardless) -> Mandate:
    payment = begin(Method.DIRECT_DEBIT)
    fake.sign_mandate(payment.provider_reference)
    reconcile()
    return Mandate.objects.get()


def run(on: dt.date, *, days: int = 1):
    for number in range(days):
        at = on + dt.timedelta(days=number)
        with time_machine.travel(dt.datetime.combine(at, dt.time(12), dt.UTC)):
            found = take_regular_payments(at)
    return found


def taken():
    return list(
        Payment.objects.filter(key__startswith="take:").order_by("pk").values_list("state", flat=True)
    )
