"""What can a template ask the shell for?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pututu.media.models import Picture
from pututu.shell.pictures import gather, in_body, responsive
from pututu.shell.rendering import Frame, frame_for, offered_url

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
    return offered_url(name, *arguments)


@register.simple_tag
def kind_name(kind: str) -> str:
    """The word for a kind of page, or nothing for news."""
    return str(KIND_NAMES.get(kind, ""))


@register.inclusion_tag("shell/body.html", takes_context=True)
def body(context: dict[str, Any], stream: Any) -> dict[str, Any]:
    """Print a StreamField's pieces; the files of all its pictures come with one query."""
    gather(in_body(stream))
    return {"request": context.get("request"), "page": context.get("page"), "body": stream, "heading_ids": {}}


@register.inclusion_tag("shell/picture.html")
def picture(
    image: Picture | None, sizes: str = "100vw", is_first: bool = False, description: str = ""
) -> dict[str, Any]:
    """A picture in the sizes a browser may choose from; the first one in view is not loaded lazily.

    ``description`` stands instead of the picture's own alternative text, which may be in another language.
    """
    files = responsive(image) if image else None
    alt = description or (files.alt if files else "")
    return {"picture": files, "alt": alt, "sizes": sizes, "is_first": is_first}


@dataclass(frozen=True)
class Cell:
    text: str
    is_number: bool


@register.simple_tag
def table_cells(table: Any) -> dict[str, list[Any]]:
    """The head and the rows of a typed table, each cell knowing whether it is a number."""
    kinds = [column["block"].name == "number" for column in table.columns]
    head = [
        Cell(column["heading"], is_number) for column, is_number in zip(table.columns, kinds, strict=True)
    ]
    rows = [
        [Cell(str(value or ""), is_number) for value, is_number in zip(row["values"], kinds, strict=True)]
        for row in table.row_data
    ]
    return {"head": head, "rows": rows}
