"""What is to be done with an item of the old site: is it new, has it changed, did an editor work on it since?

Nothing is written here. An item is known by its old address. Field by field three things are compared: what the item
says now, what it said when it was last brought, and what the page says now beside what was written then. Where both the
old site and an editor changed a field, the editor's word stays and the difference is told.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pututu.rescue.capture import Capture
from pututu.rescue.item import ItemKind, OldItem

PUBLIC_STATES = frozenset({"", "publish", "published", "inherit", "public", "live", "publicado"})
MAKE_PAGES = frozenset({ItemKind.STORY, ItemKind.EVENT, ItemKind.BACKGROUND, ItemKind.PUBLICATION})
NO_PAGE = {
    ItemKind.LIST: "A list: the new site makes its own.",
    ItemKind.ASSET: "A file: it comes with the pages that show or link it.",
    ItemKind.ERROR: "The old site had an error here.",
}
ONLY_NEW = "New."

Prints = Mapping[str, str]


class Act(StrEnum):
    """What is done with an item."""

    CREATE = "create"
    CHANGE = "change"
    LEAVE = "leave"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an item that came before: the prints of what it said then, of what was written then, and now.

    ``now`` is None where its page was deleted.
    """

    read: Prints
    wrote: Prints
    now: Prints | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do, why, and with which fields; ``kept`` are those where an editor's later work stays."""

    act: Act
    reason: str
    fields: frozenset[str] = field(default_factory=frozenset)
    kept: frozenset[str] = field(default_factory=frozenset)


def print_of(value: object) -> str:
    """A short name for what a field says."""
    said = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16]


def prints_of(item: OldItem) -> dict[str, str]:
    """The prints of all that an item says of what a page will hold."""
    said: dict[str, object] = {
        "title": item.title,
        "standfirst": item.standfirst,
        "byline": item.byline,
        "published": item.published.edtf if item.published else "",
        "topics": sorted({*item.topics, *item.tags}),
        "body": [item.body, [each.address for each in (*item.pictures, *item.documents)]],
    }
    if item.kind is ItemKind.EVENT:
        said["starts_on"] = item.happens.edtf if item.happens else ""
    return {name: print_of(value) for name, value in said.items()}


def decide(item: OldItem, known: Known | None) -> Decision:
    """Say what becomes of an item, beside what is known of it."""
    if item.kind is ItemKind.ERROR and item.reason:
        return Decision(Act.REFUSE, item.reason)
    if item.kind not in MAKE_PAGES:
        return Decision(Act.REFUSE, NO_PAGE[item.kind])
    if not item.title.strip():
        return Decision(
            Act.REFUSE, "It has no title: give it one in the old site, or write the page by hand."
        )
    if known is None and item.words and item.kind is ItemKind.BACKGROUND and item.duplicate_of:
        return Decision(
            Act.REFUSE,
            f"A standing block of this title was read already, in other words ({item.duplicate_of}).",
        )
    if known is None:
        return Decision(Act.CREATE, _why_new(item), frozenset(prints_of(item)))
    return _beside(prints_of(item), known)


def _why_new(item: OldItem) -> str:
    if item.is_conflict:
        return "New; its sources disagree about the date, which waits for a decision."
    if item.duplicate_of:
        return f"New; nearly the same as {item.duplicate_of}: somebody should look at both."
    if item.listed_on:
        return f"New; only a list names it ({item.listed_on}): its own text is lost."
    if item.kind is ItemKind.BACKGROUND or item.published:
        return ONLY_NEW
    return "New; nobody knows when it was published."


def _beside(said: Prints, known: Known) -> Decision:
    if known.now is None:
        return Decision(Act.LEAVE, "Its page was deleted here: what staff delete does not come back.")
    changed = {name for name in said if known.read.get(name) != said[name]}
    edited = {name for name in known.now if known.wrote.get(name) != known.now[name]}
    fields, kept = frozenset(changed - edited), frozenset(changed & edited)
    told = f" An editor changed {_names(kept)} since: that stays." if kept else ""
    if fields:
        return Decision(Act.CHANGE, f"The old site now says otherwise: {_names(fields)}.{told}", fields, kept)
    if kept:
        return Decision(Act.LEAVE, told.strip(), kept=kept)
    return Decision(Act.LEAVE, "It was brought across before, and nothing differs.")


def _names(fields: frozenset[str]) -> str:
    return ", ".join(sorted(fields)).replace("_", " ")


def why_never(capture: Capture) -> str:
    """Why a capture must not come across: its export says that it was never public; "" where it may."""
    state = capture.declared.state.strip().casefold() if capture.declared else ""
    if state in PUBLIC_STATES:
        return ""
    if state == "password":
        return "It was never published for all: it needed a password."
    return f"It was never published: its state is “{state}”."
