"""Somebody changes and stops what they give regularly on their own page, and nobody else does."""

import datetime as dt

import pytest
from django.urls import reverse

from pututu.giving.models import Method, RegularGift
from tests.belonging import make_person
from tests.factories import make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def gift():
    make_site(("en", "es"))
    rosa = make_person("Rosa", "rosa@example.org")
    return RegularGift.objects.create(
        person=rosa,
        minor=1000,
        currency="GBP",
        first=dt.date(2026, 1, 31),
        anchor=31,
        method=Method.STANDING_ORDER,
    )


def sign_in(client, person):
    session = client.session
    until = dt.datetime(2030, 1, 1, tzinfo=dt.UTC).timestamp()
    session["member"] = {"email": person.addresses.get().pk, "person": person.pk, "until": until}
    session.save()


def test_a_donor_who_is_no_member_sees_changes_and_stops_it(client, gift):
    sign_in(client, gift.person)
    page = client.get(reverse("me")).content.decode()
    assert "£10 each month, Standing order" in page
    address = reverse("me-gift", args=[gift.uid])
    client.post(address, {"act": "change", "own": "12,50 or so"})
    gift.refresh_from_db()
    assert gift.minor == 1000
    client.post(address, {"act": "change", "own": "12.50"})
    gift.refresh_from_db()
    assert gift.minor == 1250
    for _press in range(2):
        assert client.post(address, {"act": "stop"}).url == f"{reverse('me')}#gifts"
    gift.refresh_from_db()
    assert gift.ended_why == "Stopped by the giver."


def test_nobody_else_does(client, gift):
    sign_in(client, make_person("Juan", "juan@example.org"))
    assert "£10" not in client.get(reverse("me")).content.decode()
    assert client.post(reverse("me-gift", args=[gift.uid]), {"act": "stop"}).status_code == 404
    gift.refresh_from_db()
    assert gift.ended_on is None
