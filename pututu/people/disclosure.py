"""What is known of somebody, told in full to them alone?

A low registry, filled from above: whoever keeps rows about people registers a teller, which gives them as plain values.
Subject access (UK GDPR article 15) prints all of them as a page and as JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pututu.people.models import Person


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of rows: a name for machines, a title, the words for its columns, and the rows as JSON values."""

    slug: str
    title: str
    labels: Mapping[str, str]
    rows: Sequence[Mapping[str, Any]] = field(default_factory=tuple)

    @property
    def table(self) -> list[list[tuple[str, Any]]]:
        """Each row as pairs of a label and a value, without what is empty."""
        return [
            [(label, row[name]) for name, label in self.labels.items() if row.get(name) not in (None, "", [])]
            for row in self.rows
        ]


Teller = Callable[[Person], Section]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Have ``teller`` asked whenever somebody is told what is known of them, in the language then in force."""
    if teller not in _tellers:
        _tellers.append(teller)


def sections_of(person: Person) -> list[Section]:
    return [teller(person) for teller in _tellers]
