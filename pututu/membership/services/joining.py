"""What happens when somebody sends the join form?"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from pututu.giving.models import Payment
from pututu.giving.providers.contract import Checkout
from pututu.giving.services.checkout import Begun, open_payment
from pututu.membership.models import Joining, Membership, Plan
from pututu.membership.services.consents import note_membership_mail, told_of_membership
from pututu.membership.services.gift_aid import Declared, declare_online
from pututu.membership.services.mail import absolute, post
from pututu.membership.services.renewals import ask_once, keeps_mandate
from pututu.membership.services.terms import apply_for_membership
from pututu.people.models import EmailAddress, Person
from pututu.people.rules import Purpose
from pututu.people.services import add_person, ask_consent, permission, take_down


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who gets a membership as a present, as the giver wrote it; ``email`` may be empty."""

    name: str
    language: str
    email: str = ""
    address: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Application:
    """What the join form said. ``consents`` are the purposes that were ticked, with the words that were read.

    ``name``, ``email`` and ``consents`` are of whoever filled it in, also where ``recipient`` gets the membership.
    """

    key: uuid.UUID
    plan: Plan
    method: str
    name: str
    email: str
    language: str
    page: str
    others: tuple[str, ...] = ()
    address: Mapping[str, str] = field(default_factory=dict)
    consents: Mapping[str, str] = field(default_factory=dict)
    recipient: Recipient | None = None
    declared: Declared | None = None


@transaction.atomic
def join(application: Application, *, at: dt.datetime) -> Joining:
    """Make the membership that is applied for; the same key again changes nothing.

    Whoever is known by that name at that address is not written down twice, and a membership of the same plan that they
    hold is taken up again; what is known of them is left as it is, since anybody can fill the form in. Raises
    TooManyPeople or AddressError. Somebody who was erased is asked by one letter whether it was they; nothing else goes
    to the address before they say so.
    """
    joining, is_new = Joining.objects.get_or_create(key=application.key)
    if not is_new:
        return joining
    person, email = _applicant(application)
    on = timezone.localdate(at)
    joining.membership = (
        _present(person, application, application.recipient, on=on)
        if application.recipient
        else _membership(person, application, on=on)
    )
    joining.save(update_fields=["membership"])
    note_membership_mail(person, email, page=application.page, language=application.language)
    _welcome(joining, person, email, application)
    if application.declared and person.created_at >= joining.at:
        # Whoever is known declares on their own page: anybody can fill this form in, with anybody's name.
        declare_online(person, wording=application.declared.wording, on=on)
    ask_consent(
        person,
        email,
        application.consents,
        wording="\n".join(application.consents.values()),
        page=application.page,
        language=application.language,
        service={Purpose.MEMBERSHIP: told_of_membership(application.language)},
    )
    return joining


def begin_to_pay(
    joining: Joining,
    *,
    method: str,
    language: str,
    on: dt.date,
    is_present: bool = False,
    renews: bool = False,
) -> Begun | None:
    """Ask for the price of what was joined; None where nothing is to be paid. Never inside a transaction.

    Who sends the form again, and has not paid yet, is told of the payment that is awaited already. The giver pays for a
    present; whoever joins pays for themselves, also where they were given that membership before. ``renews``: a card
    may be charged again.
    """
    membership = joining.membership
    assert membership is not None, "a joining has its membership from the transaction that made it"
    if not membership.plan.minor:
        return None
    payer = membership.payer if is_present else membership.holder
    keeps = keeps_mandate(membership.plan, method, wants=renews)
    payment = ask_once(membership, method, payer=payer, key=joining.payment_key, on=on, keeps_mandate=keeps)
    Joining.objects.filter(pk=joining.pk).update(payment=payment)
    label = membership.plan.wording(language).name
    return_url = absolute("joined", joining.uid, language=language)
    return open_payment(payment, Checkout(label, language, return_url, keeps_mandate=keeps))


def payment_of(joining: Joining) -> Payment | None:
    """The payment that was asked for when this form was sent, or the one of the same payer that was awaited already.

    Where that was given up, as for another plan, what is awaited instead. Never somebody else's for the same
    membership, such as the giver's of a present.
    """
    asked = joining.payment or Payment.objects.filter(key=joining.payment_key).select_related("payer").first()
    if asked is None or joining.membership is None or asked.state != Payment.State.CANCELLED:
        return asked
    instead = Payment.objects.pending().filter(payer=asked.payer, shares__about=joining.membership.uid)
    return instead.select_related("payer").order_by("pk").last() or asked


def _kind(application: Application) -> str:
    """An organisation's plan is held by one; whoever gives it is a person like others."""
    is_of_one = application.plan.kind == Plan.Kind.ORGANISATION
    return Person.Kind.ORGANISATION if is_of_one else Person.Kind.PERSON


def _applicant(application: Application) -> tuple[Person, EmailAddress]:
    kind = Person.Kind.PERSON if application.recipient else _kind(application)
    return take_down(
        application.name,
        application.email,
        language=application.language,
        kind=kind,
        came_by=application.page[:200],
        **application.address,
        **(application.declared.names if application.declared else {}),
    )


def _membership(holder: Person, application: Application, *, on: dt.date) -> Membership:
    held = Membership.objects.filter(holder=holder, plan=application.plan).with_facts().last()
    if held and not held.facts.is_without_end:
        return held
    others = _others(application, language=application.language, address=application.address)
    return apply_for_membership(holder, application.plan, method=application.method, on=on, others=others)


def _others(application: Application, *, language: str, address: Mapping[str, str]) -> list[Person]:
    return [add_person(name, language=language, **address) for name in application.others]


def _present(giver: Person, application: Application, to: Recipient, *, on: dt.date) -> Membership:
    """The membership that ``giver`` gives: one of its own, never one that the recipient has of themselves.

    So a giver sees nothing of what is known of the recipient, not even whether anything is.
    """
    facts = {"language": to.language, "kind": _kind(application), "came_by": "present", **to.address}
    holder = take_down(to.name, to.email, **facts)[0] if to.email else None
    given = Membership.objects.filter(given_by=giver, plan=application.plan)
    known = given.filter(holder=holder) if holder else given.filter(given_to=to.name)
    found = known.with_facts().last()
    if found and not found.facts.is_without_end:
        return found
    return apply_for_membership(
        holder or add_person(to.name, **facts),
        application.plan,
        method=application.method,
        on=on,
        others=_others(application, language=to.language, address=to.address),
        given_by=giver,
        given_to=to.name,
    )


def _welcome(joining: Joining, holder: Person, email: EmailAddress, application: Application) -> None:
    if not permission(holder, email, Purpose.MEMBERSHIP):
        return
    language = application.language
    post(
        email.address,
        "present_asked" if application.recipient else "welcome",
        language=language,
        person=holder,
        plan=application.plan.wording(language),
        price=application.plan.price.words(language),
        recipient=application.recipient.name if application.recipient else "",
        url=absolute("joined", joining.uid, language=language),
        me=absolute("me", language=language),
    )
