"""How do money and payment references stand in a page?"""

from __future__ import annotations

import datetime as dt

from django import template
from django.conf import settings
from django.utils import translation

from pututu.giving.rendering import (
    act_words,
    day_words,
    money_words,
    not_claimable_words,
    purpose_words,
    why_words,
    wrong_words,
)
from pututu.lib.references import show_reference

register = template.Library()


@register.filter
def day(value: dt.date | None) -> str:
    """Write a day as the page's language does."""
    return day_words(value, translation.get_language() or settings.LANGUAGE_CODE)


@register.filter
def reference(code: str) -> str:
    """Write a payment reference as people read it: ``KM7-XQ3T``."""
    return show_reference(code) if code else ""


register.filter("money", money_words)
register.filter("why", why_words)
register.filter("wrong", wrong_words)
register.filter("not_claimable", not_claimable_words)
register.filter("act", act_words)
register.filter("purpose", purpose_words)
