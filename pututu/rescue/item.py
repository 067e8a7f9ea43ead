"""What is one item of the old site, read, dated and joined from all its captures, before anything is written?

The same facts, in the same words, are what ``pututu rescue --json`` prints: ``as_json`` is that documented format.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pututu.lib.dates import HonestDate


class ItemKind(StrEnum):
    """What an old page is."""

    STORY = "story"
    EVENT = "event"
    BACKGROUND = "background"
    PUBLICATION = "publication"
    LIST = "list"
    ASSET = "asset"
    ERROR = "error"


class Basis(StrEnum):
    """Where the date of publication comes from."""

    STATED = "stated"  # on the page, or in what its export declares of it
    OTHER_PAGE = "other-page"  # a list page, a feed, a sitemap
    ADDRESS = "address"
    NEIGHBOURS = "neighbours"  # bounds from rising numbers
    TEXT = "text"  # bounds from days that the text speaks of
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of a capture: ``text`` stands, word for word, at ``where`` (an address, then a place in that page)."""

    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or a document of an item: its absolute old address, caption and alternative text."""

    address: str
    caption: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """Another capture or address of an item that says something else: where, its original, when, and in which fields.

    ``retrieved`` is an ISO instant in UTC or "".
    """

    address: str
    sha256: str
    retrieved: str
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OldItem:
    """One item. ``published`` and ``happens`` are None where no honest date is stated or soundly bounded.

    ``body`` is clean HTML (headings, paragraphs, lists, quotations, links, pictures; no scripts, handlers or styles).
    ``aliases`` are its other old addresses, ``slug`` the last word of its own where an export names it. ``confidence``
    is from 0 to 1, ``reason`` one sentence for a person, ``stand_in`` what the old site shows in place of a date.
    ``is_conflict``: the witnesses disagree, a person decides. ``listed_on`` is the list that names it, where its own
    page was captured nowhere; ``leads_to`` is where the old site sent who asked for this address, where that was
    captured nowhere.
    """

    address: str
    kind: ItemKind
    title: str
    standfirst: str = ""
    body: str = ""
    byline: str = ""
    language: str = ""
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    pictures: tuple[Attachment, ...] = ()
    documents: tuple[Attachment, ...] = ()
    aliases: tuple[str, ...] = ()
    slug: str = ""
    published: HonestDate | None = None
    happens: HonestDate | None = None
    basis: Basis = Basis.NONE
    confidence: float = 0.0
    reason: str = ""
    stand_in: str | None = None
    evidence: tuple[Quote, ...] = ()
    is_conflict: bool = False
    duplicate_of: str | None = None
    outcome: str = ""
    sha256: str = ""
    listed_on: str = ""
    leads_to: str = ""
    variants: tuple[Variant, ...] = ()
    words: str = ""  # of an item of scraped text: the print of its words, by which it is known on any page

    def as_json(self) -> dict[str, Any]:
        """The item as ``--json`` prints it; documented in docs/moving.md, and stable."""
        return {
            "address": self.address,
            "kind": str(self.kind),
            "title": self.title,
            "standfirst": self.standfirst,
            "language": self.language,
            "published": self.published.edtf if self.published else None,
            "happens": self.happens.edtf if self.happens else None,
            "basis": str(self.basis),
            "confidence": round(self.confidence, 2),
            "reason": self.reason,
            "stand_in": self.stand_in,
            "evidence": [{"text": each.text, "where": each.where} for each in self.evidence],
            "duplicate_of": self.duplicate_of,
            "outcome": self.outcome,
        }
