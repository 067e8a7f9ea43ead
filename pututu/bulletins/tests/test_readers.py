"""Can readers leave and choose by a link in a mail, and does nothing happen by being looked at?"""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pututu.bulletins.models import Choice, Delivery
from pututu.bulletins.rendering.links import reader_token
from pututu.bulletins.services.posting import Composers
from pututu.bulletins.tests.making import agree, make_issue, make_reader, make_series, start
from pututu.people.models import ConsentRecord
from pututu.people.services import permission
from tests.factories import make_site, make_story, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivery() -> Delivery:
    story = make_story(make_site(("en", "es"))["en"])
    make_topic("mining", en="Mining", es="Minería")
    make_reader("ana@example.org", "Ana")
    issue = start(make_issue(make_series(), story, languages=("en", "es")))
    row: Delivery = issue.deliveries.get()
    return row


def has_left(delivery: Delivery) -> bool:
    return Choice.objects.filter(person=delivery.person, left_at__isnull=False).exists()


@pytest.mark.parametrize("name", ["bulletin-one-click", "bulletin-leave", "bulletin-choices"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_whatever_a_mail_scanner_opens_changes_nothing(
    client: Client, delivery: Delivery, name: str, method: str
) -> None:
    before = ConsentRecord.objects.count()
    shown = getattr(client, method)(reverse(name, args=[reader_token(delivery)]))
    assert shown.status_code == 200
    assert not has_left(delivery)
    assert ConsentRecord.objects.count() == before


def test_one_click_leaves_without_a_cookie_or_a_token(delivery: Delivery) -> None:
    strict = Client(enforce_csrf_checks=True)
    header = dict(Composers()(delivery).headers)["List-Unsubscribe"]
    address = header.strip("<>").partition("://")[2].partition("/")[2]
    for _click in range(2):
        done = strict.post(f"/{address}", {"List-Unsubscribe": "One-Click"})
        assert done.status_code == 200
    assert not done.cookies
    assert has_left(delivery)
    assert delivery.person
    assert delivery.email
    assert not permission(delivery.person, delivery.email, "bulletins")


def test_whoever_leaves_may_say_why(client: Client, delivery: Delivery) -> None:
    client.post(reverse("bulletin-leave", args=[reader_token(delivery)]), {"why": "Too many"})
    assert Choice.objects.get().left_why == "Too many"


def test_one_series_is_left_and_another_goes_on(client: Client, delivery: Delivery) -> None:
    make_series("monthly")
    client.post(reverse("bulletin-leave", args=[reader_token(delivery)]))
    assert delivery.person
    assert delivery.email
    assert permission(delivery.person, delivery.email, "bulletins"), "for the other series"
    again = start(make_issue(delivery.issue.series, *[item.page for item in delivery.issue.items.all()]))
    assert (again.frozen, again.left_out) == (0, {"left": 1})


def test_topics_languages_and_a_pause_are_chosen(client: Client, delivery: Delivery) -> None:
    address = reverse("bulletin-choices", args=[reader_token(delivery)])
    client.post(address, {"languages": ["es"], "topics": ["mining"], "pause": "28"})
    choice = Choice.objects.get()
    assert choice.languages == ["es"]
    assert [topic.slug for topic in choice.topics.all()] == ["mining"]
    assert choice.paused_until == timezone.localdate() + dt.timedelta(days=28)
    assert "checked" in client.get(address).content.decode()


def test_choosing_agrees_to_nothing(client: Client, delivery: Delivery) -> None:
    token = reader_token(delivery)
    client.post(reverse("bulletin-leave", args=[token]))
    client.post(reverse("bulletin-choices", args=[token]), {"languages": ["en"]})
    assert has_left(delivery)


def test_a_link_that_is_not_ours_says_nothing(client: Client, delivery: Delivery) -> None:
    for name in ("bulletin-leave", "bulletin-choices"):
        assert client.get(reverse(name, args=["not-ours"])).status_code == 410
    assert client.post(reverse("bulletin-one-click", args=["not-ours"])).status_code == 200


def test_the_issue_is_on_the_site_without_a_word_of_its_readers(client: Client, delivery: Delivery) -> None:
    shown = client.get(reverse("bulletin-issue", args=["weekly", delivery.issue.number])).content.decode()
    assert "A story" in shown
    assert "ana@example.org" not in shown
    assert reader_token(delivery) not in shown


def test_what_only_members_are_told_is_not_on_the_site(client: Client, delivery: Delivery) -> None:
    series = delivery.issue.series
    series.is_public = False
    series.save()
    address = reverse("bulletin-issue", args=["weekly", delivery.issue.number])
    assert client.get(address).status_code == 404


def test_an_issue_that_is_being_written_is_not_on_the_site(client: Client, delivery: Delivery) -> None:
    draft = make_issue(delivery.issue.series)
    assert client.get(reverse("bulletin-issue", args=["weekly", draft.number])).status_code == 404


def test_two_addresses_of_one_person_get_one_mail(delivery: Delivery) -> None:
    from pututu.people.services import give_address

    assert delivery.person
    give_address(delivery.person, "ana@work.example.org")
    agree(delivery.person, "ana@work.example.org")
    again = start(make_issue(delivery.issue.series, *[item.page for item in delivery.issue.items.all()]))
    assert [row.address for row in again.deliveries.all()] == ["ana@example.org"]
