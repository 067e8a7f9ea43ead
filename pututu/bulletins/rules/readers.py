"""Which edition does a reader get, what of it, and is there anything for them?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar


class Tagged(Protocol):
    """An entry of an edition as far as readers choose among them; ``topics`` are slugs."""

    @property
    def topics(self) -> Collection[str]: ...

    @property
    def is_for_all(self) -> bool: ...


Entry = TypeVar("Entry", bound=Tagged)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader wants: languages in order of preference, topics by slug (none chosen is all)."""

    languages: tuple[str, ...]
    topics: frozenset[str] = frozenset()


def edition_for(wish: Wish, editions: Collection[str]) -> str | None:
    """The language of the edition that a reader gets, or None where there is none in a language of theirs."""
    return next((language for language in wish.languages if language in editions), None)


def entries_for(wish: Wish, entries: Sequence[Entry]) -> list[Entry]:
    """The entries that a reader gets, in their order."""
    return [entry for entry in entries if is_wanted(wish, entry)]


def is_wanted(wish: Wish, entry: Tagged) -> bool:
    return not wish.topics or entry.is_for_all or bool(wish.topics & set(entry.topics))
