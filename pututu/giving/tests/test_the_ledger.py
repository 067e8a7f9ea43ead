"""Does the ledger stay lawful and reconciled, in whatever order things happen?"""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from pututu.giving import signals
from pututu.giving.models import LedgerRecord, Method, Payment, Purpose, Refund, Share
from pututu.giving.rules import Part, PartsDontFit, Use, by_use, taken_back
from pututu.giving.services.ledger import (
    NotReceived,
    ask_payment,
    ask_refund,
    cancel_payment,
    confirm_awaited,
    confirm_payment,
    fail_payment,
    fail_refund,
    finish_refund,
    kept,
    move_share,
    share_out,
    uses_of,
)
from pututu.lib.money import Money
from tests.belonging import pounds

TODAY = dt.date(2026, 3, 15)
GIFT, DUES, OTHER = Use(Purpose.GIFT), Use(Purpose.MEMBERSHIP), Use(Purpose.OTHER)


def ask(amount: int = 36, *, key: str = "a", parts: list[Part] | None = None) -> Payment:
    return ask_payment(None, pounds(amount), method=Method.CHEQUE, key=key, asked_on=TODAY, parts=parts or [])


def received(amount: int = 36, *, key: str = "a", parts: list[Part] | None = None) -> Payment:
    return confirm_payment(ask(amount, key=key, parts=parts), received_on=TODAY)


