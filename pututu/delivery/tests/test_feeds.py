"""Do feeds say what is known, and no more, in all three formats?"""

from __future__ import annotations

import datetime as dt
import json
from html import unescape
from typing import Any

import feedparser
import pytest
import time_machine
from defusedxml.ElementTree import fromstring
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pututu.delivery.rendering.atom import ATOM, EDTF
from pututu.delivery.rules import clean
from tests.factories import correct, make_publication, make_site, make_story, make_topic

pytestmark = pytest.mark.django_db
FORMS = ("atom", "rss", "json")


def fetch(path: str = "/en/feed.atom", **headers: str) -> Any:
    response = Client().get(path, headers=headers)
    assert response.status_code == 200, path
    return response


def parsed(path: str) -> Any:
    found = feedparser.parse(fetch(path).content)
    assert not found.bozo, found.get("bozo_exception")
    return found


def entry(path: str = "/en/feed.atom") -> Any:
    (found,) = parsed(path).entries
    return found


def json_item(path: str = "/en/feed.json") -> dict[str, Any]:
    (found,) = json.loads(fetch(path).content)["items"]
    return found


@pytest.fixture
def home(settings: Any) -> Any:
    settings.BASE_URL = "https://group.example"
    return make_site(("en", "es"))["en"]


def publish(page: Any, on: str = "2026-05-01T09:30Z") -> Any:
    with time_machine.travel(on, tick=False):
        page.save_revision().publish()
    page.refresh_from_db()
    return page


def test_a_sure_day_is_given_and_stays_that_day_around_the_world(home: Any):
    publish(make_story(home, "A story", published="2013-12-16"))
    assert entry().published == "2013-12-16T12:00:00Z"
    assert entry("/en/feed.rss").published == "Mon, 16 Dec 2013 12:00:00 +0000"
    assert json_item()["date_published"] == "2013-12-16T12:00:00Z"


def test_a_story_that_came_out_here_has_the_instant_at_which_it_did(home: Any):
    publish(
        make_story(
            home,
            "A story",
            published="2026-05-01",
            first_published_at=dt.datetime(2026, 5, 1, 9, 30, tzinfo=dt.UTC),
        )
    )
    assert entry().published == "2026-05-01T09:30:00Z"


@pytest.mark.parametrize("edtf", ["", "2018-01", "2013-09-24/2013-09-30", "[..2013-03-03]"])
def test_no_day_is_invented_where_none_is_known(home: Any, edtf: str):
    publish(make_story(home, "A story", published=edtf, standfirst="What happened."))
    assert "published" not in entry()
    assert "published" not in entry("/en/feed.rss")
    assert "date_published" not in json_item()
    assert entry().updated == "2026-05-01T09:30:00Z"
    assert json_item()["_honest_date"]["edtf"] == edtf
    for summary in (entry().summary, entry("/en/feed.rss").summary, json_item()["content_text"]):
        assert summary.endswith("What happened.")
        assert not summary.startswith("What happened.")


def test_a_date_that_is_no_day_is_told_in_words_and_in_edtf(home: Any):
    page = publish(make_story(home, "A story", published="2018-01", standfirst="What happened."))
    root = fromstring(fetch().content)
    dates = [each for each in root.iter(f"{{{ATOM}}}category") if each.get("scheme") == EDTF]
    assert [each.get("term") for each in dates] == ["2018-01"]
    assert page.published.words("en").lower() in entry().summary.lower()


def test_a_correction_shows_as_updated(home: Any):
    page = publish(make_story(home, "A story", published="2013-12-16"))
    publish(correct(page, on="2026-06-02"), "2026-06-02T08:00Z")
    assert entry().updated == "2026-06-02T08:00:00Z"
    assert entry().published == "2013-12-16T12:00:00Z"
    assert json_item()["date_modified"] == "2026-06-02T08:00:00Z"
    assert "Corrected" in entry().summary


def test_names_are_stable_and_addresses_absolute(home: Any):
    page = publish(make_story(home, "A story"))
    for found in (entry(), entry("/en/feed.rss")):
        assert found.id == f"urn:uuid:{page.uid}"
        assert found.link == f"https://group.example{page.url}"
    assert json_item()["id"] == f"urn:uuid:{page.uid}"
    assert parsed("/en/feed.atom").feed.id == "https://group.example/en/feed.atom"


@pytest.mark.parametrize(
    "title", ["A < B & \"C\" ]]> 'D'", "<script>alert(1)</script>", "Línea\x08\x1b\ufffe rota", "&amp;"]
)
def test_hostile_titles_pass_whole_but_for_control_characters(home: Any, title: str):
    page = make_story(home, "A story")
    type(page).objects.filter(pk=page.pk).update(title=title, standfirst=title)
    clean = "".join(letter for letter in title if letter >= " " and letter != "\ufffe")
    root = fromstring(fetch().content)
    assert root.find(f"{{{ATOM}}}entry/{{{ATOM}}}title").text == clean
    item = fromstring(fetch("/en/feed.rss").content).find("channel/item")
    assert item.find("title").text == clean.replace(
        "<", "&lt;"
    )  # some readers take it for HTML, as the other one
    assert "<" not in item.find("description").text
    assert unescape(item.find("description").text).endswith(clean)
    assert json_item()["title"] == clean


