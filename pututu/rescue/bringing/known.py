"""By what is an item of scraped text known again, whose page and line shift whenever its list is scraped?

By its words first, wherever they stand; else by its place in the page, if it still says much the same: of another item
that took its title's place it is not the row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pututu.lib.text import fold
from pututu.rescue.addresses import item_key
from pututu.rescue.deciding import prints_of
from pututu.rescue.item import OldItem
from pututu.rescue.models import RescuedItem

ALIKE = 0.5  # of the words of both


def rows_by_words(batch: Sequence[OldItem], rows: dict[str, RescuedItem]) -> dict[str, RescuedItem]:
    """The rows of a batch by the keys of its items' addresses, once those of scraped items are found by words."""
    scraped = [item for item in batch if item.words]
    if not scraped:
        return rows
    known = RescuedItem.objects.select_related("page").filter(words__in={item.words for item in scraped})
    found = {row.words: row for row in known}
    taken = {row.pk for row in found.values()}
    rows = dict(rows)
    for item in scraped:
        key = item_key(item.address)
        row = found.get(item.words) or rows.pop(key, None)
        if row and (row.words == item.words or (row.pk not in taken and _is_alike(row, item))):
            rows[key] = row
    return rows


def _is_alike(row: RescuedItem, item: OldItem) -> bool:
    one, other = (_words(str(text)) for text in (row.facts.get("standfirst", ""), item.standfirst))
    return not one or not other or len(one & other) >= ALIKE * len(one | other)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text)))


def free_key(item: OldItem) -> str:
    """The key of a new item: its address's, or its words' where another item came first to that place."""
    key = item_key(item.address)
    is_taken = bool(item.words) and RescuedItem.objects.filter(fingerprint=key).exists()
    return item.words if is_taken else key


def adopt(row: RescuedItem, item: OldItem) -> None:
    """Write down what an item says that came across before rows kept it; what its page holds counts as edited."""
    row.read, row.facts = prints_of(item), item.as_json()
    row.address, row.sha256 = item.address[:2000], item.sha256[:64]
    row.save(update_fields=["read", "facts", "address", "sha256"])
