"""What can members do for themselves?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from pututu.giving.providers.contract import Checkout
from pututu.giving.services.checkout import Begun, open_payment
from pututu.giving.services.mandates import stop_mandate
from pututu.membership.models import Membership, MembershipRules
from pututu.membership.rules import Status, status_on
from pututu.membership.services.limits import LINKS_TO_ONE_ADDRESS
from pututu.membership.services.links import SIGN_IN_FOR, make_link, use_link
from pututu.membership.services.mail import absolute, post
from pututu.membership.services.renewals import (
    UNANNOUNCED,
    ask_once,
    keeps_mandate,
)
from pututu.membership.services.terms import TooManyPeople, end_membership
from pututu.people.models import AccessRecord, EmailAddress, Person
from pututu.people.rules import fold_address
from pututu.people.services import add_person, is_suppressed, log_access
from pututu.people.services.limits import may_try


class NothingToPay(Exception):
    """The membership costs nothing, has no end, or its money is on its way: there is nothing to renew."""


def people_at(email: EmailAddress) -> QuerySet[Person, Any]:
    """Whoever of the living reads mail at this address."""
    return Person.objects.known().living().filter(addresses=email)


@transaction.atomic
def ask_sign_in(address: str, *, language: str, at: dt.datetime) -> None:
    """Mail a link that signs in whoever reads this mailbox; nothing tells whether the address is known.

    A row is written for an unknown address too, so that both take as long. Raises AddressError.
    """
    folded = fold_address(address)
    if not may_try(LINKS_TO_ONE_ADDRESS, folded, at=at):
        return
    known = EmailAddress.objects.filter(folded=folded).first()
    email = known if known and people_at(known).exists() and not is_suppressed(address) else None
    token = make_link(email, at=at)
    if email:
        minutes = int(SIGN_IN_FOR.total_seconds() // 60)
        url = absolute("me-in", token, language=language)
        post(email.address, "sign_in", language=language, url=url, minutes=minutes)


def sign_in(token: str, *, at: dt.datetime) -> EmailAddress | None:
    """Use a link up and return the address whose mailbox it went to; None for a link that is over or used."""
    link = use_link(token, at=at)
    return link.email if link else None


def renew(
    membership: Membership,
    *,
    method: str,
    key: str,
    language: str,
    on: dt.date,
    return_url: str,
    payer: Person | None = None,
    renews: bool = False,
) -> Begun:
    """Begin to pay for the next term; the same ``key`` twice is one payment. Never inside a transaction.

    Where the same is awaited already by the same way to pay, that is what the member is told of. ``payer`` is the
    holder, or who gives the membership. ``renews``: a card may be charged again. Raises NothingToPay, also while it is
    being taken by itself.
    """
    if not membership.plan.minor or membership.facts.is_without_end or membership.is_being_taken:
        raise NothingToPay
    payer = payer or membership.holder
    keeps = keeps_mandate(membership.plan, method, wants=renews)
    payment = ask_once(
        membership, method, payer=payer, key=f"renew:{membership.uid}:{key}", on=on, keeps_mandate=keeps
    )
    label = membership.plan.wording(language).name
    return open_payment(payment, Checkout(label, language, return_url, keeps_mandate=keeps))


@transaction.atomic
def change_details(person: Person, said: Mapping[str, str]) -> list[str]:
    """Write down what a person says of their own post and language; return the names of what changed."""
    changed = [name for name, value in said.items() if getattr(person, name) != value]
    for name in changed:
        setattr(person, name, said[name])
    if changed:
        person.save(update_fields=[*changed, "changed_at"])
        log_access(AccessRecord.Act.CHANGED, person=person, by=None, fields=changed, detail="own page")
    return changed


@transaction.atomic
def change_method(membership: Membership, *, method: str) -> bool:
    """Note by which way the member means to pay from now on; what is awaited stays awaited.

    Who means to send the money lets us take nothing more by itself; another card or account takes the place of the one
    there is once it stands.
    """
    changed = Membership.objects.filter(pk=membership.pk).exclude(method=method).update(method=method)
    if changed and membership.mandate and method in UNANNOUNCED:
        stop_mandate(membership.mandate, on=timezone.localdate())
    if changed:
        log_access(
            AccessRecord.Act.CHANGED, person=membership.holder, by=None, fields=["method"], detail="own page"
        )
    return bool(changed)


@transaction.atomic
def add_to_household(membership: Membership, *, name: str, on: dt.date, by: Any = None) -> Person | None:
    """Let somebody else belong too; None where somebody of that name does already. Raises TooManyPeople."""
    locked = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("plan", "holder")
        .get(pk=membership.pk)
    )
    present = list(locked.belongings.filter(until=None).select_related("person"))
    if any(each.person.name.casefold() == name.strip().casefold() for each in present):
        return None
    if len(present) >= locked.plan.people_at_most:
        raise TooManyPeople(f"{locked.plan} is for {locked.plan.people_at_most} at most.")
    person = add_person(name, by=by, language=locked.holder.language)
    locked.belongings.create(person=person, since=on)
    return person


@transaction.atomic
def take_from_household(membership: Membership, *, person_id: int, on: dt.date) -> bool:
    """Let somebody belong no longer, but never the holder; False where they did not."""
    others = membership.belongings.filter(person_id=person_id, until=None).exclude(
        person_id=membership.holder_id
    )
    return bool(others.update(until=on))


@transaction.atomic
def leave(membership: Membership, *, on: dt.date) -> bool:
    """Give a membership up at its holder's wish; False where that was done already."""
    locked = Membership.objects.select_for_update(of=("self",)).select_related("holder").get(pk=membership.pk)
    if status_on(on, locked.facts, MembershipRules.load().status_rules) in (Status.RESIGNED, Status.EXPELLED):
        return False
    end_membership(locked, status=Status.RESIGNED, on=on, reason="asked for it")
    log_access(AccessRecord.Act.CHANGED, person=locked.holder, by=None, fields=["membership"], detail="left")
    return True
