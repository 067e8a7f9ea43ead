"""Does money on a statement come to whom it is from, once, and can every booking be taken back?"""

from __future__ import annotations

import datetime as dt

import pytest

from pututu.giving.models import (
    BankAccount,
    KnownPayer,
    LedgerRecord,
    Method,
    Payment,
    Purpose,
    Statement,
    StatementLine,
    Upload,
)
from pututu.giving.rules import Part, Use
from pututu.giving.rules.lines import StatementError
from pututu.giving.rules.matching import Why
from pututu.giving.rules.tables import Columns
from pututu.giving.services.desk import (
    NeedsAReason,
    NotAwaited,
    NothingLeft,
    book_line,
    book_unasked,
    free,
    remember_payer,
    set_aside,
    take_up_again,
    undo_booking,
)
from pututu.giving.services.ledger import ask_payment, confirm_payment, kept, uses_of
from pututu.giving.services.lookup import find_people
from pututu.giving.services.proposals import queue
from pututu.giving.services.statements import keep_upload, needs_columns, take_in, use_columns
from tests.belonging import ask_for, day, make_membership, make_person, numbers, pay_for, pounds

pytestmark = pytest.mark.django_db
GIFT = Use(Purpose.GIFT)
COLUMNS = Columns(date="Date", amount="Amount", text=("Description",))


@pytest.fixture
def account():
    return BankAccount.objects.create(name="Current", columns=COLUMNS.as_json())


def csv(*lines: str) -> bytes:
    """A statement with a line "day,words,pounds" each."""
    return "\n".join(["Date,Description,Amount", *lines]).encode()


def upload(account: BankAccount, *lines: str) -> Statement:
    return take_in(account, filename="april.csv", content=csv(*lines), by=None)


def only_line(account: BankAccount, words: str = "R QUISPE", pounds: str = "36.00") -> StatementLine:
    upload(account, f"03/04/2026,{words},{pounds}")
    return StatementLine.objects.get()


def awaited(person, amount: int = 36, *, uses=()) -> Payment:
    return ask_payment(
        person,
        pounds(amount),
        method=Method.STANDING_ORDER,
        key=f"due-{next(numbers)}",
        asked_on=day("2026-03-01"),
        parts=[Part(amount * 100, use) for use in uses],
    )


class TestTakingIn:
    def test_a_line_with_a_reference_settles_what_was_awaited_on_the_day_that_the_bank_says(self, account):
        membership = make_membership()
        payment = ask_for(membership)
        statement = upload(account, f"03/04/2026,R QUISPE {membership.holder.reference},36.00")
        payment.refresh_from_db()
        assert (payment.state, payment.received_on) == ("confirmed", day("2026-04-03"))
        assert payment.term.revoked_at is None
        assert statement.lines.get().state == "applied"
        assert payment.line_uses.get().how == "reference"

    def test_the_same_file_twice_adds_nothing(self, account):
        rosa = make_person()
        awaited(rosa), awaited(rosa, 11)
        line = f"03/04/2026,{rosa.reference},36.00"
        assert upload(account, line) == upload(account, line)
        assert (StatementLine.objects.count(), Payment.objects.confirmed().count()) == (1, 1)

    def test_an_overlapping_file_adds_only_what_is_new(self, account):
        eleven = "03/04/2026,STANDING ORDER,11.00"
        upload(account, *[eleven] * 6)
        again = upload(account, *[eleven] * 7, "04/04/2026,OTHER,5.00")
        assert (again.known, again.lines.count(), StatementLine.objects.count()) == (6, 2, 8)

    def test_a_bad_line_is_kept_as_a_trouble_and_the_others_come_in(self, account):
        statement = upload(account, "31/02/2026,A,1.00", "03/04/2026,B,2.00")
        assert statement.troubles == [[2, "bad-date", "31/02/2026"]]
        assert [line.text for line in statement.lines.all()] == ["B"]

    def test_a_file_that_cannot_be_read_leaves_nothing(self, account):
        with pytest.raises(StatementError):
            take_in(account, filename="x.pdf", content=b"%PDF-1.7", by=None)
        assert not Statement.objects.exists()

    def test_words_that_staff_have_bound_to_a_payer_are_known_again(self, account):
        rosa = make_person()
        remember_payer(only_line(account, "R QUISPE 03APR"), rosa)
        payment = awaited(rosa)
        upload(account, "03/05/2026,R QUISPE 03MAY,36.00")
        payment.refresh_from_db()
        assert payment.state == "confirmed"
        assert payment.line_uses.get().how == "known-payer"

    def test_what_somebody_booked_meanwhile_is_not_booked_again(self, account):
        rosa = make_person()
        payment = confirm_payment(awaited(rosa), received_on=day("2026-04-01"))
        upload(account, f"03/04/2026,{rosa.reference},36.00")
        assert StatementLine.objects.get().state == "waiting"
        assert not payment.line_uses.exists()

    def test_a_merged_records_reference_leads_to_the_record_that_stayed(self, account):
        rosa, double = make_person(), make_person("R. Quispe")
        double.merged_into = rosa
        double.save()
        payment = awaited(rosa)
        upload(account, f"03/04/2026,{double.reference},36.00")
        payment.refresh_from_db()
        assert payment.state == "confirmed"

    def test_columns_are_asked_for_once_and_remembered(self):
        account = BankAccount.objects.create(name="New")
        content = csv("03/04/2026,A,1.00")
        assert needs_columns(account, content)
        statement = use_columns(keep_upload(account, filename="a.csv", content=content), COLUMNS, by=None)
        assert statement.lines.count() == 1
        account.refresh_from_db()
        assert not needs_columns(account, csv("04/04/2026,B,1.00"))
        assert not Upload.objects.exists()


