"""Are the pages that come in found and their pictures known as used, and is each told to the indexes only once?"""

from __future__ import annotations

import contextlib

import pytest
from wagtail.models import Page, ReferenceIndex

from pututu.media.models import Picture
from pututu.publishing.models import StoryIndexPage
from pututu.rescue.bringing import applying
from pututu.rescue.item import Attachment
from pututu.rescue.tests.old_items import SITE, a_picture, keep_captures, make_capture, make_item
from tests.factories import make_site, section_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch):
    """Of which pages the index of references was told, in order."""
    pages: list[int] = []
    whole = ReferenceIndex.create_or_update_for_object

    def noted(thing):
        if isinstance(thing, Page):
            pages.append(thing.pk)
        return whole(thing)

    monkeypatch.setattr(ReferenceIndex, "create_or_update_for_object", staticmethod(noted))
    return pages


def bring(told, *items):
    into = applying.Into(section=section_of(make_site()["en"], StoryIndexPage), is_published=True)
    told.clear()
    return [done.page for done in applying.apply_items(items, into)]


def some(count=3):
    return [make_item(f"law-{n}.html", title=f"A law on springs, number {n}") for n in range(count)]


def test_each_page_is_told_to_the_indexes_once(told):
    pages = bring(told, *some())
    assert sorted(told) == sorted(page.pk for page in pages)


def test_without_waiting_each_page_is_told_many_times(told, monkeypatch):
    """The control: Wagtail tells the indexes at every save."""
    monkeypatch.setattr(applying, "indexed_together", contextlib.nullcontext)
    pages = bring(told, *some())
    assert len(told) > 2 * len(pages)


def test_what_came_is_found_by_staff_and_its_picture_is_known_as_used():
    keep_captures(make_capture("dam.png", a_picture(), media_type="image/png"))
    body = '<p>It protects springs.</p><img src="/dam.png">'
    page, *_others = bring([], make_item(body=body, pictures=(Attachment(f"{SITE}dam.png"),)), *some())
    assert len(Page.objects.search("springs")) == 4
    assert [used.pk for used, _places in ReferenceIndex.get_grouped_references_to(Picture.objects.get())] == [
        page.pk
    ]
