"""Do feeds, search engines and the site lead to the issues that everybody may read, and to no others?"""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from pututu.bulletins.models import Issue, Series
from pututu.bulletins.tests.making import make_issue, make_reader, make_series, start
from tests.factories import make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent() -> Issue:
    make_site(("en", "es"))
    make_reader("ana@example.org", "Ana Poma")
    return start(make_issue(make_series(), languages=("en", "es")))


def feed(client: Client, language: str = "en") -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(client.get(kind_feed(language)).content).get("items", [])
    return found


def kind_feed(language: str) -> str:
    with translation.override(language):
        return reverse("kind-feed", args=["bulletin", "json"])


def test_an_issue_is_in_the_feed_of_its_language(client: Client, sent: Issue) -> None:
    for language in ("en", "es"):
        [item] = feed(client, language)
        assert item["title"] == f"Bulletin {sent.number}"
        assert item["url"].endswith(f"/weekly/{sent.number}/")
        assert f"/{language}/" in item["url"]
        assert "This week." in item["content_text"] + item.get("summary", "")
    assert "Ana" not in client.get(kind_feed("en")).content.decode()


def test_search_engines_learn_of_it_and_of_where_bulletins_are_asked_for(client: Client, sent: Issue) -> None:
    shown = sitemap(client)
    assert f"/en/bulletins/weekly/{sent.number}/" in shown
    assert "/en/bulletins/</loc>" in shown


def sitemap(client: Client) -> str:
    return b"".join(client.get("/sitemaps/en-1.xml").streaming_content).decode()


def test_what_members_alone_are_told_and_what_was_not_sent_is_nowhere(client: Client, sent: Issue) -> None:
    draft = make_issue(sent.series)
    assert [item["title"] for item in feed(client)] == [f"Bulletin {sent.number}"]
    assert f"/weekly/{draft.number}/" not in sitemap(client)
    Series.objects.update(is_public=False)
    assert not feed(client)
    assert "/weekly/" not in sitemap(client)


def test_the_page_of_feeds_names_the_feed_where_there_is_an_issue(client: Client, sent: Issue) -> None:
    address = kind_feed("en")
    assert address in client.get("/en/feeds/").content.decode()
    Series.objects.update(is_public=False)
    assert address not in client.get("/en/feeds/").content.decode()


def test_an_issue_leads_to_those_before_and_after_it_in_its_language(client: Client, sent: Issue) -> None:
    english = start(make_issue(sent.series))
    after = start(make_issue(sent.series, languages=("en", "es")))
    page = client.get(reverse("bulletin-issue", args=["weekly", after.number])).content.decode()
    assert f"/en/bulletins/weekly/{english.number}/" in page
    spanish = client.get(f"/es/boletines/weekly/{after.number}/").content.decode()
    assert f"/es/boletines/weekly/{sent.number}/" in spanish
    assert f"/weekly/{english.number}/" not in spanish
