"""What is it that money can be paid for, in words?

A low registry, filled from above: the ledger keeps a uid (``rules.Use.about``) and does not know what it is. Whoever
sells something, such as memberships, registers a catalogue that does.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from pututu.giving.rules import Use
from pututu.lib.money import Money
from pututu.people.models import Person


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that can be paid for; ``url`` is where staff see it, ``kind`` what sums are kept by (a plan's name)."""

    use: Use
    price: Money
    label: str
    url: str = ""
    kind: str = ""


class Catalogue(Protocol):
    """What one app sells."""

    def describe(self, about: Iterable[uuid.UUID]) -> dict[uuid.UUID, Subject]:
        """Return the subjects that carry these uids; others are not this app's."""

    def payable_by(self, people: Iterable[Person]) -> dict[int, list[Subject]]:
        """Return, by the person's key, what each of them may be paying for when money comes unasked."""


_catalogues: list[Catalogue] = []


def register(catalogue: Catalogue) -> None:
    """Have ``catalogue`` asked from now on; registering it twice changes nothing."""
    if catalogue not in _catalogues:
        _catalogues.append(catalogue)


def describe(about: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, Subject]:
    """Return the subjects with these uids, from all catalogues; what nobody knows is left out."""
    wanted = {each for each in about if each}
    return {uid: subject for catalogue in _catalogues for uid, subject in catalogue.describe(wanted).items()}


def payable_by(people: Iterable[Person]) -> dict[int, list[Subject]]:
    """Return what each of these people may be paying for, by the person's key."""
    known = list(people)
    found: dict[int, list[Subject]] = {person.pk: [] for person in known}
    for catalogue in _catalogues:
        for key, subjects in catalogue.payable_by(known).items():
            found[key].extend(subjects)
    return found
