"""How do members change the addresses at which they are reached?

A new address counts when the same person, signed in, follows the link that went to it. Whoever shares an address keeps
it. What was agreed to is of an address and is not carried over: they may agree anew, with the same press.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping

from django.db import transaction

from pututu.membership.models import AddressChange
from pututu.membership.services.consents import give_consent, is_wanted, note_membership_mail
from pututu.membership.services.limits import ADDRESSES_OF_ONE_PERSON, LINKS_TO_ONE_ADDRESS
from pututu.membership.services.links import token_hash
from pututu.membership.services.mail import absolute, post, warn
from pututu.people.models import AccessRecord, EmailAddress, Person
from pututu.people.rules import Purpose, fold_address
from pututu.people.services import give_address, is_suppressed, log_access, take_address
from pututu.people.services.limits import may_try
from pututu.people.services.persons import set_address_state

CONFIRM_FOR = dt.timedelta(hours=24)
KEPT_FOR = dt.timedelta(days=30)


class LastAddress(Exception):
    """Without this address its person cannot sign in any more: they must say that they mean it."""


@transaction.atomic
def ask_new_address(
    person: Person, address: str, *, replaces: EmailAddress | None, language: str, at: dt.datetime
) -> None:
    """Mail a link to a new address, which confirms it; the answer is the same whoever has it.

    An earlier link of the same person is over then. Nothing goes to an address that must not be written to. Raises
    AddressError.
    """
    may = may_try(ADDRESSES_OF_ONE_PERSON, str(person.uid), at=at)
    if not may or not may_try(LINKS_TO_ONE_ADDRESS, fold_address(address), at=at):
        return
    AddressChange.objects.filter(expires_at__lt=at - KEPT_FOR).delete()
    AddressChange.objects.filter(person=person, used_at=None).delete()
    token = secrets.token_urlsafe(32)
    AddressChange.objects.create(
        token_hash=token_hash(token),
        person=person,
        address=address,
        replaces=replaces,
        expires_at=at + CONFIRM_FOR,
    )
    if _may_be_asked(address):
        post(address, "new_address", language=language, url=absolute("me-address", token, language=language))


def _may_be_asked(address: str) -> bool:
    known = EmailAddress.objects.filter(folded=fold_address(address)).first()
    has_complained = known is not None and known.state == EmailAddress.State.COMPLAINED
    return not has_complained and not is_suppressed(address)


def usable_change(token: str, person: Person, *, at: dt.datetime) -> AddressChange | None:
    """The change that a link stands for, if it is this person's and can still be made; looking uses nothing up."""
    found = AddressChange.objects.filter(token_hash=token_hash(token), person=person, used_at=None)
    return found.filter(expires_at__gt=at).select_related("replaces").first()


@transaction.atomic
def confirm_address(
    token: str, person: Person, wordings: Mapping[str, str], *, page: str, language: str, at: dt.datetime
) -> EmailAddress | None:
    """Make the change, once; agree to what was ticked (``wordings``, by purpose). None for a link that is over.

    The addresses that were known before are told.
    """
    change = usable_change(token, person, at=at)
    if change is None or not AddressChange.objects.filter(pk=change.pk, used_at=None).update(used_at=at):
        return None
    before = list(person.addresses.all())
    email = give_address(person, change.address)
    if email.state == EmailAddress.State.BOUNCED:
        set_address_state(email, EmailAddress.State.GOOD, reason="a link that went there was followed")
    if any(is_wanted(person, each, Purpose.MEMBERSHIP) for each in before):
        note_membership_mail(person, email, page=page, language=language)
    give_consent(person, email, wordings, page=page, language=language)
    if change.replaces and change.replaces != email:
        _put_in_place(person, change.replaces, email)
    _note(person, before)
    return email


def _put_in_place(person: Person, old: EmailAddress, new: EmailAddress) -> None:
    """Have the new address stand where the old one stood, which is no longer this person's."""
    order = person.person_emails.filter(email=old).values_list("order", flat=True).first()
    if order is not None:
        person.person_emails.filter(email=new).update(order=order)
    take_address(person, old)


@transaction.atomic
def drop_address(person: Person, email: EmailAddress, *, is_meant: bool) -> None:
    """Take an address of one's own out; what others have it for stays. Raises LastAddress unless that is meant."""
    Person.objects.select_for_update().get(pk=person.pk)
    held = list(person.addresses.all())
    if email not in held:
        return
    if held == [email] and not is_meant:
        raise LastAddress
    take_address(person, email)
    _note(person, held)


def _note(person: Person, told: list[EmailAddress]) -> None:
    """Write the change down, and tell the addresses that were known of it."""
    log_access(AccessRecord.Act.CHANGED, person=person, by=None, fields=["addresses"], detail="own page")
    warn(person, told, "address_changed")
