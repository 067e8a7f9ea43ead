"""The least that a test of events needs."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from wagtail.models import Page

from pututu.events.models import EventIndexPage, EventPage

WORD = {"en": "Events", "es": "Eventos"}


def make_event(home: Page, title: str = "A talk", **fields: Any) -> EventPage:
    """A public event under ``home``, in a section that is made when there is none."""
    section = EventIndexPage.objects.child_of(home).first()
    if section is None:
        word = WORD[home.locale.language_code]
        section = home.add_child(instance=EventIndexPage(title=word, slug=slugify(word), locale=home.locale))
    fields.setdefault("slug", slugify(title) or "event")
    fields.setdefault("starts_on", "2027-03-06")
    return section.add_child(instance=EventPage(title=title, locale=home.locale, **fields))
