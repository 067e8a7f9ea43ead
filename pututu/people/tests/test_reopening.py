"""Is a closed address opened again only when its owner asked, by whoever may, and is it written down?"""

import pytest
from django.urls import reverse

from pututu.people.models import AccessRecord
from pututu.people.rules import Act, Purpose, Refusal
from pututu.people.services import add_person, is_suppressed, permission, record_consent, suppress
from pututu.people.services.consent import NotTheirsToLift, reopen_address
from tests.factories import make_site, make_staff

pytestmark = pytest.mark.django_db
SAID = {"reason": "By telephone on 3 May"}


@pytest.fixture
def rosa():
    return add_person("Rosa", emails=["rosa@example.org"])


@pytest.fixture
def secretary(client):
    make_site(("en", "es"))
    user = make_staff("Membership secretaries", email="secretary@example.org")
    client.force_login(user)
    return user


def page_for(person) -> str:
    return reverse("people:reopen-address", args=[person.uid, person.addresses.get().pk])


def person_page(client, person) -> str:
    return client.get(reverse("people:person", args=[person.uid])).content.decode()


@pytest.mark.parametrize("reason", ["unsubscribed", "bounced"])
def test_staff_open_an_address_again_with_a_reason_once(client, secretary, rosa, reason):
    email = rosa.addresses.get()
    record_consent(rosa, email, Purpose.EVENTS, act=Act.WITHDRAWN)
    record_consent(rosa, email, Purpose.BULLETINS, act=Act.GIVEN)
    assert "Let mail go there again" not in person_page(client, rosa)
    suppress("rosa@example.org", reason=reason)
    assert "Let mail go there again" in person_page(client, rosa)
    client.post(page_for(rosa), {"reason": " "})
    assert is_suppressed("rosa@example.org")
    for _click in range(2):
        assert client.post(page_for(rosa), SAID).url == reverse("people:person", args=[rosa.uid])
    assert not is_suppressed("rosa@example.org")
    row = AccessRecord.objects.get(fields=["suppression"])
    assert (row.by, row.detail) == (secretary, f"{reason}: By telephone on 3 May")
    assert permission(rosa, email, Purpose.BULLETINS)
    assert permission(rosa, email, Purpose.EVENTS).refusal == Refusal.WITHDRAWN


@pytest.mark.parametrize("reason", ["erased", "complained"])
def test_whoever_complained_or_was_erased_must_say_so_themselves(client, secretary, rosa, reason):
    suppress("rosa@example.org", reason=reason)
    assert "comes back by joining themselves" in client.post(page_for(rosa), SAID).content.decode()
    assert is_suppressed("rosa@example.org")
    assert not AccessRecord.objects.filter(fields=["suppression"]).exists()
    with pytest.raises(NotTheirsToLift):
        reopen_address(rosa, rosa.addresses.get(), reason="x", by=None)


def test_treasurers_open_nothing_and_looking_opens_nothing(client, secretary, rosa):
    suppress("rosa@example.org", reason="unsubscribed")
    assert client.get(page_for(rosa)).status_code == 200
    assert is_suppressed("rosa@example.org")
    client.force_login(make_staff("Treasurers", email="treasurer@example.org"))
    assert client.post(page_for(rosa), SAID).status_code == 302
    assert is_suppressed("rosa@example.org")
    client.force_login(secretary)
    client.post(page_for(rosa), SAID)
    assert not is_suppressed("rosa@example.org")
