"""Does an address that makes no sense get a plain answer, whatever is asked of it?"""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from time_machine import travel

from pututu.home.services import rebuild
from pututu.topics.models import Place
from tests.factories import make_event, make_many_stories, make_site, make_story, make_topic

pytestmark = pytest.mark.django_db

FOUND = [
    "/en/", "/en/news/", "/en/news/?page=0", "/en/news/?page=%00", "/en/news/a-story/?%00=%00",
    "/en/news/a-story/cite.ris", "/en/search/?q=%00", "/en/search/?q=%ff%fe", "/en/search/?q=%F0%9F%A6%99",
    "/en/search/?year=abc", "/en/search/?year=99999&q=a", "/en/search/?year=0", "/en/search/?year=9999&q=a",
    "/en/search/?page=-1&q=story", "/en/search/?page=last&q=story", "/en/search/?page=99999999999999999999&q=story",
    "/en/search/?kind=news%00", "/en/search/?topic=%00&q=x", "/en/search/?place=%E2%80%AE",
    "/en/search/?lang=xx&q=story", "/en/search/?q=a&q=b&year=2013&year=x",
    "/en/archive/?until=99999999999999999999", "/en/archive/?until=-1", "/en/archive/?until=0",
    "/en/archive/?until=%D9%A1", "/en/archive/2012/01/?page=x", "/en/archive/undated/?page=99",
    "/en/topics/mining/?kind=%00&page=zz", "/en/corrections/?page=x", "/en/feed.atom", "/en/topics/mining/feed.rss",
    "/en/feeds/news.json", "/en/calendar.ics", "/en/calendar/mining.ics", "/sitemap.xml"
]  # fmt: skip
LOST = [
    "/EN/", "/en-gb/", "/en//news/", "/en/news/%00/", "/en/news/a%00b", "/en/%ff/", "/en/%C0%80/",
    "/en/NEWS/a-story/", "/en/news//a-story/", "/en/news/%2e%2e/", "/en/news/../../etc/passwd",
    "/en/news/%E6%BC%A2/", "/en/news/%F0%9F%A6%99/", "/en/news/%E2%80%8B/", "/en/news/a-story/%0d%0aX:y/",
    "/en/news/a-story/event.ics", "/en/archive/0/", "/en/archive/10000/", "/en/archive/99999999999999/",
    "/en/archive/2012/13/", "/en/archive/2012/00/", "/en/topics/%00/", "/en/topics/a%00b/feed.rss",
    "/en/topics/%C3%B1/feed.atom", "/en/topics/mining/feed.xml", "/en/feeds/nope.atom", "/en/calendar/nope.ics",
    "/sitemaps/en-0.xml", "/sitemaps/en-99999999999999999999.xml", "/media/%00", "/media/../x", "/static/%00",
    "/accounts/%00/", "/en/" + "a" * 5000 + "/", "/en/" + "a/" * 800,
]  # fmt: skip


@pytest.fixture(autouse=True)
def site() -> None:
    home = make_site(("en", "es"))["en"]
    topic = make_topic()
    Place.objects.create(slug="cusco")
    make_story(home, "A story", published="2012-01-05", topics=[topic])
    make_event(home, starts_on="2027-03-06", topics=[topic])
    make_many_stories(home, 25, topics=[topic])
    rebuild()


def status(method: str, address: str) -> int:
    answer: int = getattr(Client(raise_request_exception=False), method)(address).status_code
    return answer


def test_what_is_there_is_found_whatever_is_wrong_with_its_question() -> None:
    answers = {address: status("get", address) for address in FOUND}
    assert not {address: found for address, found in answers.items() if found != 200}


def test_what_is_not_there_is_lost_and_nothing_breaks() -> None:
    answers = {address[:80]: status("get", address) for address in LOST}
    assert not {address: found for address, found in answers.items() if found != 404}


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_sent_to_a_page(method: str) -> None:
    answers = {address: status(method, address) for address in FOUND}
    assert not {address: found for address, found in answers.items() if found != 405}


def test_the_head_of_every_answer_can_be_asked_for_alone() -> None:
    for address in FOUND:
        answer = Client().head(address)
        assert answer.status_code == 200
        assert not answer.content


def test_who_has_a_feed_or_a_calendar_is_not_sent_it_again() -> None:
    for address in (
        "/en/feed.atom",
        "/en/feeds/news.json",
        "/en/topics/mining/feed.rss",
        "/en/places/cusco/feed.atom",
        "/en/calendar.ics",
    ):
        with travel(dt.datetime(2027, 1, 1, 12, tzinfo=dt.UTC), tick=False):
            first = Client().get(address)
        with travel(dt.datetime(2027, 1, 1, 12, 5, tzinfo=dt.UTC), tick=False):
            again = Client().get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert Client().get(address, headers={"if-none-match": '"other"'}).status_code == 200
