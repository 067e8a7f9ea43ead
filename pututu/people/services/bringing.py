"""What does one row of a list do to the records?

A row fills what is empty and never overwrites. A state that protects somebody is never taken back: who withdrew stays
withdrawn, an address that bounced or complained stays so, who asked to be erased is not brought in.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from pututu.people.models import AccessRecord, EmailAddress, Person
from pututu.people.rendering import FREE_PURPOSES
from pututu.people.rules import Act, Purpose
from pututu.people.rules.rows import Row, Standing, Terms, may_carry_agreement
from pututu.people.services.access import log_access
from pututu.people.services.consent import is_suppressed, last_word, record_consent, withdraw_consent
from pututu.people.services.persons import add_person, give_address, set_address_state, set_tags

STATES = {
    Standing.BOUNCED: EmailAddress.State.BOUNCED,
    Standing.COMPLAINED: EmailAddress.State.COMPLAINED,
}


def bring_in(row: Row, person: Person | None, *, terms: Terms, source: str, by: Any) -> Person:
    """Write a row down: into the record of ``person``, or as somebody new. Call it inside a transaction."""
    found = person or _add(row, terms=terms, source=source, by=by)
    changed = _fill(found, row)
    tags = set(found.tags.values_list("name", flat=True)) if row.tags else set()
    if set(row.tags) - tags:
        set_tags(found, {*tags, *row.tags})
        changed.append("tags")
    if row.email:
        email = give_address(found, row.email)
        if carry_standing(found, email, row, terms=terms, source=source, by=by):
            changed.append("consent")
    if person and changed:
        log_access(AccessRecord.Act.CHANGED, person=person, by=by, fields=changed, detail=source)
    return found


def _add(row: Row, *, terms: Terms, source: str, by: Any) -> Person:
    columns = {"came_by": source[:200], "language": row.language or terms.language, **row.columns}
    return add_person(row.name, emails=[row.email] if row.email else [], by=by, **columns)


def _fill(person: Person, row: Row) -> list[str]:
    empty = {name: value for name, value in row.columns.items() if not getattr(person, name)}
    for name, value in empty.items():
        setattr(person, name, value)
    if empty:
        person.save()
    return list(empty)


def carry_standing(
    person: Person, email: EmailAddress, row: Row, *, terms: Terms, source: str, by: Any
) -> bool:
    """Take over how somebody stood to a list: what protects them always, what they agreed to if it can be shown.

    False where all of it was known.
    """
    before = person.consents.count(), email.state
    state = STATES.get(row.standing)
    worse = {EmailAddress.State.GOOD: 0, EmailAddress.State.BOUNCED: 1, EmailAddress.State.COMPLAINED: 2}
    if state and worse[state] > worse[EmailAddress.State(email.state)]:
        set_address_state(email, state, reason=source, by=by, person=person)
    if row.standing in (Standing.LEFT, Standing.COMPLAINED):
        purposes = terms.purposes or FREE_PURPOSES
        withdraw_consent(person, email, purposes, page=source, by=by)
    day = may_carry_agreement(row, terms)
    if day and not is_suppressed(email.address):
        _carry_agreement(person, email, row, terms=terms, day=day, source=source, by=by)
    return (person.consents.count(), email.state) != before


def _carry_agreement(
    person: Person, email: EmailAddress, row: Row, *, terms: Terms, day: dt.date, source: str, by: Any
) -> None:
    """Note an agreement of ``day`` where the person has said nothing of the purpose; never against a withdrawal."""
    at = min(dt.datetime.combine(day, dt.time(0), dt.UTC), timezone.now())
    for purpose in terms.purposes:
        if Purpose(purpose) in FREE_PURPOSES and last_word(person, email, purpose) is None:
            record_consent(
                person,
                email,
                purpose,
                act=Act.GIVEN,
                wording=terms.wording,
                page=row.agreed_where or source,
                at=at,
                by=by,
            )
