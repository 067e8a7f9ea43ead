"""On what ground are members written to, and how do they agree to more on their own page?"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from pututu.people.models import EmailAddress, Person
from pututu.people.rules import Act, Purpose
from pututu.people.services import permission, record_consent
from pututu.people.services.consent import note_service


def note_membership_mail(person: Person, email: EmailAddress, *, page: str, language: str) -> None:
    """Note that a member must be told of the membership at this address; once."""
    note_service(person, email, Purpose.MEMBERSHIP, page=page, language=language)


def told_of_membership(language: str) -> str:
    """What somebody is asked to confirm whose address is closed, before they are told of their membership there."""
    with translation.override(language):
        return _("Letters about the membership that was asked for here: reminders and receipts")


@transaction.atomic
def give_consent(
    person: Person, email: EmailAddress, wordings: Mapping[str, str], *, page: str, language: str
) -> None:
    """Agree at once, for an address whose mailbox the person has just shown to read; what is agreed to stays."""
    for purpose, wording in wordings.items():
        if not is_wanted(person, email, purpose):
            record_consent(
                person, email, purpose, act=Act.GIVEN, wording=wording, page=page, language=language
            )


def is_wanted(person: Person, email: EmailAddress, purpose: str) -> bool:
    return bool(permission(person, email, purpose))