def test_what_xml_can_not_hold_goes_and_the_rest_stays():
    assert clean("a\x00b\x0bc\ud800d\uffffe") == "abcde"
    assert clean("tab\tline\nñ 😀 <&>") == "tab\tline\nñ 😀 <&>"


def test_the_language_stands_on_feed_and_entry(home: Any):
    publish(make_story(home, "A story"))
    root = fromstring(fetch().content)
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert root.get(lang) == "en"
    assert root.find(f"{{{ATOM}}}entry").get(lang) == "en"
    assert parsed("/es/feed.atom").entries == []


def test_json_feeds_keep_to_version_1_1(home: Any):
    publish(make_story(home, "A story", topics=[make_topic("mining", en="Mining")]))
    found = json.loads(fetch("/en/feed.json").content)
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["feed_url"] == "https://group.example/en/feed.json"
    assert found["home_page_url"] == "https://group.example/en/"
    assert found["language"] == "en"
    assert {"title", "authors", "items"} <= found.keys()
    item = found["items"][0]
    assert {"id", "url", "title", "content_text", "date_modified"} <= item.keys()
    assert item["tags"] == ["Mining", "News"]
    assert all(isinstance(author, dict) for author in item["authors"])


def test_topics_and_kinds_have_feeds_of_their_own(home: Any):
    mining = make_topic("mining", en="Mining", es="Minería")
    make_story(home, "On mining", topics=[mining])
    make_publication(home, "A report")
    assert [each.title for each in parsed("/en/topics/mining/feed.rss").entries] == ["On mining"]
    assert parsed("/en/topics/mining/feed.atom").feed.title.endswith("Mining")
    assert parsed("/es/temas/mining/feed.atom").feed.title.endswith("Minería")
    assert [each.title for each in parsed("/en/feeds/publication.atom").entries] == ["A report"]
    assert {each.title for each in parsed("/en/feed.atom").entries} == {"On mining", "A report"}


@pytest.mark.parametrize("path", ["/en/topics/nothing/feed.atom", "/en/feeds/nothing.atom", "/en/feed.xml"])
def test_what_does_not_exist_is_not_found(home: Any, path: str):
    assert Client().get(path).status_code == 404


def test_drafts_are_in_no_feed(home: Any):
    make_story(home, "Draft", live=False)
    make_story(home, "Public")
    assert entry().title == "Public"


@pytest.mark.parametrize("form", FORMS)
def test_who_has_the_feed_already_is_told_so(home: Any, form: str):
    page = publish(make_story(home, "A story"))
    first = fetch(f"/en/feed.{form}")
    for headers in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
        assert Client().get(f"/en/feed.{form}", headers=headers).status_code == 304
    publish(page, "2026-05-02T09:30Z")
    for headers in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
        assert Client().get(f"/en/feed.{form}", headers=headers).status_code == 200


def test_fifty_items_at_most_and_the_news_first(home: Any):
    for number in range(52):
        make_story(home, f"Story {number}", published=f"2020-{number % 12 + 1:02}-{number % 28 + 1:02}")
    make_story(home, "Newest", published="2026-04-01")
    make_story(home, "Oldest", published="1999-04-01")
    titles = [each.title for each in parsed("/en/feed.atom").entries]
    assert len(titles) == 50
    assert titles[0] == "Newest"
    assert "Oldest" not in titles


def test_an_undated_story_counts_from_the_day_it_came_here_and_is_not_lost(home: Any):
    publish(make_story(home, "Undated", published=""))
    publish(make_story(home, "Before", published="2026-04-30"))
    publish(make_story(home, "After", published="2026-05-02"))
    assert [each.title for each in parsed("/en/feed.atom").entries] == ["After", "Undated", "Before"]


def test_more_items_ask_no_more_questions(home: Any):
    def questions() -> int:
        with CaptureQueriesContext(connection) as found:
            fetch()
        return len(found)

    topic = make_topic()
    make_story(home, "First", topics=[topic])
    fetch()
    few = questions()
    for number in range(20):
        make_story(home, f"Story {number}", topics=[topic])
    assert questions() == few


def test_a_feed_sets_no_cookie_and_may_be_kept_a_while(home: Any):
    response = fetch()
    assert not response.cookies
    assert "max-age=900" in response["Cache-Control"]


def test_the_page_of_feeds_lists_them_all(home: Any):
    make_story(home, "On mining", topics=[make_topic("mining", en="Mining")])
    html = fetch("/en/feeds/").content.decode()
    for path in (
        "/en/feed.atom",
        "/en/feed.json",
        "/en/feeds/news.rss",
        "/en/topics/mining/feed.atom",
        "/en/calendar.ics",
    ):
        assert f'href="{path}"' in html
    assert 'href="/es/canales/"' in html
