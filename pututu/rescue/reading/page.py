"""What does one captured page say: its kind, title, text, attachments, list, and every assertion of its date?"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from pututu.rescue import addresses
from pututu.rescue.capture import Capture
from pututu.rescue.item import ItemKind
from pututu.rescue.reading import bodies
from pututu.rescue.reading.assertions import address_said, machine_said, outside_said
from pututu.rescue.reading.chunks import Chunk, chunks_of, lineage, parse
from pututu.rescue.reading.decoding import decode_page
from pututu.rescue.reading.events import event_in, event_said
from pututu.rescue.reading.forwards import frames_of, onward_from
from pututu.rescue.reading.heads import (
    LONGEST_STANDFIRST,
    byline_of,
    headings_of,
    is_printed,
    standfirst_of,
    without_head,
)
from pututu.rescue.reading.kinds import BY_EXPORT, kind_of, without_label
from pututu.rescue.reading.languages import language_of
from pututu.rescue.reading.listpages import read_scraped
from pututu.rescue.reading.lists import entries_of, leading_in, standing_of
from pututu.rescue.reading.record import Reading
from pututu.rescue.reading.sitemaps import XML, read_sitemap
from pututu.rescue.reading.titles import title_of
from pututu.rescue.reading.visible import lines_said, text_said, title_place

PAGES = ("text/html", "application/xhtml+xml")
LITTLE = 200  # characters of its own on a page that is nothing but a list of teasers


def read_page(capture: Capture) -> Reading:
    """Read one capture; never fails: what is no page becomes an asset, what says nothing an empty story."""
    if 300 <= capture.status < 400:
        return _sent_on(capture, capture.headers.get("location", ""))
    if capture.media_type in PAGES:
        text = decode_page(capture.content, header=capture.headers.get("content-type", ""))
        tree = parse(as_page(text)) if text.strip() else None
        if tree is not None:
            return _read_tree_or_way(capture, tree, is_fragment=not is_whole_page(text))
    elif capture.media_type == "text/plain":
        found = read_scraped(capture)
        if found:
            return replace(found, **_outside(capture))
    elif capture.media_type in XML and capture.status < 400:
        found = read_sitemap(capture)
        if found:
            return found
    return _bare(capture)


def is_whole_page(text: str) -> bool:
    return bool(re.search(r"<(?:html|body|head)[\s>]", text[:20_000], re.I))


def _read_tree_or_way(capture: Capture, tree: Any, *, is_fragment: bool) -> Reading:
    """A page, or a way where it is no more than that; the text of an export's entry is none."""
    is_text = capture.declared is not None and is_fragment
    onward = onward_from(tree, capture.address) if capture.status < 400 and not is_text else None
    if onward is None:
        return _read_tree(capture, tree, is_fragment=is_fragment)
    links = (*bodies.links_of(tree, capture.address), *frames_of(tree, capture.address))
    return _sent_on(capture, onward, links=links)


def _sent_on(capture: Capture, location: str, *, links: tuple[str, ...] = ()) -> Reading:
    """An answer that is no page but a way to another one; "" where it says no way that can be gone."""
    return Reading(
        address=capture.address,
        source=capture.source,
        sha256=capture.sha256,
        kind=ItemKind.ERROR,
        links=links,
        leads_to=addresses.absolute(location, capture.address).split("#")[0] if location else "",
        **_outside(capture),
    )


def as_page(text: str) -> str:
    """A fragment (the content of an export's entry) as a page; WordPress parts its paragraphs by empty lines."""
    if is_whole_page(text):
        return text
    if not re.search(r"<(?:p|div|table|td|figure)[\s>]", text, re.I):
        text = re.sub(r"(?:\r?\n\s*){2,}", "</p><p>", f"<p>{text}</p>")
    return f"<html><body><article>{text}</article></body></html>"


def _bare(capture: Capture) -> Reading:
    """What is no page: a picture, a document, a failed answer, an empty entry of an export."""
    declared = capture.declared
    kind = ItemKind.ERROR if capture.status >= 400 else ItemKind.ASSET
    if declared and capture.media_type in PAGES:
        kind = BY_EXPORT.get(declared.kind.lower(), ItemKind.STORY)
    name = capture.address.rsplit("/", 1)[-1] if kind is ItemKind.ASSET else ""
    return Reading(
        address=capture.address,
        source=capture.source,
        sha256=capture.sha256 if capture.content else "",
        kind=kind,
        title=(declared.title if declared else "") or name,
        standfirst=(declared.standfirst if declared else "")[:LONGEST_STANDFIRST],
        byline=declared.author if declared else "",
        language=language_of(declared.language, "") if declared else "",
        said=(*address_said(capture.address), *outside_said(capture)),
        **_outside(capture),
    )


