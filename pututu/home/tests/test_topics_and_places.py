"""Is everything about a topic or a place found on its page, in the language of the page?"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pututu.topics.models import Place
from tests.factories import make_background, make_site, make_story, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes() -> dict[str, Any]:
    return make_site(("en", "es"))


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def make_place(slug: str, **names: str) -> Place:
    place = Place.objects.create(slug=slug)
    for language, name in names.items():
        place.names.create(language=language, name=name)
    place.save()
    return place


def test_a_topic_has_its_name_and_its_pages_in_each_language(homes: Any, client: Client) -> None:
    mining = make_topic("mining", en="Mining", es="Minería")
    make_story(homes["en"], "The mines", published="2013-12-16", topics=[mining])
    make_story(homes["es"], "Las minas", published="2013-12-16", topics=[mining])
    make_story(homes["en"], "The rivers", published="2013-12-16")
    page = text(client, "/en/topics/mining/")
    assert "<h1>Mining</h1>" in page
    assert "The mines" in page
    assert "Las minas" not in page
    assert "The rivers" not in page
    assert 'href="/es/temas/mining/"' in page
    assert "<h1>Minería</h1>" in text(client, "/es/temas/mining/")


def test_newest_comes_first_and_undated_items_stand_beside(homes: Any, client: Client) -> None:
    puno = make_place("puno", en="Puno")
    make_story(homes["en"], "Older", published="2003", places=[puno])
    make_story(homes["en"], "Newer", published="2013-12-16", places=[puno])
    make_story(homes["en"], "Undated", places=[puno])
    page = text(client, "/en/places/puno/")
    assert page.index("Newer") < page.index("Older") < page.index('id="loose"') < page.index("Undated")


def test_a_topic_can_be_narrowed_to_a_kind(homes: Any, client: Client) -> None:
    mining = make_topic()
    make_story(homes["en"], "The mines", published="2013-12-16", topics=[mining])
    make_background(homes["en"], "Mining explained", topics=[mining])
    whole = text(client, "/en/topics/mining/")
    assert "?kind=background" in whole
    assert "The mines" in whole
    narrow = text(client, "/en/topics/mining/?kind=background")
    assert "Mining explained" in narrow
    assert "The mines" not in narrow
    assert "The mines" in text(client, "/en/topics/mining/?kind=<script>")


def test_an_unknown_topic_or_place_is_not_a_page(client: Client, homes: Any) -> None:
    make_topic("mining")
    text(client, "/en/topics/mining/")
    text(client, "/en/topics/minign/", 404)
    text(client, "/en/places/mining/", 404)


def test_all_topics_are_listed_with_how_much_is_about_them(homes: Any, client: Client) -> None:
    mining = make_topic("mining", en="Mining", es="Minería")
    coca, water = make_topic("coca", en="Coca"), make_topic("water", en="Água")
    make_topic("nothing", en="Unwritten")
    make_story(homes["en"], "One", topics=[mining, coca, water])
    make_story(homes["en"], "Two", topics=[mining])
    make_story(homes["en"], "Draft", topics=[mining], live=False)
    page = text(client, "/en/topics/")
    assert page.index("Água") < page.index("Coca") < page.index("Mining")  # accents count for nothing
    assert "2 items" in page
    assert "Unwritten" not in page  # nobody is led to an empty page
    assert "Minería" not in text(client, "/es/temas/")
    make_story(homes["es"], "Una", topics=[mining])
    assert "Minería" in text(client, "/es/temas/")
    text(client, "/en/places/")


def test_the_number_of_queries_does_not_grow_with_the_topic(homes: Any, client: Client) -> None:
    mining = make_topic()

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            text(client, "/en/topics/mining/")
        return len(queries)

    make_story(homes["en"], "First", published="2013-12-16", topics=[mining])
    make_story(homes["en"], "Undated", topics=[mining])
    count()
    few = count()
    for number in range(30):
        make_story(homes["en"], f"Story {number}", published="2013-12-16", topics=[mining])
        make_story(homes["en"], f"Undated {number}", topics=[mining])
    assert count() == few
    page = text(client, "/en/topics/mining/")
    assert "All 31 undated items" in page
    assert page.count('<article class="listing"') == 20
