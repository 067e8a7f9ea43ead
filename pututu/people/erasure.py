"""Who holds something of somebody that must stay when they are erased, and takes out the rest?

A low registry, filled from above. A holder says what the law makes it keep, why and until when (UK GDPR article 17(3)),
and anonymises all else when it is told to.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from pututu.people.models import Person


@dataclass(frozen=True, slots=True)
class Keeping:
    """Something that stays without a name: what, why, and until which day (None: as long as the group lasts)."""

    what: str
    why: str
    until: dt.date | None = None


class Holder(Protocol):
    """An app that holds rows about people."""

    def keeps(self, person: Person) -> list[Keeping]:
        """What stays; nothing is changed."""

    def erase(self, person: Person) -> None:
        """Take out or anonymise the rest, inside the transaction that erases the person. It can be repeated."""


_holders: dict[str, Holder] = {}


def register(name: str, holder: Holder) -> None:
    _holders[name] = holder


def holders() -> list[Holder]:
    return list(_holders.values())


def keepings_of(person: Person) -> list[Keeping]:
    return [keeping for holder in holders() for keeping in holder.keeps(person)]
