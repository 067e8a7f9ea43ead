"""Does search find the right pages, in the right order, with the right passages, on every database?"""

from __future__ import annotations

import datetime as dt
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pututu.home import services
from pututu.home.rendering.results import Results, answer
from pututu.home.search.query import Question
from pututu.pages.models import BasePage
from tests.factories import make_background, make_site, make_story, make_topic

pytestmark = pytest.mark.django_db

HOSTILE = [
    '"',
    "*",
    'a"b',
    "NEAR(",
    "NEAR(a b)",
    "-",
    "-coca",
    "(",
    ")",
    "AND",
    "OR NOT",
    "title:coca",
    "^coca",
    "'",
    "\\",
]
HOSTILE += [
    "';DROP TABLE home_searchentry;--",
    "coca:*",
    "!coca & |",
    "<->",
    "%",
    "%s",
    "the of and",
    "½ ² ﬁ",
    "🦙",
    "\x00coca",
]
HOSTILE += [
    "a" * 10_000,
    "coca " * 2000,
    '"' * 500,
    "’",
    "Peru’s",
    "\u02bc",
    "\u0301",
    "١٩٦٩",
    "{coca}",
    "co-ca",
]


@pytest.fixture
def homes() -> dict[str, Any]:
    return make_site(("en", "es"))


def ask(text: str = "", **changes: Any) -> Results:
    return answer(Question(text=text, **{"language": "en", **changes}), own_language="en")


def titles(results: Results) -> list[str]:
    return [hit.item.title for hit in results.hits]


def index() -> None:
    services.index(BasePage.objects.all())


def test_forms_of_a_word_find_each_other_in_each_language(homes: Any) -> None:
    make_story(homes["en"], "The mines of the south")
    make_story(homes["es"], "La minería del sur")
    index()
    for word in ("mine", "mining", "MINES"):
        assert titles(ask(word)) == ["The mines of the south"]
    for word in ("mineria", "mineras", "minería"):
        assert titles(ask(word, language="es")) == ["La minería del sur"]
    assert titles(ask("river")) == []


def test_all_languages_can_be_asked_at_once(homes: Any) -> None:
    make_story(homes["en"], "Elections announced")
    make_story(homes["es"], "Elecciones en abril")
    index()
    assert set(titles(ask("elecciones", language=""))) == {"Elecciones en abril"}
    assert set(titles(ask("elec", language=""))) == {"Elections announced", "Elecciones en abril"}


def test_a_stem_of_one_language_does_not_find_a_word_of_another(homes: Any) -> None:
    make_story(homes["es"], "Las minas del sur")
    index()
    assert titles(ask("minas", language="")) == ["Las minas del sur"]
    assert titles(ask('"minning"', language="")) == []
    assert ask("minning").languages == ()


def test_a_word_in_the_title_weighs_more_than_in_the_text(homes: Any) -> None:
    make_story(homes["en"], "Roads", standfirst="About roads, and once coca.")
    make_story(homes["en"], "Coca prices")
    make_story(homes["en"], "Rivers", standfirst="Rivers, rivers, and once coca too.")
    index()
    assert titles(ask("coca"))[0] == "Coca prices"


def test_words_in_quotation_marks_must_stand_side_by_side(homes: Any) -> None:
    make_story(homes["en"], "Human rights report")
    make_story(homes["en"], "Rights of a human being")
    index()
    assert titles(ask('"human rights"')) == ["Human rights report"]
    assert len(titles(ask("human rights"))) == 2


def test_the_last_word_may_be_the_beginning_of_one(homes: Any) -> None:
    make_story(homes["en"], "Extractives index")
    index()
    assert titles(ask("extrac")) == ["Extractives index"]
    assert titles(ask("extrac index")) == []


def test_the_passage_shows_the_word_as_written_and_escapes_the_rest(homes: Any) -> None:
    make_story(
        homes["en"],
        "A <b>bold</b> mine",
        standfirst="Near the Minería <script> the mining & trading goes on.",
    )
    index()
    hit = ask("mine").hits[0]
    assert hit.title == "A &lt;b&gt;bold&lt;/b&gt; <mark>mine</mark>"
    assert "&lt;script&gt; the <mark>mining</mark> &amp; trading" in hit.snippet


def test_a_year_finds_what_may_fall_in_it_and_says_so(homes: Any) -> None:
    make_story(homes["en"], "Sure", published="2013-12-16")
    make_story(homes["en"], "Perhaps", published="2013-12-20/2014-01-08")
    make_story(homes["en"], "Later", published="2016")
    index()
    found = {hit.item.title: hit.maybe_years for hit in ask("2013").hits}
    assert found == {"Sure": (), "Perhaps": (2013,)}
    assert set(titles(ask(year=2014))) == {"Perhaps"}


