"""Can a treasurer do their work with a mouse or the keyboard, once each, and nobody else?"""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pututu.giving.models import (
    BankAccount,
    Fund,
    KnownPayer,
    Method,
    Payment,
    Refund,
    Statement,
    StatementLine,
)
from pututu.giving.services.ledger import ask_payment, confirm_payment, kept
from pututu.people.models import AccessRecord
from tests.belonging import ask_for, day, make_membership, make_person, pounds
from tests.factories import make_site, make_staff

pytestmark = pytest.mark.django_db
FILE = b"Date,Description,Amount\n03/04/2026,R QUISPE SO,36.00\n31/02/2026,X,1.00\n04/04/2026,FEE,-5.00\n"


def signed_in(client, role: str):
    make_site()
    client.force_login(make_staff(role, email=f"{role.lower()}@example.org"))
    return client


@pytest.fixture
def treasurer(client):
    return signed_in(client, "Treasurers")


@pytest.fixture
def awaited():
    return ask_for(make_membership())


def upload(client, account, content=FILE):
    return client.post(
        reverse("giving:statements"),
        {"account": account.pk, "file": SimpleUploadedFile("april.csv", content)},
        follow=True,
    )


def columns_of(client, answer):
    """Confirm what the screen proposes."""
    form = answer.context["form"]
    said = {name: form.initial.get(name) or "" for name in form.fields}
    return client.post(answer.redirect_chain[-1][0], said, follow=True)


def test_a_treasurer_uploads_confirms_columns_once_and_books_by_one_press(treasurer, awaited):
    account = BankAccount.objects.create(name="Current")
    asked = upload(treasurer, account)
    assert "R QUISPE SO" in asked.content.decode()
    result = columns_of(treasurer, asked)
    words = result.content.decode()
    assert "2 new lines" in words
    assert "31/02/2026" in words
    again = upload(treasurer, account)
    assert again.redirect_chain[-1][0] == reverse("giving:statement", args=[Statement.objects.get().pk])
    queue = treasurer.get(reverse("giving:lines")).content.decode()
    assert "Nobody is named whom we know" in queue
    assert f'value="payment:{awaited.pk}"' in queue
    assert "FEE" not in queue
    line = StatementLine.objects.get(minor=3600)
    said = {"choice": f"payment:{awaited.pk}", "key": "k", "remember": "on", "next": reverse("giving:lines")}
    for _press in range(2):
        assert treasurer.post(reverse("giving:book", args=[line.pk]), said).url == reverse("giving:lines")
    awaited.refresh_from_db()
    assert awaited.state == "confirmed"
    assert KnownPayer.objects.get().words == "R QUISPE"
    assert "Nothing waits." in treasurer.get(reverse("giving:lines")).content.decode()


def test_what_is_no_statement_is_refused_in_words(treasurer):
    account = BankAccount.objects.create(name="Current")
    assert "This is a PDF" in upload(treasurer, account, b"%PDF-1.7").content.decode()
    assert not Statement.objects.exists()


def a_line(treasurer, words="THE HOUSE", amount="60.00"):
    account = BankAccount.objects.create(name="Current")
    columns_of(
        treasurer,
        upload(treasurer, account, f"Date,Description,Amount\n03/04/2026,{words},{amount}\n".encode()),
    )
    return StatementLine.objects.get()


def test_a_line_is_split_by_hand_and_a_booking_taken_back(treasurer, awaited):
    line = a_line(treasurer)
    rosa = awaited.payer
    page = treasurer.get(reverse("giving:line", args=[line.pk]), {"q": "quispe"}).content.decode()
    assert f'value="payment:{awaited.pk}" checked' in page
    book = reverse("giving:book", args=[line.pk])
    treasurer.post(book, {"choice": f"payment:{awaited.pk}", "amount": "60.00", "key": "a"})
    treasurer.post(book, {"choice": f"gift:{rosa.pk}", "amount": "24", "key": "b"})
    line.refresh_from_db()
    assert line.state == "applied"
    assert Payment.objects.confirmed().count() == 2
    use = line.uses.get(payment=awaited)
    undo = reverse("giving:undo", args=[use.pk])
    treasurer.post(undo, {"reason": ""})
    assert kept(awaited) == pounds(36)
    treasurer.post(undo, {"reason": "another Rosa"})
    assert kept(awaited) == pounds(0)


def test_a_line_is_set_aside_for_a_reason_only(treasurer):
    line = a_line(treasurer)
    treasurer.post(reverse("giving:aside", args=[line.pk]), {"reason": ""})
    line.refresh_from_db()
    assert line.state == "waiting"
    treasurer.post(reverse("giving:aside", args=[line.pk]), {"reason": "our savings"})
    assert "our savings" in treasurer.get(reverse("giving:lines"), {"show": "aside"}).content.decode()
    treasurer.post(reverse("giving:again", args=[line.pk]))
    line.refresh_from_db()
    assert line.state == "waiting"


def test_a_cheque_is_a_name_enter_and_enter(treasurer, awaited):
    page = treasurer.get(reverse("giving:take"), {"q": "quispe"})
    form = page.context["form"]
    assert re.search(r"<button[^>]*autofocus", page.content.decode())
    said = {name: form.initial.get(name, "") for name in form.fields}
    for _press in range(2):
        answer = treasurer.post(reverse("giving:take"), said)
        assert answer.url == reverse("giving:payment", args=[awaited.pk])
    awaited.refresh_from_db()
    assert awaited.state == "confirmed"
    assert Payment.objects.count() == 1


