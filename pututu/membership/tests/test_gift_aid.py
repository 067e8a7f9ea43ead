"""Whoever joins, or is a member, declares Gift Aid for themselves where the group asks, and ends it as easily."""

import uuid

import pytest
from django.urls import reverse
from django.utils import translation

from pututu.giving.models import Declaration, GiftAidSettings, Payment, Purpose
from pututu.giving.rules import Part, Use
from pututu.giving.rules.gift_aid import Donor, NotClaimable, schedule_row
from pututu.giving.services.gift_aid import declare, judged
from pututu.giving.services.ledger import ask_payment, confirm_payment
from pututu.membership.services.renewals import part_for
from pututu.people.models import Person
from tests.belonging import day, make_membership, make_person, make_plan, pay_for, pounds
from tests.factories import make_site

from .conftest import link_in
from .test_joining import said

pytestmark = pytest.mark.django_db
TAX = {"gift_aid": "on", "tax_given_names": "Rosa María", "tax_family_name": "Quispe"}
HOME = {"address": "12 Hill Road", "town": "Sheffield", "postcode": "S6 2BD"}


@pytest.fixture(autouse=True)
def _on_a_day(time_machine):
    time_machine.move_to("2026-06-01T10:00Z")


@pytest.fixture
def plan():
    make_site(("en", "es"))
    return make_plan(price=30)


@pytest.fixture
def switch():
    return GiftAidSettings.objects.create(is_on=True, are_dues_gifts=True, charity_name="The Peru Charity")


def join(client, **changes):
    return client.post(reverse("join"), said(**changes))


def test_it_is_asked_only_where_the_switch_is_on_and_dues_are_gifts(client, plan, switch):
    asked = "The Peru Charity. I am a UK taxpayer"
    for is_on, are_dues_gifts in ((False, False), (True, False), (False, True)):
        GiftAidSettings.objects.update(is_on=is_on, are_dues_gifts=are_dues_gifts)
        assert asked not in client.get(reverse("join")).content.decode()
        join(client, name=f"{is_on} {are_dues_gifts}", email=f"{uuid.uuid4()}@example.org", **TAX, **HOME)
    assert not Declaration.objects.exists()
    GiftAidSettings.objects.update(is_on=True, are_dues_gifts=True)
    assert asked in client.get(reverse("join")).content.decode()
    with translation.override("es"):
        assert "contribuyente en el Reino Unido" in client.get(reverse("join")).content.decode()


def test_a_declaration_is_kept_with_name_home_and_words_and_covers_the_dues(client, plan, switch):
    assert join(client, **TAX, **HOME).status_code == 303
    declared = Declaration.objects.get()
    assert (declared.given_names, declared.family_name) == ("Rosa María", "Quispe")
    assert (declared.address, declared.postcode, declared.how) == ("12 Hill Road", "S6 2BD", "online")
    assert (declared.made_on, declared.first) == (day("2026-06-01"), day("2022-06-01"))
    assert "The Peru Charity" in declared.wording
    assert declared.person.name == "Rosa Quispe"
    confirm_payment(Payment.objects.get(), received_on=day("2026-06-10"))
    [found] = judged(today=day("2026-07-01"))
    assert found.verdict.declaration.key == declared.pk


def test_without_a_tick_nothing_is_declared(client, plan, switch):
    join(client, **{**TAX, "gift_aid": ""}, **HOME)
    assert not Declaration.objects.exists()


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ({"tax_family_name": ""}, "your given and your family name"),
        ({"postcode": "none"}, "home address"),
        ({"address": ""}, "home address"),
    ],
)
def test_what_hmrc_would_miss_is_asked_for(client, plan, switch, lacking, words):
    answer = join(client, **{**TAX, **HOME, **lacking})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Person.objects.exists()


def test_an_organisation_or_a_present_declares_nothing(client, plan, switch):
    make_plan("club", kind="organisation")
    assert join(client, plan="club", **TAX, **HOME).status_code == 422
    assert join(client, gift_name="Ana", **TAX, **HOME).status_code == 422
    assert join(client, **TAX, **HOME).status_code == 303


def test_nobody_declares_for_somebody_who_is_known(client, plan, switch):
    known = make_person("Rosa Quispe", "rosa@example.org")
    Person.objects.update(created_at="2026-01-01T00:00Z")
    assert join(client, **TAX, **HOME).status_code == 303
    known.refresh_from_db()
    assert (known.family_name, known.address) == ("", "")
    assert not Declaration.objects.exists()


def test_a_double_click_declares_once(client, plan, switch):
    form = said(**TAX, **HOME)
    for _time in range(2):
        client.post(reverse("join"), form)
    assert Declaration.objects.count() == 1


# --- on one's own page


@pytest.fixture
def rosa(client, plan, letters):
    """A member, signed in."""
    rosa = make_person("Rosa Quispe", "rosa@example.org")
    pay_for(make_membership(plan, rosa), amount=30, on="2026-03-01")
    with letters() as sent:
        client.post(reverse("me-link"), {"email": "rosa@example.org"})
    client.post(link_in(sent[0]))
    return rosa


