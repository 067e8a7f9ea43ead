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
from pututu.giving.services.checkout import Begun, begin_payment
from pututu.membership.models import Joining, Membership, Plan
from pututu.membership.services.consents import note_membership_mail
from pututu.membership.services.mail import absolute, post
from pututu.membership.services.renewals import awaited_payment, keeps_mandate, part_for
from pututu.membership.services.terms import apply_for_membership
from pututu.people.models import EmailAddress, Person, Suppression
from pututu.people.rules import Purpose
from pututu.people.services import add_person, ask_consent, lift_suppression, permission, take_down


@dataclass(frozen=True, slots=True)
class Application:
    """What the join form said. ``consents`` are the purposes that were ticked, with the words that were read."""

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


@transaction.atomic
def join(application: Application, *, at: dt.datetime) -> Joining:
    """Make the membership that is applied for; the same key again changes nothing.

    Whoever is known by that name at that address is not written down twice, and a membership of the same plan that they
    hold is taken up again; what is known of them is left as it is, since anybody can fill the form in. Raises
    TooManyPeople or AddressError.
    """
    joining, is_new = Joining.objects.get_or_create(key=application.key)
    if not is_new:
        return joining
    holder, email = _holder(application)
    joining.membership = _membership(holder, application, on=timezone.localdate(at))
    joining.save(update_fields=["membership"])
    lift_suppression(email.address, reason=Suppression.Reason.ERASED)
    note_membership_mail(holder, email, page=application.page, language=application.language)
    _welcome(joining, holder, email, application)
    ask_consent(
        holder,
        email,
        application.consents,
        wording="\n".join(application.consents.values()),
        page=application.page,
        language=application.language,
    )
    return joining


def begin_to_pay(
    joining: Joining, *, method: str, language: str, on: dt.date, renews: bool = False
) -> Begun | None:
    """Ask for the price of what was joined; None where nothing is to be paid. Never inside a transaction.

    ``renews``: a card may be charged again. Who sends the form again, and has not paid yet, is told of the payment that
    is awaited already.
    """
    membership = joining.membership
    assert membership is not None, "a joining has its membership from the transaction that made it"
    if not membership.plan.minor:
        return None
    awaited = awaited_payment(membership, method)
    return begin_payment(
        membership.holder,
        membership.plan.price,
        method=method,
        parts=[part_for(membership)],
        key=awaited.key if awaited else joining.payment_key,
        on=on,
        checkout=Checkout(
            label=membership.plan.wording(language).name,
            language=language,
            return_url=absolute("joined", joining.uid, language=language),
            keeps_mandate=keeps_mandate(membership.plan, method, wants=renews),
        ),
    )


def payment_of(joining: Joining) -> Payment | None:
    """The payment that was asked for when this form was sent, or the one that was awaited already."""
    asked = Payment.objects.filter(key=joining.payment_key).select_related("payer").first()
    if asked or joining.membership is None:
        return asked
    about = Payment.objects.filter(
        shares__about=joining.membership.uid, asked_on__lte=timezone.localdate(joining.at)
    )
    return about.select_related("payer").order_by("-asked_on", "-pk").first()


def _holder(application: Application) -> tuple[Person, EmailAddress]:
    kind = Person.Kind.ORGANISATION if application.plan.kind == Plan.Kind.ORGANISATION else Person.Kind.PERSON
    return take_down(
        application.name,
        application.email,
        language=application.language,
        kind=kind,
        came_by=application.page[:200],
        **application.address,
    )


def _membership(holder: Person, application: Application, *, on: dt.date) -> Membership:
    held = Membership.objects.filter(holder=holder, plan=application.plan).with_facts().last()
    if held and not held.facts.is_without_end:
        return held
    others = [
        add_person(name, language=application.language, **application.address) for name in application.others
    ]
    return apply_for_membership(holder, application.plan, method=application.method, on=on, others=others)


def _welcome(joining: Joining, holder: Person, email: EmailAddress, application: Application) -> None:
    if not permission(holder, email, Purpose.MEMBERSHIP):
        return
    language = application.language
    post(
        email.address,
        "welcome",
        language=language,
        person=holder,
        plan=application.plan.wording(language),
        price=application.plan.price.words(language),
        url=absolute("joined", joining.uid, language=language),
        me=absolute("me", language=language),
    )
