"""What stands in a WordPress export, read by nothing of ours, but by the standard library and WordPress's own names?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

WP = re.compile(r"\{https?://wordpress\.org/export/[\d.]+/\}")

OTHERS = {
    "{http://purl.org/rss/1.0/modules/content/}encoded": "content",
    "{http://purl.org/dc/elements/1.1/}creator": "creator",
}


@dataclass(frozen=True)
class Entry:
    """One entry as it stands there."""

    number: str
    kind: str
    state: str
    password: str
    title: str
    slug: str
    date: str
    author: str
    content: str
    link: str

    @property
    def is_public(self) -> bool:
        return self.state == "publish" and not self.password and self.kind in ("post", "page")

    @property
    def day(self) -> str:
        """By the site's clock; "" for WordPress's zero."""
        return "" if self.date.startswith("0000") else self.date[:10]


def read(path: Path) -> list[Entry]:
    channel = ElementTree.parse(path).getroot().find("channel")
    assert channel is not None
    names: dict[str, str] = {}
    for element in channel:
        said = _said(element)
        if WP.match(element.tag) and element.tag.endswith("}author"):
            names[said.get("author_login", "")] = said.get("author_display_name", "")
    return [_entry(_said(item), names) for item in channel.findall("item")]


def _said(element: ElementTree.Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for child in element:
        label = WP.sub("", OTHERS.get(child.tag, child.tag))
        found.setdefault(label, (child.text or "").strip())
    return found


def _entry(said: dict[str, str], names: dict[str, str]) -> Entry:
    writer = said.get("creator", "")
    return Entry(
        number=said.get("post_id", ""),
        kind=said.get("post_type", ""),
        state=said.get("status", ""),
        password=said.get("post_password", ""),
        title=said.get("title", ""),
        slug=said.get("post_name", ""),
        date=said.get("post_date", ""),
        author=names.get(writer) or writer,
        content=said.get("content", ""),
        link=said.get("link", ""),
    )
