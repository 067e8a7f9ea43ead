"""What can a template ask the shell for?"""

from __future__ import annotations

from typing import Any

from django import template

from pututu.shell.rendering import Frame, frame_for

register = template.Library()


@register.simple_tag(takes_context=True)
def site_frame(context: dict[str, Any]) -> Frame:
    """The frame of the page in the context: ``page`` for a Wagtail page, ``alternates`` for any other view."""
    return frame_for(context["request"], page=context.get("page"), alternates=context.get("alternates"))
