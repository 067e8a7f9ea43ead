"""What is kept of one page once it is read: a value that can be saved as JSON, looked at and judged later?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from pututu.rescue.item import Attachment, ItemKind, Quote, Variant


@dataclass(frozen=True, slots=True)
class Said:
    """One assertion of a date, not yet believed: who ``extractor`` found it, the words, and their place in the page.

    ``note`` keeps what the extractor knows besides (a stronger or weaker shape of the same witness).
    """

    extractor: str
    text: str
    place: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as a list page shows it. ``address`` is "" where the list does not link it."""

    title: str
    address: str = ""
    date_line: str = ""
    standfirst: str = ""
    place: str = ""
    kind: str = ""
    body: tuple[str, ...] = ()
    text_place: str = ""  # where its text begins, in scraped text
    name: str = ""  # of an entry of scraped text: what stands for its address within the page
    extractor: str = "list"  # by whom its date line was found
    words: str = ""  # likewise: the print of its words, by which it is known on other pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One page as read. ``blocks`` are its body in clean HTML, a block each; ``said`` every assertion of a date,
    ``standing`` the headed texts beside it (aims, why to join), which other pages may repeat.

    ``title_from`` tells where the title stands: only one that comes from ``<title>`` may still carry the site's name.
    ``retrieved`` is an ISO instant or "". ``leads_to`` is where the old site sent who asked for this address.
    """

    address: str
    source: str
    sha256: str = ""  # of what was retrieved; "" where there was nothing
    kind: ItemKind
    title: str = ""
    title_from: str = ""
    headings: tuple[str, ...] = ()  # those over its text, in their order
    standfirst: str = ""
    byline: str = ""
    language: str = ""
    blocks: tuple[str, ...] = ()
    pictures: tuple[Attachment, ...] = ()
    documents: tuple[Attachment, ...] = ()
    links: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    standing: tuple[Entry, ...] = ()
    said: tuple[Said, ...] = ()
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    slug: str = ""
    retrieved: str = ""
    state: str = ""
    leads_to: str = ""
    variants: tuple[Variant, ...] = ()

    def to_json(self) -> str:
        """The reading as one line of JSON, without what is empty."""
        told = {name: value for name, value in _told(self).items() if value}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"), default=_told)

    @classmethod
    def from_json(cls, line: str) -> Reading:
        """The reading that ``to_json`` wrote."""
        told: dict[str, Any] = json.loads(line)
        told["kind"] = ItemKind(told["kind"])
        for name, kind in (
            ("pictures", Attachment),
            ("documents", Attachment),
            ("said", Said),
            ("entries", Entry),
            ("standing", Entry),
            ("variants", Variant),
        ):
            told[name] = tuple(kind(**_tupled(each)) for each in told.get(name, ()))
        return cls(**_tupled(told))

    def quote(self, said: Said) -> Quote:
        return Quote(said.text, where(self.address, said.place))


def where(address: str, place: str) -> str:
    """Name a place of a page: ``http://… (/html/body/p[2])``, ``… (line 17)``, ``… (address)``."""
    return f"{address} ({place})"


def _told(value: Any) -> dict[str, Any]:
    """The fields of a dataclass by their names, those within it as they are."""
    return {each.name: getattr(value, each.name) for each in fields(value)}


def _tupled(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
