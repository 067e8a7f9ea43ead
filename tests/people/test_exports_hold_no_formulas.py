"""Does no table that leaves the house hold a cell that a spreadsheet would run, wherever the words in it came from?"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from defusedxml import ElementTree
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from django.utils import timezone

from pututu.giving.models import Claim, Fund, GiftAidSettings, Method, Purpose
from pututu.giving.rules import Part, Use
from pututu.giving.services.gift_aid import declare, make_claim
from pututu.giving.services.ledger import ask_payment, confirm_payment
from pututu.lib.tables import DANGEROUS
from pututu.people.models import Person
from tests.belonging import day, make_membership, make_person, make_plan, pay_for, pounds
from tests.factories import make_site, make_staff

pytestmark = pytest.mark.django_db
SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
OURS = ("people", "giving", "membership")
KNOWN = {"people:export", "membership:csv", "membership:in-advance", "giving:year", "giving:schedule"}
"""The exports that there are: one that is not found any more, or is new, has this test changed."""
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


@pytest.fixture
def claim(client) -> Claim:
    """A site whose every word that people can write begins a formula, with a claim."""
    make_site(("en", "es"))
    client.force_login(make_staff())
    GiftAidSettings.objects.create(is_on=True)
    plan, today = make_plan(), timezone.localdate().isoformat()
    for sign in SIGNS:
        evil = f"{sign}cmd|' /C calc'!A0"
        words = dict.fromkeys(("given_names", "family_name", "town", "came_by", "notes", "telephone"), evil)
        person = make_person(evil, address=f"{sign}12 Hill Road", postcode="S6 2BD", country="GB", **words)
        pay_for(make_membership(plan, person, on=today), on=today)
        fund = Fund.objects.create(slug=f"f{ord(sign)}", name=evil)
        gift = ask_payment(
            person,
            pounds(40),
            method=Method.CHEQUE,
            key=f"gift-{ord(sign)}",
            asked_on=day(today),
            parts=[Part(4000, Use(Purpose.GIFT, fund.pk))],
        )
        confirm_payment(gift, received_on=day(today))
        made = timezone.localdate()
        declare(person, made_on=made, first=made, how="paper", wording=evil, by=None)
    return make_claim(today=day(today), by=None)


def patterns(resolver: Any, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield ":".join([*spaces, each.name or ""]), each
        else:
            name = each.namespace
            yield from patterns(each, (*spaces, name) if name else spaces)


def addresses(claim: Claim) -> Iterator[tuple[str, str]]:
    """Every address of the private apps' staff screens, with something that is there in place of its variables."""
    person = Person.objects.first()
    for name, pattern in patterns(get_resolver()):
        if name.partition(":")[0] not in OURS:
            continue
        said = {"uid": person.uid, "pk": 1, "claim_id": claim.pk, "part": 1}
        wanted = pattern.pattern.regex.groupindex
        for form in ("csv", "ods") if "form" in wanted else ("",):
            try:
                yield name, reverse(name, kwargs={key: said.get(key, form or 1) for key in wanted})
            except NoReverseMatch:
                continue


def tables(client: Any, claim: Claim) -> Iterator[tuple[str, Any]]:
    """What the addresses give as a table, asked for in each of the ways in which screens ask."""
    columns = ["name", "email", "address", "town", "notes", "came_by", "given_names", "family_name", "tags"]
    for name, address in addresses(claim):
        for method, data in (("get", {}), ("get", {"as": "csv"}), ("post", {"columns": columns})):
            if method == "post" and name != "people:export":
                continue
            answer = getattr(client, method)(address, data)
            kind = answer.headers.get("Content-Type", "")
            if answer.status_code == 200 and ("csv" in kind or "opendocument" in kind):
                yield name, answer


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_no_cell_of_any_table_begins_a_formula(client, claim):
    found, cells = set(), []
    for name, answer in tables(client, claim):
        found.add(name)
        if "csv" in answer.headers["Content-Type"]:
            text = body(answer).decode("utf-8-sig")
            own = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
            cells += [cell for cell in own if not is_amount(cell)]
        else:
            look_at_ods(body(answer))
    assert found == KNOWN
    assert not [cell for cell in cells if cell.startswith(DANGEROUS)]
    for sign in SIGNS:  # the words are there, with the apostrophe that makes them words
        assert [cell for cell in cells if cell.startswith(f"'{sign}cmd") or sign in "\t\r"]


def is_amount(cell: str) -> bool:
    """A number below nothing begins with a hyphen and is no formula."""
    return cell.startswith("-") and cell[1:].replace(".", "", 1).isdigit()


def look_at_ods(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        root = ElementTree.fromstring(file.read("content.xml"))
    cells = list(root.iter(f"{TABLE}table-cell"))
    assert not [cell for cell in cells if f"{TABLE}formula" in cell.attrib]
    said = {cell.attrib.get(f"{OFFICE}value-type") for cell in cells if "cmd" in "".join(cell.itertext())}
    assert said == {"string"}
