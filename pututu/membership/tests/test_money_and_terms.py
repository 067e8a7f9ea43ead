"""Does money become a term exactly when it should, and never twice?"""

from __future__ import annotations

import pytest

from pututu.giving.models import Payment, Refund
from pututu.giving.rules import Part
from pututu.giving.services.ledger import ask_refund, confirm_payment, fail_payment, finish_refund, share_out
from pututu.membership.models import Membership, MembershipRules, Term
from pututu.membership.rules import Objection, Status, status_on
from pututu.membership.services import (
    NeedsAReason,
    TooManyPeople,
    end_membership,
    grant_term,
    honour_payment,
    objection_to,
    override_status,
)
from tests.belonging import ask_for, day, make_membership, make_person, make_plan, pay_for, pounds, use_for
from tests.factories import make_staff

pytestmark = pytest.mark.django_db


def status(membership: Membership, on: str) -> Status:
    fresh = Membership.objects.with_facts().get(pk=membership.pk)
    return status_on(day(on), fresh.facts, MembershipRules.load().status_rules)


def spans(membership: Membership) -> list[tuple[str, str]]:
    return [(str(term.first), str(term.last)) for term in membership.terms.filter(revoked_at=None)]


def test_whoever_applies_is_no_member_until_the_money_came():
    membership = make_membership()
    payment = ask_for(membership)
    assert status(membership, "2026-03-20") == Status.APPLIED
    confirm_payment(payment, received_on=day("2026-03-21"))
    assert spans(membership) == [("2026-03-21", "2027-03-20")]
    assert status(membership, "2026-03-21") == Status.CURRENT


def test_failed_payment_never_extends_a_term():
    membership = make_membership()
    pay_for(membership, on="2026-03-15")
    fail_payment(ask_for(membership, on="2027-03-01"), reason="card declined")
    assert spans(membership) == [("2026-03-15", "2027-03-14")]


def test_a_failed_attempt_expires_nobody_whom_another_way_has_paid():
    membership = make_membership()
    pay_for(membership, on="2026-03-15")
    by_card = ask_for(membership, on="2027-03-10")
    pay_for(membership, on="2027-03-12")
    fail_payment(by_card, reason="card declined")
    assert status(membership, "2027-06-01") == Status.CURRENT


def test_a_payment_told_of_many_times_gives_one_term():
    membership = make_membership()
    payment = pay_for(membership)
    term = payment.term
    for _again in range(3):
        confirm_payment(payment, received_on=day("2026-03-15"))
        assert honour_payment(payment) == term
    assert Term.objects.count() == 1


def test_money_paid_twice_waits_for_a_person_who_may_give_the_next_year():
    membership = make_membership()
    pay_for(membership, on="2026-03-15")
    second = pay_for(membership, on="2026-03-16")
    assert spans(membership) == [("2026-03-15", "2027-03-14")]
    assert objection_to(second, membership) == Objection.PAID_ALREADY
    honour_payment(second, decided_by=make_staff("Administrators"))
    assert spans(membership) == [("2026-03-15", "2027-03-14"), ("2027-03-15", "2028-03-14")]


def test_money_that_went_back_takes_its_term_with_it():
    membership = make_membership()
    payment = pay_for(membership)
    back = ask_refund(payment, pounds(36), key="c", asked_on=day("2026-03-20"), kind=Refund.Kind.CHARGE_BACK)
    assert status(membership, "2026-03-20") == Status.CURRENT
    finish_refund(back, done_on=day("2026-03-20"))
    assert status(membership, "2026-03-20") == Status.APPLIED
    assert Term.objects.get().revoked_why == "Taken back by the payer's bank"


def test_too_little_waits_for_a_person_and_the_rest_completes_nothing_by_itself():
    membership = make_membership()
    payment = pay_for(membership, amount=30)
    assert spans(membership) == []
    assert payment.state == Payment.State.CONFIRMED


