"""Does the archive show everything by its date, as exactly as it is known, and what has none beside it?"""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pututu.home.rendering import archive
from pututu.home.rules import count_by_year
from tests.factories import make_background, make_event, make_many_stories, make_site, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes() -> dict[str, Any]:
    return make_site(("en", "es"))


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_every_kind_stands_together_and_the_numbers_match_the_drawing(homes: Any, client: Client) -> None:
    make_story(homes["en"], "A story", published="2013-12-16")
    make_event(homes["en"], "A conference", starts_on="2013-03-04")
    make_background(homes["en"], "Our aims")
    page = text(client, "/en/archive/")
    assert re.findall(r'<li value="(\d)">.*?<a [^>]*>(.*?)</a>', page, re.S) == [
        ("1", "A conference"),
        ("2", "A story"),
    ]
    assert re.findall(r'text-anchor="start">(\d)</text>', page) == ["1", "2"]
    loose = page[page.index('id="loose"') :]
    assert "Our aims" in loose
    assert "A story" not in loose


def test_a_date_that_may_fall_in_two_months_stands_in_both(homes: Any, client: Client) -> None:
    make_story(homes["en"], "Between months", published="2015-03-28/2015-04-03")
    make_story(homes["en"], "Only April", published="2015-04-20")
    assert "Between months" in text(client, "/en/archive/2015/03/")
    april = text(client, "/en/archive/2015/04/")
    assert "Between months" in april
    assert "Only April" in april
    assert "Only April" not in text(client, "/en/archive/2015/03/")
    year = archive.year_view("en", 2015)
    assert [(group.title, group.count) for group in year.groups] == [("March", 1), ("April", 2)]


def test_a_date_known_only_to_the_year_stands_once_in_the_year(homes: Any) -> None:
    make_story(homes["en"], "Some time in 2003", published="2003")
    make_story(homes["en"], "In May", published="2003-05")
    year = archive.year_view("en", 2003)
    assert [(group.title, group.count) for group in year.groups] == [("", 1), ("May", 1)]


def test_undated_items_stand_beside_every_view(homes: Any, client: Client) -> None:
    make_story(homes["en"], "No date at all")
    make_story(homes["en"], "Dated", published="2013-12-16")
    for address in ("/en/archive/", "/en/archive/2013/", "/en/archive/2013/12/", "/en/archive/undated/"):
        assert "No date at all" in text(client, address)


def test_a_year_that_holds_nothing_is_not_a_page(homes: Any, client: Client) -> None:
    make_story(homes["en"], "Dated", published="2013-12-16")
    text(client, "/en/archive/2013/")
    for address in ("/en/archive/2014/", "/en/archive/2013/11/", "/en/archive/0001/", "/en/archive/2013/13/"):
        text(client, address, 404)


def test_an_empty_archive_says_so(homes: Any, client: Client) -> None:
    page = text(client, "/en/archive/")
    assert "every item here has a date" in page
    assert 'class="quipu' not in page


def test_each_language_has_its_own_archive_and_the_switch_says_where_it_is_empty(
    homes: Any, client: Client
) -> None:
    make_story(homes["en"], "A story", published="2013-12-16")
    make_story(homes["es"], "Una historia", published="2014-12-16")
    assert "Una historia" in text(client, "/es/archivo/")
    assert "A story" not in text(client, "/es/archivo/")
    year = text(client, "/en/archive/2013/")
    assert "so far only in English" in year
    assert 'rel="alternate" hreflang="es"' not in year
    make_story(homes["es"], "Otra", published="2013-05")
    year = text(client, "/en/archive/2013/")
    assert 'href="/es/archivo/2013/" lang="es"' in year
    assert 'rel="alternate" hreflang="es"' in year


def test_drafts_are_not_in_the_archive(homes: Any, client: Client) -> None:
    make_story(homes["en"], "Draft", published="2013-12-16", live=False)
    make_story(homes["en"], "Public", published="2013-12-16")
    for address in ("/en/archive/", "/en/archive/2013/", "/en/archive/2013/12/"):
        assert "Draft" not in text(client, address)
        assert "Public" in text(client, address)


