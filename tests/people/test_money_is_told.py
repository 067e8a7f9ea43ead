"""Does somebody who asks for all that is known get the money and the memberships too, and is what may go gone after?"""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pututu.giving.models import Claim, Declaration, GiftAidSettings, Method, Purpose
from pututu.giving.rules import Part, Use
from pututu.giving.services.gift_aid import declare, make_claim
from pututu.giving.services.ledger import ask_payment, confirm_payment
from pututu.people.models import Person
from pututu.people.services.disclosing import disclose
from pututu.people.services.erasing import erase_person, preview_erasure
from tests.belonging import day, make_membership, make_person, pay_for, pounds
from tests.factories import make_site, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa() -> Person:
    return make_person(
        "Rosa Ñahui",
        "rosa@example.org",
        given_names="Rosa",
        family_name="Ñahui",
        address="12 Hill Road",
        postcode="S6 2BD",
    )


def told(person: Person) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(disclose(person, by=None))) as packed:
        (name,) = [each for each in packed.namelist() if each.endswith(".json")]
        found: dict[str, Any] = json.loads(packed.read(name))
    return found


def declared(person: Person) -> Declaration:
    return declare(
        person, made_on=day("2026-01-10"), first=day("2026-01-10"), how="paper", wording="I want Gift Aid"
    )


def test_payments_memberships_and_declarations_are_told_in_full(rosa: Person):
    pay_for(make_membership(holder=rosa), on="2026-03-15")
    declared(rosa)
    text = json.dumps(told(rosa), ensure_ascii=False)
    for words in ("36.00", "2026-03-15 – 2027-03-14", "I want Gift Aid", "12 Hill Road", "Individual"):
        assert words in text
    assert "36.00" not in json.dumps(told(make_person("Ana")))


def test_staff_see_money_in_the_line_of_time_and_those_who_may_not_do_not(rosa: Person):
    make_site()
    pay_for(make_membership(holder=rosa), on="2026-03-15")
    declared(rosa)
    pages = {}
    for role in ("Treasurers", "Membership secretaries"):
        client = Client()
        client.force_login(make_staff(role, email=f"{role.split()[0].lower()}@example.org"))
        pages[role] = client.get(reverse("people:person", args=[rosa.uid])).content.decode()
    assert "£36, Cheque: Received" in pages["Treasurers"]
    assert "Gift Aid declared" in pages["Treasurers"]
    assert "£36, Cheque" not in pages["Membership secretaries"]


def test_a_declaration_on_which_a_claim_rests_stays_and_any_other_goes(rosa: Person):
    GiftAidSettings.objects.create(is_on=True)
    ana = make_person("Ana", given_names="Ana", family_name="Luz", address="1 Mill Lane", postcode="S6 2BD")
    for person in (rosa, ana):
        declared(person)
    gift = Use(Purpose.GIFT)
    payment = ask_payment(
        rosa, pounds(40), method=Method.CHEQUE, key="g", asked_on=day("2026-03-01"), parts=[Part(4000, gift)]
    )
    confirm_payment(payment, received_on=day("2026-03-01"))
    make_claim(today=day("2026-11-25"))
    assert "declarations" in str(preview_erasure(rosa))
    for person in (rosa, ana):
        erase_person(person, by=None)
    assert list(Declaration.objects.values_list("person", flat=True)) == [rosa.pk]
    assert Claim.objects.count() == 1
