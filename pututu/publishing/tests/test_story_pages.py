"""Does a reader find on a story's page what there is to know of it?"""

import datetime as dt
import gzip
import re
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from wagtail.models import PageViewRestriction

from pututu.publishing.models import StoryIndexPage, StoryPage
from pututu.shell.models import SiteWording
from pututu.topics.models import Place
from tests.factories import make_site, make_story, make_topic
from tests.pictures import make_picture

pytestmark = pytest.mark.django_db

TEXT = [{"type": "text", "value": '<p>Coca fell.<a href="#s1">1</a></p><h2>Why</h2><p>Nobody knows.</p>'}]


def full_story(home: Any, title: str = "Coca", **fields: Any) -> StoryPage:
    """A story with everything that a story can have beside its text, but no correction."""
    fields = {"published": "2013-09-24/2013-09-30", "standfirst": "It fell.", "body": TEXT, **fields}
    story = make_story(home, title, picture=make_picture(f"of {title}"), **fields)
    story.topics.add(
        make_topic(f"drugs-{story.pk}", en="Drugs"), make_topic(f"rights-{story.pk}", en="Rights")
    )
    story.places.add(Place.objects.create(slug=f"vraem-{story.pk}"))
    story.date_evidence.create(statement="The text quotes figures of 24 September.", source="The text")
    story.date_evidence.create(statement="An old address carries 2013/09.", url="https://old.example/2013/09")
    story.sources.create(text="EFE, 24 September 2013", url="https://efe.example/")
    story.sources.create(text="El Comercio, 25 de septiembre", language="es")
    story.save()
    return story


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_is_valid_html(client: Client) -> None:
    full_story(make_site(("en", "es"))["en"])
    html5lib.HTMLParser(strict=True).parse(read(client, "/en/news/coca/"))


def test_readers_can_open_how_the_date_is_known(client: Client) -> None:
    full_story(make_site()["en"])
    html = read(client, "/en/news/coca/")
    assert "Late September 2013" in html
    assert "How we know this date" in html
    assert 'href="https://old.example/2013/09"' in html
    assert "Kept as 2013-09-24/2013-09-30." in html


def test_sources_are_numbered_as_the_text_refers_to_them(client: Client) -> None:
    full_story(make_site()["en"])
    html = read(client, "/en/news/coca/")
    assert '<a href="#s1">1</a>' in html
    assert '<li id="s1"><a href="https://efe.example/">' in html
    assert '<li id="s2" lang="es">' in html


def test_the_page_says_in_which_languages_it_can_be_read(client: Client) -> None:
    homes = make_site(("en", "es"))
    story = full_story(homes["en"])
    alone = read(client, "/en/news/coca/")
    assert "English; not yet in Spanish" in alone
    assert "(so far only in English)" in alone
    make_story(homes["es"], "La coca", translation_key=story.translation_key)
    both = read(client, "/en/news/coca/")
    assert '<a href="/es/noticias/la-coca/" hreflang="es">also in Spanish</a>' in both
    assert "so far only" not in both


def test_neighbours_in_time_are_the_nearest_ones_whatever_else_is_on_the_topic(client: Client) -> None:
    home = make_site()["en"]
    topic = make_topic("mining", en="Mining")
    stories = {
        day: make_story(home, f"Of {day}", slug=day, published=day)
        for day in ("2011-05-31", "2012-08", "2013-01-01", "2013-12-16", "2018-04-22")
    }
    for story in stories.values():
        story.topics.add(topic)
        story.save()
    html = read(client, "/en/news/2013-01-01/")
    assert '<a href="/en/news/2012-08/" rel="prev">' in html
    assert '<a href="/en/news/2013-12-16/" rel="next">' in html
    assert 'rel="next"' not in read(client, "/en/news/2018-04-22/")


def test_a_story_that_readers_may_not_see_is_nobodys_neighbour(client: Client) -> None:
    home = make_site()["en"]
    make_story(home, "Now", published="2013-05-01")
    hidden = make_story(home, "Hidden", published="2013-04-01")
    assert "Hidden" in read(client, "/en/news/now/")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    assert "Hidden" not in read(client, "/en/news/now/")


def test_an_undated_story_says_that_it_has_no_neighbours(client: Client) -> None:
    home = make_site()["en"]
    make_story(home, "Dated", published="2013-05-01")
    make_story(home, "Undated")
    html = read(client, "/en/news/undated/")
    assert "Nobody knows when this was published" in html
    assert 'rel="prev"' not in html
    assert "Nobody knows when" not in read(client, "/en/news/dated/")


def test_other_stories_on_the_first_topic_are_named(client: Client) -> None:
    home = make_site()["en"]
    topic = make_topic("mining", en="Mining")
    for title in ("Alpha", "Beta"):
        story = make_story(home, title)
        story.topics.add(topic)
        story.save()
    html = read(client, "/en/news/alpha/")
    assert "Also on Mining" in html
    assert '<a href="/en/news/beta/">Beta</a>' in html


