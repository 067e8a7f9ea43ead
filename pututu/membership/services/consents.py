"""How does somebody agree to mail, and take it back?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction

from pututu.membership.models import MailedLink
from pututu.membership.services.links import CONFIRM_FOR, make_link, use_link
from pututu.membership.services.mail import absolute, post
from pututu.people.models import EmailAddress, Person
from pututu.people.rules import Act, Basis, Purpose
from pututu.people.services import is_suppressed, permission, record_consent


@transaction.atomic
def note_membership_mail(person: Person, email: EmailAddress, *, page: str, language: str) -> None:
    """Note that a member must be told of the membership at this address; once."""
    if not person.consents.filter(email=email, purpose=Purpose.MEMBERSHIP, act=Act.NOTED).exists():
        record_consent(
            person,
            email,
            Purpose.MEMBERSHIP,
            act=Act.NOTED,
            basis=Basis.SERVICE,
            page=page,
            language=language,
        )


@transaction.atomic
def ask_consent(
    person: Person,
    email: EmailAddress,
    wordings: Mapping[str, str],
    *,
    page: str,
    language: str,
    at: dt.datetime,
) -> None:
    """Write down what was asked for, with the words that were read, and mail the link that confirms it.

    Nothing is agreed to before somebody who reads that mailbox confirms it; a suppressed address gets no letter.
    """
    if not wordings or is_suppressed(email.address):
        return
    for purpose, wording in wordings.items():
        record_consent(
            person, email, purpose, act=Act.ASKED, wording=wording, page=page, language=language, at=at
        )
    token = make_link(
        MailedLink.Use.CONFIRM, at=at, lasts=CONFIRM_FOR, email=email, person=person, purposes=list(wordings)
    )
    post(
        email.address,
        "confirm",
        language=language,
        person=person,
        wordings=list(wordings.values()),
        url=absolute("confirm", token, language=language),
    )


@transaction.atomic
def confirm_consent(token: str, *, page: str, at: dt.datetime) -> MailedLink | None:
    """Agree to what a mailed link is about, in the words that were asked; None for a link that is over or used."""
    link = use_link(token, MailedLink.Use.CONFIRM, at=at)
    if link is None or link.person is None or link.email is None:
        return None
    for purpose in link.purposes:
        asked = link.person.consents.filter(email=link.email, purpose=purpose, act=Act.ASKED).last()
        record_consent(
            link.person,
            link.email,
            purpose,
            act=Act.GIVEN,
            wording=asked.wording if asked else "",
            language=asked.language if asked else "",
            page=page,
            at=at,
        )
    return link


@transaction.atomic
def give_consent(
    person: Person, email: EmailAddress, wordings: Mapping[str, str], *, page: str, language: str
) -> None:
    """Agree at once, for an address whose mailbox the person has just shown to read."""
    for purpose, wording in wordings.items():
        record_consent(person, email, purpose, act=Act.GIVEN, wording=wording, page=page, language=language)


@transaction.atomic
def withdraw_consent(
    person: Person, email: EmailAddress, purposes: Iterable[str], *, page: str, language: str
) -> None:
    """Take back what was agreed to, with effect at once; others who share the address are not touched."""
    for purpose in purposes:
        record_consent(person, email, purpose, act=Act.WITHDRAWN, page=page, language=language)


def is_wanted(person: Person, email: EmailAddress, purpose: str) -> bool:
    return bool(permission(person, email, purpose))
