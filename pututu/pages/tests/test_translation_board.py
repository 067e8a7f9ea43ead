"""Staff see, per story and language, where its translation stands."""

import pytest
from django.urls import reverse
from wagtail.models import Locale

from pututu.pages.board import originals, rows, waiting
from pututu.pages.models import BasePage, Translation
from pututu.pages.rules import Standing, standing
from pututu.pages.services import decline_translation, mark_translation_current, resume_translation
from tests.factories import make_site, make_staff, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return make_site(("en", "es"))


@pytest.fixture
def coordinator():
    return make_staff()


def translated(story):
    copy = story.copy_for_translation(Locale.objects.get(language_code="es"))
    copy.save_revision().publish()
    return copy


def cell(story):
    locales = Locale.objects.order_by("pk")
    (row,) = rows(originals().filter(pk=story.pk), locales)
    return row.cells[1]


@pytest.mark.parametrize(
    ("exists", "made_from", "is_declined", "expected"),
    [
        (True, "now", False, Standing.CURRENT),
        (True, "before", False, Standing.STALE),
        (True, None, False, Standing.STALE),
        (False, None, False, Standing.MISSING),
        (False, None, True, Standing.DECLINED),
        (True, "now", True, Standing.CURRENT),
    ],
)
def test_a_translation_stands_where_its_original_says(exists, made_from, is_declined, expected):
    assert (
        standing(fingerprint="now", exists=exists, made_from=made_from, is_declined=is_declined) is expected
    )


def test_a_story_without_counterpart_is_missing_and_waits(site):
    story = make_story(site["en"])
    assert cell(story).standing is Standing.MISSING
    assert story.pk in waiting(Locale.objects.all()).values_list("pk", flat=True)


def test_a_fresh_translation_is_current(site):
    story = make_story(site["en"])
    translated(story)
    assert cell(story).standing is Standing.CURRENT
    assert not waiting(Locale.objects.all()).exists()


def test_a_change_of_words_makes_the_translation_stale_until_somebody_checks_it(site, coordinator):
    story = make_story(site["en"])
    copy = translated(story)
    story.standfirst = "New words"
    story.save_revision().publish()
    assert cell(story).standing is Standing.STALE
    mark_translation_current(BasePage.objects.get(pk=copy.pk), user=coordinator)
    assert cell(story).standing is Standing.CURRENT


def test_a_draft_of_the_original_makes_nothing_stale(site):
    story = make_story(site["en"])
    translated(story)
    story.standfirst = "Words nobody has published"
    story.save_revision()
    assert cell(story).standing is Standing.CURRENT


def test_publishing_an_old_revision_of_a_translation_keeps_its_standing(site):
    story = make_story(site["en"])
    copy = translated(story)
    first = copy.revisions.first()
    copy.title = "Otro título"
    copy.save_revision().publish()
    first.publish()
    assert Translation.objects.get(page=copy).made_from == BasePage.objects.get(pk=story.pk).fingerprint


def test_a_declined_translation_no_longer_waits_until_it_is_wanted_again(site, coordinator):
    story = BasePage.objects.get(pk=make_story(site["en"]).pk)
    decline_translation(story, language="es", user=coordinator)
    decline_translation(story, language="es", user=coordinator)
    assert cell(story).standing is Standing.DECLINED
    assert not waiting(Locale.objects.all()).exists()
    resume_translation(story, language="es", user=coordinator)
    assert cell(story).standing is Standing.MISSING


def test_the_board_costs_the_same_for_one_story_and_for_many(
    site, client, coordinator, django_assert_max_num_queries
):
    client.force_login(coordinator)
    for number in range(12):
        make_story(site["en"], f"Story {number}", published="2013-12-16")
    with django_assert_max_num_queries(30):
        answer = client.get(reverse("pages:translation-board"))
    assert answer.status_code == 200
    assert answer.content.decode().count("Missing: translate it") == 12


def test_an_editor_declines_from_the_board_and_a_stranger_may_not(site, client, coordinator):
    story = make_story(site["en"])
    address = reverse("pages:translation-act", args=[story.pk, "decline"])
    assert client.post(address, {"language": "es"}).status_code == 302
    assert cell(story).standing is Standing.MISSING
    client.force_login(coordinator)
    client.post(address, {"language": "es", "next": "https://elsewhere.example/"})
    assert cell(story).standing is Standing.DECLINED


@pytest.mark.parametrize(
    "name", ["pages:drafts-report", "pages:undated-report", "pages:unexplained-report", "wagtailadmin_home"]
)
def test_reports_and_dashboard_open(site, client, coordinator, name):
    make_story(site["en"], "Undated")
    client.force_login(coordinator)
    assert client.get(reverse(name)).status_code == 200
