"""Is every page of this app valid HTML without inline style or script?"""

from __future__ import annotations

import re
from typing import Any

import html5lib
import pytest
from django.test import Client

from pututu.home import services
from pututu.pages.models import BasePage
from tests.factories import (
    make_article,
    make_background,
    make_event,
    make_publication,
    make_site,
    make_story,
    make_topic,
)

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "",
    "archive/",
    "archive/2013/",
    "archive/2013/12/",
    "archive/undated/",
    "topics/",
    "topics/mining/",
    "places/",
    "search/",
    "search/?q=mining",
    "search/?q=mining&lang=all&kind=news&year=2013&topic=mining&sort=date",
    "search/?q=minning",
    "nowhere/story/",
]


@pytest.fixture
def homes() -> dict[str, Any]:
    homes = make_site(("en", "es"))
    topic = make_topic("mining", en="Mining & water", es="Minería")
    for home in homes.values():
        make_story(
            home, "A <story> of mining & “water”", slug="story", published="2013-12-16", topics=[topic]
        )
        make_story(home, "Mining undated", topics=[topic])
        make_article(home, "Mining in winter", published="2013-12-20/2014-01-08", topics=[topic])
        make_event(home, "A meeting on mining", starts_on="2013-03-04")
        make_publication(home, published="2013-02")
        make_background(home)
    services.index(BasePage.objects.all())
    return homes


@pytest.mark.parametrize("language", ["en", "es"])
def test_pages_are_valid_and_carry_nothing_inline(homes: Any, client: Client, language: str) -> None:
    for address in ADDRESSES:
        page = client.get(f"/{language}/{address}", follow=True).content.decode()
        html5lib.HTMLParser(strict=True).parse(page)
        assert not re.search(r"<[^>]+\sstyle=|<style|<script(?! type=.application/ld)|\son\w+=", page), (
            address
        )
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) == len(set(ids)), address
        levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
        assert levels.count(1) == 1, address
        assert "Set-Cookie" not in client.get(f"/{language}/{address}", follow=True).headers


def test_the_strict_parser_would_object() -> None:
    with pytest.raises(html5lib.html5parser.ParseError):
        html5lib.HTMLParser(strict=True).parse("<!doctype html><title>x</title><p></div>")