class TestBooking:
    def test_a_click_books_a_line_to_what_was_awaited(self, account):
        payment = awaited(make_person(), uses=[GIFT])
        line = only_line(account)
        book_line(line, payment, by=None)
        payment.refresh_from_db(), line.refresh_from_db()
        assert (payment.state, payment.received_on, line.state) == ("confirmed", day("2026-04-03"), "applied")

    def test_a_double_click_books_once(self, account):
        payment = awaited(make_person())
        line = only_line(account)
        assert book_line(line, payment, by=None) == book_line(line, payment, by=None)
        assert book_unasked(only_or_new(account), None, 500, key="form", by=None) == book_unasked(
            only_or_new(account), None, 500, key="form", by=None
        )

    def test_one_line_may_be_several_payments(self, account):
        rosa, hugo = make_person(), make_person("Hugo Blanco")
        line = only_line(account, "THE HOUSE", "60.00")
        book_line(line, awaited(rosa), by=None)
        assert free(line) == 2400
        book_line(line, awaited(hugo, 20), by=None)
        book_unasked(line, rosa, 400, parts=[Part(400, GIFT)], key="rest", by=None)
        line.refresh_from_db()
        assert (line.state, free(line), Payment.objects.confirmed().count()) == ("applied", 0, 3)

    def test_several_lines_may_be_one_payment_which_counts_when_it_is_whole(self, account):
        payment = awaited(make_person())
        upload(account, "03/04/2026,A,20.00", "05/04/2026,B,16.00")
        first, second = StatementLine.objects.all()
        book_line(first, payment, by=None)
        payment.refresh_from_db()
        assert payment.state == "pending"
        book_line(second, payment, by=None)
        payment.refresh_from_db()
        assert (payment.state, payment.received_on) == ("confirmed", day("2026-04-05"))

    def test_no_more_is_booked_than_there_is(self, account):
        line = only_line(account)
        with pytest.raises(NothingLeft):
            book_unasked(line, None, 3601, key="a", by=None)
        book_unasked(line, None, 3600, key="b", by=None)
        with pytest.raises(NothingLeft):
            book_line(line, awaited(make_person()), by=None)

    def test_money_that_went_out_cannot_be_booked_as_income(self, account):
        line = only_line(account, "FEE", "-36.00")
        with pytest.raises(NothingLeft):
            book_line(line, awaited(make_person()), by=None)

    def test_what_came_by_another_way_takes_no_line(self, account):
        payment = confirm_payment(awaited(make_person()), received_on=day("2026-04-01"))
        with pytest.raises(NotAwaited):
            book_line(only_line(account), payment, by=None)

    def test_setting_aside_needs_a_reason_and_can_be_taken_back(self, account):
        line = only_line(account, "TRANSFER FROM OUR SAVINGS", "500.00")
        with pytest.raises(NeedsAReason):
            set_aside(line, reason=" ", by=None)
        set_aside(line, reason="our own savings", by=None)
        with pytest.raises(NothingLeft):
            book_line(line, awaited(make_person()), by=None)
        take_up_again(line, by=None)
        line.refresh_from_db()
        assert (line.state, line.set_aside_because) == ("waiting", "")
        assert list(LedgerRecord.objects.filter(payment=None).values_list("act", flat=True)) == [
            "line set aside",
            "line taken up again",
        ]


def only_or_new(account: BankAccount) -> StatementLine:
    found = StatementLine.objects.filter(text="CASH").first()
    return found or upload(account, "04/04/2026,CASH,5.00").lines.get()