def test_results_are_narrowed_by_kind_topic_year_and_missing_date(homes: Any) -> None:
    coca = make_topic("drugs", en="Drugs", es="Drogas")
    make_story(homes["en"], "Coca one", published="2013-12-16", topics=[coca])
    make_story(homes["en"], "Coca two")
    make_background(homes["en"], "Coca explained")
    index()
    assert set(titles(ask("coca", kind="news"))) == {"Coca one", "Coca two"}
    assert titles(ask("coca", kind="background")) == ["Coca explained"]
    assert titles(ask("coca", topic="drugs")) == ["Coca one"]
    assert titles(ask("coca", year=2013)) == ["Coca one"]
    assert set(titles(ask("coca", is_undated=True))) == {"Coca two", "Coca explained"}


def test_counts_beside_the_results_say_what_each_filter_would_find(homes: Any) -> None:
    coca = make_topic("drugs", en="Drugs", es="Drogas")
    make_story(homes["en"], "Coca one", published="2013-12-16", topics=[coca])
    make_story(homes["en"], "Coca two", published="2013-12-20/2014-01-08")
    make_background(homes["en"], "Coca explained")
    make_story(homes["es"], "La coca")
    index()
    found = ask("coca", kind="news")
    assert {option.code: option.count for option in found.kinds} == {"": 3, "news": 2, "background": 1}
    assert {option.code: option.count for option in found.years} == {"2014": 1, "2013": 2}
    assert [(option.name, option.count) for option in found.topics] == [("Drugs", 1)]
    assert {option.code: option.count for option in found.languages} == {"en": 2, "es": 1}
    assert [option.code for option in ask("coca").years] == ["2014", "2013", "none"]


def test_results_can_stand_newest_first(homes: Any) -> None:
    make_story(homes["en"], "Coca coca coca", published="2003-01-01")
    make_story(homes["en"], "Prices of coca leaves last year", published="2019-01-01")
    index()
    assert titles(ask("coca", is_by_date=True)) == ["Prices of coca leaves last year", "Coca coca coca"]
    assert titles(ask("coca"))[0] == "Coca coca coca"


def test_nothing_found_suggests_near_words_that_would_find_something(homes: Any) -> None:
    make_story(homes["en"], "Extractives index")
    gone = make_story(homes["en"], "Extradition")
    index()
    gone.unpublish()
    services.index(BasePage.objects.filter(pk=gone.pk))
    assert [each.text for each in ask("extractivs").near_words] == ["extractives"]


def test_nothing_found_points_to_the_other_language_and_to_a_topic_of_that_name(homes: Any) -> None:
    make_topic("mining", en="Mining", es="Minería")
    make_story(homes["es"], "La minería del sur")
    index()
    found = ask("mineria")
    assert found.total == 0
    assert [(each.language, each.url) for each in found.elsewhere] == [("es", "?q=mineria&lang=es")]
    assert [each.text for each in ask("mining").labels] == ["Mining", "minería"]


def test_where_nothing_is_found_nothing_is_offered_to_choose_from(homes: Any, client: Client) -> None:
    make_story(homes["en"], "The mines")
    index()
    assert 'id="narrow"' in client.get("/en/search/?q=mines").content.decode()
    assert 'id="narrow"' not in client.get("/en/search/?q=xylophone").content.decode()
    assert "#narrow" not in client.get("/en/search/?q=xylophone").content.decode()
    assert 'id="narrow"' in client.get("/en/search/?q=xylophone&kind=news").content.decode()


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_an_error(homes: Any, client: Client, text: str) -> None:
    make_story(homes["en"], "Coca prices", standfirst="The price of the leaf.")
    index()
    for language in ("", "en", "es"):
        ask(text, language=language)
    response = client.get("/en/search/", {"q": text, "lang": "all"})
    assert response.status_code == 200
    assert b"<script>" not in response.content


def test_the_number_of_queries_does_not_grow_with_the_results(homes: Any, client: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/en/search/", {"q": "coca"}).status_code == 200
        return len(queries)

    topic = make_topic()
    make_story(homes["en"], "Coca 0", published="2013-12-16", topics=[topic])
    index()
    count()
    few = count()
    for number in range(1, 30):
        make_story(homes["en"], f"Coca {number}", published="2013-12-16", topics=[topic])
    index()
    assert count() == few
    assert few <= 32


def test_pages_of_results_keep_the_question(homes: Any, client: Client) -> None:
    for number in range(25):
        make_story(homes["en"], f"Coca {number}", published=dt.date(2013, 1, 1 + number).isoformat())
    index()
    first = client.get("/en/search/", {"q": "coca", "kind": "news"}).content.decode()
    assert "?q=coca&amp;kind=news&amp;page=2" in first
    second = client.get("/en/search/", {"q": "coca", "kind": "news", "page": "2"}).content.decode()
    assert second.count('<article class="listing"') == 5


def test_a_page_of_the_wrong_sort_in_the_index_is_not_shown(homes: Any) -> None:
    story = make_story(homes["en"], "Coca")
    index()
    assert ask("coca").total == 1
    BasePage.objects.filter(pk=story.pk).update(live=False)
    assert titles(ask("coca")) == []


def test_the_index_is_made_anew_in_batches(homes: Any) -> None:
    for number in range(7):
        make_story(homes["en"], f"Coca {number}")
    with patch("pututu.home.services.BATCH", 3):
        assert services.rebuild() == 7
        assert services.rebuild() == 7
    assert ask("coca").total == 7
