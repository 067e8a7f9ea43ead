"""Does the search index follow what happens to pages?"""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import PageViewRestriction

from pututu.home import services
from pututu.home.models import SearchEntry
from pututu.home.search.engine import engine
from pututu.home.search.query import read_query
from pututu.pages.models import BasePage
from pututu.publishing.models import StoryIndexPage
from tests.factories import make_article, make_site, make_story, section_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes() -> dict[str, Any]:
    return make_site(("en", "es"))


@pytest.fixture(autouse=True)
def commit(django_capture_on_commit_callbacks: Any) -> Any:
    """Do at the end of each act what a committed transaction would do."""

    class Act:
        def __call__(self, act: Any) -> None:
            with django_capture_on_commit_callbacks(execute=True):
                act()

    return Act()


def found(word: str, language: str = "en") -> list[int]:
    entries = SearchEntry.objects.in_language(language).matching(read_query(word, language), language)
    return list(entries.values_list("pk", flat=True))


def publish(page: Any) -> None:
    page.save_revision().publish()


def test_a_published_page_is_found_and_a_changed_one_by_its_new_words(homes: Any, commit: Any) -> None:
    story = make_story(homes["en"], "Coca", live=False)
    assert found("coca") == []
    commit(lambda: publish(story))
    assert found("coca") == [story.pk]
    story.title = "Quinoa"
    commit(lambda: publish(story))
    assert (found("coca"), found("quinoa")) == ([], [story.pk])


def test_a_draft_changes_nothing(homes: Any, commit: Any) -> None:
    story = make_story(homes["en"], "Coca")
    commit(lambda: publish(story))
    story.title = "Quinoa"
    commit(lambda: story.save_revision())
    assert (found("coca"), found("quinoa")) == ([story.pk], [])


def test_an_unpublished_page_is_no_longer_found(homes: Any, commit: Any) -> None:
    story = make_story(homes["en"], "Coca")
    commit(lambda: publish(story))
    commit(story.unpublish)
    assert found("coca") == []
    assert not SearchEntry.objects.exists()


def test_a_deleted_page_leaves_nothing_in_the_index(homes: Any, commit: Any) -> None:
    story, other = make_story(homes["en"], "Coca"), make_story(homes["en"], "Coca too")
    commit(lambda: publish(story))
    commit(lambda: publish(other))
    commit(story.delete)
    assert found("coca") == [other.pk]
    assert SearchEntry.objects.count() == 1


def test_a_deleted_section_takes_its_pages_out(homes: Any, commit: Any) -> None:
    story = make_story(homes["en"], "Coca")
    commit(lambda: publish(story))
    assert found("coca")
    commit(section_of(homes["en"], StoryIndexPage).delete)
    assert found("coca") == []


def test_a_moved_page_is_still_found(homes: Any, commit: Any) -> None:
    story, article = make_story(homes["en"], "Coca"), make_article(homes["en"], "Leaves")
    commit(lambda: publish(story))
    commit(lambda: story.move(article.get_parent(), pos="last-child"))
    assert found("coca") == [story.pk]


def test_a_translation_has_an_entry_of_its_own_that_follows_it(homes: Any, commit: Any) -> None:
    story = make_story(homes["en"], "Coca")
    commit(lambda: publish(story))
    commit(lambda: story.copy_for_translation(homes["es"].locale))
    assert found("coca", "es") == []
    sibling = story.get_translation(homes["es"].locale)
    sibling.title = "La hoja"
    commit(lambda: publish(sibling))
    assert (found("hoja", "es"), found("coca")) == ([sibling.pk], [story.pk])
    sibling.refresh_from_db()
    commit(sibling.unpublish)
    assert (found("hoja", "es"), found("coca")) == ([], [story.pk])


def test_a_page_behind_a_restriction_is_not_found_until_it_is_opened(homes: Any, commit: Any) -> None:
    story = make_story(homes["en"], "Coca")
    commit(lambda: publish(story))
    section = section_of(homes["en"], StoryIndexPage)
    commit(lambda: PageViewRestriction.objects.create(page=section, restriction_type="login"))
    assert found("coca") == []
    commit(lambda: PageViewRestriction.objects.all()[0].delete())
    assert found("coca") == [story.pk]


def test_the_index_can_be_made_anew_by_command(homes: Any) -> None:
    story = make_story(homes["en"], "Coca")
    make_story(homes["en"], "Draft coca", live=False)
    out = io.StringIO()
    call_command("rebuild_search", stdout=out)
    assert "1 pages" in out.getvalue()
    assert found("coca") == [story.pk]


def test_indexing_twice_changes_nothing_and_forgetting_twice_is_safe(homes: Any) -> None:
    story = make_story(homes["en"], "Coca coca")
    for _ in range(2):
        assert services.index(BasePage.objects.all()) == 1
        assert found("coca") == [story.pk]
    for _ in range(2):
        services.remove([story.pk])
        engine().forget([story.pk])
        assert found("coca") == []