def test_a_correction_stands_on_the_page_with_an_address(client: Client) -> None:
    story = make_story(make_site()["en"], "Coca")
    assert 'class="correction"' not in read(client, "/en/news/coca/")
    story.corrections.create(on=dt.date(2026, 11, 23), text="It was less.")
    story.save()
    html = read(client, "/en/news/coca/")
    assert 'class="correction"' in html
    assert "It was less." in html
    assert "Once, see the note" in html
    assert "corrected 23 November 2026" in html


def test_a_retracted_story_says_so_before_anything_else(client: Client) -> None:
    story = make_story(make_site()["en"], "Coca")
    story.corrections.create(on=dt.date(2014, 1, 2), text="An update.", kind="update")
    story.save()
    assert "Retracted" not in read(client, "/en/news/coca/")
    story.corrections.create(on=dt.date(2014, 2, 2), text="Withdrawn.", kind="retraction")
    story.save()
    html = read(client, "/en/news/coca/")
    assert '<h1><span class="retracted">Retracted:</span> Coca</h1>' in html
    assert "We retracted this on" in html
    assert "retracted 2 February 2014" in html


def test_the_page_sets_no_cookie_and_runs_nothing(client: Client) -> None:
    full_story(make_site()["en"])
    response = client.get("/en/news/coca/")
    html = response.content.decode()
    assert not response.cookies
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    assert " style=" not in html
    assert "<style" not in html
    assert not [
        part for part in html.split("<script")[1:] if 'type="application/ld+json"' not in part.split(">")[0]
    ]


def test_the_first_view_weighs_sixty_kilobytes_at_most_without_pictures(client: Client) -> None:
    full_story(make_site(("en", "es"))["en"], body=TEXT * 20)
    html = read(client, "/en/news/coca/")
    style = re.search(r'href="(/style/[0-9a-f]+\.css)"', html)
    assert style
    rules = read(client, style[1])
    fonts = re.findall(r"url\(/static/([^)]+)\)", rules)
    weights = [len(gzip.compress(text.encode())) for text in (html, rules, read(client, "/icon.svg"))]
    weights += [Path(finders.find(font)).stat().st_size for font in fonts]
    assert len(fonts) == 3
    assert "<script src" not in html
    assert sum(weights) <= 60_000


def test_a_picture_of_the_story_is_not_lazy_and_others_are(client: Client) -> None:
    picture = make_picture("in the body")
    full_story(make_site()["en"], body=[{"type": "image", "value": {"image": picture.pk, "caption": ""}}])
    html = read(client, "/en/news/coca/")
    assert html.count("<picture>") == 2
    assert html.count('loading="lazy"') == 1


def queries_of(client: Client, path: str, counter: Any) -> int:
    read(client, path)  # fills what is kept for the process: content types, addresses of sites
    with counter as asked:
        read(client, path)
    return len(asked.captured_queries)


def test_a_story_is_found_and_printed_with_a_dozen_queries(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    home = make_site(("en", "es"))["en"]
    SiteWording.objects.create(setting_id=1, language="en", strapline="News")
    full_story(home)
    html = read(client, "/en/news/coca/")
    assert "How we know this date" in html
    assert "<picture>" in html
    assert 'id="s2"' in html
    assert queries_of(client, "/en/news/coca/", django_assert_max_num_queries(40)) <= 12


def test_the_number_of_queries_does_not_grow_with_the_archive(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    home = make_site()["en"]
    full_story(home)
    before = queries_of(client, "/en/news/coca/", django_assert_max_num_queries(40))
    for year in range(2000, 2010):
        full_story(home, f"Of {year}", published=str(year))
    assert queries_of(client, "/en/news/coca/", django_assert_max_num_queries(40)) == before


def test_a_preview_shows_what_is_not_saved_yet(client: Client) -> None:
    home = make_site()["en"]
    story = make_story(home, "Coca", published="2013-12-16")
    story.title = "Coca, rewritten"
    story.topics.add(make_topic("drugs", en="Drugs"))
    story.corrections.create(on=dt.date(2026, 11, 23), text="Not saved yet.")
    html = story.make_preview_request().render().content.decode()
    assert "Coca, rewritten" in html
    assert ">Drugs</a>" in html
    assert "Not saved yet." in html
    assert "wagtail-userbar" not in read(client, "/en/news/coca/")
    assert "Coca, rewritten" not in read(client, "/en/news/coca/")


def test_a_draft_that_was_never_public_can_be_previewed(client: Client) -> None:
    home = make_site()["en"]
    section = StoryIndexPage.objects.child_of(home).get()
    story = StoryPage(title="New", slug="new", locale=home.locale, published="2013")
    section.add_child(instance=story)
    story.unpublish()
    assert "New" in story.make_preview_request().render().content.decode()
