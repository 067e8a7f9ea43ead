"""Does a receipt say what came, from whom and for what, and is there none for money that is not here?"""

from __future__ import annotations

import pypdfium2
import pytest
from django.urls import reverse

from pututu.giving.models import Method, Purpose
from pututu.giving.rules import Part, Use
from pututu.giving.services.ledger import (
    NotReceived,
    ask_payment,
    ask_refund,
    confirm_payment,
    finish_refund,
)
from pututu.giving.services.receipts import make_receipt
from pututu.lib.paper import prepare, printable
from pututu.lib.references import show_reference
from pututu.people.models import AccessRecord
from pututu.shell.models import SiteSettings
from tests.belonging import day, make_person, pounds
from tests.factories import make_site, make_staff

pytestmark = pytest.mark.django_db


def ask(name: str = "Inés Núñez & Sons"):
    return ask_payment(
        make_person(name, language="es"),
        pounds(36),
        method=Method.CHEQUE,
        key="r",
        asked_on=day("2026-03-01"),
        parts=[Part(3600, Use(Purpose.GIFT))],
    )


def received(name: str = "Inés Núñez & Sons"):
    return confirm_payment(ask(name), received_on=day("2026-03-15"))


def back(payment, amount: int) -> None:
    refund = ask_refund(payment, pounds(amount), key="x", asked_on=day("2026-04-01"))
    finish_refund(refund, done_on=day("2026-04-02"))


def text(paper: bytes) -> str:
    document = pypdfium2.PdfDocument(paper)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_a_receipt_says_what_came_from_whom_and_for_what():
    payment = received()
    words = text(make_receipt(payment, "en"))
    for needed in (
        "Receipt",
        "Inés Núñez & Sons",
        show_reference(payment.payer.reference),
        "15 March 2026",
        "£36",
    ):
        assert needed in words
    assert "Went back" not in words
    back(payment, 6)
    assert "Went back" in text(make_receipt(payment, "en"))


def test_it_speaks_the_payers_language():
    words = text(make_receipt(received(), "es"))
    assert "Recibo" in words
    assert "15 de marzo de 2026" in words


def test_there_is_none_for_money_that_did_not_come_or_all_went_back():
    with pytest.raises(NotReceived):
        make_receipt(ask(), "en")
    payment = received()
    back(payment, 36)
    with pytest.raises(NotReceived):
        make_receipt(payment, "en")


def test_nobody_is_given_a_name_with_holes():
    payment = received("王小明")
    words = text(make_receipt(payment, "en"))
    assert "Received from" not in words
    assert show_reference(payment.payer.reference) in words


@pytest.mark.parametrize("name", ["Łukasz Čapek", "Ольга Щербакова", "Ελένη Παπαδοπούλου", "Ana 🌸 Mamani"])
def test_every_sign_of_a_receipt_is_in_its_type(name):
    SiteSettings.objects.update_or_create(
        pk=1, defaults={"name": "Grupo «Perú»", "postal_address": "Улица Мира, 1\nМосква"}
    )
    words = text(make_receipt(received(name), "es"))
    assert printable(name) in words
    assert "Москва" in words
    assert {ord(sign) for sign in words} - set(b"\r\n") <= prepare()
    assert not {ord(sign) for sign in "王小明"} <= prepare()


def test_a_treasurer_takes_it_which_is_written_down_and_an_editor_does_not(client):
    make_site()
    payment = received()
    address = reverse("giving:receipt", args=[payment.pk])
    client.force_login(make_staff("Editors", email="e@example.org"))
    assert client.get(address).status_code == 302
    assert not AccessRecord.objects.filter(act="exported").exists()
    client.force_login(make_staff("Treasurers", email="t@example.org"))
    assert client.get(address).content.startswith(b"%PDF")
    assert AccessRecord.objects.get(act="exported").person_uid == payment.payer.uid
    back(payment, 36)
    assert client.get(address).status_code == 404
