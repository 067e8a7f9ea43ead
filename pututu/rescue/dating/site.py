"""What are the items of a small old site, read in memory: each page once, joined from its captures and addresses?

A large site takes the same steps from the disk (``read_page``, ``SiteFacts``, ``item_of``); nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from pututu.rescue.capture import Capture, Found, Revisit, Unreadable
from pututu.rescue.dating.facts import SiteFacts, is_print_view, key_of
from pututu.rescue.dating.items import item_of, items_in, standing_item
from pututu.rescue.dating.likeness import Alike, digest_of, sketch_of
from pututu.rescue.item import ItemKind, OldItem
from pututu.rescue.reading.bodies import words_of
from pututu.rescue.reading.page import read_page
from pututu.rescue.reading.record import Reading, Said

SHORTEST_SAME = 80  # characters of text from which on two pages can be the same


def read_site(found: Iterable[Found]) -> Iterator[OldItem | Unreadable]:
    """Read, date and join everything; what can't be read is given as it is, at once."""
    readings: dict[str, Reading] = {}
    for each in found:
        if isinstance(each, Unreadable):
            yield each
        elif isinstance(each, Capture):
            reading = read_page(each)
            earlier = readings.get(reading.address)
            readings[reading.address] = join_captures(earlier, reading) if earlier else reading
        elif isinstance(each, Revisit) and each.retrieved and each.address in readings:
            readings[each.address] = seen_again(readings[each.address], each)
    facts = SiteFacts()
    for reading in readings.values():
        facts.add(reading)
    facts.close()
    yield from join_items(_items(readings.values(), facts))


def join_captures(one: Reading, other: Reading) -> Reading:
    """Two captures of one address: the later one's words, and what either says of the date."""
    first, last = sorted((one, other), key=lambda each: (bool(each.sha256), each.retrieved))
    if last.kind is ItemKind.ERROR and first.kind is not ItemKind.ERROR:
        first, last = last, first
    if first.kind is ItemKind.ERROR:
        return last
    same_words = {(said.extractor, said.text) for said in last.said}
    added = tuple(said for said in first.said if (said.extractor, said.text) not in same_words)
    declared: dict[str, Any] = {
        name: getattr(last, name) or getattr(first, name)
        for name in ("slug", "aliases", "topics", "tags", "byline")
    }
    return replace(last, said=(*last.said, *added), **declared)


def seen_again(reading: Reading, revisit: Revisit) -> Reading:
    """An address was unchanged at another time: if earlier, the page existed by then."""
    instant = revisit.retrieved.isoformat() if revisit.retrieved else ""
    return replace(reading, said=(*reading.said, Said("capture", instant, "retrieved")))


def _items(readings: Iterable[Reading], facts: SiteFacts) -> Iterator[OldItem]:
    read_once: set[int] = set()
    for reading in readings:
        yield item_of(reading, facts)
        for item in items_in(reading, facts):
            if item.kind is ItemKind.BACKGROUND and not _is_new(item, read_once):
                continue
            yield item
        for entry in reading.standing:
            if facts.is_standing(entry.title, entry.standfirst):
                item = standing_item(reading, entry)
                if _is_new(item, read_once):
                    yield item


def _is_new(item: OldItem, read_once: set[int]) -> bool:
    digest = digest_of(f"{item.title} {words_of(item.body)}")
    is_new = digest not in read_once
    read_once.add(digest)
    return is_new


# --- the same item at several addresses


class Joining:
    """Tells of each item whether it was there before: the same words, or nearly the same."""

    def __init__(self) -> None:
        self._same: dict[int, str] = {}
        self._addresses: dict[str, str] = {}
        self._alike = Alike()

    def first_of(self, item: OldItem) -> tuple[str | None, bool]:
        """The address of the item that this one repeats, and whether it does so word for word."""
        if item.kind in (ItemKind.LIST, ItemKind.ERROR) or (item.kind is ItemKind.ASSET and not item.sha256):
            return None, False
        words = item.sha256 if item.kind is ItemKind.ASSET else words_of(item.body)
        key = key_of(item.address)
        first = self._addresses.setdefault(key, item.address)
        text = f"{item.title} {words}" if item.kind is not ItemKind.ASSET else f"asset {words}"
        same = (
            self._same.setdefault(digest_of(text), item.address)
            if len(words) >= SHORTEST_SAME or item.kind is ItemKind.ASSET
            else item.address
        )
        near = (
            self._alike.first_like(item.address, sketch_of(f"{item.title} {words}"))
            if same == item.address
            else None
        )
        if same != item.address:
            return same, True
        if first != item.address and near == first:
            return first, True
        return near, False


def join_items(items: Iterable[OldItem]) -> Iterator[OldItem]:
    """Name the original of each repetition, and on the original its other addresses; nothing is dropped."""
    kept = sorted(items, key=lambda item: (is_print_view(item.address), len(item.address)))
    joining = Joining()
    aliases: dict[str, list[OldItem]] = {}
    told: list[OldItem] = []
    for item in kept:
        original, is_exact = joining.first_of(item)
        if original:
            item = replace(item, duplicate_of=original)
            if is_exact:
                aliases.setdefault(original, []).append(item)
        told.append(item)
    for item in told:
        yield with_aliases(item, aliases.get(item.address, []))


def _addresses_of(items: Iterable[OldItem]) -> Iterator[str]:
    for item in items:
        yield item.address
        yield from item.aliases


def with_aliases(item: OldItem, others: list[OldItem]) -> OldItem:
    """The item with its other addresses; a date that only another address knows is taken over."""
    if not others:
        return item
    item = replace(item, aliases=tuple(dict.fromkeys((*item.aliases, *_addresses_of(others)))))
    dated = [other for other in others if other.published and other.confidence > item.confidence]
    days = {
        other.published.edtf for other in [*dated, *([item] if item.published else [])] if other.published
    }
    if len(days) > 1:
        evidence = (*item.evidence, *(quote for other in dated for quote in other.evidence))
        reason = f"Its addresses disagree about its date: {', '.join(sorted(days))}. A person must decide."
        return replace(
            item, published=None, confidence=0.0, is_conflict=True, reason=reason, evidence=evidence
        )
    if dated and not item.is_conflict:
        best = max(dated, key=lambda other: other.confidence)
        return replace(
            item,
            published=best.published,
            basis=best.basis,
            confidence=best.confidence,
            reason=f"{best.reason} (At {best.address}.)",
            evidence=best.evidence,
            stand_in=item.stand_in or best.stand_in,
        )
    return item
