"""Where did the old site send those who asked for an address that was no page, and what stands at the end?"""

from __future__ import annotations

from collections.abc import Iterator

from pututu.rescue.addresses import canonical
from pututu.rescue.dating.shelf import Shelf
from pututu.rescue.item import ItemKind, OldItem

FARTHEST = 20  # redirections in a row; browsers give up there too


def end_ways(shelf: Shelf) -> Iterator[OldItem]:
    """Make every address that led to an item another address of it; give those that came to nothing, and why."""
    for address, leads_to in shelf.ways():
        if shelf.item_at(address) is not None:
            continue  # the same address, spelt otherwise ("http" for "https", "www.")
        end, is_circle = _followed(shelf, address, leads_to)
        number = shelf.item_at(end)
        if number is not None and not is_circle:
            shelf.put_way(address, number)
        else:
            yield _nowhere(address, end, is_circle=is_circle)


def _followed(shelf: Shelf, address: str, leads_to: str) -> tuple[str, bool]:
    """The last address of a chain, and whether it goes in a circle or on and on."""
    seen = {canonical(address).key}
    while len(seen) <= FARTHEST:
        key = canonical(leads_to).key
        onward = shelf.leads_to(key)
        if key in seen:
            return leads_to, True
        if shelf.item_at(leads_to) is not None or not onward:
            return leads_to, False
        seen.add(key)
        leads_to = onward
    return leads_to, True


def _nowhere(address: str, end: str, *, is_circle: bool) -> OldItem:
    if is_circle:
        reason, end = "It led round in a circle.", ""
    elif canonical(end).host != canonical(address).host:
        reason, end = f"It led away from the old site, to {end[:200]}.", ""
    else:
        reason = f"It led to {end[:200]}, which is not in what was given."
    return OldItem(address=address, kind=ItemKind.ERROR, title="", reason=reason, leads_to=end)
