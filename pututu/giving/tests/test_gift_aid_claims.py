"""Does a claim hold what may be claimed, once, and stay as it was handed in?"""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from odfdo import Document

from pututu.giving.models import Claim, ClaimLine, Declaration, GiftAidSettings, Method, Payment, Purpose
from pututu.giving.rules import Part, Use
from pututu.giving.rules.gift_aid import NotClaimable
from pututu.giving.services.claim_names import claims_with_names, take_names_out
from pututu.giving.services.gift_aid import (
    HandedIn,
    IsOff,
    NothingToClaim,
    close_declaration,
    declare,
    hand_in,
    hash_of,
    judged,
    make_claim,
    withdraw_claim,
)
from pututu.giving.services.ledger import ask_payment, ask_refund, confirm_payment, finish_refund
from pututu.giving.services.schedules import HEAD, as_csv, as_ods, schedules
from pututu.people.models import Person
from pututu.people.services.erasing import erase_person
from tests.belonging import day, make_person, numbers, pounds

pytestmark = pytest.mark.django_db

TODAY = day("2026-11-25")
GIFT, DUES = Use(Purpose.GIFT), Use(Purpose.MEMBERSHIP)


@pytest.fixture(autouse=True)
def charity() -> None:
    GiftAidSettings.objects.create(is_on=True)


def test_names_leave_a_claim_seven_whole_years_later_and_its_sums_and_hash_stay(
    rosa: Person, time_machine: Any
) -> None:
    declare(rosa, made_on=day("2026-01-01"), first=day("2026-01-01"), how=Declaration.How.PAPER, wording="x")
    gift(rosa)
    time_machine.move_to("2026-11-25T12:00Z")
    old = make_claim(today=TODAY)
    waiting_is_kept = list(claims_with_names(day("2034-01-01")))
    hand_in(old, on=TODAY)
    assert waiting_is_kept == list(claims_with_names(TODAY)) == []
    assert list(claims_with_names(day("2034-01-01"))) == [old]
    erase_person(rosa, by=None)
    declaration = Declaration.objects.get()
    assert declaration.family_name == "Quispe-Mamani"
    before = old.sha256, old.minor, [(row["date"], row["amount"]) for row in old.rows]
    take_names_out([old.pk])
    old.refresh_from_db()
    assert (old.sha256, old.minor, [(row["date"], row["amount"]) for row in old.rows]) == before
    assert "Quispe" not in str(old.rows)
    declaration.refresh_from_db()
    assert (declaration.family_name, declaration.address) == ("", "")
    assert not claims_with_names(day("2034-01-01"))


def test_a_declaration_of_a_donor_who_still_gives_keeps_its_name_when_an_old_claim_loses_it(
    rosa: Person,
) -> None:
    declare(rosa, made_on=day("2026-01-01"), first=day("2026-01-01"), how=Declaration.How.PAPER, wording="x")
    gift(rosa)
    claim = make_claim(today=TODAY)
    hand_in(claim, on=TODAY)
    take_names_out([claim.pk])
    assert Declaration.objects.get().family_name == "Quispe-Mamani"
    erase_person(rosa, by=None)
    assert Declaration.objects.get().family_name == ""


@pytest.fixture
def rosa() -> Person:
    return make_person(
        "Rosa Quispe-Mamani",
        given_names="Rosa",
        family_name="Quispe-Mamani",
        title="Mrs",
        address="12 Hill Road",
        postcode="S6 2BD",
        country="GB",
    )


def gift(person: Person | None, amount: int = 40, *, on: str = "2026-03-15", use: Use = GIFT) -> Payment:
    money = pounds(amount)
    payment = ask_payment(
        person,
        money,
        method=Method.CHEQUE,
        key=f"gift-{next(numbers)}",
        asked_on=day(on),
        parts=[Part(money.minor, use)],
    )
    return confirm_payment(payment, received_on=day(on))


def statement(person: Person, made: str = "2026-01-10", first: str = "2025-01-01") -> Declaration:
    return declare(person, made_on=day(made), first=day(first), how="paper", wording="I want …")


def reasons() -> list[object]:
    return [each.verdict.reason for each in judged(today=TODAY)]


def test_a_claim_holds_each_covered_gift_and_a_quarter_of_it(rosa: Person):
    statement(rosa)
    gift(rosa, 40)
    gift(rosa, 60, on="2026-04-02")
    gift(None, 100)
    claim = make_claim(today=TODAY)
    assert (claim.amount, claim.tax, claim.adjustment) == (pounds(100), pounds(25), pounds(0))
    assert [row["amount"] for row in claim.rows] == ["40.00", "60.00"]
    assert claim.sha256 == hash_of(claim.rows)
    assert reasons() == [NotClaimable.NOBODY]


def test_no_gift_is_claimed_twice(rosa: Person):
    statement(rosa)
    payment = gift(rosa)
    claim = make_claim(today=TODAY)
    with pytest.raises(NothingToClaim):
        make_claim(today=TODAY)
    line = claim.lines.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimLine.objects.create(claim=claim, payment=payment, declaration=line.declaration, minor=1)
    with pytest.raises(TypeError, match="frozen"):
        line.save()


