"""How does a sure day stand in a page about members?"""

from __future__ import annotations

import datetime as dt

from django import template

from pututu.membership.rendering.pages import in_words

register = template.Library()


@register.filter
def day(date: dt.date | None) -> str:
    """Write a day as the page's language does, like "14 March 2027"; nothing for none."""
    return in_words(date)
