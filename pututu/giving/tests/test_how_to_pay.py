"""Is somebody who pays without a provider told all that they need, and no more?"""

from __future__ import annotations

import pytest

from pututu.giving.models import GivingSettings, Method
from pututu.giving.rendering import how_to_pay
from pututu.giving.services.ledger import ask_payment
from pututu.lib.references import show_reference
from tests.belonging import day, make_person, pounds


@pytest.fixture
def told(db):
    settings = GivingSettings.load()
    settings.account_name, settings.sort_code, settings.account_number = (
        "Peru Support",
        "01-02-03",
        "12345678",
    )
    settings.cheques_payable_to, settings.cheques_to_address = "Peru Support <Group>", "1 Road\nLondon"
    settings.save()


def ask(method, payer=None):
    return ask_payment(payer, pounds(36), method=method, key=f"pay-{method}", asked_on=day("2026-03-15"))


@pytest.mark.parametrize("method", [Method.STANDING_ORDER, Method.BANK_TRANSFER])
def test_who_transfers_is_told_the_account_and_their_reference(told, method):
    rosa = make_person()
    words = how_to_pay(ask(method, rosa), "en")
    for needed in ("£36", show_reference(rosa.reference), "Peru Support", "01-02-03", "12345678"):
        assert needed in words
    assert "IBAN" not in words  # nobody filled it in
    assert "London" not in words


def test_who_sends_a_cheque_is_told_to_whom_and_where_and_no_account(told):
    words = how_to_pay(ask(Method.CHEQUE, make_person()), "en")
    assert "Peru Support &lt;Group&gt;" in words
    assert "1 Road<br>London" in words
    assert "12345678" not in words


def test_it_is_said_in_the_payers_language(told):
    words = how_to_pay(ask(Method.CASH), "es")
    assert "36\u00a0£" in words
    assert "tesorer" in words
