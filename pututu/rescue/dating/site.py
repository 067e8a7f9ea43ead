"""What are the items of an old site: each page once, joined from its captures, other addresses and lists?

Four passes, none of which holds the site in memory: captures are read, what only the whole site can tell is gathered,
each reading becomes its items, and items that are one are joined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace

from pututu.rescue.addresses import canonical
from pututu.rescue.capture import Capture, Found, Revisit, Unreadable
from pututu.rescue.dating.captures import join_captures, seen_again
from pututu.rescue.dating.facts import SiteFacts
from pututu.rescue.dating.items import item_of, items_in, standing_in_text, standing_item
from pututu.rescue.dating.joining import joined, put_item
from pututu.rescue.dating.likeness import digest_of
from pututu.rescue.dating.listed import items_only_listed, names_document
from pututu.rescue.dating.shelf import Shelf
from pututu.rescue.dating.ways import end_ways
from pututu.rescue.item import ItemKind, OldItem
from pututu.rescue.reading.bodies import words_of
from pututu.rescue.reading.losses import loss_of
from pututu.rescue.reading.page import read_page
from pututu.rescue.reading.record import Reading


def read_site(
    found: Iterable[Found],
    *,
    heard: Callable[[Reading], None] = lambda _reading: None,
    dated: Callable[[], None] = lambda: None,
) -> Iterator[OldItem | Unreadable]:
    """Read, date and join everything; what can't be read is given as it is, at once.

    ``heard`` is told each reading, ``dated`` of each item that is dated.
    """
    with closing(Shelf()) as shelf:
        yield from _take_in(found, shelf, heard)
        _see_again(shelf)
        facts, documents = SiteFacts(shelf.reading_at), set[int]()
        for number, reading in shelf.numbered_readings():
            facts.add(reading, number)
            documents.update(_documents_of(reading))
        facts.close()
        for item, retrieved in _items(shelf, facts, documents):
            put_item(shelf, item, retrieved)
            dated()
        yield from end_ways(shelf)
        yield from joined(shelf)


def _take_in(found: Iterable[Found], shelf: Shelf, heard: Callable[[Reading], None]) -> Iterator[Unreadable]:
    for each in found:
        if isinstance(each, Unreadable):
            yield each
        elif isinstance(each, Revisit):
            retrieved = each.retrieved.isoformat() if each.retrieved else ""
            shelf.put_revisit(each.address, each.refers_to, each.digest, retrieved)
        elif isinstance(each, Capture):
            reading = read_page(each)
            heard(reading)
            if lost := loss_of(each, reading):
                yield Unreadable(
                    f"{each.source} ({each.address})", lost, "Look at the old page, and mend it by hand."
                )
            earlier = shelf.reading(reading.address)
            shelf.put(join_captures(earlier, reading) if earlier else reading, digest=each.digest)


def _see_again(shelf: Shelf) -> None:
    """Revisits: a page was there by then; at an address without a capture of its own, it is another address of it."""
    for address, refers_to, digest, retrieved in shelf.revisits():
        reading = shelf.reading(address)
        if reading:
            shelf.put(seen_again(reading, retrieved))
            continue
        original = shelf.reading(refers_to) or shelf.reading_of(digest)
        if original:
            way = Reading(
                address=address,
                source=original.source,
                sha256=original.sha256,
                kind=ItemKind.ERROR,
                leads_to=original.address,
            )
            shelf.put(way)


def _documents_of(reading: Reading) -> Iterator[int]:
    """The documents that a list tells of, as short names: they are publications, and no files beside a page."""
    for entry in reading.entries if reading.kind is ItemKind.LIST else ():
        if names_document(entry, reading):
            yield digest_of(canonical(entry.address).key)


def _items(shelf: Shelf, facts: SiteFacts, documents: set[int]) -> Iterator[tuple[OldItem, str]]:
    """Every item with the instant at which it was retrieved, in the order of the readings."""
    read_once: set[int] = set()
    for reading in shelf.readings():
        if reading.kind is not ItemKind.ASSET or digest_of(canonical(reading.address).key) not in documents:
            yield replace(item_of(reading, facts), variants=reading.variants), reading.retrieved
        for item in _within(reading, facts):
            if item.kind is not ItemKind.BACKGROUND or _is_new(item, read_once):
                yield item, reading.retrieved
        for item in items_only_listed(reading, facts, shelf):
            yield item, reading.retrieved


def _within(reading: Reading, facts: SiteFacts) -> Iterator[OldItem]:
    yield from items_in(reading, facts)
    for entry in reading.standing:
        if facts.is_standing(entry.title, entry.standfirst):
            yield standing_item(reading, entry)
    for entry in standing_in_text(reading, facts):
        yield standing_item(reading, entry)


def _is_new(item: OldItem, read_once: set[int]) -> bool:
    digest = digest_of(f"{item.title} {words_of(item.body)}")
    is_new = digest not in read_once
    read_once.add(digest)
    return is_new