@pytest.mark.django_db
class TestStates:
    def test_the_same_key_is_the_same_payment(self):
        first, second = ask(36, key="form-7"), ask(36, key="form-7")
        assert first == second
        assert Payment.objects.count() == 1
        assert ask(36, key="form-8") != first

    def test_money_that_came_stays_whatever_is_said_later(self):
        payment = received()
        assert not fail_payment(payment, reason="declined")
        assert not cancel_payment(payment, reason="changed their mind")
        payment.refresh_from_db()
        assert (payment.state, payment.received_on, payment.failure) == ("confirmed", TODAY, "")

    def test_many_that_came_are_as_if_told_one_by_one(self):
        heard = []
        signals.payment_confirmed.connect(receive := (lambda payment, **_rest: heard.append(payment.state)))
        there, gone, came = ask(key="a", parts=[Part(3600, DUES)]), ask(key="b"), received(key="c")
        fail_payment(gone, reason="declined")
        done = confirm_awaited({there.pk: TODAY, gone.pk: TODAY, came.pk: TODAY + dt.timedelta(1)})
        signals.payment_confirmed.disconnect(receive)
        assert (done, heard) == ([there], ["confirmed", "confirmed"])
        for payment in (there, gone, came):
            payment.refresh_from_db()
        assert (there.state, there.received_on, gone.state) == ("confirmed", TODAY, "failed")
        assert came.received_on == TODAY
        assert [record.act for record in there.records.all()] == ["asked", "confirmed"]

    def test_being_told_twice_that_money_came_counts_once(self):
        payment = received()
        again = confirm_payment(payment, received_on=TODAY + dt.timedelta(1))
        assert again == payment
        assert (Payment.objects.count(), again.received_on) == (1, TODAY)

    @pytest.mark.parametrize("give_up", [fail_payment, cancel_payment])
    def test_money_for_what_was_given_up_waits_for_a_person_and_comes_once(self, give_up):
        payment = ask(parts=[Part(3600, DUES)])
        assert give_up(payment, reason="because")
        late = confirm_payment(payment, received_on=TODAY)
        again = confirm_payment(payment, received_on=TODAY)
        assert late == again != payment
        assert payment.state in ("failed", "cancelled")
        assert list(Payment.objects.unassigned()) == [late]

    def test_a_stale_copy_of_a_payment_changes_nothing(self):
        payment = ask()
        stale = Payment.objects.get(pk=payment.pk)
        confirm_payment(payment, received_on=TODAY)
        assert stale.state == "pending"
        assert not fail_payment(stale, reason="an old message")
        assert stale.state == "confirmed"

    def test_the_database_itself_refuses_what_cannot_be(self):
        payment = ask()
        for wrong in ({"minor": 0}, {"minor": -1}, {"state": "confirmed"}, {"received_on": TODAY}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Payment.objects.filter(pk=payment.pk).update(**wrong)
        assert Payment.objects.filter(pk=payment.pk).update(note="fine") == 1

    def test_every_act_is_written_down(self):
        payment = received(parts=[Part(3600, DUES)])
        finish_refund(refund(payment, 36), done_on=TODAY)
        assert list(LedgerRecord.objects.values_list("act", flat=True)) == [
            "asked",
            "confirmed",
            "refund asked",
            "refunded",
        ]

    def test_no_row_of_what_money_is_for_is_ever_changed_or_deleted(self):
        received(parts=[Part(3600, DUES)])
        share = Share.objects.get()
        share.minor = 1
        for wrong in (
            share.save,
            share.delete,
            Share.objects.all().delete,
            lambda: Share.objects.update(minor=1),
        ):
            with pytest.raises(TypeError, match="record"):
                wrong()
        assert Share.objects.get().minor == 3600


def refund(payment: Payment, amount: int, *, key: str = "r", kind: str = Refund.Kind.REFUND) -> Refund:
    return ask_refund(payment, pounds(amount), key=key, asked_on=TODAY, kind=kind, reason="asked for it")


@pytest.mark.django_db
class TestUses:
    def test_parts_may_not_come_to_more_than_there_is(self):
        with pytest.raises(PartsDontFit, match=r"£40, more than the £36"):
            ask(36, parts=[Part(3000, DUES), Part(1000, GIFT)])
        with pytest.raises(PartsDontFit, match="above nothing"):
            ask(36, parts=[Part(0, DUES)])
        assert not Payment.objects.exists()

    def test_what_money_is_for_can_be_said_later_and_in_parts(self):
        payment = received(50)
        share_out(payment, [Part(3600, DUES)])
        assert list(Payment.objects.unassigned()) == [payment]
        share_out(payment, [Part(1400, GIFT)])
        assert not Payment.objects.unassigned().exists()
        with pytest.raises(PartsDontFit):
            share_out(payment, [Part(1, GIFT)])

    def test_nothing_is_shared_out_before_it_came(self):
        with pytest.raises(NotReceived):
            share_out(ask(), [Part(100, GIFT)])

    def test_a_mistake_about_the_use_is_corrected_by_two_more_rows(self):
        payment = received(36, parts=[Part(3600, DUES)])
        move_share(payment, Part(600, DUES), to=GIFT, reason="they meant a gift")
        assert uses_of(payment) == {DUES: 3000, GIFT: 600}
        assert Share.objects.count() == 3
        with pytest.raises(PartsDontFit):
            move_share(payment, Part(3001, DUES), to=GIFT, reason="too much")


@pytest.mark.django_db
class TestRefunds:
    def test_money_that_goes_back_is_taken_from_what_it_was_for(self):
        payment = received(50, parts=[Part(3600, DUES), Part(1400, GIFT)])
        back = refund(payment, 25)
        assert kept(payment) == pounds(50)  # it is not gone before it went
        assert finish_refund(back, done_on=TODAY)
        assert kept(payment) == pounds(25)
        assert uses_of(payment) == {DUES: 1800, GIFT: 700}

    def test_what_nobody_had_claimed_goes_back_first(self):
        payment = received(50, parts=[Part(3600, DUES)])
        finish_refund(refund(payment, 14), done_on=TODAY)
        assert uses_of(payment) == {DUES: 3600}
        assert not Payment.objects.unassigned().exists()

    def test_no_more_goes_back_than_came(self):
        payment = received(36)
        refund(payment, 30, key="one")
        with pytest.raises(PartsDontFit, match="cannot go back"):
            refund(payment, 7, key="two")
        assert refund(payment, 6, key="two").minor == 600

    def test_a_refund_that_failed_leaves_the_money_where_it_was(self):
        payment = received(36, parts=[Part(3600, DUES)])
        back = refund(payment, 36)
        assert fail_refund(back, reason="account closed")
        assert not finish_refund(back, done_on=TODAY)
        assert (kept(payment), uses_of(payment)) == (pounds(36), {DUES: 3600})
        assert refund(payment, 36, key="again").state == "pending"

    def test_the_same_refund_told_twice_is_one(self):
        payment = received(36)
        back = refund(payment, 36)
        assert refund(payment, 36) == back
        assert finish_refund(back, done_on=TODAY)
        assert not finish_refund(back, done_on=TODAY)
        assert kept(payment) == pounds(0)

    def test_nothing_goes_back_that_never_came(self):
        with pytest.raises(NotReceived):
            refund(ask(), 1)


# --- laws

uses = some.sampled_from([GIFT, DUES, OTHER])
acts = some.lists(
    some.tuples(
        some.sampled_from(["confirm", "fail", "cancel", "share", "move", "refund", "finish", "fail refund"]),
        some.integers(0, 2),
        some.integers(1, 5000),
        uses,
        uses,
    ),
    max_size=25,
)


class TestAnyOrder(TestCase):
    """Acts in any order, repeated and senseless ones among them, on three payments of £36."""

    @settings(max_examples=60)
    @given(acts)
    def test_totals_reconcile_whatever_happens(self, happenings):
        payments = [ask(36, key=f"law-{at}", parts=[Part(3000, DUES)]) for at in range(3)]
        for number, happening in enumerate(happenings):
            self.do(payments, number, *happening)
            self.hold()

    def do(self, payments, number, act, which, minor, use, other):
        payment = payments[which]
        pending = list(Refund.objects.filter(state="pending"))
        try:
            if act == "confirm":
                confirm_payment(payment, received_on=TODAY)
            elif act in ("fail", "cancel"):
                (fail_payment if act == "fail" else cancel_payment)(payment, reason="x")
            elif act == "share":
                share_out(payment, [Part(minor, use)])
            elif act == "move":
                move_share(payment, Part(minor, use), to=other, reason="x")
            elif act == "refund":
                ask_refund(payment, Money(minor, "GBP"), key=f"r{number}", asked_on=TODAY)
            elif pending:
                back = pending[which % len(pending)]
                finish_refund(back, done_on=TODAY) if act == "finish" else fail_refund(back, reason="x")
        except (PartsDontFit, NotReceived):
            pass

    def hold(self):
        confirmed = Payment.objects.confirmed()
        came = confirmed.aggregate(sum=Sum("minor"))["sum"] or 0
        went = Refund.objects.filter(state="done").aggregate(sum=Sum("minor"))["sum"] or 0
        shared = sum(sum(uses_of(each).values()) for each in confirmed)
        waiting = sum(each.kept - each.shared for each in confirmed.with_sums())
        assert came - went == shared + waiting
        for each in confirmed.with_sums():
            assert 0 <= each.shared <= each.kept <= each.minor
            assert each.kept == kept(each).minor
            assert all(minor > 0 for minor in uses_of(each).values())


@given(
    some.dictionaries(uses, some.integers(1, 10**6), min_size=1),
    some.integers(0, 10**6),
    some.data(),
)
def test_what_goes_back_is_taken_exactly_and_never_beyond_a_use(shares, beyond, data):
    left = Money(sum(shares.values()) + beyond, "GBP")
    going = Money(data.draw(some.integers(1, left.minor)), "GBP")
    rows = taken_back(shares, kept=left, going=going)
    after = by_use([*(Part(minor, use) for use, minor in shares.items()), *rows])
    assert sum(after.values()) == min(sum(shares.values()), (left - going).minor)
    assert all(0 < minor <= shares[use] for use, minor in after.items())
