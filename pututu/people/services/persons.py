"""How is somebody written down, and reached?"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction

from pututu.lib.references import make_reference
from pututu.people.models import AccessRecord, EmailAddress, Person, PersonEmail
from pututu.people.rules import fold_address, read_address
from pututu.people.services.access import log_access

TRIES = 20


@transaction.atomic
def add_person(name: str, *, emails: Iterable[str] = (), by: Any = None, **columns: Any) -> Person:
    """Write somebody down, with a payment reference of their own. Raises AddressError for what is no e-mail address."""
    person = _with_reference(Person(name=name.strip(), **columns))
    for address in emails:
        give_address(person, address)
    log_access(AccessRecord.Act.ADDED, person=person, by=by)
    return person


def _with_reference(person: Person) -> Person:
    """Save the person under a code that nobody has."""
    for _try in range(TRIES):
        person.reference = make_reference(secrets.choice)
        try:
            with transaction.atomic():
                person.save()
        except IntegrityError:
            if not Person.objects.filter(reference=person.reference).exists():
                raise
        else:
            return person
    raise RuntimeError(f"No free payment reference was found in {TRIES} tries.")


@transaction.atomic
def give_address(person: Person, address: str) -> EmailAddress:
    """Note that an address is (also) this person's; whoever has it already keeps it. Raises AddressError."""
    tidy = read_address(address)
    email, _is_new = EmailAddress.objects.get_or_create(folded=fold_address(tidy), defaults={"address": tidy})
    PersonEmail.objects.get_or_create(
        person=person, email=email, defaults={"order": person.person_emails.count()}
    )
    return email


@transaction.atomic
def take_address(person: Person, email: EmailAddress) -> None:
    """Note that an address is no longer this person's; others who share it keep it, and all that was agreed stays."""
    person.person_emails.filter(email=email).delete()
