"""The payment of the next term is awaited in time, once, and of those only who will send it."""

import pytest

from pututu.giving import subjects
from pututu.giving.models import Method, Payment
from pututu.giving.services.ledger import confirm_payment
from pututu.membership.models import Membership
from pututu.membership.rules import Status
from pututu.membership.services import end_membership, grant_term
from pututu.membership.services.renewals import await_renewals
from tests.belonging import ask_for, day, make_membership, make_person, make_plan, pay_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def membership():
    """Paid on 15 March 2026, so it ends on 14 March 2027."""
    membership = make_membership()
    pay_for(membership)
    return membership


def test_a_renewal_is_awaited_thirty_days_before_the_end_and_not_earlier(membership):
    assert await_renewals(day("2027-02-11")) == []
    [payment] = await_renewals(day("2027-02-12"))
    assert (payment.state, payment.payer, payment.minor) == ("pending", membership.holder, 3600)


def test_a_renewal_is_awaited_once_for_each_end(membership):
    [first] = await_renewals(day("2027-02-12"))
    assert await_renewals(day("2027-02-12")) == await_renewals(day("2027-03-20")) == []
    confirm_payment(first, received_on=day("2027-03-01"))
    assert await_renewals(day("2027-03-20")) == []
    assert len(await_renewals(day("2028-02-20"))) == 1


def test_the_awaited_money_buys_the_term_after_the_old_end(membership):
    [payment] = await_renewals(day("2027-02-12"))
    confirm_payment(payment, received_on=day("2027-03-20"))
    assert str(Membership.objects.get().terms.last()) == "2027-03-15 – 2028-03-14"


def test_nothing_is_awaited_of_those_who_pay_otherwise(membership):
    Membership.objects.update(method=Method.CARD)
    assert await_renewals(day("2027-03-01")) == []
    Membership.objects.update(method=Method.STANDING_ORDER)
    assert len(await_renewals(day("2027-03-01"))) == 1


def test_nothing_is_awaited_of_those_who_left(membership):
    end_membership(membership, status=Status.RESIGNED, on=day("2026-12-01"), reason="asked for it")
    assert await_renewals(day("2027-03-01")) == []


def test_nothing_is_awaited_after_grace(membership):
    assert await_renewals(day("2027-04-14")) == []
    assert len(await_renewals(day("2027-04-13"))) == 1


def test_a_renewal_that_the_member_began_is_not_awaited_twice(membership):
    ask_for(membership, on="2027-02-01")
    assert await_renewals(day("2027-03-01")) == []


def test_the_number_of_questions_does_not_grow_with_the_members_of_whom_nothing_is_new(
    membership, django_assert_num_queries
):
    plan = membership.plan
    for number in range(5):
        pay_for(make_membership(plan, make_person(f"Member {number}")))
    assert len(await_renewals(day("2027-03-01"))) == 6
    with django_assert_num_queries(6):
        await_renewals(day("2027-03-01"))


# --- what the ledger's screens are told


def test_the_ledger_can_name_a_membership(membership):
    subject = subjects.describe([membership.uid, None])[membership.uid]
    assert subject.label == "Rosa Quispe, Individual, to 14 March 2027"
    assert (subject.use.about, subject.price) == (membership.uid, membership.plan.price)


def test_money_that_nobody_announced_may_be_for_what_somebody_holds_belongs_by_or_gave():
    rosa, juan, ana, paula = (make_person(name) for name in ("Rosa", "Juan", "Ana", "Paula"))
    household = make_membership(make_plan(people_at_most=2), rosa, others=[juan], given_by=ana)
    found = subjects.payable_by([rosa, juan, ana, paula])
    assert [len(found[each.pk]) for each in (rosa, juan, ana, paula)] == [1, 1, 1, 0]
    assert found[juan.pk][0].use.about == household.uid


def test_money_is_for_no_membership_that_has_no_end():
    membership = make_membership(make_plan(months=None))
    assert subjects.payable_by([membership.holder])[membership.holder.pk]
    grant_term(membership, on=day("2026-03-15"), by=None)
    assert not subjects.payable_by([membership.holder])[membership.holder.pk]


def test_waiting_for_money_gives_no_term(membership):
    await_renewals(day("2027-03-01"))
    assert Payment.objects.pending().count() == 1
    assert membership.terms.count() == 1
