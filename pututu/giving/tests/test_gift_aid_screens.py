"""Can a treasurer take a declaration, make a claim and hand it in, and nobody else?"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from pututu.giving.models import Claim, Declaration, GiftAidSettings, Purpose
from pututu.giving.rules import Use
from pututu.giving.tests.test_gift_aid_claims import gift
from pututu.people.models import AccessRecord, Person
from tests.belonging import make_person
from tests.factories import make_site, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa() -> Person:
    make_site()
    GiftAidSettings.objects.create(is_on=True)
    return make_person(
        "Rosa Quispe",
        given_names="Rosa",
        family_name="Quispe",
        address="12 Hill Road",
        postcode="S6 2BD",
        country="GB",
    )


def desk(role: str = "Treasurers") -> Client:
    client = Client()
    client.force_login(make_staff(role, email=f"{role.lower().replace(' ', '-')}@example.org"))
    return client


SAID = {"answer": "yes", "made_on": "2026-01-10", "first": "", "how": "paper", "wording": "I want Gift Aid."}


def test_a_declaration_is_taken_and_its_gifts_claimed_and_handed_in(rosa: Person):
    gift(rosa, 40, on="2024-05-01")
    treasurer = desk()
    page = treasurer.get(reverse("giving:gift-aid"))
    assert "No declaration covers its day" in page.content.decode()
    kept = treasurer.post(reverse("giving:declarations", args=[rosa.uid]), SAID)
    assert kept.status_code == 302
    assert str(Declaration.objects.get().first) == "2022-01-10"
    assert "£10 can be claimed" in treasurer.get(reverse("giving:gift-aid")).content.decode()
    made = treasurer.post(reverse("giving:claim-now"))
    claim = Claim.objects.get()
    assert made["Location"] == reverse("giving:claim", args=[claim.pk])
    assert claim.sha256 in treasurer.get(made["Location"]).content.decode()
    file = treasurer.get(reverse("giving:schedule", args=[claim.pk, 1, "csv"]))
    assert b"Rosa,Quispe,12,S6 2BD" in file.content
    assert treasurer.get(reverse("giving:schedule", args=[claim.pk, 1, "ods"])).content[:2] == b"PK"
    assert treasurer.get(reverse("giving:schedule", args=[claim.pk, 2, "csv"])).status_code == 404
    treasurer.post(reverse("giving:hand-in", args=[claim.pk]), {"on": "2026-11-25"})
    treasurer.post(reverse("giving:withdraw", args=[claim.pk]))
    claim.refresh_from_db()
    assert claim.state == Claim.State.SENT


def test_pressing_twice_makes_one_claim(rosa: Person):
    treasurer = desk()
    treasurer.post(reverse("giving:declarations", args=[rosa.uid]), SAID)
    gift(rosa, 40)
    for _press in range(2):
        treasurer.post(reverse("giving:claim-now"))
    assert Claim.objects.count() == 1


def test_what_hmrc_would_miss_is_asked_for_before_the_declaration_is_kept(rosa: Person):
    Person.objects.filter(pk=rosa.pk).update(postcode="")
    treasurer = desk()
    refused = treasurer.post(reverse("giving:declarations", args=[rosa.uid]), SAID)
    assert "with its postcode" in refused.content.decode()
    assert not Declaration.objects.exists()
    treasurer.post(reverse("giving:declarations", args=[rosa.uid]), {**SAID, "answer": "no"})
    assert not Declaration.objects.get().is_given


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"made_on": "2999-01-01"}, "still to come"),
        ({"made_on": ""}, "required"),
        ({"wording": ""}, "required"),
    ],
)
def test_a_declaration_without_its_day_or_its_words_is_not_kept(
    rosa: Person, wrong: dict[str, str], words: str
):
    refused = desk().post(reverse("giving:declarations", args=[rosa.uid]), {**SAID, **wrong})
    assert words in refused.content.decode()
    assert not Declaration.objects.exists()


def test_a_declaration_is_closed_with_its_last_day_and_reason(rosa: Person):
    treasurer = desk()
    treasurer.post(reverse("giving:declarations", args=[rosa.uid]), SAID)
    one = Declaration.objects.get()
    treasurer.post(reverse("giving:close-declaration", args=[one.pk]), {"last": "2026-03-01"})
    assert Declaration.objects.get().closed_at is None
    treasurer.post(
        reverse("giving:close-declaration", args=[one.pk]),
        {"last": "2026-03-01", "reason": "Pays no tax now"},
    )
    one.refresh_from_db()
    assert (str(one.last), one.closed_why) == ("2026-03-01", "Pays no tax now")


def test_every_reason_has_its_list_and_every_look_is_noted(rosa: Person):
    gift(None, 5)
    gift(rosa, 6, use=Use(Purpose.GIFT))
    treasurer = desk()
    listed = treasurer.get(reverse("giving:unclaimable", args=["no-declaration"])).content.decode()
    assert "Rosa Quispe" in listed
    assert "£5" in treasurer.get(reverse("giving:unclaimable", args=["nobody"])).content.decode()
    treasurer.get(reverse("giving:declarations", args=[rosa.uid]))
    noted = set(AccessRecord.objects.exclude(by=None).values_list("act", flat=True))
    assert {"listed", "seen"} <= noted


def test_where_gift_aid_is_off_the_screen_says_so_and_claims_nothing(rosa: Person):
    GiftAidSettings.objects.update(is_on=False)
    treasurer = desk()
    assert "switched off" in treasurer.get(reverse("giving:gift-aid")).content.decode()
    assert "switched off" in treasurer.post(reverse("giving:claim-now"), follow=True).content.decode()
    assert not Claim.objects.exists()


@pytest.mark.parametrize("role", ["Editors", "Publishers", "Membership secretaries"])
def test_nobody_else_may_look_or_claim(rosa: Person, role: str):
    client = desk(role)
    for address in (reverse("giving:gift-aid"), reverse("giving:declarations", args=[rosa.uid])):
        assert client.get(address).status_code in (302, 403)
    assert client.post(reverse("giving:claim-now")).status_code in (302, 403)
    assert desk().get(reverse("giving:gift-aid")).status_code == 200
