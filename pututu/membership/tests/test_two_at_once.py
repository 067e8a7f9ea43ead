"""Do two clicks, tabs, mails or ways to pay at the same moment ever join, count or agree twice? (PostgreSQL)

Each law has a control beside it, where the lock is taken away: there the second one does what it must not.
"""

from __future__ import annotations

import datetime as dt
import time
import uuid

import pytest
from django.core import signing
from django.db import OperationalError

from pututu.giving.models import Payment
from pututu.giving.services import ledger
from pututu.giving.services.ledger import confirm_payment
from pututu.membership.models import Membership, Term
from pututu.membership.services import honour_payment, joining, presents, renewals, terms
from pututu.membership.services.joining import Application, begin_to_pay, join
from pututu.membership.services.own_page import renew
from pututu.people.models import ConsentRecord, Person
from pututu.people.rules import Act, Purpose
from pututu.people.services import asking, give_address, persons, record_consent
from tests.at_once import MARKS, both_at_once, meet_after, meet_before
from tests.belonging import ask_for, day, make_membership, make_person, make_plan, pay_for

pytestmark = MARKS
NOW = dt.datetime(2026, 3, 15, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _nothing_is_posted(monkeypatch):
    """Letters are not what these tests are about; their thread would outlive the tables."""
    for module in (joining, terms):
        monkeypatch.setattr(
            module, "post" if module is joining else "tell_of_present", lambda *_a, **_k: None
        )


def send(plan, *, key=None):
    application = Application(
        key=key or uuid.uuid4(),
        plan=plan,
        method="cheque",
        name="Rosa Quispe",
        email="rosa@example.org",
        language="en",
        page="/en/join/",
    )
    made = join(application, at=NOW)
    return begin_to_pay(made, method="cheque", language="en", on=NOW.date())


def counts():
    return Person.objects.count(), Membership.objects.count(), Payment.objects.count()


# --- joining


@pytest.mark.parametrize("is_one_form", [True, False], ids=["a double click", "two tabs"])
def test_two_sendings_at_once_are_one_person_one_membership_and_one_payment(is_one_form, monkeypatch):
    plan, key = make_plan(), uuid.uuid4() if is_one_form else None
    meet_after(monkeypatch, persons, "same_words")
    found = both_at_once(lambda: send(plan, key=key), lambda: send(plan, key=key))
    assert len({each.payment.pk for each in found}) == 1
    assert counts() == (1, 1, 1)


def test_without_the_hold_on_the_address_two_tabs_would_join_twice(monkeypatch):
    plan = make_plan()
    give_address(make_person("Juan Mamani"), "rosa@example.org")
    monkeypatch.setattr(persons, "hold_address", lambda _address: None)
    meet_after(monkeypatch, persons, "same_words")
    both_at_once(lambda: send(plan), lambda: send(plan))
    assert counts() == (3, 2, 2)


# --- one payment


def test_money_confirmed_by_two_at_once_buys_one_term(monkeypatch):
    payment = ask_for(make_membership())
    again = Payment.objects.get(pk=payment.pk)
    both_at_once(
        lambda: confirm_payment(payment, received_on=day("2026-03-15")),
        lambda: confirm_payment(again, received_on=day("2026-03-16")),
    )
    assert (Payment.objects.count(), Term.objects.count()) == (1, 1)
    assert [record.act for record in payment.records.all()] == ["asked", "confirmed"]


def test_a_payment_honoured_by_two_at_once_buys_one_term(monkeypatch):
    payment = ask_for(make_membership())
    Payment.objects.filter(pk=payment.pk).update(
        state="confirmed", received_on=day("2026-03-15"), settled_at=NOW
    )
    meet_after(monkeypatch, terms, "objection_to")
    both = [Payment.objects.get(pk=payment.pk) for _time in range(2)]
    found = both_at_once(*[lambda one=each: honour_payment(one) for each in both])
    assert [type(each) for each in found] == [Term, Term]
    assert len({each.pk for each in found}) == 1


# --- two ways to pay


def paid_by_two_ways_at_once(months, monkeypatch):
    membership = make_membership(make_plan(months=months))
    pay_for(membership)
    payments = [ask_for(membership, on="2026-05-01") for _way in range(2)]
    meet_after(monkeypatch, terms, "objection_to")
    found = both_at_once(
        *[lambda one=each: confirm_payment(one, received_on=day("2026-05-01")) for each in payments]
    )
    assert not [each for each in found if isinstance(each, Exception)]
    assert Payment.objects.confirmed().count() == 3
    return [str(each) for each in membership.terms.all()]


def test_a_renewal_paid_at_once_by_two_ways_is_two_terms_after_each_other(monkeypatch):
    assert paid_by_two_ways_at_once(3, monkeypatch) == [
        "2026-03-15 – 2026-06-14",
        "2026-06-15 – 2026-09-14",
        "2026-09-15 – 2026-12-14",
    ]


def test_where_the_second_would_be_too_early_it_waits_for_a_person(monkeypatch):
    terms_there = paid_by_two_ways_at_once(5, monkeypatch)
    assert terms_there == ["2026-03-15 – 2026-08-14", "2026-08-15 – 2027-01-14"]


def test_without_the_lock_on_the_membership_the_two_terms_would_lie_upon_each_other(monkeypatch):
    def unlocked(payment):
        return Membership.objects.select_related("plan", "holder", "given_by").get()

    monkeypatch.setattr(terms, "_membership_paid_by", unlocked)
    assert paid_by_two_ways_at_once(3, monkeypatch) == [
        "2026-03-15 – 2026-06-14",
        "2026-06-15 – 2026-09-14",
        "2026-06-15 – 2026-09-14",
    ]


def renewed_in_two_tabs(monkeypatch):
    membership = make_membership()
    pay_for(membership)
    meet_after(monkeypatch, renewals, "awaited_payment")
    both_at_once(
        *[
            lambda key=tab: renew(
                membership, method="cheque", key=key, language="en", on=NOW.date(), return_url=""
            )
            for tab in "ab"
        ]
    )
    return Payment.objects.pending().count()


def test_two_tabs_that_renew_at_once_await_one_payment(monkeypatch):
    assert renewed_in_two_tabs(monkeypatch) == 1


def test_without_the_lock_two_tabs_would_await_two(monkeypatch):
    monkeypatch.setattr(Membership.objects, "select_for_update", lambda **_of: Membership.objects.all())
    assert renewed_in_two_tabs(monkeypatch) == 2


def renewed_while_the_clock_asks(monkeypatch):
    membership = make_membership()
    pay_for(membership)
    meet_before(monkeypatch, renewals, "ask_by", "ask_payment")
    both_at_once(
        lambda: renew(
            membership, method="cheque", key="a", language="en", on=day("2027-03-01"), return_url=""
        ),
        lambda: renewals.await_renewals(day("2027-03-01")),
    )
    return Payment.objects.pending().count()


def test_a_member_who_renews_while_the_clock_asks_for_it_is_asked_once(monkeypatch):
    assert renewed_while_the_clock_asks(monkeypatch) == 1


def test_without_the_lock_the_clock_would_ask_once_more(monkeypatch):
    monkeypatch.setattr(Membership.objects, "select_for_update", lambda **_of: Membership.objects.all())
    assert renewed_while_the_clock_asks(monkeypatch) == 2


# --- a present whose recipient pays while the giver's money is booked


def present_paid_by_both_at_once(monkeypatch):
    giver = make_person("Juan Mamani")
    membership = make_membership()
    Membership.objects.update(given_by=giver)
    membership = Membership.objects.get()
    own, given = ask_for(membership), ask_for(membership, payer=giver)
    meet_after(monkeypatch, terms, "_as_it_stands")
    find = terms._membership_paid_by

    def second(payment):
        if payment.payer_id == giver.pk:
            time.sleep(0.5)
        return find(payment)

    monkeypatch.setattr(terms, "_membership_paid_by", second)
    found = both_at_once(
        *[lambda one=each: confirm_payment(one, received_on=day("2026-03-15")) for each in (own, given)]
    )
    return [each for each in found if isinstance(each, Exception)]


def test_a_present_that_giver_and_recipient_pay_at_once_is_paid_by_both(monkeypatch):
    assert present_paid_by_both_at_once(monkeypatch) == []
    assert Payment.objects.confirmed().count() == 2


def test_waiting_for_the_giver_s_payment_would_be_waiting_for_each_other(monkeypatch):
    def all_of_them(giver, membership):
        return list(Payment.objects.pending().filter(payer=giver))

    monkeypatch.setattr(presents, "_awaited_from", all_of_them)
    assert any(isinstance(each, OperationalError) for each in present_paid_by_both_at_once(monkeypatch))


# --- money that goes back meanwhile


def test_money_that_goes_back_while_somebody_gives_its_term_leaves_no_term(monkeypatch):
    payment = pay_for(make_membership(), amount=20)  # too little: it waits for a person
    refund = ledger.ask_refund(payment, payment.amount, key="back", asked_on=day("2026-03-16"))
    meet_after(monkeypatch, terms, "objection_to")
    both_at_once(
        lambda: honour_payment(Payment.objects.get(pk=payment.pk), decided_by="somebody"),
        lambda: ledger.finish_refund(refund, done_on=day("2026-03-16")),
    )
    assert not Term.objects.filter(revoked_at=None).exists()


# --- agreeing


def confirmed_twice(monkeypatch):
    person = make_person("Rosa Quispe", "rosa@example.org")
    asked = record_consent(person, person.addresses.get(), Purpose.EVENTS, act=Act.ASKED)
    token = signing.dumps([asked.pk], salt=asking.CONFIRM_SALT)
    meet_after(monkeypatch, asking, "asked_by")
    found = both_at_once(*[lambda: asking.confirm_consent(token)] * 2)
    return found, ConsentRecord.objects.filter(act=Act.GIVEN).count()


def test_a_link_that_is_followed_twice_at_once_agrees_once(monkeypatch):
    found, given = confirmed_twice(monkeypatch)
    assert given == 1
    assert [type(each) for each in found if isinstance(each, Exception)] == [asking.LinkExpired]


def test_without_the_lock_on_the_person_it_would_agree_twice(monkeypatch):
    monkeypatch.setattr(Person.objects, "select_for_update", lambda: Person.objects.all())
    _found, given = confirmed_twice(monkeypatch)
    assert given == 2
