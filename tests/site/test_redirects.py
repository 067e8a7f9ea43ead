"""Do old addresses lead on, however they are written?"""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from tests.factories import make_site, make_story

pytestmark = pytest.mark.django_db

OLD = {
    "/articles.php?position=720": ["/articles.php?position=720"],
    "/article-694.html": ["/article-694.html", "/article-694.html?utm_source=mail", "/article-694.html/"],
    "/es/noticias/año-nuevo": [
        "/es/noticias/a%C3%B1o-nuevo/",
        "/es/noticias/a%c3%b1o-nuevo",
        "/es/noticias/año-nuevo/",
    ],
    "/News/Old%20Page.htm": ["/News/Old%20Page.htm"],
}


@pytest.fixture(autouse=True)
def site() -> None:
    story = make_story(make_site(("en", "es"))["en"], "A story")
    for address in OLD:
        Redirect.objects.create(
            old_path=Redirect.normalise_path(address), redirect_page=story, is_permanent=True
        )


@pytest.mark.parametrize("address", [written for ways in OLD.values() for written in ways])
def test_an_old_address_leads_to_the_story(address: str) -> None:
    answer = Client().get(address)
    assert (answer.status_code, answer.headers.get("Location", "")[-17:]) == (301, "/en/news/a-story/")


@pytest.mark.parametrize(
    "address", ["/articles.php?position=721", "/articles.php", "/article-695.html", "/News/%00.htm"]
)
def test_an_address_that_nobody_entered_leads_nowhere(address: str) -> None:
    answer = Client().get(address, follow=True)
    assert answer.status_code == 404
