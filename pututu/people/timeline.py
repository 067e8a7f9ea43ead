"""What has happened with somebody, in order?

A low registry, filled from above: whoever keeps rows about people registers a teller, which gives plain entries. The
person's page prints them in one line of time, without knowing who told what.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pututu.people.models import Person


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: an instant with its time zone, a sentence, and where to read more (may be empty)."""

    at: dt.datetime
    words: str
    url: str = ""


Teller = Callable[[Person], Iterable[Entry]]
_tellers: dict[Teller, str] = {}


def register(teller: Teller, *, permission: str = "") -> None:
    """Have ``teller`` asked on every person's page, where whoever looks has ``permission`` ("app.codename")."""
    _tellers[teller] = permission


def entries_of(person: Person, *, may: Callable[[str], bool]) -> list[Entry]:
    """All that is told of a person to somebody who ``may`` see it, newest first."""
    told = [teller(person) for teller, permission in _tellers.items() if not permission or may(permission)]
    return sorted((entry for entries in told for entry in entries), key=lambda entry: entry.at, reverse=True)
