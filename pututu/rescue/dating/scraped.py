"""On which pages does an item of scraped lists stand, and what is printed of it there?

An item is one by its words, wherever it stands. Kept are prints, places and date lines, never texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from pututu.rescue.dating.likeness import digest_of
from pututu.rescue.item import ItemKind
from pututu.rescue.reading.record import Entry, Reading, Said


class Place(NamedTuple):
    """Where an entry stands: the page, its name there, its line, and the date line as printed."""

    page: str
    name: str
    line: str
    date_line: str


class ScrapedLists:
    """All entries of scraped lists, by their words. ``add`` every list once, then ask."""

    def __init__(self) -> None:
        self._places: dict[str, list[Place]] = defaultdict(list)
        self._blocks: dict[int, str] = {}

    def add(self, reading: Reading) -> None:
        for entry in reading.entries:
            if not entry.words:
                continue
            self._places[entry.words].append(_place(reading, entry))
            if entry.kind == ItemKind.BACKGROUND:
                self._blocks.setdefault(digest_of(entry.title), entry.words)

    def is_first(self, reading: Reading, entry: Entry) -> bool:
        """Whether this is where an item is read; at its other places it is only heard of."""
        places = self._places.get(entry.words, [])
        return not places or places[0] == _place(reading, entry)

    def elsewhere(self, reading: Reading, entry: Entry) -> Iterator[tuple[str, Said]]:
        """What the other places print of the date, each with its page."""
        own = _place(reading, entry)
        for place in self._places.get(entry.words, []):
            if place != own and place.date_line:
                yield (
                    place.page,
                    Said("date-line", place.date_line, place.line, "first strength-3 classed close"),
                )

    def other_wording(self, reading: Reading, entry: Entry) -> str | None:
        """The address of a standing block of the same title that was read before in other words."""
        if entry.kind != ItemKind.BACKGROUND:
            return None
        first = self._blocks.get(digest_of(entry.title), entry.words)
        place = self._places[first][0] if first != entry.words else None
        return f"{place.page}#{place.name}" if place else None


def _place(reading: Reading, entry: Entry) -> Place:
    return Place(reading.address, entry.name, entry.place, entry.date_line)
