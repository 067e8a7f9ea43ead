"""How do staff write a membership down for somebody?"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from pututu.giving.services.ledger import ask_payment
from pututu.membership.models import Joining, Membership, Plan
from pututu.membership.services.consents import note_membership_mail
from pututu.membership.services.renewals import part_for
from pututu.membership.services.terms import apply_for_membership
from pututu.people.models import AccessRecord, Person
from pututu.people.services import add_person, log_access


@transaction.atomic
def register_membership(
    holder: Person,
    plan: Plan,
    *,
    key: uuid.UUID,
    method: str,
    on: dt.date,
    others: Iterable[str] = (),
    giver: Person | None = None,
    by: Any,
) -> Membership:
    """Make a membership as from a paper form, with its payment to come; the same ``key`` again changes nothing.

    Where there is a ``giver``, they are asked for the money, and the holder is told when it came. Raises TooManyPeople.
    """
    if giver == holder:
        giver = None
    joining, is_new = Joining.objects.get_or_create(key=key)
    if not is_new and joining.membership:
        return joining.membership
    people = [add_person(name, by=by, language=holder.language) for name in others]
    membership = apply_for_membership(
        holder,
        plan,
        method=method,
        on=on,
        others=people,
        given_by=giver,
        given_to=holder.name if giver else "",
    )
    joining.membership = membership
    joining.save(update_fields=["membership"])
    payer = membership.payer
    for email in payer.addresses.all():
        note_membership_mail(payer, email, page="staff", language=payer.language)
    if plan.minor:
        parts = [part_for(membership)]
        ask_payment(
            payer, plan.price, method=method, key=joining.payment_key, asked_on=on, parts=parts, by=by
        )
    log_access(
        AccessRecord.Act.CHANGED, person=holder, by=by, fields=["membership"], detail=f"applied: {plan.slug}"
    )
    return membership