class TestUndo:
    def test_an_undone_booking_revokes_the_term_and_what_was_asked_is_awaited_again(self, account):
        membership = make_membership()
        payment = ask_for(membership)
        use = book_line(only_line(account), payment, by=None)
        assert payment.term.revoked_at is None
        assert undo_booking(use, by=None, reason="another Rosa")
        assert not undo_booking(use, by=None, reason="another Rosa")
        payment.term.refresh_from_db()
        assert payment.term.revoked_at
        assert kept(payment) == pounds(0)
        line, again = StatementLine.objects.get(), Payment.objects.pending().get()
        assert (line.state, free(line)) == ("waiting", 3600)
        assert uses_of(again) == {Use(Purpose.MEMBERSHIP, about=membership.uid): 3600}

    def test_an_undone_line_can_be_booked_to_somebody_else(self, account):
        rosa, hugo = awaited(make_person()), awaited(make_person("Hugo Blanco"))
        line = only_line(account)
        undo_booking(book_line(line, rosa, by=None), by=None, reason="not hers")
        book_line(line, hugo, by=None)
        hugo.refresh_from_db()
        assert hugo.state == "confirmed"
        assert kept(rosa) == pounds(0)

    def test_money_booked_unasked_and_undone_leaves_nothing_awaited(self, account):
        line = only_line(account)
        undo_booking(book_unasked(line, None, 3600, key="a", by=None), by=None, reason="x")
        assert not Payment.objects.pending().exists()
        assert free(line) == 3600

    def test_undoing_one_line_of_two_takes_its_part_back(self, account):
        payment = awaited(make_person())
        upload(account, "03/04/2026,A,20.00", "05/04/2026,B,16.00")
        first, second = (book_line(line, payment, by=None) for line in StatementLine.objects.all())
        undo_booking(second, by=None, reason="x")
        assert kept(payment) == pounds(20)
        assert first.line.uses.filter(undone_at=None).exists()


class TestProposals:
    def test_the_queue_says_why_and_what_is_likely(self, account):
        rosa = make_person()
        payment = awaited(rosa)
        awaited(make_person("Hugo Blanco"))
        (waiting,) = queue([only_line(account)])
        assert waiting.why == Why.NOBODY
        assert [each.key for each in waiting.proposals] == [f"payment:{payment.pk}"]

    def test_who_pays_more_than_is_awaited_is_proposed_after_who_pays_it_exactly(self, account):
        less = awaited(make_person(), 20)
        exact = awaited(make_person("Raúl Quispe"))
        (waiting,) = queue([only_line(account)])
        assert [each.key for each in waiting.proposals] == [f"payment:{exact.pk}", f"payment:{less.pk}"]

    def test_a_name_is_known_without_its_accents(self, account):
        payment = awaited(make_person("Inés Núñez"))
        (waiting,) = queue([only_line(account, "I NUNEZ SO")])
        assert [each.key for each in waiting.proposals] == [f"payment:{payment.pk}"]

    def test_what_is_free_of_a_line_is_what_proposals_are_held_against(self, account):
        rosa = make_person()
        line = only_line(account, f"{rosa.reference}", "56.00")
        book_line(line, awaited(rosa), by=None)
        gift = awaited(rosa, 20)
        (waiting,) = queue([line])
        assert (waiting.rest, waiting.proposals[0].key) == (pounds(20), f"payment:{gift.pk}")

    def test_people_are_found_by_name_reference_and_address_and_those_awaited_come_first(self):
        anna = make_person("Anna Quispe")
        rosa = make_person("Rosa Quispe", "rosa@example.org")
        awaited(rosa)
        assert [each.person for each in find_people("quis")] == [rosa, anna]
        assert [each.person for each in find_people(f"{anna.reference[:3]}-{anna.reference[3:]}")] == [anna]
        assert [each.person for each in find_people("rosa@exam")] == [rosa]
        assert find_people("rosa")[0].awaited
        assert not find_people("nobody")
        assert not find_people(" ")


def test_queue_asks_the_same_number_of_questions_for_many_lines(account, django_assert_max_num_queries):
    people = [make_person(f"Person {number} Quispe") for number in range(8)]
    for person in people:
        awaited(person)
    upload(account, *[f"03/04/2026,P{at} QUISPE,36.00" for at in range(8)])
    rows = list(StatementLine.objects.select_related("account"))
    with django_assert_max_num_queries(12 + len(rows)):
        queue(rows)


def test_money_paid_already_is_said_to_be(account):
    membership = make_membership()
    pay_for(membership, on=str(dt.date.today()))
    (waiting,) = queue([only_line(account, membership.holder.reference)])
    assert waiting.why in (Why.PAID_ALREADY, Why.NOTHING_AWAITED)
    assert waiting.why == Why.PAID_ALREADY
    assert not KnownPayer.objects.exists()
