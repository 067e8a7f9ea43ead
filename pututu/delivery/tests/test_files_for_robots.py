"""Do robots learn of every public address, and of nothing else?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from defusedxml.ElementTree import fromstring
from django.test import Client

from pututu.delivery.rendering import sitemap as maps
from pututu.shell.models import SiteSettings
from tests.factories import make_site, make_story, make_topic

pytestmark = pytest.mark.django_db
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


@pytest.fixture
def homes(settings: Any) -> Any:
    settings.BASE_URL = "https://group.example"
    return make_site(("en", "es"))


def content(path: str) -> bytes:
    response = Client().get(path)
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


def parts() -> list[str]:
    return [each.text for each in fromstring(content("/sitemap.xml")).iter(f"{MAP}loc")]


def entries(language: str = "en", number: int = 1) -> dict[str, Any]:
    root = fromstring(content(f"/sitemaps/{language}-{number}.xml"))
    return {
        each.find(f"{MAP}loc").text.removeprefix("https://group.example"): each
        for each in root.iter(f"{MAP}url")
    }


def test_the_index_names_a_map_for_each_language(homes: Any):
    assert parts() == ["https://group.example/sitemaps/en-1.xml", "https://group.example/sitemaps/es-1.xml"]


def test_a_language_without_pages_has_no_map(settings: Any):
    settings.BASE_URL = "https://group.example"
    make_site(("en",))
    assert parts() == ["https://group.example/sitemaps/en-1.xml"]
    assert Client().get("/sitemaps/es-1.xml").status_code == 404
    assert Client().get("/sitemaps/en-2.xml").status_code == 404
    assert Client().get("/sitemaps/xx-1.xml").status_code == 404


def test_public_pages_are_in_the_map_and_others_are_not(homes: Any):
    public = make_story(homes["en"], "Public")
    draft = make_story(homes["en"], "Draft", live=False)
    found = entries()
    assert {"/en/", public.url, public.get_parent().url} <= found.keys()
    assert draft.url not in found
    assert not any(path.startswith("/es/") for path in found)


def test_views_are_in_the_map_too(homes: Any):
    make_topic("mining")
    assert {"/en/archive/", "/en/topics/mining/", "/en/feeds/"} <= entries().keys()


def test_the_last_change_is_told_only_where_it_is_known(homes: Any):
    page = make_story(homes["en"], "A story")
    assert entries()[page.url].find(f"{MAP}lastmod") is None
    with time_machine.travel("2026-05-01T09:30Z", tick=False):
        page.save_revision().publish()
    assert entries()[page.url].find(f"{MAP}lastmod").text == "2026-05-01T09:30:00Z"


def test_counterparts_are_named_where_there_are_any(homes: Any):
    alone = make_story(homes["en"], "Alone")
    found = entries()
    links = {each.get("hreflang"): each.get("href") for each in found["/en/"].iter(LINK)}
    assert links == {
        "en": "https://group.example/en/",
        "es": "https://group.example/es/",
        "x-default": "https://group.example/en/",
    }
    assert list(found[alone.url].iter(LINK)) == []


def test_a_long_site_fills_several_maps_without_loss(homes: Any, monkeypatch: Any):
    for number in range(7):
        make_story(homes["en"], f"Story {number}")
    everything = set(entries())
    monkeypatch.setattr(maps, "LONGEST", 5)
    monkeypatch.setattr(maps, "CHUNK", 2)
    count = len([part for part in parts() if "/en-" in part])
    assert count == -(-len(everything) // 5)
    pieces = [set(entries(number=number)) for number in range(1, count + 1)]
    assert set.union(*pieces) == everything
    assert sum(map(len, pieces)) == len(everything)
    assert max(map(len, pieces)) == 5


def test_robots_are_told_where_the_map_is_and_kept_from_the_staff(homes: Any):
    lines = content("/robots.txt").decode().splitlines()
    assert "Sitemap: https://group.example/sitemap.xml" in lines
    assert "Disallow: /admin/" in lines
    assert "Disallow: /" not in lines


def test_a_hole_can_be_told_of_where_the_group_has_an_address(homes: Any):
    assert Client().get("/.well-known/security.txt").status_code == 404
    SiteSettings.objects.update(email="office@group.example")
    lines = dict(line.split(": ", 1) for line in content("/.well-known/security.txt").decode().splitlines())
    assert lines["Contact"] == "mailto:office@group.example"
    expires = dt.datetime.fromisoformat(lines["Expires"])
    assert dt.timedelta(days=30) < expires - dt.datetime.now(dt.UTC) < dt.timedelta(days=365)
