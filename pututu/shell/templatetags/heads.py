"""How does the base template print what other apps say in a page's head?"""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from pututu.shell.heads import Subject, head_lines

register = template.Library()


@register.simple_tag(takes_context=True)
def page_head(context: dict[str, Any]) -> SafeString:
    """What other apps say of the page in the context, which must hold ``frame``."""
    request, frame = context.get("request"), context.get("frame")
    if request is None or not frame:
        return SafeString("")
    title = context.get("title")
    return head_lines(request, Subject(context.get("page"), frame, title if isinstance(title, str) else ""))
