"""How do many rows of a list come in at once, and end as they would one by one?

People who are new, at addresses that are new, are written together; a row that says nothing new is only marked. Every
other row is left to ``bringing.bring_in``, one by one and in its place. A test holds that both ways end the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.utils import timezone

from pututu.people.models import (
    AccessRecord,
    ConsentRecord,
    EmailAddress,
    ImportRow,
    Person,
    PersonEmail,
    Suppression,
    Tag,
)
from pututu.people.rendering import FREE_PURPOSES
from pututu.people.rules import Act, Basis, Purpose, fold_address
from pututu.people.rules.rows import Judgement, Row, Standing, Terms, Verdict, judge, may_carry_agreement
from pututu.people.services.bringing import STATES
from pututu.people.services.consent import address_hash
from pututu.people.services.persons import TRIES, NoReferenceLeft, reference_for_try
from pututu.people.services.recognising import Recognition, likeness_of

Told = tuple[ImportRow, Row]


@dataclass(slots=True)
class Known:
    """What the database says of some rows, asked once for all of them."""

    recognition: Recognition
    people: Mapping[int, Person] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    said: Mapping[tuple[int, str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Known:
        rows = list(rows)
        folded = {fold_address(row.email) for row in rows if row.email}
        recognition = Recognition(rows)
        people = {each.person for some in recognition.at_address.values() for each in some if each.person}
        states = EmailAddress.objects.filter(folded__in=folded).values_list("folded", "state")
        hashes = {address_hash(row.email): fold_address(row.email) for row in rows if row.email}
        closed = Suppression.objects.filter(address_hash__in=hashes).values_list("address_hash", flat=True)
        words = ConsentRecord.objects.filter(person__in=people, email__folded__in=folded)
        words = words.exclude(act=Act.ASKED).order_by("at", "pk")
        said = {
            (person, address, purpose): act
            for person, address, purpose, act in words.values_list(
                "person_id", "email__folded", "purpose", "act"
            )
        }
        found = Person.objects.in_bulk(people)
        return cls(recognition, found, dict(states), frozenset(hashes[each] for each in closed), said)

    def judgement(self, row: Row) -> Judgement:
        return judge(row, self.recognition.known(row))


def says_nothing_new(row: Row, person: Person, known: Known, terms: Terms) -> bool:
    """Whether a row about somebody who is known, at an address of theirs, would change nothing."""
    if row.tags or not row.email or any(not getattr(person, name) for name in row.columns):
        return False
    folded = fold_address(row.email)

    def last(purpose: str) -> str | None:
        return known.said.get((person.pk, folded, purpose))

    if row.standing is Standing.AGREED:
        may_be_carried = may_carry_agreement(row, terms) and folded not in known.closed
        return not may_be_carried or all(last(each) for each in _agreeable(terms))
    if row.standing in STATES and known.states.get(folded) not in (STATES[row.standing], "complained"):
        return False
    if row.standing in (Standing.LEFT, Standing.COMPLAINED):
        return all(last(each) == Act.WITHDRAWN for each in terms.purposes or FREE_PURPOSES)
    return True


def _agreeable(terms: Terms) -> list[str]:
    return [each for each in terms.purposes if Purpose(each) in FREE_PURPOSES]


# --- people who are new


def keys_of(row: Row) -> set[str]:
    """By which another row may be the same person's: the address; the name with the postcode."""
    keys = {likeness_of(row), f"@{fold_address(row.email)}" if row.email else ""}
    return keys - {""}


def is_plainly_new(told: ImportRow, row: Row, known: Known) -> bool:
    """Whether nobody, and no address, of the row is known: nothing has to be looked at once more."""
    is_new_address = not row.email or fold_address(row.email) not in {*known.states, *known.closed}
    return not told.choice and is_new_address and known.judgement(row).verdict == Verdict.ADD


