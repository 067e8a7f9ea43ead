"""What does one entry of a WordPress export say of itself?

Only elements of WordPress's own namespace are believed, and only where nothing has spilled into them: a field that
holds other elements is damaged and says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pututu.rescue.sources.entries import local_name, namespace

WORDPRESS = re.compile(r"https?://(?:www\.)?wordpress\.org/export/[\d.]*/?$")
EXCERPTS = re.compile(r"https?://(?:www\.)?wordpress\.org/export/[\d.]*/excerpt/?$")
NEVER_TOPICS = {
    "uncategorized",
    "uncategorised",
    "sin-categoria",
    "sin-categorizar",
    "non-classe",
    "sem-categoria",
}
DATES = {"wp:post_date_gmt": "post_date_gmt", "pubDate": "pubDate", "wp:post_date": "post_date"}
TOLD_ADDRESS = re.compile(r"\S+@\S+\.\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry, as it is written there; "" for what it does not say. ``state`` is the strictest that it names."""

    id: str = ""
    kind: str = ""
    state: str = ""
    parent: str = ""
    title: str = ""
    link: str = ""
    guid: str = ""
    slug: str = ""
    content: str = ""
    excerpt: str = ""
    language: str = ""
    writers: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    dates: dict[str, str] = field(default_factory=dict)
    file: str = ""
    alt: str = ""
    earlier_slugs: tuple[str, ...] = ()


def item_of(element: Any) -> Item:
    """Read an ``<item>``."""
    facts, states = _facts(element)
    labels = list(_labels(element))
    metas = list(_metas(element))
    return Item(
        id=facts.get("post_id", ""),
        kind=facts.get("post_type", ""),
        state=_state(states, bool(facts.get("post_password"))),
        parent=facts.get("post_parent", "").strip("0") and facts["post_parent"],
        title=facts.get("title", ""),
        link=facts.get("link", ""),
        guid=facts.get("guid", ""),
        slug=facts.get("post_name", ""),
        content=facts.get("content", ""),
        excerpt=facts.get("excerpt", ""),
        language=next((name for domain, name, _label in labels if domain == "language"), ""),
        writers=_writers(facts, labels),
        topics=_named(labels, ("category", "")),
        tags=_named(labels, ("post_tag", "tag")),
        dates={label: facts[name] for label, name in DATES.items() if name in facts},
        file=facts.get("attachment_url", ""),
        alt=next((value for name, value in metas if name == "_wp_attachment_image_alt"), ""),
        earlier_slugs=tuple(value for name, value in metas if name == "_wp_old_slug" and value),
    )


def _facts(element: Any) -> tuple[dict[str, str], list[str]]:
    """The texts of an entry by their names (of two of one name the first), and all states that it names."""
    facts: dict[str, str] = {}
    states: list[str] = []
    for child in element:
        label = _label(child)
        if not label or len(child):
            continue
        said = (child.text or "").strip()
        if label == "status":
            states.append(said)
        elif said:
            facts.setdefault(label, said)
    return facts, states


def _label(child: Any) -> str:
    """The name under which a child counts; "" for one of a namespace that says nothing here."""
    name, space = local_name(child), namespace(child)
    if name == "encoded":
        return "excerpt" if EXCERPTS.match(space) or str(child.tag).startswith("excerpt") else "content"
    if WORDPRESS.match(space) or str(child.tag).startswith("wp:"):
        return name
    if name == "creator" or (not space and name in ("title", "link", "guid", "pubDate")):
        return name
    return ""


def _state(states: list[str], has_password: bool) -> str:
    """Its state; where it names several, whichever is not public; "unknown" where none can be read."""
    if has_password:
        return "password"
    hidden = [state for state in states if state not in ("publish", "inherit")]
    return (hidden or states or ["unknown"])[0] or "unknown"


def _labels(element: Any) -> Iterator[tuple[str, str, str]]:
    for child in element:
        if local_name(child) == "category" and not len(child):
            yield child.get("domain") or "", child.get("nicename") or "", (child.text or "").strip()


def _named(labels: list[tuple[str, str, str]], domains: tuple[str, ...]) -> tuple[str, ...]:
    """The labels of some domains; what a theme, a menu or a translation files is none."""
    found = (label for domain, name, label in labels if domain in domains and name not in NEVER_TOPICS)
    return tuple(dict.fromkeys(label for label in found if label and label != "Uncategorized"))


def _writers(facts: dict[str, str], labels: list[tuple[str, str, str]]) -> tuple[str, ...]:
    """Who signs: several where a plugin for co-authors says so."""
    several = tuple(dict.fromkeys(label for domain, _name, label in labels if domain == "author" and label))
    return several or tuple(each for each in [facts.get("creator", "")] if each)


def _metas(element: Any) -> Iterator[tuple[str, str]]:
    for child in element:
        if _label(child) == "postmeta":
            said = {local_name(each): (each.text or "").strip() for each in child if not len(each)}
            yield said.get("meta_key", ""), said.get("meta_value", "")


def writer_of(element: Any) -> tuple[str, str]:
    """The login and the name of an ``<author>``; both are "" where it is none of WordPress's, e-mail is no name."""
    said = {_label(child): (child.text or "").strip() for child in element if not len(child)}
    return said.get("author_login", ""), said.get("author_display_name", "")
