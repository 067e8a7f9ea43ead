"""Does a prepared question give what the queryset gives, whoever asks and however often?"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from pututu.pages.models import BasePage, tags_of
from pututu.pages.prepared import Given, Prepared
from tests.factories import make_place, make_site, make_story, make_topic

pytestmark = pytest.mark.django_db

KEY, DAY = models.BigAutoField(), models.DateField()
PLACE = {"latest": Given("latest", DAY), "earliest": Given("earliest", DAY), "pk": Given("pk", KEY)}
NOON = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
DATES = [
    "2012",
    "2012-03",
    "2012-03-31",
    "2012-03-31",
    "2011-12-31",
    "",
    "../2014",
    "2013-05",
    "2012-01/2012-03",
]


@pytest.fixture
def stories() -> list[BasePage]:
    home = make_site()["en"]
    return [make_story(home, f"Story {at}", published=date) for at, date in enumerate(DATES)]


def place_of(page: BasePage) -> dict[str, Any]:
    return {"latest": page.placed_latest, "earliest": page.placed_earliest, "pk": page.pk}


def test_it_answers_for_each_value_as_the_queryset_does(stories: list[BasePage]):
    older = Prepared(lambda: BasePage.objects.older_than(**PLACE).values_list("title"))
    newer = Prepared(lambda: BasePage.objects.newer_than(**PLACE).values_list("title"))
    answers = []
    for page in stories:
        if page.placed_latest is None or page.placed_earliest is None:
            continue
        place = place_of(page)
        answers.append(older.ask(**place))
        assert answers[-1] == list(BasePage.objects.older_than(**place).values_list("title"))
        assert newer.ask(**place) == list(BasePage.objects.newer_than(**place).values_list("title"))
    assert len({len(rows) for rows in answers}) == len(answers), (
        "each place has its own number of older pages"
    )


def test_what_the_database_keeps_otherwise_comes_back_as_the_field_has_it(stories: list[BasePage]):
    columns = ("uid", "placed_earliest", "live", "last_published_at")
    question = Prepared(
        lambda: BasePage.objects.filter(uid=Given("uid", models.UUIDField())).values_list(*columns)
    )
    BasePage.objects.filter(pk=stories[2].pk).update(last_published_at=NOON)
    (row,) = question.ask(uid=stories[2].uid)
    assert row == BasePage.objects.values_list(*columns).get(uid=stories[2].uid)
    assert [type(value) for value in row] == [uuid.UUID, dt.date, bool, dt.datetime]


def test_nothing_equals_a_value_that_is_none(stories: list[BasePage]):
    by_day = Prepared(
        lambda: BasePage.objects.filter(placed_latest=Given("day", DAY)).values_list("pk").order_by("pk")
    )
    assert by_day.ask(day=None) == []
    assert by_day.ask(day=dt.date(2012, 12, 31)) == [(stories[0].pk,)]


def test_a_value_that_is_left_out_is_an_error(stories: list[BasePage]):
    question = Prepared(lambda: BasePage.objects.filter(pk=Given("pk", KEY)).values_list("pk"))
    with pytest.raises(KeyError, match="pk"):
        question.ask()


def test_a_value_is_never_read_as_sql(stories: list[BasePage]):
    question = Prepared(
        lambda: BasePage.objects.filter(title=Given("title", models.TextField())).values_list("title")
    )
    assert question.ask(title="' OR 1=1 --") == []
    assert question.ask(title="Story 1") == [("Story 1",)]


def test_it_is_worded_once_and_costs_one_query_each_time(stories: list[BasePage]):
    worded = []

    def make() -> Any:
        worded.append(1)
        return BasePage.objects.filter(pk=Given("pk", KEY)).values_list("title")

    question = Prepared(make)
    with CaptureQueriesContext(connection) as asked:
        titles = [question.ask(pk=page.pk)[0][0] for page in stories]
    assert titles == [page.title for page in stories]
    assert (len(worded), len(asked)) == (1, len(stories))


def test_the_tags_of_a_page_are_named_in_its_language_or_in_any(stories: list[BasePage]):
    page = stories[0]
    page.topics = [make_topic("mining", en="Mining", es="Minería"), make_topic("water", es="Agua")]
    page.places = [make_place("puno", en="Puno")]
    page.save()
    topics, places = tags_of(page)
    assert [tag.name for tag in topics] == ["Agua", "Mining"]
    assert [(tag.name, tag.url) for tag in places] == [("Puno", "/en/places/puno/")]
    assert tags_of(stories[1]) == ((), ())
