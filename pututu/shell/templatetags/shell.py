"""What can a template ask the shell for?"""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pututu.shell.rendering import Frame, frame_for

register = template.Library()

# News is what the site is made of: it needs no word.
KIND_NAMES: dict[str, Promise] = {
    "article": _("Article"),
    "event": _("Event"),
    "publication": _("Publication"),
    "background": _("Background"),
}


@register.simple_tag(takes_context=True)
def site_frame(context: dict[str, Any]) -> Frame:
    """The frame of the page in the context: ``page`` for Wagtail's, ``alternates`` for any other view."""
    return frame_for(context["request"], page=context.get("page"), alternates=context.get("alternates"))


@register.simple_tag
def optional_url(name: str, *arguments: Any) -> str:
    """The address of a view that a higher app may offer, or nothing where it does not."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


@register.simple_tag
def kind_name(kind: str) -> str:
    """The word for a kind of page, or nothing for news."""
    return str(KIND_NAMES.get(kind, ""))
