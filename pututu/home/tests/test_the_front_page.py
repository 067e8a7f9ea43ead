"""Does the front page show what editors chose, fill in the rest, and never show a thing twice?"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.images.tests.utils import get_test_image_file

from pututu.home.listing import arrange, front_page
from pututu.media.models import Picture
from tests.factories import (
    correct,
    make_article,
    make_background,
    make_event,
    make_publication,
    make_site,
    make_story,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture
def home() -> Any:
    return make_site()["en"]


def fill(home: Any, number: int = 8) -> None:
    for at in range(1, number + 1):
        make_story(home, f"News {at}", published=f"2026-01-{at:02}")
        make_article(home, f"Article {at}", published=f"2026-02-{at:02}")
        make_publication(home, f"Report {at}", published=f"2025-02-{at:02}")
    make_background(home, "Our aims", standfirst="What we want.")


def set_front(home: Any, *pieces: tuple[str, Any]) -> None:
    home.front = to_stream(home, pieces)
    home.save()
    home.refresh_from_db()


def to_stream(home: Any, pieces: Any) -> Any:
    block = home._meta.get_field("front").stream_block
    return block.to_python([{"type": sort, "value": value} for sort, value in pieces])


def shown(home: Any) -> list[tuple[str, list[str]]]:
    rows = front_page(home.front, language="en", now=NOW)
    pieces = [placed.piece for row in rows for placed in row]
    return [(p.kind or p.sort, [i.title for i in p.items] + [b.title for b in p.briefs]) for p in pieces]


def test_without_a_choice_there_is_a_sensible_arrangement(home: Any) -> None:
    fill(home)
    found = dict(shown(home))
    assert found["lead"] == ["Article 8"]
    assert found["news"] == [f"News {at}" for at in (8, 7, 6, 5, 4, 3)]
    assert found["article"] == [f"Article {at}" for at in (7, 6, 5, 4)]
    assert found["publication"] == ["Report 8"]
    assert found["pages"] == ["Our aims"]
    assert {"events", "search"} <= set(found)


def test_editors_choose_the_lead_and_the_order(home: Any) -> None:
    fill(home)
    old = make_story(home, "An old story", published="2003")
    set_front(home, ("search", None), ("lead", {"page": old.pk}), ("stream", {"kind": "news", "length": 2}))
    assert shown(home) == [("search", []), ("lead", ["An old story"]), ("news", ["News 8", "News 7"])]


def test_no_item_stands_twice(home: Any) -> None:
    fill(home)
    newest = home.get_descendants().get(title="News 8")
    aims = home.get_descendants().get(title="Our aims")
    set_front(
        home,
        ("stream", {"kind": "news", "length": 4}),
        ("lead", {"page": newest.pk}),
        ("stream", {"kind": "news", "length": 2}),
        ("pages", {"title": "Chosen", "pages": [aims.pk, newest.pk, aims.pk]}),
        ("lead", {"page": None}),
    )
    titles = [title for _sort, titles in shown(home) for title in titles]
    assert len(titles) == len(set(titles))
    assert titles[:4] == ["News 7", "News 6", "News 5", "News 4"]
    assert "Our aims" in titles


def test_next_events_are_those_to_come_soonest_first(home: Any) -> None:
    make_event(home, "Past", starts_on="2026-11-22")
    make_event(home, "Today", starts_on="2026-11-23")
    make_event(home, "Later", starts_on="2027-01-01")
    assert dict(shown(home))["events"] == ["Today", "Later"]


def test_when_nothing_is_announced_the_page_says_so_and_names_the_last_event(
    home: Any, client: Client
) -> None:
    make_event(home, "The conference", starts_on="2013-03-04")
    page = client.get("/en/").content.decode()
    assert "Nothing is announced" in page
    assert "The conference" in page
    make_event(home, "The next one", starts_on="2999-03-04")
    page = client.get("/en/").content.decode()
    assert "Nothing is announced" not in page
    assert "The next one" in page


def test_unpublished_choices_and_other_languages_stay_away(client: Client) -> None:
    homes = make_site(("en", "es"))
    chosen = make_story(homes["en"], "Withdrawn", published="2013-12-16", live=False)
    make_story(homes["en"], "Public", published="2013-12-16")
    make_story(homes["es"], "Pública", published="2013-12-16")
    set_front(homes["en"], ("lead", {"page": chosen.pk}), ("stream", {"kind": "news", "length": 5}))
    page = client.get("/en/").content.decode()
    assert "Withdrawn" not in page
    assert "Pública" not in page
    assert "Public" in page


def test_an_empty_site_has_a_front_page(home: Any, client: Client) -> None:
    page = client.get("/en/").content.decode()
    assert "<h1" in page
    assert "Nothing is announced" in page


def test_the_invitation_and_the_search_box_are_printed(home: Any, client: Client) -> None:
    page = make_background(home, "Join us")
    words = {
        "title": "People pay for this",
        "text": "<p>By <b>card</b>.</p>",
        "page": page.pk,
        "link_text": "Become one",
    }
    set_front(home, ("invitation", words), ("search", None))
    html = client.get("/en/").content.decode()
    assert "People pay for this" in html
    assert "<b>card</b>" in html
    assert ">Become one</a>" in html
    assert 'action="/en/search/"' in html


def test_an_invitation_without_a_page_leads_to_where_one_joins(home: Any, client: Client) -> None:
    set_front(home, ("invitation", {"title": "Pay", "text": "", "page": None, "link_text": "Become one"}))
    assert '<a href="/en/join/">Become one</a>' in client.get("/en/").content.decode()


def test_the_number_of_queries_does_not_grow(home: Any, client: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/en/").status_code == 200
        return len(queries)

    fill(home, 1)
    make_event(home, "Past", starts_on="2013-03-04")
    count()
    few = count()
    fill_more(home)
    assert count() == few
    assert few <= 34


def fill_more(home: Any) -> None:
    for at in range(2, 20):
        make_story(home, f"News {at}", published=f"2026-03-{at:02}")
        make_article(home, f"Article {at}", published=f"2026-04-{at:02}")
        make_publication(home, f"Report {at}", published=f"2026-05-{at:02}")


def test_headings_follow_one_another(home: Any, client: Client) -> None:
    fill(home)
    levels = [int(level) for level in re.findall(r"<h([1-6])", client.get("/en/").content.decode())]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_the_lead_shows_its_picture_with_credit_at_no_further_query(home: Any, client: Client) -> None:
    def count() -> tuple[int, str]:
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/en/").content.decode()
        return len(queries), page

    story = make_story(home, "With a picture", published="2026-01-01")
    count()
    bare, page = count()
    assert "<img" not in page
    credit = {"description": "A drawn field.", "credit": "Drawn by the group"}
    story.picture = Picture.objects.create(title="Field", file=get_test_image_file(), **credit)
    story.save()
    count()
    pictured, page = count()
    assert 'alt="A drawn field."' in page
    assert "Drawn by the group" in page
    assert pictured <= bare + 1


@pytest.mark.parametrize(
    ("widths", "rows"),
    [
        ([8, 4, 8, 4, 4], [[8, 4], [8, 4], [12]]),
        ([4, 4], [[6, 6]]),
        ([4, 4, 4, 8], [[4, 4, 4], [12]]),
        ([8, 8, 4], [[12], [8, 4]]),
        ([], []),
    ],
)
def test_pieces_fill_rows_of_twelve(widths: list[int], rows: list[list[int]]) -> None:
    assert arrange(widths) == rows
    assert all(sum(row) == 12 for row in rows)


def test_a_withdrawn_story_leads_only_where_an_editor_chose_it(home: Any) -> None:
    make_story(home, "Older", published="2026-01-01")
    story = make_story(home, "Newer", published="2026-01-02")

    def lead() -> str:
        home.refresh_from_db()
        return front_page(home.front, language="en", now=NOW)[0][0].piece.items[0].title

    assert lead() == "Newer"
    correct(story, on="2026-01-03", kind="retraction")
    assert lead() == "Older"
    set_front(home, ("lead", {"page": story.pk}))
    assert lead() == "Newer"