def test_years_are_counted_with_every_year_in_which_a_date_may_fall() -> None:
    assert count_by_year([(2013, 2013, 3), (2013, 2014, 1)]) == {2014: 1, 2013: 4}
    assert count_by_year([(1500, 1599, 1), (1550, 1550, 1)]) == {1599: 1, 1550: 2, 1500: 1}


def test_only_some_years_are_drawn_and_the_others_can_be_asked_for(homes: Any, client: Client) -> None:
    make_story(homes["en"], "Old", published="1983-05-01")
    make_story(homes["en"], "New", published="2018-04-22")
    newest = archive.overview("en")
    assert (newest.first, newest.last, newest.earlier) == ("2004", "2018", 1983)
    old = archive.overview("en", until=1983)
    assert (old.first, old.last, old.later) == ("1983", "1983", 2018)
    assert "?until=1983" in text(client, "/en/archive/")
    assert ">1983<" in text(client, "/en/archive/?until=1983")
    for strange in ("x", "99999999999999999999", "-4", "²"):
        text(client, f"/en/archive/?until={strange}")


def test_the_overview_stays_as_small_with_a_thousand_stories(homes: Any, client: Client) -> None:
    def measure() -> tuple[int, int, int]:
        with CaptureQueriesContext(connection) as queries:
            page = text(client, "/en/archive/")
        return len(queries), page.count("<li"), len(page)

    make_many_stories(homes["en"], 100)
    measure()
    queries, items, size = measure()
    make_many_stories(homes["en"], 900)
    more_queries, more_items, more_size = measure()
    assert (more_queries, more_items) == (queries, items)
    assert more_size < 1.5 * size
    assert queries <= 24


def test_a_long_year_is_counted_by_month_and_a_month_is_turned_page_by_page(
    homes: Any, client: Client
) -> None:
    make_many_stories(homes["en"], 600)
    year = archive.year_view("en", 2010)
    assert not year.is_numbered
    assert sum(group.count for group in year.groups) == year.count == 60
    make_many_stories(homes["en"], 600)
    page = text(client, "/en/archive/2010/03/")
    assert page.count("<li value=") <= 20


def test_all_dates_can_be_had_as_a_table(homes: Any, client: Client) -> None:
    make_story(homes["en"], "Sure, and “quoted”", published="2013-12-16")
    make_story(homes["en"], "Undated")
    make_story(homes["en"], "Draft", live=False)
    response = client.get("/en/archive.csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert [(row["title"], row["edtf"], row["earliest"], row["latest"]) for row in rows] == [
        ("Sure, and “quoted”", "2013-12-16", "2013-12-16", "2013-12-16"),
        ("Undated", "", "", ""),
    ]
    assert list(rows[0]) == [
        "uid",
        "title",
        "url",
        "kind",
        "edtf",
        "earliest",
        "latest",
        "words",
        "noted_as",
        "noted_on",
    ]
    assert rows[0]["url"].startswith("http")


def test_every_mark_that_the_key_explains_is_one_that_a_date_can_bear(homes: Any, client: Client) -> None:
    dates = ("2013-12-16", "2018-01", "2013-09-24/2013-09-30", "[2013-03-10,2015-01]", "")
    for at, date in enumerate(dates):
        make_story(homes["en"], f"Story {at}", published=date)
    make_event(homes["en"], starts_on="2013-03-04")
    page = text(client, "/en/archive/")
    key = page[page.index('id="key"') :].split("</ul>")[0]
    explained = set(re.findall(r'href="#(m-\w+)"', key))
    borne = set(re.findall(r'href="#(m-\w+)"', page.replace(key, "")))
    assert explained == borne == {"m-day", "m-month", "m-span", "m-two", "m-none", "m-event"}
    assert "10 March 2013 or January 2015" in page
    drawing = page[page.index('class="lying"') :].split("</svg>")[0]
    assert drawing.count('<path class="q-line"') == 3  # on the cords of 2013, 2014 and 2015
