"""Do machines read in a page's head what readers read on it?"""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import Any

import html5lib
import pytest
from django.core.files.images import ImageFile
from django.test import Client
from PIL import Image

from pututu.delivery.rendering.structured import script
from pututu.media.models import Picture
from tests.factories import correct, make_background, make_publication, make_site, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes(settings: Any) -> Any:
    settings.BASE_URL = "https://group.example"
    return make_site(("en", "es"))


def read(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


def documents(html: str) -> dict[str, dict[str, Any]]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return {each["@type"]: each for each in map(json.loads, found)}


def properties(html: str) -> dict[str, str]:
    return dict(re.findall(r'<meta property="([^"]+)" content="([^"]*)">', html))


def translate(page: Any, home: Any, title: str) -> Any:
    section = page.get_parent()
    there = next(each for each in home.get_children() if each.translation_key == section.translation_key)
    copy = type(page)(title=title, slug="traducida", locale=home.locale, translation_key=page.translation_key)
    return there.add_child(instance=copy)


def test_the_canonical_address_is_the_one_without_parameters(homes: Any):
    page = make_story(homes["en"], "A story")
    html = read(f"{page.url}?utm_source=x&page=x")
    assert f'<link rel="canonical" href="https://group.example{page.url}">' in html
    section = page.get_parent()
    assert f'<link rel="canonical" href="https://group.example{section.url}?page=2">' in read(
        f"{section.url}?page=2"
    )


def test_a_later_page_of_a_list_has_no_counterpart(homes: Any):
    section = make_story(homes["en"], "A story").get_parent()
    assert 'rel="alternate" hreflang="es"' in read(section.url)
    assert 'rel="alternate" hreflang="es"' not in read(f"{section.url}?page=2")


def test_a_page_in_two_languages_names_both_and_a_default(homes: Any):
    page = make_story(homes["en"], "A story")
    other = translate(page, homes["es"], "Una historia")
    html = read(other.url)
    assert f'hreflang="en" href="https://group.example{page.url}"' in html
    assert f'hreflang="es" href="https://group.example{other.url}"' in html
    assert f'hreflang="x-default" href="https://group.example{page.url}"' in html


def test_a_page_in_one_language_names_no_other(homes: Any):
    assert 'rel="alternate" hreflang' not in read(make_story(homes["en"], "A story").url)


def test_every_page_names_the_feeds_and_a_section_those_of_its_kind(homes: Any):
    page = make_story(homes["en"], "A story")
    assert (
        'type="application/atom+xml" title="Tibet Circle" href="https://group.example/en/feed.atom"'
        in read(page.url)
    )
    assert "/en/feeds/news.atom" in read(page.get_parent().url)
    assert "/en/feeds/news.atom" not in read(page.url)


def test_a_story_is_a_news_article_with_the_day_that_is_known(homes: Any):
    html = read(make_story(homes["en"], "A story", published="2013-12-16", byline="A. Writer").url)
    article = documents(html)["NewsArticle"]
    assert article["headline"] == "A story"
    assert article["datePublished"] == "2013-12-16"
    assert article["author"] == {"@type": "Person", "name": "A. Writer"}
    assert article["publisher"]["name"] == "Tibet Circle"
    assert article["inLanguage"] == "en"
    assert properties(html)["article:published_time"] == "2013-12-16"
    assert properties(html)["og:type"] == "article"


@pytest.mark.parametrize(
    ("edtf", "given"), [("2018-01", "2018-01"), ("", None), ("2013-09-24/2013-09-30", None)]
)
def test_no_more_is_claimed_of_a_date_than_is_known(homes: Any, edtf: str, given: str | None):
    html = read(make_story(homes["en"], "A story", published=edtf).url)
    assert documents(html)["NewsArticle"].get("datePublished") == given
    assert "article:published_time" not in properties(html)


def test_a_correction_is_the_date_of_modification(homes: Any):
    page = make_story(homes["en"], "A story")
    assert "dateModified" not in documents(read(page.url))["NewsArticle"]
    correct(page, on="2026-06-02")
    assert documents(read(page.url))["NewsArticle"]["dateModified"] == "2026-06-02"


def test_publications_are_reports_and_background_pages_articles(homes: Any):
    report = documents(read(make_publication(homes["en"], "A report", series="Newsletter", number="7").url))[
        "Report"
    ]
    assert report["reportNumber"] == "7"
    assert report["isPartOf"] == {"@type": "CreativeWorkSeries", "name": "Newsletter"}
    assert "Article" in documents(read(make_background(homes["en"], "Our aims").url))


def test_the_front_page_is_the_group_and_its_site(homes: Any):
    html = read(homes["en"].url)
    found = documents(html)
    assert found["Organization"]["name"] == "Tibet Circle"
    assert found["WebSite"]["url"] == "https://group.example/en/"
    assert "BreadcrumbList" not in found
    assert properties(html)["og:type"] == "website"


def test_the_way_to_a_page_is_told(homes: Any):
    page = make_story(homes["en"], "A story")
    steps = documents(read(page.url))["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in steps] == ["Tibet Circle", "News", "A story"]
    assert [step["position"] for step in steps] == [1, 2, 3]
    assert steps[1]["item"] == f"https://group.example{page.get_parent().url}"


def test_a_title_can_not_break_out_of_its_data_block(homes: Any):
    title = "</script><script>alert(1)</script><!-- & \u2028"
    html = read(make_story(homes["en"], title, slug="x").url)
    assert documents(html)["NewsArticle"]["headline"] == title
    assert "<script>alert" not in html
    scripts = html5lib.parse(html, namespaceHTMLElements=False).iter("script")
    assert {each.get("type") for each in scripts} <= {"application/ld+json", "module"}


def test_the_escapes_read_back_as_they_were():
    text = "<>&\u2028\u2029'\"\\"
    inside = script({"@type": "Thing", "name": text})[
        len('<script type="application/ld+json">') : -len("</script>")
    ]
    assert "<" not in inside
    assert json.loads(inside)["name"] == text


def test_the_picture_for_sharing_has_its_words(homes: Any):
    file = BytesIO()
    Image.new("RGB", (1600, 900), "#9c1431").save(file, "PNG")
    picture = Picture.objects.create(
        title="A lake",
        description="A lake at dawn",
        credit="Us",
        file=ImageFile(BytesIO(file.getvalue()), name="lake.png"),
    )
    html = read(make_story(homes["en"], "A story", picture=picture).url)
    found = properties(html)
    assert found["og:image"].startswith("https://group.example/media/")
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert found["og:image:alt"] == "A lake at dawn"
    assert documents(html)["NewsArticle"]["image"] == [found["og:image"]]
    picture.renditions.all().delete()
    picture.file.storage.delete(picture.file.name)
    assert "og:image" not in properties(read(make_story(homes["en"], "Another", picture=picture).url))


def test_a_page_that_is_not_found_has_no_address_of_its_own(homes: Any):
    response = Client().get("/en/nothing-here/")
    assert response.status_code == 404
    assert "canonical" not in response.content.decode()
