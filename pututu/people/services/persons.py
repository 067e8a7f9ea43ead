"""How is somebody written down, and reached?"""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from pututu.lib.references import LONG, SHORT, make_reference
from pututu.people.models import AccessRecord, EmailAddress, Person, PersonEmail, Tag
from pututu.people.rules import fold_address, read_address, same_words
from pututu.people.services.access import log_access

TRIES = 20


class NoReferenceLeft(RuntimeError):
    """Nearly all of the payment references that there can be (``lib.references``) are somebody's."""


@transaction.atomic
def add_person(name: str, *, emails: Iterable[str] = (), by: Any = None, **columns: Any) -> Person:
    """Write somebody down, with a payment reference of their own. Raises AddressError for what is no e-mail address."""
    person = _with_reference(Person(name=name.strip(), **columns))
    for address in emails:
        give_address(person, address)
    log_access(AccessRecord.Act.ADDED, person=person, by=by)
    return person


def add_person_once(key: uuid.UUID, name: str, **facts: Any) -> Person:
    """Write somebody down for a form that carries ``key``: sent twice, it is one person. Raises AddressError."""
    found = Person.objects.filter(uid=key).first()
    if found:
        return found
    try:
        with transaction.atomic():
            return add_person(name, uid=key, **facts)
    except IntegrityError:  # the other of two clicks was faster
        return Person.objects.get(uid=key)


def _with_reference(person: Person) -> Person:
    """Save the person under a code that nobody has."""
    for at in range(TRIES):
        person.reference = reference_for_try(at)
        try:
            with transaction.atomic():
                person.save()
        except IntegrityError:
            if not Person.objects.filter(reference=person.reference).exists():
                raise
        else:
            return person
    raise NoReferenceLeft(f"No free payment reference was found in {TRIES} tries.")


def reference_for_try(at: int) -> str:
    """A code to try, that somebody may have: a short one at first; eight signs where half of the tries found none."""
    return make_reference(secrets.choice, SHORT if at < TRIES // 2 else LONG)


@transaction.atomic
def give_address(person: Person, address: str) -> EmailAddress:
    """Note that an address is (also) this person's; whoever has it already keeps it. Raises AddressError."""
    email = _address(address)
    PersonEmail.objects.get_or_create(
        person=person, email=email, defaults={"order": person.person_emails.count()}
    )
    return email


def _address(address: str) -> EmailAddress:
    tidy = read_address(address)
    return EmailAddress.objects.get_or_create(folded=fold_address(tidy), defaults={"address": tidy})[0]


@transaction.atomic
def take_address(person: Person, email: EmailAddress) -> None:
    """Note that an address is no longer this person's; others who share it keep it, and all that was agreed stays."""
    person.person_emails.filter(email=email).delete()


@transaction.atomic
def take_down(name: str, email: str, /, **columns: Any) -> tuple[Person, EmailAddress]:
    """Whoever filled in a public form, and their address: the one who is known by this name there, or somebody new.

    ``columns`` are for somebody new: what is known of others stays, since anybody can fill a form in. Raises
    AddressError.
    """
    hold_address(email)
    named = same_words(name)
    at_address = Person.objects.known().living().reached_at(fold_address(email))
    found = [person for person in at_address if same_words(person.name) == named]
    person = found[0] if len(found) == 1 else add_person(name, **columns)
    return person, give_address(person, email)


def hold_address(address: str) -> None:
    """Let others who write from this address wait until the transaction ends: two forms sent at once are one person."""
    EmailAddress.objects.select_for_update().get(pk=_address(address).pk)


class ChangedMeanwhile(ValueError):
    """Somebody else changed the record since the form was opened."""


@transaction.atomic
def change_person(
    person: Person,
    values: Mapping[str, Any],
    *,
    tags: Iterable[str] | None = None,
    seen_at: dt.datetime | None = None,
    by: Any,
) -> list[str]:
    """Write new values of a person's columns; return and log the names of those that changed.

    ``seen_at`` is when the record had been changed last as the form saw it. Raises ChangedMeanwhile.
    """
    stored = Person.objects.select_for_update().get(pk=person.pk)
    if seen_at is not None and stored.changed_at != seen_at:
        raise ChangedMeanwhile("Somebody changed this record meanwhile.")
    changed = [name for name, value in values.items() if getattr(stored, name) != value]
    for name in changed:
        setattr(stored, name, values[name])
    if tags is not None and set(tags) != set(stored.tags.values_list("name", flat=True)):
        set_tags(stored, tags)
        changed.append("tags")
    if changed:
        stored.save()
        log_access(AccessRecord.Act.CHANGED, person=stored, by=by, fields=changed)
    return changed


def set_tags(person: Person, names: Iterable[str]) -> None:
    """Give a person exactly these tags; those that are new are made."""
    person.tags.set([Tag.objects.get_or_create(name=name)[0] for name in names])


@transaction.atomic
def set_address_state(
    email: EmailAddress, state: str, *, reason: str, by: Any = None, person: Person | None = None
) -> None:
    """Say that an address refuses mail, complained, or works again, and why."""
    email.state, email.state_reason, email.state_since = state, reason.strip()[:300], timezone.now()
    email.save(update_fields=["state", "state_reason", "state_since"])
    log_access(AccessRecord.Act.CHANGED, person=person, by=by, fields=["address state"])
