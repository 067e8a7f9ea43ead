"""How often does each kind of page ask the database, over the whole way of a request, and does more content cost more?

A first request fills what is kept for the process (content types, site roots, pictures' files); the second one counts.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pututu.events.models import EventIndexPage
from pututu.home.models import HomePage
from pututu.home.services import rebuild
from pututu.publishing.models import StoryIndexPage
from pututu.topics.models import Topic
from tests.factories import (
    correct,
    make_article,
    make_background,
    make_event,
    make_many_stories,
    make_publication,
    make_site,
    make_story,
    make_topic,
)
from tests.pictures import make_picture

pytestmark = pytest.mark.django_db

FEW, MANY = 5, 60
TEXT = [{"type": "text", "value": "<h2>Where it grows</h2><p>On slopes.<a href='#s1'>1</a></p>"}]
CHART = {
    "title": "Area",
    "kind": "line",
    "unit": "hectares",
    "table": "| 2011 | 2012\nPeru | 1 | 2",
    "note": "",
}
# The most that a page of each kind may ask, once in a process.
MOST = {
    "/en/news/a-story/": 12,
    "{articles}an-article/": 12,
    "/en/": 20,
    "/en/news/": 16,
    "{events}": 16,
    "{events}a-meeting/": 14,
    "/en/publications/": 16,
    "/en/publications/a-report/": 14,
    "/en/background/": 14,
    "/en/background/our-aims/": 14,
    "/en/topics/": 12,
    "/en/topics/mining/": 18,
    "/en/places/": 12,
    "/en/archive/": 18,
    "/en/archive/2012/": 18,
    "/en/archive/2012/01/": 18,
    "/en/archive/undated/": 16,
    "/en/search/": 14,
    "/en/search/?q=story": 24,
    "/en/corrections/": 14,
    "/en/feeds/": 12,
    "/en/feed.atom": 14,
    "/en/news/nowhere/": 14,
}


def queries_for(path: str) -> list[str]:
    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(path)
        assert response.status_code == (404 if "nowhere" in path else 200), path
        b"".join(response) if response.streaming else response.content
    return [query["sql"] for query in asked.captured_queries]


@pytest.fixture
def home() -> HomePage:
    """A small site in two languages with one page of each kind."""
    homes = make_site(("en", "es"))
    home = homes["en"]
    topic = make_topic("mining", en="Mining", es="Minería")
    for make, title in ((make_story, "A story"), (make_article, "An article")):
        story = make(
            home,
            title,
            published="2012-09-24/2012-09-30",
            standfirst="By area.",
            body=[*TEXT, {"type": "chart", "value": CHART}],
            picture=make_picture(title),
        )
        story.topics.add(topic)
        story.date_evidence.create(statement="The text says so.")
        story.sources.create(text="A newspaper")
        story.save()
        correct(story, on="2012-10-01")
    make_event(home, starts_on="2012-05-01")
    make_publication(home, published="2012")
    make_background(home, body=TEXT)
    make_story(home, "Undated")
    rebuild()
    return home


def fill(home: HomePage, first: int, number: int) -> None:
    for at in range(first, first + number):
        make_event(home, f"Event {at}", starts_on=str(dt.date(2012, 5, 2) + dt.timedelta(days=at)))
        make_publication(home, f"Report {at}", published="2012")
        make_background(home, f"Issue {at}")
        correct(make_story(home, f"Corrected {at}", published="2012-01"), on="2012-10-01")
    make_many_stories(home, number, topics=Topic.objects.all())
    rebuild()


def count_all(home: HomePage) -> dict[str, int]:
    sections = {kind.objects.child_of(home).last().slug for kind in (StoryIndexPage, EventIndexPage)}
    articles, events = sorted(sections)
    names = {"articles": f"/en/{articles}/", "events": f"/en/{events}/"}
    return {path: len(queries_for(path.format(**names))) for path in MOST}


def test_no_page_asks_more_than_it_may(home: HomePage):
    asked = count_all(home)
    print(asked)
    assert all(asked.values())
    assert not {path: number for path, number in asked.items() if number > MOST[path]}


def test_no_page_asks_more_when_there_is_more(home: HomePage):
    fill(home, 0, FEW)
    few = count_all(home)
    fill(home, FEW, MANY)
    many = count_all(home)
    assert not {path: (few[path], many[path]) for path in MOST if many[path] > few[path]}
