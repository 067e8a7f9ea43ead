"""What has somebody agreed to, and may they be written to?"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pututu.people.models import AccessRecord, ConsentRecord, EmailAddress, Person, Suppression
from pututu.people.rules import Act, Basis, Happening, Permission, Reach, fold_address, may_write
from pututu.people.services.access import log_access
from pututu.people.signals import consent_given


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
    key: str | None = None,
) -> ConsentRecord:
    """Add what happened between a person, an address and a purpose; ``at`` is now unless it was carried in.

    What a form sends twice under one ``key`` is one row.
    """
    found = ConsentRecord.objects.filter(key=key).first() if key else None
    if found:
        return found
    record: ConsentRecord = ConsentRecord.objects.create(
        key=key,
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
    if act is Act.GIVEN:
        consent_given.send(ConsentRecord, record=record)
    return record


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


@transaction.atomic
def note_service(person: Person, email: EmailAddress, purpose: str, *, page: str, language: str) -> None:
    """Note that somebody must be told of what they have with us at this address; once for each purpose."""
    if not person.consents.filter(email=email, purpose=purpose, act=Act.NOTED).exists():
        record_consent(
            person, email, purpose, act=Act.NOTED, basis=Basis.SERVICE, page=page, language=language
        )


def mailbox_of(person: Person, purpose: str) -> EmailAddress | None:
    """The first of somebody's addresses at which they may be written to for a purpose; None where there is none."""
    addresses = person.addresses.order_by("person_emails__order", "pk")
    return next((each for each in addresses if permission(person, each, purpose)), None)


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


def lift_suppression(address: str, *, reason: str) -> bool:
    """Let an address be written to again that was closed for this ``reason`` and no other; False where it was not.

    Whoever was erased opens theirs by the link of a letter (``asking``), and no form does by being sent: anybody can
    send one with somebody else's address. They begin anew: nothing that was agreed before comes back with it.
    """
    return bool(Suppression.objects.filter(address_hash=address_hash(address), reason=reason).delete()[0])


LIFTED_BY_STAFF = (Suppression.Reason.UNSUBSCRIBED, Suppression.Reason.BOUNCED)
"""Whoever was erased comes back by a letter that they confirm (``asking``); an address that complained stays closed."""


class NotTheirsToLift(ValueError):
    """The address is closed for a reason that only its owner can undo."""


def suppression_of(address: str) -> Suppression | None:
    return Suppression.objects.filter(address_hash=address_hash(address)).first()


@transaction.atomic
def reopen_address(person: Person, email: EmailAddress, *, reason: str, by: Any) -> bool:
    """Let an address of somebody's be written to again because they asked for it, as ``reason`` says.

    What was agreed or withdrawn stays as it is. False where it was not closed. Raises NotTheirsToLift.
    """
    found = suppression_of(email.address)
    if found is None:
        return False
    if found.reason not in LIFTED_BY_STAFF:
        raise NotTheirsToLift(f"The address is closed: {found.get_reason_display()}.")
    lifted = lift_suppression(email.address, reason=found.reason)
    if lifted:
        said = f"{found.reason}: {reason.strip()}"
        log_access(AccessRecord.Act.CHANGED, person=person, by=by, fields=["suppression"], detail=said)
    return lifted


@transaction.atomic
def withdraw_consent(
    person: Person,
    email: EmailAddress,
    purposes: Iterable[str],
    *,
    page: str,
    wording: str = "",
    language: str = "",
    by: Any = None,
) -> list[ConsentRecord]:
    """Note that somebody wants no more mail for ``purposes``; what was withdrawn already is not noted twice.

    Asked for is enough: a withdrawal of what was never agreed to is kept too, so that no import can undo it.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    return [
        record_consent(
            person,
            email,
            purpose,
            act=Act.WITHDRAWN,
            wording=wording,
            page=page,
            language=language,
            by=by,
        )
        for purpose in purposes
        if last_word(person, email, purpose) is not Act.WITHDRAWN
    ]


def last_word(person: Person, email: EmailAddress, purpose: str) -> Act | None:
    """What somebody said last of a purpose at an address: agreed, withdrew or a noted basis; None if nothing."""
    rows = ConsentRecord.objects.filter(person=person, email=email, purpose=purpose)
    row = rows.exclude(act=Act.ASKED).order_by("-at", "-pk").first()
    return Act(row.act) if row else None


@transaction.atomic
def note_agreement(
    person: Person,
    email: EmailAddress,
    purposes: Iterable[str],
    *,
    is_agreed: bool,
    wording: str,
    page: str,
    on: dt.date,
    key: str,
    by: Any,
) -> None:
    """Write down what somebody told staff of mail on a day; a form sent twice (``key``) is one act."""
    Person.objects.select_for_update().get(pk=person.pk)
    today = timezone.localdate()
    at = timezone.now() if on >= today else dt.datetime.combine(on, dt.time(12), dt.UTC)
    act = Act.GIVEN if is_agreed else Act.WITHDRAWN
    for purpose in purposes:
        record_consent(
            person,
            email,
            purpose,
            act=act,
            wording=wording,
            page=page,
            at=at,
            by=by,
            key=f"{key[:50]}-{purpose[:13]}",
        )