def write_down(some: list[Told], *, terms: Terms, source: str, by: Any) -> None:
    """Write people who are new down, with addresses, tags, what protects them and what they agreed to.

    Raises NoReferenceLeft, or IntegrityError where somebody else wrote one of them down meanwhile.
    """
    people = _people([row for _told, row in some], terms=terms, source=source)
    emails = _addresses(some, people, source=source)
    _log(people, emails, by=by)
    _tags(some, people)
    consents = (
        consent
        for (_told, row), person in zip(some, people, strict=True)
        if person.pk in emails
        for consent in _consents(person, emails[person.pk], row, terms=terms, source=source, by=by)
    )
    ConsentRecord.objects.bulk_create(consents)
    for (told, _row), person in zip(some, people, strict=True):
        told.person = person


def _people(rows: list[Row], *, terms: Terms, source: str) -> list[Person]:
    people = [
        Person(
            name=row.name.strip(),
            reference=reference,
            **{"came_by": source[:200], "language": row.language or terms.language, **row.columns},
        )
        for row, reference in zip(rows, free_references(len(rows)), strict=True)
    ]
    for person in people:
        person.derive()
    return Person.objects.bulk_create(people)


def free_references(count: int) -> list[str]:
    """So many payment references that nobody has. Raises NoReferenceLeft."""
    free: set[str] = set()
    for at in range(TRIES):
        made = {reference_for_try(at) for _each in range(count)}
        taken = Person.objects.filter(reference__in=made).values_list("reference", flat=True)
        free |= made - set(taken)
        if len(free) >= count:
            return list(islice(free, count))
    raise NoReferenceLeft(f"{count} free payment references were not found in {TRIES} tries.")


def _addresses(some: list[Told], people: list[Person], *, source: str) -> dict[int, EmailAddress]:
    """The new address of each person by the person's key; people without one are left out."""
    now = timezone.now()
    emails = {}
    for (_told, row), person in zip(some, people, strict=True):
        if row.email:
            state = STATES.get(row.standing)
            facts = {"state": state, "state_reason": source.strip()[:300], "state_since": now}
            emails[person.pk] = EmailAddress(
                address=row.email, folded=fold_address(row.email), **(facts if state else {})
            )
    EmailAddress.objects.bulk_create(emails.values())
    PersonEmail.objects.bulk_create(
        PersonEmail(person_id=person, email=email, order=0) for person, email in emails.items()
    )
    return emails


def _log(people: list[Person], emails: Mapping[int, EmailAddress], *, by: Any) -> None:
    """The same lines in the log that come about when people are written down one by one."""
    added, changed = AccessRecord.Act.ADDED, AccessRecord.Act.CHANGED
    rows = []
    for person in people:
        rows.append(AccessRecord(person_uid=person.uid, act=added, by=by))
        email = emails.get(person.pk)
        if email is not None and email.state != EmailAddress.State.GOOD:
            rows.append(AccessRecord(person_uid=person.uid, act=changed, by=by, fields=["address state"]))
    AccessRecord.objects.bulk_create(rows)


def _tags(some: list[Told], people: list[Person]) -> None:
    names = {name for _told, row in some for name in row.tags}
    tags = {name: Tag.objects.get_or_create(name=name)[0] for name in sorted(names)}
    through = Person.tags.through
    through.objects.bulk_create(
        through(person=person, tag=tags[name])
        for (_told, row), person in zip(some, people, strict=True)
        for name in row.tags
    )


def _consents(
    person: Person, email: EmailAddress, row: Row, *, terms: Terms, source: str, by: Any
) -> Iterable[ConsentRecord]:
    common: dict[str, Any] = {"person": person, "email": email, "language": person.language, "by": by}
    common["basis"] = Basis.CONSENT
    now = timezone.now()
    if row.standing in (Standing.LEFT, Standing.COMPLAINED):
        for purpose in terms.purposes or FREE_PURPOSES:
            yield ConsentRecord(**common, purpose=purpose, act=Act.WITHDRAWN, page=source[:300], at=now)
    day = may_carry_agreement(row, terms)
    if day:
        at = min(dt.datetime.combine(day, dt.time(0), dt.UTC), now)
        page = (row.agreed_where or source)[:300]
        for purpose in _agreeable(terms):
            yield ConsentRecord(
                **common, purpose=purpose, act=Act.GIVEN, wording=terms.wording, page=page, at=at
            )
