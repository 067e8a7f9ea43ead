"""What does an edition say of one story, event or publication?"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of an edition, in words, as it stands when it is frozen. ``topics`` are slugs.

    ``language`` is the item's own: an edition may hold an item that is not translated. ``picture`` is a whole address.
    """

    key: str
    title: str
    url: str
    standfirst: str
    kicker: str
    when: str
    language: str
    topics: tuple[str, ...] = ()
    is_for_all: bool = False
    is_event: bool = False
    is_undated: bool = False  # ``when`` says so in words
    picture: str = ""
    picture_alt: str = ""
    picture_width: int = 0
    picture_height: int = 0
    notice: str = ""
    where: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Entry:
        return replace(cls(**kept), topics=tuple(kept.get("topics", ())))


@dataclass(frozen=True, slots=True)
class Frozen:
    """An edition as its readers get it: nothing that is edited later changes it."""

    language: str
    subject: str
    intro: str
    closing: str
    entries: tuple[Entry, ...]

    @property
    def says_something(self) -> bool:
        return bool(self.entries or self.intro.strip())

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Frozen:
        entries = tuple(Entry.from_json(each) for each in kept["entries"])
        return replace(cls(**kept), entries=entries)
