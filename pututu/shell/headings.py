"""At which address does each heading of a page stand?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags
from django.utils.text import slugify

HEADING = re.compile(r"<h(?P<level>[23])(?P<attributes>[^>]*)>(?P<inside>.*?)</h(?P=level)>", re.DOTALL)


@dataclass(frozen=True)
class Heading:
    """An entry of a contents list."""

    anchor: str
    title: str


def with_heading_ids(html: str, *, taken: dict[str, int]) -> str:
    """Give every h2 and h3 an id made from its words. ``taken`` counts ids over the pieces of one page."""

    def marked(found: re.Match[str]) -> str:
        anchor = free_anchor(words_of(found), taken)
        level, inside = found["level"], found["inside"]
        return f'<h{level} id="{anchor}">{inside}</h{level}>'

    return HEADING.sub(marked, html)


def contents(pieces: Iterable[str]) -> tuple[Heading, ...]:
    """List the h2 of the text pieces of a page, with the ids that ``with_heading_ids`` gives them."""
    taken: dict[str, int] = {}
    found = [match for html in pieces for match in HEADING.finditer(html)]
    named = [
        (match["level"], Heading(free_anchor(words_of(match), taken), words_of(match))) for match in found
    ]
    return tuple(heading for level, heading in named if level == "2")


def words_of(found: re.Match[str]) -> str:
    return " ".join(unescape(strip_tags(found["inside"])).split())


def free_anchor(words: str, taken: dict[str, int]) -> str:
    """The words as an address; a second heading of the same words gets a number."""
    anchor = f"h-{slugify(words)}".rstrip("-")
    taken[anchor] = taken.get(anchor, 0) + 1
    return anchor if taken[anchor] == 1 else f"{anchor}-{taken[anchor]}"
