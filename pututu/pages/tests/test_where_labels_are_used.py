"""Before a topic or place goes, staff see how many pages carry it, and which."""

import pytest
from django.urls import reverse
from wagtail.models import ReferenceIndex

from pututu.topics.models import Place, Topic
from tests.factories import make_site, make_staff, make_story, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return make_site()["en"]


def carry(home, title, *topics):
    story = make_story(home, title)
    story.topics.set(topics)
    story.save_revision().publish()
    return story


def screen(client, topic, name):
    address = reverse(topic.snippet_viewset.get_url_name(name), args=[topic.pk])
    return client.get(address).content.decode()


def test_usage_lists_the_pages_that_carry_a_topic_and_no_others(client, home):
    mining, coca = make_topic("mining", en="Mining"), make_topic("coca", en="Coca")
    carry(home, "A pit is opened", mining)
    carry(home, "A field is measured", coca)
    client.force_login(make_staff())
    shown = screen(client, mining, "usage")
    assert "A pit is opened" in shown
    assert "A field is measured" not in shown


def test_deleting_a_topic_in_use_first_says_how_many_pages_would_lose_it_and_leads_to_them(client, home):
    mining = make_topic("mining", en="Mining")
    client.force_login(make_staff())
    assert "No page carries it." in screen(client, mining, "delete")
    carry(home, "A pit is opened", mining)
    assert "1 page carries “Mining” and would lose it." in screen(client, mining, "delete")
    carry(home, "A pit is closed", mining)
    shown = screen(client, mining, "delete")
    assert "2 pages carry “Mining” and would lose it." in shown
    assert reverse(mining.snippet_viewset.get_url_name("usage"), args=[mining.pk]) in shown


def test_a_page_that_loses_a_topic_is_no_longer_counted(home):
    mining = make_topic("mining", en="Mining")
    story = carry(home, "A pit is opened", mining)
    assert ReferenceIndex.get_references_to(mining).count() == 1
    story.topics.clear()
    story.save_revision().publish()
    assert ReferenceIndex.get_references_to(mining).count() == 0


def test_places_are_counted_too(home):
    lima = Place.objects.create(slug="lima")
    story = make_story(home, "In the city")
    story.places.set([lima])
    story.save_revision().publish()
    assert ReferenceIndex.get_references_to(lima).count() == 1


def test_pages_keep_standing_when_their_topic_goes(client, home):
    mining = make_topic("mining", en="Mining")
    story = carry(home, "A pit is opened", mining)
    client.force_login(make_staff())
    client.post(reverse(mining.snippet_viewset.get_url_name("delete"), args=[mining.pk]))
    assert not Topic.objects.exists()
    assert client.get(story.url).status_code == 200
