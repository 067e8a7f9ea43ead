"""How is somebody written down, reached, and asked?"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from pututu.lib.references import make_reference
from pututu.people.models import AccessRecord, ConsentRecord, EmailAddress, Person, PersonEmail, Suppression
from pututu.people.rules import (
    Act,
    Basis,
    Happening,
    Permission,
    Reach,
    fold_address,
    may_write,
    read_address,
)

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


# --- consent


def record_consent(
    person: Person,
    email: EmailAddress,
    purpose: str,
    *,
    act: Act,
    basis: Basis = Basis.CONSENT,
    wording: str = "",
    page: str = "",
    language: str = "",
    at: dt.datetime | None = None,
    by: Any = None,
) -> ConsentRecord:
    """Add what happened between a person, an address and a purpose; ``at`` is now unless it was carried in."""
    return ConsentRecord.objects.create(
        person=person,
        email=email,
        purpose=purpose,
        act=act,
        basis=basis,
        wording=wording,
        page=page[:300],
        language=language or person.language,
        at=at or timezone.now(),
        by=by,
    )


def permission(
    person: Person, email: EmailAddress, purpose: str, *, is_soft_opt_in_allowed: bool = False
) -> Permission:
    """Whether this person may be written to at this address for this purpose, and why (``rules.may_write``)."""
    rows = ConsentRecord.objects.filter(person=person, email=email, purpose=purpose)
    happenings = [Happening(Act(row.act), Basis(row.basis), row.at) for row in rows]
    reach = Reach(
        is_good=email.state == EmailAddress.State.GOOD,
        is_suppressed=is_suppressed(email.address),
    )
    return may_write(purpose, happenings, reach, is_soft_opt_in_allowed=is_soft_opt_in_allowed)


def address_hash(address: str) -> str:
    """The keyed hash (HMAC-SHA-256) by which a suppressed address is known again without being kept."""
    return hmac.new(settings.SECRET_KEY.encode(), fold_address(address).encode(), hashlib.sha256).hexdigest()


def is_suppressed(address: str) -> bool:
    return Suppression.objects.filter(address_hash=address_hash(address)).exists()


def suppress(address: str, *, reason: str, at: dt.datetime | None = None) -> Suppression:
    """Never write to this address again, nor bring it in; the first reason stays."""
    found, _is_new = Suppression.objects.get_or_create(
        address_hash=address_hash(address), defaults={"reason": reason, "since": at or timezone.now()}
    )
    return found


# --- who looked


def log_access(
    act: str, *, person: Person | None = None, by: Any, fields: Iterable[str] = (), detail: str = ""
) -> AccessRecord:
    """Note that somebody looked at or changed a record; ``by`` is None for the person or the program itself."""
    return AccessRecord.objects.create(
        person_uid=person.uid if person else None,
        act=act,
        by=by,
        fields=sorted(fields),
        detail=detail[:300],
    )