def _outside(capture: Capture) -> dict[str, Any]:
    declared = capture.declared
    return {
        "topics": declared.topics if declared else (),
        "tags": declared.tags if declared else (),
        "aliases": declared.aliases if declared else (),
        "slug": declared.slug if declared else "",
        "state": declared.state if declared else "",
        "retrieved": capture.retrieved.isoformat() if capture.retrieved else "",
    }


@dataclass(frozen=True, slots=True)
class _Head:
    """The title of a page, where it is from, the number of the piece that shows it and what holds that; all pieces."""

    title: str
    title_from: str
    at: int | None
    around: frozenset[Any]
    headings: list[Chunk]
    chunks: list[Chunk]


def _head_of(capture: Capture, tree: Any) -> _Head:
    title, title_from, shown = title_of(tree)
    if capture.declared and capture.declared.title:
        title, title_from = capture.declared.title, "declared"
    chunks = chunks_of(tree, spared=_around(shown))
    if sum(len(each.text) for each in chunks if not each.region and not each.link) < LITTLE:
        chunks = chunks_of(
            tree, spared=_around(shown) | frozenset(tree.xpath("//*[contains(@class, 'teaser')]"))
        )
    headings = headings_of(chunks)
    if title_from == "title" and headings and not is_printed(title, chunks):
        title, title_from, shown = headings[0].text, "heading", headings[0].element
    at = title_place(chunks, title, shown) if title else None
    return _Head(title, title_from, at, _around(shown), headings, chunks)


def _around(element: Any | None) -> frozenset[Any]:
    return frozenset(lineage(element)) if element is not None else frozenset()


def _read_tree(capture: Capture, tree: Any, *, is_fragment: bool) -> Reading:
    head = _head_of(capture, tree)
    title, at, chunks = head.title, head.at, head.chunks
    is_body = is_fragment and capture.declared is not None
    blocks = (
        bodies.whole(tree, capture.address) if is_body else bodies.extracted(tree, chunks, capture.address)
    )
    words = " ".join(bodies.words_of(block) for block in blocks)
    language = _language(capture, tree, words)
    entries = entries_of(chunks, capture.address, language)
    said = [*lines_said(chunks, at, language), *machine_said(capture, tree, chunks, title, head.around, at)]
    in_list = sum(len(entry.title) + len(entry.date_line) + len(entry.standfirst) for entry in entries)
    leading = leading_in(chunks, capture.address)
    lines = tuple(each.text for each in chunks if not each.region and not each.link)
    event = event_in(chunks, [title, *(each.text for each in head.headings[:2])], at, language)
    own = said if event is None else [*said, event]
    kind = kind_of(capture, title, words, entries, own, in_list, leading, lines)
    if kind is ItemKind.EVENT:
        title = without_label(title)
        said += event_said(chunks, at, language) if event is None else [event]
    said += text_said(chunks, language)
    byline = byline_of(capture, tree, chunks, at, said)
    blocks = without_head(blocks, title, byline, said)
    standfirst, blocks = standfirst_of(capture, tree, chunks, at, blocks, title)
    pictures, documents = bodies.attached(blocks, tree, chunks, capture.address)
    return Reading(
        address=capture.address,
        source=capture.source,
        sha256=capture.sha256,
        kind=kind,
        title=title,
        title_from=head.title_from,
        headings=tuple(each.text for each in head.headings),
        standfirst=standfirst,
        byline=byline,
        language=language,
        blocks=blocks,
        pictures=pictures,
        documents=documents,
        links=bodies.links_of(tree, capture.address),
        entries=entries if kind is ItemKind.LIST else (),
        standing=tuple(standing_of(chunks)),
        said=tuple(said),
        **_outside(capture),
    )


def _language(capture: Capture, tree: Any, words: str) -> str:
    declared = capture.declared.language if capture.declared else ""
    root = tree.getroottree().getroot()
    return language_of(declared or root.get("lang") or root.get("xml:lang") or "", words)
