"""Does an address that leads nowhere help the reader on?"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from pututu.home.rules import most_alike, words_of_address
from tests.factories import make_site, make_story

pytestmark = pytest.mark.django_db


def test_pages_with_an_address_like_it_are_suggested(client: Client) -> None:
    homes = make_site(("en", "es"))
    make_story(homes["en"], "New extractives index")
    make_story(homes["en"], "Sibling warfare")
    make_story(homes["en"], "New extractive draft", live=False)
    response = client.get("/en/news/new-extractive-index.html")
    page = response.content.decode()
    assert response.status_code == 404
    assert "New extractives index" in page
    assert "Sibling warfare" not in page
    assert "draft" not in page
    assert 'value="new extractive index"' in page


def test_it_answers_in_the_language_of_the_address(client: Client) -> None:
    homes = make_site(("en", "es"))
    make_story(homes["es"], "Nuevo índice", slug="nuevo-indice")
    response = client.get("/es/noticias/nuevo-indise/", headers={"accept-language": "en"})
    page = response.content.decode()
    assert response.status_code == 404
    assert '<html lang="es">' in page
    assert "Nuevo índice" in page
    assert 'action="/es/buscar/"' in page
    assert '<html lang="en">' in client.get("/en/nowhere/").content.decode()


def test_it_answers_when_there_is_no_page_at_all(client: Client) -> None:
    Site.objects.all().delete()
    Page.objects.all().delete()
    for address in ("/en/nowhere/", "/es/nada/", "/en/%00/", "/en/" + "x" * 3000, "/nowhere"):
        assert client.get(address, follow=True).status_code == 404


def test_the_work_is_bounded(client: Client) -> None:
    homes = make_site()

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/en/news/story-of-mining/").status_code == 404
        return len(queries)

    make_story(homes["en"], "Story of mining in the south")
    count()
    few = count()
    for number in range(20):
        make_story(homes["en"], f"Story of mining {number}")
    assert count() == few


def test_the_likest_addresses_come_first() -> None:
    slugs = ["sibling-warfare", "new-extractives-index", "new-index"]
    assert most_alike("new-extractive-index", slugs)[0] == "new-extractives-index"
    assert most_alike("zzz", slugs) == []
    assert most_alike("tia-mria", [*slugs, "tia-maria-authorised"]) == ["tia-maria-authorised"]
    assert most_alike("pisco", [*slugs, "pisco-earthquake", "piscola"]) == ["pisco-earthquake", "piscola"]
    assert words_of_address("/en/news/new-index.html") == "new index"
    assert words_of_address("/articles.php") == "articles"
    assert words_of_address("/") == ""
