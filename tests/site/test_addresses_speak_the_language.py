"""Does each language have addresses in its own words, and do those of the other lead to them?"""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.factories import make_site, make_story, make_topic

pytestmark = pytest.mark.django_db
PAIRS = [
    ("archive/", "archivo/"),
    ("archive.csv", "archivo.csv"),
    ("archive/undated/", "archivo/sin-fecha/"),
    ("archive/2012/", "archivo/2012/"),
    ("archive/2012/05/", "archivo/2012/05/"),
    ("topics/", "temas/"),
    ("topics/mining/", "temas/mining/"),
    ("topics/mining/feed.atom", "temas/mining/feed.atom"),
    ("places/", "lugares/"),
    ("search/?q=mina&page=2", "buscar/?q=mina&page=2"),
    ("corrections/", "correcciones/"),
    ("feeds/", "canales/"),
    ("feeds/news.rss", "canales/news.rss"),
    ("calendar.ics", "calendario.ics"),
    ("calendar/mining.ics", "calendario/mining.ics"),
]


@pytest.fixture(autouse=True)
def site() -> None:
    homes = make_site(("en", "es"))
    topic = make_topic("mining", en="Mining", es="Minería")
    for code in homes:
        make_story(homes[code], "Mina", published="2012-05-01", topics=[topic])


@pytest.mark.parametrize(("english", "spanish"), PAIRS)
def test_each_language_answers_under_its_own_words_and_leads_there_from_the_other_s(
    english: str, spanish: str
):
    for code, own, foreign in (("en", english, spanish), ("es", spanish, english)):
        assert Client().get(f"/{code}/{own}").status_code == 200
        moved = Client().get(f"/{code}/{foreign}")
        assert (moved.status_code, moved["Location"]) == (301, f"/{code}/{own}")


def test_what_is_nowhere_leads_nowhere():
    for path in ("/es/nada/", "/es/temas/nada/", "/en/nowhere/", "/es/noticias/cite.ris"):
        assert Client().get(path).status_code == 404, path
    assert Client().post("/es/topics/").status_code in (404, 405)


def test_a_page_that_bears_another_language_s_word_stays_where_it_is():
    from wagtail.models import Page

    section = Page.objects.get(slug="noticias")
    section.slug = "topics"
    section.save()
    assert "Mina" in Client().get("/es/topics/").content.decode()


@pytest.mark.parametrize(
    ("english", "spanish"), [("topics/mining/", "temas/mining/"), ("feeds/", "canales/")]
)
def test_switch_head_and_sitemap_name_each_address_in_its_own_words(english: str, spanish: str):
    page = Client().get(f"/en/{english}").content.decode()
    base = settings.BASE_URL
    assert f'<a href="/es/{spanish}" lang="es" hreflang="es">' in page
    assert f'<link rel="alternate" hreflang="es" href="{base}/es/{spanish}">' in page
    maps = re.findall(r"<loc>(.*?)</loc>", Client().get("/sitemap.xml").content.decode())
    text = "".join(b"".join(Client().get(each.removeprefix(base))).decode() for each in maps)
    assert f"<loc>{base}/es/{spanish}</loc>" in text
    assert f"<loc>{base}/es/{english}</loc>" not in text
    assert f'hreflang="en" href="{base}/en/{english}"' in text


def test_feeds_and_robots_name_themselves_in_their_own_words():
    atom = Client().get("/es/temas/mining/feed.atom").content.decode()
    assert f'href="{settings.BASE_URL}/es/temas/mining/feed.atom"' in atom
    assert f'scheme="{settings.BASE_URL}/es/temas/"' in atom
    robots = Client().get("/robots.txt").content.decode()
    assert "Disallow: /es/buscar/" in robots
    assert "Disallow: /en/search/" in robots


def test_no_spanish_page_leads_to_an_english_word():
    words = r"/es/(?:archive|topics|places|search|corrections|feeds|calendar)\b"
    assert re.search(words, '<a href="/es/topics/">')
    for name in ("archive", "topics", "places", "search", "corrections", "feeds"):
        with override("es"):
            page = Client().get(reverse(name)).content.decode()
        assert not re.search(words, page), name
    for path in ("/es/", "/es/noticias/", "/es/noticias/mina/"):
        assert not re.search(words, Client().get(path).content.decode()), path
