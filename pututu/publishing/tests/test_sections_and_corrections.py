"""Do lists stay readable and cheap, and are corrections all to be found in one place?"""

import datetime as dt
from typing import Any

import html5lib
import pytest
from django.test import Client

from pututu.publishing.models import StoryIndexPage
from tests.factories import make_background, make_site, make_story, section_of

pytestmark = pytest.mark.django_db


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    html = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    return html


def test_a_section_lists_the_newest_first_twenty_at_a_time(client: Client) -> None:
    home = make_site()["en"]
    for day in range(1, 26):
        make_story(home, f"Story of day {day:02}", published=f"2013-12-{day:02}")
    first, second = read(client, "/en/news/"), read(client, "/en/news/?page=2")
    assert first.index("day 25") < first.index("day 24") < first.index("day 06")
    assert "day 05" not in first
    assert "day 05" in second
    assert "Page 1 of 2" in first
    assert 'rel="next"' in first
    assert 'rel="prev"' in second


def test_undated_stories_stand_beside_the_list_on_its_first_page(client: Client) -> None:
    home = make_site()["en"]
    make_story(home, "Dated", published="2013")
    assert "Loose threads" not in read(client, "/en/news/")
    make_story(home, "Undated one")
    html = read(client, "/en/news/")
    assert html.index("Loose threads") < html.index("Undated one")


def test_a_section_without_anything_says_so(client: Client) -> None:
    make_site()
    assert "Nothing has been published here yet." in read(client, "/en/news/")


def test_a_section_costs_the_same_however_much_is_in_it(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    home = make_site()["en"]
    counts = []
    for many in (2, 30):
        for at in range(many):
            make_story(home, f"Of {many} {at}", slug=f"s-{many}-{at}", published=str(1990 + at))
        read(client, "/en/news/")
        with django_assert_max_num_queries(30) as asked:
            client.get("/en/news/")
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]


def test_the_open_section_is_tied_with_a_knot(client: Client) -> None:
    home = make_site()["en"]
    make_story(home, "Coca")
    html = read(client, "/en/news/coca/")
    assert '<a href="/en/news/" aria-current="page">News</a>' in html
    assert '<a href="/en/background/">Background</a>' in html


def test_a_story_is_found_only_under_its_own_section(client: Client) -> None:
    home = make_site()["en"]
    other = StoryIndexPage(title="Articles", slug="articles", locale=home.locale)
    home.add_child(instance=other)
    make_story(home, "Coca")
    assert section_of(home, StoryIndexPage).slug == "news"
    assert client.get("/en/news/coca/").status_code == 200
    assert client.get("/en/articles/coca/").status_code == 404
    assert client.get("/en/news/coca/more/").status_code == 404


# --- corrections


def correct(story: Any, day: dt.date, text: str, kind: str = "correction") -> None:
    story.corrections.create(on=day, text=text, kind=kind)
    story.save()


def test_all_corrections_stand_on_one_page_newest_first(client: Client) -> None:
    home = make_site()["en"]
    correct(make_story(home, "First"), dt.date(2014, 1, 2), "The older note.")
    correct(make_story(home, "Second"), dt.date(2026, 11, 23), "The newer note.", kind="retraction")
    html = read(client, "/en/corrections/")
    assert html.index("The newer note.") < html.index("The older note.")
    assert "Retraction" in html
    assert '<a href="/en/news/first/#note-' in html


def test_corrections_of_stories_in_another_language_or_not_public_are_left_out(client: Client) -> None:
    homes = make_site(("en", "es"))
    story = make_story(homes["en"], "First")
    correct(story, dt.date(2014, 1, 2), "The note.")
    assert "The note." in read(client, "/en/corrections/")
    assert "The note." not in read(client, "/es/correcciones/")
    story.unpublish()
    assert "The note." not in read(client, "/en/corrections/")


def test_the_corrections_page_leads_to_itself_in_the_other_language(client: Client) -> None:
    make_site(("en", "es"))
    html = read(client, "/en/corrections/")
    assert '<a href="/es/correcciones/" lang="es" hreflang="es">' in html
    assert "Nothing has had to be corrected yet." in html


# --- background pages


def test_a_background_page_lists_its_headings_with_lasting_addresses(client: Client) -> None:
    pieces = ["<h2>Inclusion</h2><p>x</p><h3>Not listed</h3>", "<h2>Human rights</h2>", "<h2>Inclusion</h2>"]
    make_background(make_site()["en"], body=[{"type": "text", "value": piece} for piece in pieces])
    html = read(client, "/en/background/our-aims/")
    for anchor in ("h-inclusion", "h-human-rights", "h-inclusion-2"):
        assert f'href="#{anchor}"' in html
        assert f'<h2 id="{anchor}">' in html
    assert 'href="#h-not-listed"' not in html


def test_one_heading_makes_no_contents_list(client: Client) -> None:
    make_background(make_site()["en"], body=[{"type": "text", "value": "<h2>Alone</h2>"}])
    assert "On this page" not in read(client, "/en/background/our-aims/")


def test_readers_are_warned_of_a_page_not_reviewed_for_more_than_two_years(client: Client) -> None:
    home = make_site()["en"]
    warning = "Last reviewed more than two years ago"
    make_background(home, "Old", reviewed="2019-03")
    make_background(home, "New", reviewed=dt.date.today().isoformat())
    make_background(home, "Unknown", reviewed="")
    assert warning in read(client, "/en/background/old/")
    assert warning not in read(client, "/en/background/new/")
    assert "Not noted" in read(client, "/en/background/unknown/")


def test_the_background_section_parts_the_group_from_the_issues(client: Client) -> None:
    home = make_site()["en"]
    make_background(home, "Our aims", role="about")
    make_background(home, "Mining", role="key-issue")
    html = read(client, "/en/background/")
    assert (
        html.index("About the group")
        < html.index("Our aims")
        < html.index("Key issues")
        < html.index("Mining")
    )