def test_money_whose_use_is_said_later_extends_from_the_day_it_came():
    membership = make_membership()
    payment = ask_for(membership, amount=36, key="unknown")
    fail_payment(payment, reason="x")
    late = confirm_payment(payment, received_on=day("2026-05-02"))
    assert spans(membership) == []
    share_out(late, [Part(3600, use_for(membership))])
    assert spans(membership) == [("2026-05-02", "2027-05-01")]


def test_a_gift_beside_the_dues_buys_no_second_year():
    membership = make_membership()
    pay_for(membership, amount=100)
    assert spans(membership) == [("2026-03-15", "2027-03-14")]


def test_who_leaves_keeps_no_term_that_has_not_begun():
    membership = make_membership()
    pay_for(membership, on="2026-03-15")
    honour_payment(pay_for(membership, on="2026-04-01"), decided_by=make_staff())
    end_membership(membership, status=Status.RESIGNED, on=day("2026-06-01"), reason="Moved away")
    assert status(membership, "2026-06-01") == Status.RESIGNED
    assert status(membership, "2027-04-01") == Status.RESIGNED


def test_who_asks_to_pay_after_leaving_is_a_member_again():
    membership = make_membership()
    pay_for(membership, on="2026-03-15")
    end_membership(membership, status=Status.RESIGNED, on=day("2026-06-01"), reason="Moved away")
    pay_for(membership, on="2027-09-01")
    assert status(membership, "2027-09-01") == Status.CURRENT


def test_money_asked_for_before_somebody_left_waits_for_a_person():
    membership = make_membership()
    payment = ask_for(membership, on="2026-05-20")
    end_membership(membership, status=Status.RESIGNED, on=day("2026-06-01"), reason="Moved away")
    confirm_payment(payment, received_on=day("2026-06-03"))
    assert spans(membership) == []
    assert objection_to(payment, membership) == Objection.LEFT_SINCE


def test_money_for_the_expelled_and_the_dead_gives_nothing():
    expelled, dead = make_membership(), make_membership(make_plan("concession"))
    end_membership(expelled, status=Status.EXPELLED, on=day("2026-04-01"), reason="By vote")
    dead.holder.died_on = day("2026-04-01")
    dead.holder.save()
    for membership in (expelled, dead):
        pay_for(membership, on="2026-05-01")
        assert spans(membership) == []


def test_nothing_is_decided_without_a_reason():
    membership = make_membership()
    with pytest.raises(NeedsAReason):
        end_membership(membership, status=Status.RESIGNED, on=day("2026-06-01"), reason=" ")
    with pytest.raises(NeedsAReason):
        end_membership(membership, status=Status.CURRENT, on=day("2026-06-01"), reason="x")
    with pytest.raises(NeedsAReason):
        override_status(
            membership,
            status=Status.CURRENT,
            first=day("2026-06-02"),
            last=day("2026-06-01"),
            reason="x",
            by=None,
        )
    override_status(
        membership,
        status=Status.CURRENT,
        first=day("2026-06-01"),
        last=day("2026-06-30"),
        reason="Post strike",
        by=None,
    )
    assert [status(membership, on) for on in ("2026-05-31", "2026-06-30", "2026-07-01")] == [
        Status.APPLIED,
        Status.CURRENT,
        Status.APPLIED,
    ]


def test_honorary_members_have_terms_without_money():
    membership = make_membership(make_plan("honorary", price=0, months=None))
    grant_term(membership, on=day("2026-03-15"), by=None)
    assert status(membership, "2050-01-01") == Status.LIFE


def test_a_household_holds_no_more_people_than_its_plan():
    plan = make_plan("household", people_at_most=2)
    partner, child = make_person("Ana"), make_person("Luz")
    with pytest.raises(TooManyPeople):
        make_membership(plan, others=[partner, child])
    assert not Membership.objects.exists()
    membership = make_membership(plan, others=[partner])
    assert membership.people.count() == 2
