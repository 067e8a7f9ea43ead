"""Does the list before sending say of an issue in the database what is wrong with it, and of a good one nothing?"""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.contrib.redirects.models import Redirect

from pututu.bulletins.models import Issue
from pututu.bulletins.rules.checklist import Fault
from pututu.bulletins.services.drafts import findings_in, mail_as_for
from pututu.bulletins.tests.making import make_issue
from pututu.media.models import Picture
from tests.factories import make_site, make_story
from tests.pictures import make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes() -> dict[str, Any]:
    return make_site(("en", "es"))


@pytest.fixture
def issue(homes: dict[str, Any]) -> Issue:
    made = make_issue(None, make_story(homes["en"], "Index", published="2018-04-22"))
    made.editions.update(subject="What Congress did", intro="")
    return made


def faults(issue: Issue, **words: str) -> set[Fault]:
    issue.editions.update(**words)
    return {each.fault for each in findings_in(issue)}


def test_of_a_good_issue_it_says_nothing(issue: Issue) -> None:
    assert faults(issue) == set()


@pytest.mark.parametrize("subject", ["ACT NOW FOR PERU", "Act now!!", "Win $$ for Peru", "Now! Today!"])
def test_a_subject_like_advertising_is_told(issue: Issue, subject: str) -> None:
    assert faults(issue, subject=subject) == {Fault.SHOUTING}


@pytest.mark.parametrize("subject", ["PSG: coca in numbers!", "¡Hoy! Minería y derechos", "UN"])
def test_a_plain_subject_is_not(issue: Issue, subject: str) -> None:
    assert faults(issue, subject=subject) == set()


def test_a_link_of_ours_that_leads_nowhere_is_told_and_one_that_leads_somewhere_is_not(
    issue: Issue, settings: Any
) -> None:
    story = issue.items.get().page.get_url()
    good = f"See {settings.BASE_URL}{story} and https://example.org/anything."
    assert faults(issue, intro=good) == set()
    assert faults(issue, intro=f"See {settings.BASE_URL}/en/news/nowhere/.") == {Fault.DEAD_LINK}


def test_an_old_address_that_only_leads_on_is_told_only_where_nothing_is_at_its_end(
    issue: Issue, settings: Any
) -> None:
    page = issue.items.get().page
    Redirect.objects.create(old_path="/node/12", redirect_page=page)
    Redirect.objects.create(old_path="/node/13", redirect_link="/node/12")
    Redirect.objects.create(old_path="/node/14", redirect_link="/en/news/nowhere/")
    Redirect.objects.create(old_path="/node/15", redirect_link="/node/15")
    Redirect.objects.create(old_path="/node/16", redirect_link="https://example.org/elsewhere")
    bare = page.get_url().rstrip("/")
    for path in ("/node/12", "/node/12/", "/node/13", "/node/16", bare):
        assert faults(issue, intro=f"See {settings.BASE_URL}{path}") == set(), path
    for path in ("/node/14", "/node/15", "/node/17"):
        assert faults(issue, intro=f"See {settings.BASE_URL}{path}") == {Fault.DEAD_LINK}, path
    page.unpublish()
    assert Fault.DEAD_LINK in faults(issue, intro=f"See {settings.BASE_URL}/node/12")


def test_a_picture_without_words_for_those_who_do_not_see_it_is_told_and_one_with_them_is_not(
    issue: Issue, homes: dict[str, Any]
) -> None:
    picture = make_picture()
    Picture.objects.update(description="")
    issue.items.all().delete()
    story = make_story(homes["en"], "Illustrated", published="2018-04-22", picture=picture)
    issue.items.create(page=story, order=0)
    assert faults(issue) == {Fault.NO_ALT}
    type(story).objects.update(picture_description="A queue before a bank.")
    assert faults(issue) == set()


def test_a_link_in_the_introduction_can_be_pressed_and_nothing_else_of_it_is_markup(issue: Issue) -> None:
    issue.editions.update(intro="<b>See</b> https://example.org/a?b=1&c=2.")
    page = mail_as_for(issue, "en", to="ana@example.org").html
    assert 'href="https://example.org/a?b=1&amp;c=2"' in page
    assert "&lt;b&gt;See" in page


def test_an_edition_that_gmail_would_cut_off_is_told(issue: Issue, homes: dict[str, Any]) -> None:
    for number in range(4):
        page = make_story(homes["en"], f"Long {number}", published="2018-04-22", standfirst="word " * 6000)
        issue.items.create(page=page, order=number + 1)
    assert faults(issue) == {Fault.TOO_LARGE}


def test_what_is_not_public_any_more_is_told_and_not_silently_gone(issue: Issue) -> None:
    issue.items.get().page.unpublish()
    assert faults(issue, intro="Hello.") == {Fault.LEFT_OUT}
    assert [each.about for each in findings_in(issue)] == ["Index"]


def test_what_is_left_out_for_want_of_a_translation_is_told(issue: Issue) -> None:
    issue.editions.create(language="es", subject="El Congreso", intro="Hola.")
    assert faults(issue, intro="Hola.") == {Fault.NOT_TRANSLATED}
    Issue.objects.update(untranslated=Issue.Untranslated.LEAVE_OUT)
    issue.refresh_from_db()
    assert faults(issue) == {Fault.LEFT_OUT}


def test_nothing_in_it_and_no_date_are_told(issue: Issue, homes: dict[str, Any]) -> None:
    issue.items.create(page=make_story(homes["en"], "Whenever", published=""), order=2)
    assert faults(issue) == {Fault.UNDATED}
    issue.items.all().delete()
    assert faults(issue) == {Fault.EMPTY}
