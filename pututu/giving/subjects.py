"""What is it that money can be paid for, in words?

A low registry, filled from above: the ledger keeps a uid (``rules.Use.about``) and does not know what it is. Whoever
sells something, such as memberships, registers a catalogue that does.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from pututu.giving.models import Mandate
from pututu.giving.rules import Use
from pututu.lib.money import Money
from pututu.people.models import Person
from pututu.people.rules import Purpose as MailPurpose


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that can be paid for; ``url`` is where staff see it, ``kind`` what sums are kept by (a plan's name).

    ``people`` are the keys of those who have something of it, where somebody has.
    """

    use: Use
    price: Money
    label: str
    url: str = ""
    kind: str = ""
    people: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Taking:
    """Money that comes again by itself: for one thing, on one day, under a mandate. ``label`` is it in a language."""

    use: Use
    mandate: Mandate
    price: Money
    due_on: dt.date
    label: Callable[[str], str]
    mail: str = MailPurpose.MEMBERSHIP  # on which ground the payer is written to

    @property
    def about(self) -> uuid.UUID:
        assert self.use.about is not None, "what comes again is named by its uid"
        return self.use.about


class Catalogue(Protocol):
    """What one app sells."""

    def describe(self, about: Iterable[uuid.UUID]) -> dict[uuid.UUID, Subject]:
        """Return the subjects that carry these uids; others are not this app's."""

    def payable_by(self, people: Iterable[Person]) -> dict[int, list[Subject]]:
        """Return, by the person's key, what each of them may be paying for when money comes unasked."""

    def takings(self, today: dt.date, *, about: uuid.UUID | None = None) -> list[Taking]:
        """Return what is to be taken under mandates about now; of one thing where ``about`` names it."""


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


def takings(today: dt.date, *, about: uuid.UUID | None = None) -> list[Taking]:
    """Return what is to be taken by itself about now, or what is of one thing."""
    return [taking for catalogue in _catalogues for taking in catalogue.takings(today, about=about)]
