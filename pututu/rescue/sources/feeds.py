"""What does a feed hold? (RSS 2.0, Atom by RFC 4287, JSON Feed 1.1.)"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from pututu.rescue.capture import Capture, Declared, Found, Unreadable
from pututu.rescue.sources.entries import Entry, entries_of, local_name, namespace, text_of
from pututu.rescue.sources.media import HTML, LARGEST, is_address, plainly, words_in

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ITUNES = "http://www.itunes.com/"
DATES = ("pubDate", "published", "issued", "date", "updated", "modified")
OF_WORDPRESS = {"post_type", "post_password", "post_date_gmt"}
BODIES = ("encoded", "content", "description", "summary")


def read_feed(path: Path) -> Iterator[Found]:
    """Give the entries of an RSS or Atom file."""
    with path.open("rb") as file:
        number = 0
        for number, entry in enumerate(entries_of(file, ("item", "entry"), path.name), 1):
            yield from (
                [entry] if isinstance(entry, Unreadable) else _of(entry, f"{path.name}, entry {number}")
            )
    if not number:
        yield Unreadable(path.name, "No entry is in this feed.", "")


def _of(entry: Entry, source: str) -> Iterator[Found]:
    """The entry, and what is damaged in it; of what belongs to a WordPress export nothing is taken here."""
    if entry.fault:
        yield Unreadable(f"{source}, line {entry.line}", entry.fault, "")
    if entry.element is None:
        return
    if any(local_name(child) in OF_WORDPRESS for child in entry.element):
        yield Unreadable(
            source, "It comes from a WordPress export whose head is damaged.", "Export it again."
        )
        return
    yield _entry(entry.element, source)


def _entry(entry: Any, source: str) -> Found:
    children = [child for child in entry if local_name(child) and not namespace(child).startswith(ITUNES)]
    facts: dict[str, str] = {}
    for child in children:
        facts.setdefault(local_name(child), text_of(child))
    address = _address(children) or facts.get("guid", "") or facts.get("id", "")
    if not is_address(address):
        return Unreadable(
            f"{source} ({facts.get('title', '')})", "It has no address.", "Add its link to the feed."
        )
    bodies = [
        (name, child) for name in BODIES for child in children if local_name(child) == name and text_of(child)
    ]
    body = _html(bodies[0][1]) if bodies else ""
    shorter = [text_of(child) for name, child in bodies[1:] if name in ("description", "summary")]
    return Capture(
        address=address,
        content=body.encode("utf-8", "replace"),
        media_type=HTML,
        source=source,
        declared=Declared(
            title=words_in(facts.get("title", "")),
            standfirst=words_in(shorter[0]) if shorter else "",
            author=_author(children),
            language=next(
                (lang for each in (entry, *entry.iterancestors()) if (lang := each.get(XML_LANG))), ""
            ),
            topics=_topics(children),
            dates={name: facts[name] for name in DATES if facts.get(name)},
        ),
    )


def _address(children: list[Any]) -> str:
    """Atom's link leads by an attribute, "alternate" or unnamed; RSS's is text."""
    for child in children:
        if local_name(child) == "link":
            if child.get("rel", "alternate") == "alternate" and child.get("href"):
                return str(child.get("href")).strip()
            if text_of(child):
                return text_of(child)
    return ""


def _author(children: list[Any]) -> str:
    """Who signs: Atom's author has a name and perhaps an e-mail address, RSS's is "rosa@example.org (Rosa)"."""
    for label in ("creator", "author"):
        for child in children:
            if local_name(child) == label:
                name = next((text_of(each) for each in child if local_name(each) == "name"), "")
                said = re.sub(r"\S+@\S+\.\S+", " ", name or (child.text or "")).strip(" ()\n\t")
                if said:
                    return " ".join(said.split())
    return ""


def _html(child: Any) -> str:
    """The HTML of a body: escaped in RSS and in Atom's "html"; Atom's "text" is none, and "xhtml" is elements."""
    if child.get("type") == "text":
        return f"<p>{escape(text_of(child))}</p>"
    if child.get("type") == "xhtml":
        return "".join(
            etree.tostring(each, encoding="unicode", method="html", with_tail=False) for each in child
        )
    return text_of(child)


def _topics(children: list[Any]) -> tuple[str, ...]:
    labels = (child.get("term") or text_of(child) for child in children if local_name(child) == "category")
    return tuple(dict.fromkeys(label for label in labels if label))


# --- JSON Feed


def read_json_feed(path: Path) -> Iterator[Found]:
    """Give the items of a JSON Feed."""
    if path.stat().st_size > LARGEST:
        yield Unreadable(path.name, f"It has more than {LARGEST >> 20} MB.", "Give its items as JSON Lines.")
        return
    try:
        items = json.loads(path.read_bytes())["items"]
    except (ValueError, KeyError, TypeError, RecursionError):
        yield Unreadable(path.name, "This is no JSON Feed.", "It needs a list “items”.")
        return
    for number, item in enumerate(items if isinstance(items, list) else [], 1):
        yield _json_entry(item, f"{path.name}, item {number}")


def _json_entry(item: Any, source: str) -> Found:
    said = item if isinstance(item, Mapping) else {}
    address = _word(said, "url") or _word(said, "id")
    if not is_address(address):
        return Unreadable(f"{source} ({_word(said, 'title')})", "It has no address.", "Add its “url”.")
    body = _word(said, "content_html") or f"<p>{escape(_word(said, 'content_text'))}</p>"
    tags = said.get("tags")
    return Capture(
        address=address,
        content=body.encode("utf-8", "replace"),
        media_type=HTML,
        source=source,
        declared=Declared(
            title=_word(said, "title"),
            standfirst=_word(said, "summary"),
            language=_word(said, "language"),
            topics=tuple(plainly(str(tag)) for tag in tags) if isinstance(tags, list) else (),
            dates={
                name: _word(said, name) for name in ("date_published", "date_modified") if _word(said, name)
            },
        ),
    )


def _word(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    return plainly(value).strip() if isinstance(value, str) else ""