def test_the_switch_is_off_until_somebody_turns_it_on(rosa: Person):
    statement(rosa)
    gift(rosa)
    GiftAidSettings.objects.update(is_on=False)
    with pytest.raises(IsOff):
        make_claim(today=TODAY)
    assert not Claim.objects.exists()


def test_dues_are_gifts_only_where_the_group_says_so(rosa: Person):
    statement(rosa)
    gift(rosa, use=DUES)
    assert reasons() == []
    GiftAidSettings.objects.update(are_dues_gifts=True)
    assert reasons() == [None]


def test_an_organisation_gives_no_gift_aid(rosa: Person):
    statement(rosa)
    rosa.kind = Person.Kind.ORGANISATION
    rosa.save()
    gift(rosa)
    assert reasons() == [NotClaimable.NOT_A_PERSON]


def test_the_address_is_the_one_of_the_declaration_wherever_they_moved(rosa: Person):
    statement(rosa)
    gift(rosa)
    rosa.address, rosa.postcode = "99 New Street", "M1 1AE"
    rosa.save()
    assert make_claim(today=TODAY).rows[0]["postcode"] == "S6 2BD"


def test_a_newer_statement_closes_the_older_one_and_a_no_ends_all(rosa: Person):
    old = statement(rosa)
    no = declare(
        rosa, made_on=day("2026-06-01"), first=day("2026-06-01"), how="spoken", wording="", is_given=False
    )
    old.refresh_from_db()
    assert (old.last, bool(old.closed_at), no.closed_at) == (day("2026-05-31"), True, None)
    gift(rosa, on="2026-05-31")
    gift(rosa, on="2026-06-01")
    assert reasons() == [None, NotClaimable.NO_DECLARATION]


def test_a_declaration_is_closed_once_and_never_made_longer(rosa: Person):
    one = statement(rosa)
    assert close_declaration(one, last=day("2026-02-01"), reason="Pays no tax any more")
    assert not close_declaration(one, last=day("2030-01-01"), reason="x")
    assert one.last == day("2026-02-01")
    assert statement(rosa, made="2026-03-01") != one


def test_the_same_statement_twice_is_one(rosa: Person):
    assert statement(rosa) == statement(rosa)
    assert Declaration.objects.count() == 1


def test_what_goes_back_before_the_claim_is_not_claimed_and_after_it_is_put_right(rosa: Person):
    statement(rosa)
    before, after = gift(rosa, 40), gift(rosa, 60)
    send_back(before, 40)
    assert make_claim(today=TODAY).amount == pounds(60)
    send_back(after, 20)
    second = make_claim(today=TODAY)
    assert (second.amount, second.tax, second.adjustment) == (pounds(0), pounds(0), pounds(5))
    with pytest.raises(NothingToClaim):
        make_claim(today=TODAY)
    assert sum(line.minor for line in after.claim_lines.all()) == 4000


def send_back(payment: Payment, amount: int) -> None:
    refund = ask_refund(payment, pounds(amount), key=f"back-{next(numbers)}", asked_on=TODAY)
    finish_refund(refund, done_on=TODAY)


def test_a_claim_that_was_not_handed_in_can_be_taken_back_and_one_that_was_cannot(rosa: Person):
    statement(rosa)
    gift(rosa)
    first = make_claim(today=TODAY)
    withdraw_claim(first)
    withdraw_claim(first)
    assert first.state == Claim.State.WITHDRAWN
    second = make_claim(today=TODAY)
    assert hand_in(second, on=TODAY)
    assert not hand_in(second, on=TODAY)
    with pytest.raises(HandedIn):
        withdraw_claim(second)
    assert reasons() == []


def test_the_files_say_what_the_claim_says(rosa: Person):
    statement(rosa)
    gift(rosa, 40)
    (lines,) = schedules(make_claim(today=TODAY))
    read = list(csv.reader(io.StringIO(as_csv(lines).decode("utf-8-sig"))))
    wanted = ["1", "Mrs", "Rosa", "Quispe Mamani", "12", "S6 2BD", "", "", "15/03/26", "40.00"]
    assert read == [list(HEAD), wanted]
    table = Document(io.BytesIO(as_ods(lines))).body.get_table(0)
    cells = table.get_row(1).cells
    assert [cell.text_recursive.strip() for cell in cells] == wanted
    assert cells[-1].value == 40


def test_more_than_a_thousand_gifts_fill_several_schedules():
    fields = ("title", "first_name", "last_name", "house", "postcode", "date", "amount")
    row = dict.fromkeys(fields, "1")
    claim = Claim(rows=[row] * 1001)
    assert [(len(lines), lines[0][0]) for lines in schedules(claim)] == [(1000, "1"), (1, "1")]


def test_judging_a_thousand_gifts_asks_no_more_than_judging_two(rosa: Person, django_assert_max_num_queries):
    statement(rosa)
    for _number in range(12):
        gift(rosa)
    with django_assert_max_num_queries(7):
        assert len(list(judged(today=TODAY))) == 12
