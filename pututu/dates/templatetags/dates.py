"""How does a template print an honest date?"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from pututu.lib.dates import HonestDate

register = template.Library()


@register.inclusion_tag("dates/date.html")
def honest_date(value: HonestDate | dt.date | None, mark: str = "") -> dict[str, Any]:
    """``<p class="date">``: the quipu's mark (``mark="event"`` for the ring of an event) and the words."""
    date = as_honest(value)
    return {"mark": mark or date.mark, "words": time_element(date, _capital(full_words(date)))}


@register.simple_tag
def date_words(value: HonestDate | dt.date | None, capital: bool = True, full: bool = True) -> SafeString:
    """The words alone, in ``<time datetime>`` where the date is known well enough to have one.

    Inside a sentence take them without a capital, and not ``full``: without "day not known".
    """
    date = as_honest(value)
    words = full_words(date) if full else date.words(get_language() or "en")
    return time_element(date, _capital(words) if capital else words)


@register.inclusion_tag("dates/mark.html")
def date_mark(value: HonestDate | dt.date | None, mark: str = "") -> dict[str, str]:
    """The quipu's mark alone; the words must stand beside it."""
    return {"mark": mark or as_honest(value).mark}


def as_honest(value: HonestDate | dt.date | None) -> HonestDate:
    """Take a sure day, such as that of a correction, for the honest date that it is."""
    if isinstance(value, HonestDate):
        return value
    return HonestDate.parse(value.isoformat()) if value else HonestDate.unknown()


def full_words(date: HonestDate) -> str:
    """The words with the phrase that says what is not known: "January 2018, day not known"."""
    language = get_language() or "en"
    return ", ".join(filter(None, [date.words(language), date.note(language)]))


def time_element(date: HonestDate, words: str) -> SafeString:
    iso = date.iso()
    return format_html('<time datetime="{}">{}</time>', iso, words) if iso else format_html("{}", words)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
