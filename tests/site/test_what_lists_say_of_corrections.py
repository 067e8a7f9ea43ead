"""Does a withdrawn story say so wherever it is listed, and a corrected one when it was corrected?"""

from __future__ import annotations

import json
import re
from typing import Any

import feedparser
import pytest
from django.test import Client
from django.utils.html import strip_tags

from pututu.home.services import rebuild
from tests.factories import correct, make_article, make_background, make_site, make_story, make_topic

pytestmark = pytest.mark.django_db
RETRACTED = "Retracted: Nine mines"
LISTS = (
    "/en/",
    "/en/news/",
    "/en/topics/mining/",
    "/en/archive/",
    "/en/archive/2012/",
    "/en/archive/2012/05/",
    "/en/search/?q=mines",
    "/en/news/before/",
    "/en/news/after/",
    "/en/background/our-aims/",
    "/en/news/nine-mine/",
)
FEEDS = ("/en/feed.atom", "/en/feed.rss", "/en/topics/mining/feed.atom", "/en/feeds/news.rss")


@pytest.fixture
def home() -> Any:
    return make_site(("en", "es"))["en"]


@pytest.fixture
def story(home: Any) -> Any:
    """A story that every list of ``LISTS`` shows: on a topic, between two others, related to a page."""
    topic = make_topic("mining", en="Mining")
    make_story(home, "Before", published="2012-05-01", topics=[topic])
    story = make_story(home, "Nine mines", published="2012-05-02", topics=[topic])
    make_story(home, "After", published="2012-05-03", topics=[topic])
    related = {"type": "related", "value": {"pages": [story.pk]}}
    make_background(home, body=[related])
    return story


def words(path: str) -> str:
    response = Client().get(path)
    assert response.status_code in (200, 404), path
    body = response.content.decode()
    return re.sub(r"\s+", " ", strip_tags(re.sub(r"(?s)<(script|style).*?</\1>", "", body)))


def saying(what: str, paths: tuple[str, ...] = LISTS) -> set[str]:
    rebuild()
    return {path for path in paths if what in words(path)}


def test_a_withdrawn_story_says_so_wherever_it_is_listed(story: Any):
    assert saying("Nine mines") == set(LISTS)
    assert not saying("Retracted")
    correct(story, on="2013-02-02", kind="retraction")
    assert saying(RETRACTED) == set(LISTS)


def test_a_list_of_undated_items_says_so_too(home: Any):
    undated = ("/en/archive/", "/en/archive/undated/", "/en/news/")
    story = make_story(home, "Nine mines")
    assert saying("Nine mines", undated) == set(undated)
    assert not saying("Retracted", undated)
    correct(story, on="2013-02-02", kind="retraction")
    assert saying(RETRACTED, undated) == set(undated)


def test_a_chosen_page_of_the_front_page_says_so_too(home: Any):
    story = make_story(home, "Nine mines", published="2012-05-02")
    home.front = [("pages", {"title": "Read this", "pages": [story]})]
    home.save()
    assert "Nine mines" in words("/en/")
    assert RETRACTED not in words("/en/")
    correct(story, on="2013-02-02", kind="retraction")
    assert RETRACTED in words("/en/")


def test_a_feed_says_it_in_the_title_of_the_item(story: Any):
    def titles(path: str) -> list[str]:
        return [entry.title for entry in feedparser.parse(Client().get(path).content).entries]

    assert all("Nine mines" in titles(path) for path in FEEDS)
    correct(story, on="2013-02-02", kind="retraction")
    assert all(RETRACTED in titles(path) for path in FEEDS)
    items = json.loads(Client().get("/en/feed.json").content)["items"]
    assert [item["content_text"] for item in items if item["title"] == RETRACTED] == [
        "Retracted: the page says why."
    ]


def test_the_head_of_a_withdrawn_story_says_so_where_it_is_shared(story: Any):
    def head() -> str:
        return Client().get(story.url).content.decode().split("<body")[0]

    assert "Retracted" not in head()
    correct(story, on="2013-02-02", kind="retraction")
    assert f"<title>{RETRACTED} · Tibet Circle</title>" in head()
    assert f'<meta property="og:title" content="{RETRACTED}">' in head()
    assert '"creativeWorkStatus":"Retracted"' in head()


@pytest.mark.parametrize(
    ("kind", "said"),
    [("correction", "Corrected on 2 February 2013"), ("update", "Updated on 2 February 2013")],
)
def test_a_corrected_story_tells_the_day_of_its_last_note(story: Any, kind: str, said: str):
    lists = (
        "/en/",
        "/en/news/",
        "/en/topics/mining/",
        "/en/archive/",
        "/en/archive/2012/",
        "/en/search/?q=mines",
    )
    assert not saying(said, lists)
    correct(story, on="2013-01-01", kind="update")
    correct(story, on="2013-02-02", kind=kind)
    assert saying(said, lists) == set(lists)
    assert said in feedparser.parse(Client().get("/en/feed.atom").content).entries[0].summary


def test_the_table_of_dates_tells_it_as_well(story: Any):
    def rows() -> str:
        return b"".join(Client().get("/en/archive.csv")).decode()

    assert "retraction,2013-02-02" not in rows()
    correct(story, on="2013-02-02", kind="retraction")
    assert "retraction,2013-02-02" in rows()


def test_the_word_is_that_of_the_page_s_own_frame_in_spanish():
    home = make_site(("en", "es"))["es"]
    correct(make_article(home, "Nueve minas", published="2012-05-02"), on="2013-02-02", kind="retraction")
    assert "Retractación: Nueve minas" in words("/es/")
    assert "Retractación: Nueve minas" in Client().get("/es/feed.atom").content.decode()