def own_page(client):
    return client.get(reverse("me")).content.decode()


OWN = {"given_names": "Rosa", "family_name": "Quispe", "agreed": "on", **HOME}


def test_a_member_declares_sees_and_ends_it(client, rosa, switch):
    url = reverse("me-gift-aid")
    assert "I am a UK taxpayer" in own_page(client)
    client.post(url, OWN)
    client.post(url, OWN)
    rosa.refresh_from_db()
    assert (rosa.family_name, rosa.postcode) == ("Quispe", "S6 2BD")
    assert "as Rosa Quispe, 12 Hill Road S6 2BD" in " ".join(own_page(client).split())
    [found] = judged(today=day("2026-06-01"))
    assert found.verdict.declaration
    client.post(url, {"act": "stop"})
    client.post(url, {"act": "stop"})
    declared = Declaration.objects.get()
    assert (declared.last, declared.closed_why) == (day("2026-06-01"), "They don't want it any more.")
    assert "It holds for gifts until 1 June 2026" in own_page(client)


def test_another_address_is_another_declaration(client, rosa, switch, time_machine):
    client.post(reverse("me-gift-aid"), OWN)
    time_machine.move_to("2026-06-01T11:00Z")
    client.post(reverse("me-gift-aid"), {**OWN, "address": "7 Lake Street"})
    standing = Declaration.objects.filter(closed_at=None)
    assert [each.address for each in standing] == ["7 Lake Street"]
    assert Declaration.objects.count() == 2


def test_what_is_lacking_is_said_and_nothing_is_kept(client, rosa, switch):
    for lacking in ({"agreed": ""}, {"postcode": "x"}, {"given_names": ""}):
        assert client.post(reverse("me-gift-aid"), {**OWN, **lacking}).status_code == 422
    assert not Declaration.objects.exists()
    rosa.refresh_from_db()
    assert rosa.address == ""


def test_where_the_group_claims_none_nothing_is_asked_but_ending_is_taken(client, rosa, switch):
    client.post(reverse("me-gift-aid"), OWN)
    GiftAidSettings.objects.update(is_on=False)
    assert "I am a UK taxpayer" not in own_page(client)
    assert client.post(reverse("me-gift-aid"), OWN).status_code == 404
    client.post(reverse("me-gift-aid"), {"act": "stop"})
    assert Declaration.objects.get().closed_at


def test_dues_that_buy_somebody_elses_membership_are_no_gift(plan, switch):
    giver, holder = make_person("Rosa Quispe", **HOME), make_person("Hugo Blanco")
    declare(
        giver,
        made_on=day("2026-01-10"),
        first=day("2026-01-01"),
        how="paper",
        wording="I want",
        donor=Donor("Rosa", "Quispe", "12 Hill Road", "S6 2BD"),
    )
    present = make_membership(plan, holder, given_by=giver, given_to="Hugo")
    pay = {"method": "cheque", "asked_on": day("2026-03-15")}
    for_another = ask_payment(giver, plan.price, key="a", parts=[part_for(present)], **pay)
    both = [part_for(present), Part(1000, Use(Purpose.GIFT))]
    mixed = ask_payment(giver, pounds(40), key="b", parts=both, **pay)
    for payment in (for_another, mixed):
        confirm_payment(payment, received_on=day("2026-03-15"))
    pay_for(make_membership(plan, giver))  # the control: dues of one's own
    found = [(each.amount.minor, each.verdict.reason) for each in judged(today=day("2026-06-01"))]
    assert sorted(found, key=lambda each: each[0]) == [
        (1000, None),
        (3000, NotClaimable.FOR_ANOTHER),
        (3600, None),
    ]


def test_who_belongs_to_a_household_pays_for_their_own_membership_too(plan, switch):
    wife = make_person("Rosa Quispe")
    household = make_membership(make_plan("household", people_at_most=2), make_person("Juan"), others=[wife])
    payment = ask_payment(
        wife,
        household.plan.price,
        key="a",
        parts=[part_for(household)],
        method="cheque",
        asked_on=day("2026-03-15"),
    )
    confirm_payment(payment, received_on=day("2026-03-15"))
    [found] = judged(today=day("2026-06-01"))
    assert found.verdict.reason is NotClaimable.NO_DECLARATION


def test_who_lives_abroad_declares_without_a_uk_postcode_and_who_does_not_needs_one(client, plan, switch):
    lima = {"address": "Jr. Cusco 1", "town": "Lima", "postcode": "15001"}
    assert join(client, **TAX, **lima, country="GB").status_code == 422
    assert join(client, **TAX, **lima, country="PE").status_code == 303
    declared = Declaration.objects.get()
    assert (declared.country, declared.is_abroad) == ("PE", True)
    row = schedule_row(declared.as_rule.donor, pounds(30), received_on=day("2026-06-01"))
    assert row.postcode == "X"
