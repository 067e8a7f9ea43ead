"""What do several captures of one address say together?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pututu.rescue.item import ItemKind, Variant
from pututu.rescue.reading.record import Reading, Said

COMPARED = ("title", "standfirst", "byline", "blocks")
BODY = "body"
DECLARED = ("slug", "aliases", "topics", "tags", "byline")  # what an export knows and a crawl does not


def join_captures(one: Reading, other: Reading) -> Reading:
    """The later one's words, what either says of the date, and in which fields the earlier one differs.

    A page counts more than an answer that only led on or failed, whichever came last.
    """
    first, last = sorted((one, other), key=lambda each: (_is_page(each), bool(each.sha256), each.retrieved))
    if not _is_page(first):
        return last
    same_words = {(said.extractor, said.text) for said in last.said}
    added = tuple(said for said in first.said if (said.extractor, said.text) not in same_words)
    declared: dict[str, Any] = {name: getattr(last, name) or getattr(first, name) for name in DECLARED}
    return replace(last, said=(*last.said, *added), variants=_variants(first, last), **declared)


def _is_page(reading: Reading) -> bool:
    return reading.kind is not ItemKind.ERROR and not reading.leads_to


def _variants(first: Reading, last: Reading) -> tuple[Variant, ...]:
    differs = tuple(
        BODY if name == "blocks" else name for name in COMPARED if getattr(first, name) != getattr(last, name)
    )
    own = (Variant(first.address, first.sha256, first.retrieved, differs),) if differs else ()
    known = {each.sha256 for each in (*last.variants, *own)} | {last.sha256}
    return (*last.variants, *own, *(each for each in first.variants if each.sha256 not in known))


def seen_again(reading: Reading, retrieved: str) -> Reading:
    """An address was unchanged at another instant (ISO, UTC): if that is earlier, the page existed by then."""
    known = [said.text for said in reading.said if said.extractor == "capture"]
    if not retrieved or any(instant <= retrieved for instant in known):
        return reading
    return replace(reading, said=(*reading.said, Said("capture", retrieved, "retrieved")))
