"""Which items are one: word for word, at two spellings of one address, as a page and its print view, or nearly?

Nothing is dropped. An item that repeats another says so; where that is certain, the other has its address as an alias
and takes over a date that only the repetition knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pututu.lib.text import fold
from pututu.rescue.addresses import canonical
from pututu.rescue.dating.facts import is_print_view, key_of
from pututu.rescue.dating.likeness import ALIKE, DOORS, digest_of, likeness, sketch_of
from pututu.rescue.dating.shelf import Shelf
from pututu.rescue.item import ItemKind, OldItem, Variant
from pututu.rescue.reading.bodies import words_of

SHORTEST_SAME = 80  # characters of text from which on two pages can be the same
RETITLED = 0.97  # as alike as this, a text is the same under another title
SAME_TITLED = 0.5  # and as little as this under the very title
SAME_TITLE = 0.6  # the share of words that two titles of one story have in common
NEVER = (ItemKind.LIST, ItemKind.ERROR)


def put_item(shelf: Shelf, item: OldItem, retrieved: str) -> None:
    """Keep an item with all by which it can be known again."""
    words = words_of(f"<p>{item.standfirst}</p>{item.body}")
    is_page = item.kind not in (*NEVER, ItemKind.ASSET)
    if item.kind is ItemKind.ASSET:
        same = digest_of(f"asset {item.sha256}") if item.sha256 else None
    else:
        same = digest_of(f"{item.title} {words}") if is_page and len(words) >= SHORTEST_SAME else None
    shelf.put_item(
        item,
        retrieved=retrieved,
        is_last=is_print_view(item.address) or bool(item.listed_on),
        words=same,
        sketch=sketch_of(words) if is_page else (),
    )


def joined(shelf: Shelf) -> Iterator[OldItem]:
    """Name the original of each repetition, and on the original its other addresses."""
    for number in shelf.in_order():
        item = shelf.item(number)
        original, is_certain = _original_of(shelf, number, item)
        if original is not None:
            shelf.put_repetition(number, shelf.original_of(original) or original, is_certain=is_certain)
    for number in shelf.in_order():
        item = shelf.item(number)
        original = shelf.original_of(number)
        if original is not None:
            item = replace(item, duplicate_of=shelf.item(original).address)
        others = [shelf.item(each) for each in shelf.repetitions_of(number)]
        yield with_aliases(item, others, shelf.ways_to(number))


def _original_of(shelf: Shelf, number: int, item: OldItem) -> tuple[int | None, bool]:
    """The item that came before and is the same, and whether that is certain."""
    spelt = shelf.first("page", _spelling(item.address), number)
    if spelt is not None:
        return spelt, True
    if item.kind in NEVER:
        return None, False
    words, sketch, _title = shelf.known_by(number)
    same = shelf.first("words", str(words), number) if words is not None else None
    if same is not None:
        return same, True
    looks = shelf.first("look", key_of(item.address), number) if "#" not in item.address else None
    near = _nearest(shelf, number, item, sketch)
    is_view = near is not None and (near == looks or is_print_view(item.address))
    return near, is_view


def _spelling(address: str) -> str:
    page, _mark, place = address.partition("#")
    return f"{canonical(page).key}#{place}"


def _nearest(shelf: Shelf, number: int, item: OldItem, sketch: tuple[int, ...]) -> int | None:
    """Of the earlier items of this title and behind the same doors, the one that is most alike, if it is enough so."""
    best: tuple[float, int] | None = None
    titled = shelf.first("title", fold(item.title), number) if sketch and item.title else None
    for other in (*shelf.behind(sketch[:DOORS], number), *([] if titled is None else [titled])):
        _words, known, title = shelf.known_by(other)
        alike = 0.0 if is_of_a_series(title, item.title) else likeness(known, sketch)
        if _may_be_one(title, item.title, alike) and (best is None or alike > best[0]):
            best = alike, other
    return best[1] if best else None


def _may_be_one(one: str, other: str, alike: float) -> bool:
    """The less two titles have in common, the more alike the texts must be; of a series they are never one."""
    if not alike:
        return False
    if fold(one) == fold(other):
        return alike >= SAME_TITLED
    return alike >= (ALIKE if is_one_title(one, other) else RETITLED)


def is_one_title(one: str, other: str) -> bool:
    """Whether two titles may be one story's: they have most words in common."""
    first, second = (set(re.findall(r"\w+", fold(title))) for title in (one, other))
    return len(first & second) >= SAME_TITLE * len(first | second)


def is_of_a_series(one: str, other: str) -> bool:
    """“Update 129” and “Update 130” are two, however alike."""
    return re.findall(r"\d+", one) != re.findall(r"\d+", other)


# --- what an original takes over


def with_aliases(item: OldItem, others: list[OldItem], ways: list[str]) -> OldItem:
    """The item with its other addresses; a date that only another address knows is taken over."""
    found = (alias for other in others for alias in (other.address, *other.aliases))
    aliases = dict.fromkeys([*found, *item.aliases, *ways])
    if not aliases:
        return item
    differing = [(other, _differs(item, other)) for other in others]
    variants = (Variant(other.address, other.sha256, "", names) for other, names in differing if names)
    item = replace(item, aliases=tuple(aliases), variants=(*item.variants, *variants))
    return _dated_by(item, others)


def _differs(item: OldItem, other: OldItem) -> tuple[str, ...]:
    if item.kind is ItemKind.ASSET:
        return ()
    names = ("title", "standfirst", "byline")
    body = () if words_of(item.body) == words_of(other.body) else ("body",)
    return (*(name for name in names if getattr(item, name) != getattr(other, name)), *body)


def _dated_by(item: OldItem, others: list[OldItem]) -> OldItem:
    dated = [
        other
        for other in others
        if other.published and other.confidence > item.confidence and other.published != item.happens
    ]
    days = {each.published.edtf for each in (*dated, item) if each.published}
    if len(days) > 1:
        return replace(
            item,
            published=None,
            confidence=0.0,
            is_conflict=True,
            reason=f"Its addresses disagree about its date: {', '.join(sorted(days))}. A person must decide.",
            evidence=(*item.evidence, *(quote for other in dated for quote in other.evidence)),
        )
    if not dated or item.is_conflict:
        return item
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
