"""What does a WordPress export hold? (WXR 1.0 to 1.2: an RSS file with WordPress's own names in it.)

It is read twice: first what its entries are, then the entries that were public, with pictures and reusable blocks put
where their texts name them. What is not plainly public (drafts, private, trashed, planned, with a password, what hangs
on such an entry, what no longer says what it is) is named and nothing of it is passed on. Comments with their writers'
addresses, and what visitors sent by forms, are not read at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit

from pututu.rescue.capture import Capture, Declared, Found, Unreadable
from pututu.rescue.sources.cutting import HEAD
from pututu.rescue.sources.entries import Entry, entries_of
from pututu.rescue.sources.media import HTML, is_address, words_in
from pututu.rescue.sources.wordpress_entry import Item, item_of, writer_of
from pututu.rescue.sources.wordpress_library import Library
from pututu.rescue.sources.wordpress_text import as_html, first_words

EVENTS = {"tribe_events", "event", "events", "evento", "eventos", "mec-events", "ajde_events", "ai1ec_event"}
HOME = re.compile(rb"<wp:base_blog_url>\s*(?:<!\[CDATA\[)?\s*(https?://[^\s<\]]{1,500})")
KINDS = {"post": "post", "page": "page", "attachment": "attachment", **dict.fromkeys(EVENTS, "event")}
OF_THE_MACHINE = {
    "nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache", "user_request", "wp_block",
    "wp_template", "wp_template_part", "wp_global_styles", "wp_navigation", "wp_font_family", "wp_font_face",
}  # fmt: skip


def read_wordpress(path: Path) -> Iterator[Found]:
    """Give the posts, pages and attachments of an export; what was never public comes without its words."""
    with path.open("rb") as file:
        library = _library(file, path.name)
        file.seek(0)
        yield from _found(file, path.name, library)


def _library(file: IO[bytes], name: str) -> Library:
    """What the export's entries are, as far as others name them."""
    library = Library(home=_home(file.read(HEAD)))
    file.seek(0)
    for entry in entries_of(file, ("author", "item"), name):
        if isinstance(entry, Entry) and entry.element is not None:
            if entry.tag == "author":
                library.add_writer(*writer_of(entry.element))
            else:
                library.add(item_of(entry.element))
    return library


def _home(head: bytes) -> str:
    said = HOME.search(head)
    return said[1].decode("utf-8", "replace").rstrip("/") if said else ""


def _found(file: IO[bytes], name: str, library: Library) -> Iterator[Found]:
    left_out: Counter[str] = Counter()
    number = 0
    for entry in entries_of(file, ("author", "item"), name):
        if isinstance(entry, Unreadable):
            yield entry
        elif entry.tag == "item":
            number = entry.number
            yield from _of_entry(entry, name, library, left_out)
    if not number:
        yield Unreadable(name, "No entry is in this export.", "Export “All content” again.")
    for kind, count in sorted(left_out.items()):
        told = f"{count} of its entries are of the kind “{kind}”, which makes no page."
        yield Unreadable(name, told, "Nothing of them was read.")


def _of_entry(entry: Entry, name: str, library: Library, left_out: Counter[str]) -> Iterator[Found]:
    source = f"{name}, item {entry.number}"
    if entry.element is None:
        yield Unreadable(source, entry.fault, "Export it again.")
        return
    item = item_of(entry.element)
    if item.kind not in KINDS:
        if not item.kind:
            fault = entry.fault or "What kind of entry it is can't be read."
            yield Unreadable(source, fault, "Export it again.")
        elif item.kind not in OF_THE_MACHINE:
            left_out[item.kind] += 1
        return
    state = library.state_of(item)
    fault = entry.fault or ("Whether it was public can't be read." if state == "unknown" else "")
    if fault:
        title = f" ({item.title})" if state == "publish" else ""
        yield Unreadable(f"{source}{title}, line {entry.line}", fault, "")
    yield _capture(item, source, library)


def _capture(item: Item, source: str, library: Library) -> Capture:
    """One entry; of what was not public, only its addresses and its title."""
    state = library.state_of(item)
    is_file = item.kind == "attachment"
    body = as_html(item.content, item, library) if state == "publish" and not is_file else ""
    declared = Declared(kind=KINDS[item.kind], title=words_in(item.title) or first_words(body), state=state)
    if state == "publish":
        declared = replace(
            declared,
            standfirst=words_in(item.excerpt),
            author=library.authors_of(item),
            language=item.language,
            slug=unquote(item.slug),
            topics=item.topics,
            tags=item.tags,
            dates=item.dates,
            aliases=_aliases(item, library),
        )
    return Capture(
        address=library.address_of(item),
        content=body.encode("utf-8", "replace"),
        media_type="application/octet-stream" if is_file else HTML,
        source=source,
        declared=declared,
    )


def _aliases(item: Item, library: Library) -> tuple[str, ...]:
    """The other addresses by which WordPress finds an entry: its number, its identifier, its earlier names."""
    own = library.address_of(item)
    home = library.home or "/".join(own.split("/")[:3])
    numbered = [f"{home}/?p={item.id}"] if item.id else []
    more = {"page": "page_id", "attachment": "attachment_id"}.get(item.kind, "")
    numbered += [f"{home}/?{more}={item.id}"] if item.id and more else []
    numbered += [item.link] if item.kind == "attachment" and is_address(item.link) else []
    guid = [item.guid] if is_address(item.guid) else []
    path = urlsplit(own).path
    last = f"/{item.slug}"
    earlier = [
        own.replace(last, f"/{slug}")
        for slug in item.earlier_slugs
        if item.slug and path.rstrip("/").endswith(last)
    ]
    return tuple(dict.fromkeys(each for each in [*numbered, *guid, *earlier] if each != own))