def test_a_cheque_for_what_a_standing_order_was_awaited_for_is_a_cheque(treasurer, awaited):
    Payment.objects.update(method=Method.STANDING_ORDER)
    page = treasurer.get(reverse("giving:take"), {"q": "quispe"})
    form = page.context["form"]
    treasurer.post(reverse("giving:take"), {name: form.initial.get(name, "") for name in form.fields})
    awaited.refresh_from_db()
    assert (awaited.state, awaited.method) == ("confirmed", Method.CHEQUE)


def test_a_gift_goes_to_an_open_fund_that_is_there(treasurer):
    rosa = make_person()
    fund = Fund.objects.create(slug="school", name="Schools")
    Fund.objects.create(slug="old", name="Old roof", is_open=False)
    page = treasurer.get(reverse("giving:take"), {"q": "quispe"}).content.decode()
    assert f'value="gift:{rosa.pk}:{fund.pk}"' in page
    assert "Old roof" not in page
    said = {"amount": "5", "method": "cash", "received_on": "2026-03-15", "note": ""}
    for choice, key in ((f"gift:{rosa.pk}:{fund.pk}", "a"), (f"gift:{rosa.pk}:999", "b")):
        treasurer.post(reverse("giving:take") + "?q=quispe", {**said, "choice": choice, "key": key})
    assert Payment.objects.get().shares.get().fund == fund


def test_another_amount_than_was_awaited_is_its_own_payment_for_the_same(treasurer, awaited):
    page = treasurer.get(reverse("giving:take"), {"q": "quispe"})
    form = page.context["form"]
    said = {**{name: form.initial.get(name, "") for name in form.fields}, "amount": "30"}
    for _press in range(2):
        treasurer.post(reverse("giving:take"), said)
    awaited.refresh_from_db()
    assert awaited.state == "cancelled"
    came = Payment.objects.confirmed().get()
    assert (came.minor, came.shares.get().about) == (3000, awaited.shares.get().about)


def test_money_is_not_taken_on_a_day_to_come_nor_as_nothing(treasurer, awaited):
    said = {
        "choice": f"payment:{awaited.pk}",
        "key": "x",
        "method": "cheque",
        "received_on": "2199-01-01",
        "amount": "0",
    }
    page = treasurer.post(reverse("giving:take") + "?q=quispe", said).content.decode()
    assert "still to come" in page
    assert "above nothing" in page
    assert not Payment.objects.confirmed().exists()


def test_money_of_which_nobody_has_said_the_use_is_found_and_assigned(treasurer):
    rosa = make_person()
    payment = confirm_payment(
        ask_payment(rosa, pounds(20), method=Method.CASH, key="c", asked_on=day("2026-03-15")),
        received_on=day("2026-03-15"),
    )
    ask_payment(make_person("Hugo"), pounds(5), method=Method.CASH, key="d", asked_on=day("2026-03-15"))
    page = treasurer.get(reverse("giving:payments"), {"unassigned": "on"}).content.decode()
    assert "Rosa Quispe" in page
    assert "Hugo" not in page
    for _press in range(2):
        treasurer.post(
            reverse("giving:assign", args=[payment.pk]),
            {"choice": f"gift:{rosa.pk}", "amount": "20", "key": "e"},
        )
    assert not Payment.objects.unassigned().exists()
    assert payment.shares.count() == 1


def test_money_goes_back_in_two_steps(treasurer, awaited):
    confirm_payment(awaited, received_on=day("2026-03-15"))
    for _press in range(2):
        treasurer.post(
            reverse("giving:refund", args=[awaited.pk]),
            {"amount": "36", "reason": "asked for it", "key": "r"},
        )
    refund = Refund.objects.get()
    assert kept(awaited) == pounds(36)
    treasurer.post(reverse("giving:settle-refund", args=[refund.pk, "done"]))
    assert kept(awaited) == pounds(0)
    assert "asked for it" in treasurer.get(reverse("giving:payment", args=[awaited.pk])).content.decode()


def test_who_looks_at_somebodys_payment_is_written_down(treasurer, awaited):
    before = AccessRecord.objects.count()
    treasurer.get(reverse("giving:payment", args=[awaited.pk]))
    seen = AccessRecord.objects.first()
    assert AccessRecord.objects.count() == before + 1
    treasurer.get(reverse("giving:payment", args=[awaited.pk]))  # the same look within an hour is one
    assert AccessRecord.objects.count() == before + 1
    assert (seen.act, seen.person_uid, seen.by.email) == ("seen", awaited.payer.uid, "treasurers@example.org")


SCREENS = ["payments", "take", "statements", "lines"]


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("role", ["Editors", "Publishers"])
def test_whoever_writes_pages_sees_no_money(client, role, screen):
    answer = signed_in(client, role).get(reverse(f"giving:{screen}"))
    assert (answer.status_code, answer.url) == (302, reverse("wagtailadmin_home"))


@pytest.mark.parametrize("screen", SCREENS)
def test_a_treasurer_sees_it(treasurer, screen):
    assert treasurer.get(reverse(f"giving:{screen}")).status_code == 200


def test_an_editor_books_nothing(client, awaited):
    editor = signed_in(client, "Editors")
    editor.post(reverse("giving:refund", args=[awaited.pk]), {"amount": "36", "reason": "x", "key": "r"})
    editor.post(reverse("giving:give-up", args=[awaited.pk]), {"reason": "x"})
    awaited.refresh_from_db()
    assert awaited.state == "pending"


def test_a_treasurer_finds_money_in_the_menu_and_an_editor_does_not(treasurer):
    assert reverse("giving:take") in treasurer.get(reverse("giving:payments")).content.decode()
    assert treasurer.get(reverse("bank_accounts:index")).status_code == 200
