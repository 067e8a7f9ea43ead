"""A member is reached at another address once they showed to read it; no consent moves along, nor mail of others."""

import pytest
from django.test import Client
from django.urls import reverse

from pututu.membership.models import AddressChange
from pututu.people.models import AccessRecord, ConsentRecord, EmailAddress
from pututu.people.rules import Purpose
from pututu.people.services import permission, suppress
from tests.belonging import make_membership, make_person, make_plan, pay_for
from tests.factories import make_site

from .conftest import link_in

pytestmark = pytest.mark.django_db
OLD, NEW = "rosa@example.org", "rosa@example.net"


@pytest.fixture(autouse=True)
def _on_a_day(time_machine):
    time_machine.move_to("2026-06-01T10:00Z")


@pytest.fixture
def rosa(client, letters):
    """Signed in by a link, and a member."""
    make_site(("en", "es"))
    rosa = make_person("Rosa Quispe", OLD)
    pay_for(make_membership(make_plan(), rosa))
    sign_in(client, OLD, letters)
    return rosa


def sign_in(client, address, letters):
    with letters() as sent:
        client.post(reverse("me-link"), {"email": address})
    client.post(link_in(sent[0]))


@pytest.fixture
def asked(client, rosa, letters):
    """The path in the letter that a new address gets, and all letters that went out."""

    def ask(address=NEW, replaces=OLD):
        number = EmailAddress.objects.get(address=replaces).pk if replaces else ""
        with letters() as sent:
            answer = client.post(reverse("me-addresses"), {"email": address, "replaces": number})
        assert "a letter with a link is there" in answer.content.decode()
        return link_in(sent[0]) if sent else None

    return ask


def addresses(person):
    return [each.address for each in person.addresses.order_by("person_emails__order")]


def agree(client, *purposes):
    for purpose in purposes:
        client.post(reverse("me-mail"), {"purpose": purpose, "act": "start"})


def test_a_new_address_counts_when_its_link_was_followed_and_the_button_pressed(client, rosa, asked, letters):
    path = asked()
    assert NEW in client.get(path).content.decode()
    assert addresses(rosa) == [OLD]
    with letters() as sent:
        client.post(path)
    assert addresses(rosa) == [NEW]
    assert [each.to for each in sent] == [[OLD]]
    assert "were changed" in sent[0].subject
    assert NEW not in sent[0].body
    assert NEW in client.get(reverse("me")).content.decode()  # still signed in
    assert AccessRecord.objects.filter(fields=["addresses"]).count() == 1


def test_the_link_works_once_for_a_day_and_a_newer_one_ends_it(client, rosa, asked, letters, time_machine):
    first = asked(replaces="")
    second = asked("second@example.net", replaces="")
    assert client.get(first).status_code == 410
    time_machine.move_to("2026-06-02T10:01Z")
    sign_in(client, OLD, letters)
    assert client.get(second).status_code == 410
    time_machine.move_to("2026-06-02T09:59Z")
    sign_in(client, OLD, letters)
    assert client.post(second).status_code == 303
    assert client.post(second).status_code == 410
    assert addresses(rosa) == [OLD, "second@example.net"]


def test_nobody_else_can_use_the_link(client, rosa, asked, letters):
    path = asked()
    stranger = Client()
    assert "Sign in first" in stranger.post(path).content.decode()
    assert NEW not in stranger.get(path).content.decode()
    make_person("Ana Lopez", "ana@example.org")
    sign_in(stranger, "ana@example.org", letters)
    assert stranger.post(path).status_code == 410
    assert addresses(rosa) == [OLD]
    assert client.post(path).status_code == 303


def test_what_was_agreed_to_is_not_carried_over_but_can_be_ticked_there(client, rosa, asked):
    agree(client, "events", "bulletins")
    path = asked()
    assert " checked" not in client.get(path).content.decode()
    client.post(path, {"mail": ["events", "nonsense"]})
    new = rosa.addresses.get()
    assert permission(rosa, new, Purpose.EVENTS)
    assert not permission(rosa, new, Purpose.BULLETINS)
    given = ConsentRecord.objects.get(act="given", email=new)
    assert given.wording.startswith("Invitations to events")
    assert given.page == "/en/me/"


def test_whoever_shares_the_old_address_keeps_it_with_all_they_agreed_to(client, rosa, asked, letters):
    juan = make_person("Juan Mamani", OLD)
    ConsentRecord.objects.create(
        person=juan,
        email=juan.addresses.get(),
        purpose="events",
        act="given",
        basis="consent",
        at="2026-01-01T00:00Z",
    )
    client.post(asked())
    assert addresses(juan) == [OLD]
    assert permission(juan, juan.addresses.get(), Purpose.EVENTS)


def test_what_is_said_does_not_tell_whether_an_address_is_known(client, rosa, letters):
    make_person("Ana Lopez", "ana@example.org")
    suppress("closed@example.org", reason="complained")
    pages = set()
    for address in ("ana@example.org", "nobody@example.org", "closed@example.org", OLD):
        with letters() as sent:
            page = client.post(reverse("me-addresses"), {"email": address}).content.decode()
        pages.add(page.split('role="status"')[1].split("</p>")[0])
        assert [each.to for each in sent] == ([] if "closed" in address else [[address]])
    assert len(pages) == 1
    assert client.post(reverse("me-addresses"), {"email": "none"}).status_code == 422


def test_links_to_new_addresses_are_few(client, rosa, letters):
    with letters() as sent:
        for number in range(9):
            client.post(reverse("me-addresses"), {"email": f"new{number}@example.net"})
    assert len(sent) == 6
    assert AddressChange.objects.count() == 1


def test_an_address_is_taken_out_and_the_last_only_where_it_is_meant(client, rosa, asked, letters):
    client.post(asked(replaces=""))
    old, new = (EmailAddress.objects.get(address=each) for each in (OLD, NEW))
    out = reverse("me-address-out")
    with letters() as sent:
        client.post(out, {"address": new.pk})
    assert sorted(each.to[0] for each in sent) == sorted([OLD, NEW])
    assert addresses(rosa) == [OLD]
    assert client.post(out, {"address": old.pk}).status_code == 422
    assert addresses(rosa) == [OLD]
    client.post(out, {"address": old.pk, "is_meant": "yes"})
    assert addresses(rosa) == []
    assert client.post(out, {"address": old.pk}).url == reverse("me")


def test_an_address_of_somebody_else_is_not_taken_out(client, rosa):
    ana = make_person("Ana Lopez", "ana@example.org")
    assert client.post(reverse("me-address-out"), {"address": ana.addresses.get().pk}).status_code == 404
    assert client.post(reverse("me-address-out"), {"address": "x"}).status_code == 404
    assert addresses(ana) == ["ana@example.org"]


def test_a_followed_link_shows_that_an_address_works_again(client, rosa, asked):
    EmailAddress.objects.create(address=NEW, folded=NEW, state="bounced")
    client.post(asked())
    assert rosa.addresses.get().state == "good"
