"""How does a template say a reason of the rescue in the reader's language?"""

from collections.abc import Mapping

from django import template

from pututu.rescue.wording import in_words

register = template.Library()


@register.filter
def said(reason: str) -> str:
    """``{{ row.facts.reason|said }}``: a reason that is kept in English, in the active language."""
    return in_words(reason)


@register.filter
def of(things: Mapping[object, object], key: object) -> object:
    """``{{ decided|of:row.page_id }}``: what belongs to a key, or None."""
    return things.get(key)
