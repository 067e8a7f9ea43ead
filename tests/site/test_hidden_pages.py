"""Does a page that is closed, taken down or expired leave every place where it was to be seen?"""

from __future__ import annotations

import datetime as dt
import re
from collections import deque
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from pututu.home.models import HomePage
from pututu.home.services import rebuild
from pututu.pages.models import BasePage
from pututu.publishing.models import Correction, StoryPage
from pututu.topics.models import Place
from tests.factories import (
    make_background,
    make_event,
    make_publication,
    make_site,
    make_story,
    make_topic,
)

pytestmark = pytest.mark.django_db

WORD = "Qoyllurit"  # stands in the hidden pages and nowhere else
BESIDES = [
    f"/en/search/?q={WORD}", f"/en/search/?q={WORD}&lang=all&sort=date", "/en/search/?year=2012",
    "/en/search/?year=none", "/en/archive.csv", "/en/archive/undated/", "/en/calendar.ics", "/en/calendar/mining.ics",
    "/sitemap.xml", "/sitemaps/en-1.xml", "/en/news/qoyllur/", "/es/buscar/?q=qoyllurit&lang=en",
    *(f"/en/{feed}.{form}" for form in ("atom", "rss", "json")
      for feed in ("feed", "topics/mining/feed", "places/cusco/feed", "feeds/news", "feeds/event", "feeds/publication",
                   "feeds/background")),
]  # fmt: skip
LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)')
FEWEST_PLACES = 30


@pytest.fixture
def home() -> HomePage:
    """A site with one page of each kind to hide, and one story beside them that points to them all."""
    home = make_site(("en", "es"))["en"]
    topic = make_topic("mining", en="Mining", es="Minería")
    place = Place.objects.create(slug="cusco")
    place.names.create(language="en", name="Cusco")
    told = {"topics": [topic], "places": [place], "standfirst": f"About {WORD}."}
    shown = [
        make_story(home, f"{WORD} one", published="2012-03-04", **told),
        make_story(home, f"{WORD} undated", **told),
        make_event(home, f"{WORD} meeting", starts_on="2030-05-06", published="2012-03-05", **told),
        make_publication(home, f"{WORD} report", published="2012-03-06", **told),
        make_background(home, f"{WORD} history", published="2012-03-07", **told),
    ]
    story = shown[0]
    story.corrections.add(Correction(on=dt.date(2012, 4, 1), text=f"{WORD} was misspelt."))
    story.save()
    related = [{"type": "related", "value": {"pages": [page.pk for page in shown]}}]
    make_story(home, "Beside", published="2012-03-05", body=related, topics=[topic], places=[place])
    Page.objects.filter(depth=3).update(show_in_menus=True)
    rebuild()
    return home


def places_of_the_word() -> set[str]:
    """Follow every link of the site as a reader, and say where the word is read."""
    client, seen, found = Client(), set(BESIDES), set()
    waiting = deque(["/en/", "/es/", *BESIDES])
    while waiting:
        address = waiting.popleft()
        answer = client.get(address)
        text = (b"".join(answer) if answer.streaming else answer.content).decode(errors="replace")
        # A question is repeated to who asked it: that is no place of the page.
        if WORD.lower() in without_question(text).lower():
            found.add(address)
        if "text/html" in answer["Content-Type"]:
            links = {link.replace("&amp;", "&") for link in LINK.findall(text)}
            new = {
                link for link in links if not link.startswith(("/admin", "/accounts", "/static", "/style"))
            }
            waiting.extend(sorted(new - seen))
            seen |= new
    return found


def without_question(text: str) -> str:
    for repeated in (
        r"<title>.*?</title>",
        r"<form.*?</form>",
        r"<link[^>]*>",
        r"<meta[^>]*>",
        r"\?q=\w+",
        r"“[^”]*”",
        r"«[^»]*»",
    ):
        text = re.sub(repeated, "", text, flags=re.DOTALL)
    return text


def hidden_pages() -> list[BasePage]:
    return list(BasePage.objects.filter(title__startswith=WORD).specific())


def close_their_sections(kind: str) -> None:
    for section in {page.get_parent().pk: page.get_parent() for page in hidden_pages()}.values():
        PageViewRestriction.objects.create(page=section, restriction_type=kind, password="a long word")


def close_them(kind: str) -> None:
    for page in hidden_pages():
        PageViewRestriction.objects.create(page=page, restriction_type=kind, password="a long word")


def expire_them(_kind: str) -> None:
    for page in hidden_pages():
        page.save_revision().publish()
    BasePage.objects.filter(title__startswith=WORD).update(expire_at=timezone.now() - dt.timedelta(minutes=1))
    call_command("publish_scheduled")


def take_them_down(_kind: str) -> None:
    for page in hidden_pages():
        page.unpublish()


def delete_them(_kind: str) -> None:
    for page in hidden_pages():
        page.delete()


def test_while_it_is_public_a_page_is_seen_in_all_these_places(home: HomePage) -> None:
    # The control: otherwise the tests below would see nothing in a site that shows nothing.
    found = places_of_the_word()
    unseen = set(BESIDES) - found - {"/sitemap.xml"}  # which names the other sitemaps
    assert len(found) >= FEWEST_PLACES
    assert not unseen


@pytest.mark.parametrize(
    ("hide", "kind"),
    [
        (close_their_sections, PageViewRestriction.LOGIN),
        (close_them, PageViewRestriction.PASSWORD),
        (expire_them, ""),
        (take_them_down, ""),
        (delete_them, ""),
    ],
)
def test_a_page_that_is_hidden_is_seen_nowhere(
    home: HomePage,
    hide: Callable[[str], None],
    kind: str,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        hide(kind)
    assert not places_of_the_word()
    if hide is not close_their_sections:  # whose sections hold the other story too
        assert StoryPage.objects.get(title="Beside").live
        assert "Beside" in Client().get("/en/search/?q=beside").content.decode()
