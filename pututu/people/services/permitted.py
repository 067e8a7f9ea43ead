"""Who of many may be written to? The same answer as ``consent.permission`` gives one by one, in a few questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from pututu.people.models import ConsentRecord, EmailAddress, PeopleRules, PersonEmail, Suppression
from pututu.people.rules import Act, Basis, Happening, Permission, Reach, may_write
from pututu.people.services.consent import address_hash


@dataclass(frozen=True, slots=True)
class Way:
    """An address of a person's, the first to be tried first, and whether they may be written to there."""

    person: int
    email: int
    address: str
    permission: Permission


def ways_to_write(purpose: str, *, people: Collection[int] | None = None) -> Iterator[tuple[int, list[Way]]]:
    """Go through everybody who was ever asked, told or carried in for ``purpose``, with their addresses in order.

    ``people`` narrows it to these keys. The dead, the erased and those merged into another record are left out.
    """
    happenings = _happenings(purpose, people)
    closed = set(Suppression.objects.values_list("address_hash", flat=True))
    is_soft_opt_in_allowed = PeopleRules.load().is_soft_opt_in_allowed
    for person, rows in groupby(_addresses(purpose, people), key=lambda row: row[0]):
        yield (
            person,
            [
                Way(
                    person,
                    email,
                    address,
                    may_write(
                        purpose,
                        happenings.get((person, email), ()),
                        Reach(
                            state == EmailAddress.State.GOOD, bool(closed) and address_hash(address) in closed
                        ),
                        is_soft_opt_in_allowed=is_soft_opt_in_allowed,
                    ),
                )
                for _person, email, address, state in rows
            ],
        )


def _addresses(purpose: str, people: Collection[int] | None) -> Iterable[tuple[int, int, str, str]]:
    rows = PersonEmail.objects.filter(
        person__erased_at=None, person__merged_into=None, person__died_on=None
    ).order_by("person", "order", "pk")
    if people is None:
        asked = ConsentRecord.objects.filter(purpose=purpose).values("person")
        rows = rows.filter(person__in=asked)
    else:
        rows = rows.filter(person__in=people)
    return rows.values_list("person_id", "email_id", "email__address", "email__state").iterator(5000)


def _happenings(purpose: str, people: Collection[int] | None) -> dict[tuple[int, int], list[Happening]]:
    rows = ConsentRecord.objects.filter(purpose=purpose).order_by("pk")
    if people is not None:
        rows = rows.filter(person__in=people)
    found: dict[tuple[int, int], list[Happening]] = defaultdict(list)
    columns = rows.values_list("person_id", "email_id", "act", "basis", "at")
    for person, email, act, basis, at in columns.iterator(5000):
        found[person, email].append(Happening(Act(act), Basis(basis), at))
    return found
