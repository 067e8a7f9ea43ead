"""To which plan can members go over by themselves, and what becomes of money that is awaited for the old one?"""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from pututu.giving.models import Payment
from pututu.giving.services.ledger import ask_payment, cancel_payment
from pututu.membership.models import Membership, Plan
from pututu.membership.services.renewals import part_for
from pututu.membership.services.terms import change_plan


class DoesNotFit(ValueError):
    """The plan is not offered to this member."""


def plans_that_fit(membership: Membership) -> list[Plan]:
    """The other offered plans that are big enough for who belongs now, and are paid in the member's way."""
    belonging = membership.belongings.filter(until=None).count()
    offered = Plan.objects.filter(is_offered=True, minor__gt=0, people_at_most__gte=belonging)
    is_of_one = membership.plan.kind == Plan.Kind.ORGANISATION
    return [
        each
        for each in offered.exclude(pk=membership.plan_id).prefetch_related("wordings")
        if each.allows(membership.method) and (each.kind == Plan.Kind.ORGANISATION) == is_of_one
    ]


@transaction.atomic
def go_over(membership: Membership, slug: str, *, on: dt.date) -> bool:
    """Have the next term be of another plan, as its holder wishes; False where it is that already.

    What is awaited for the old price is awaited for the new one. Raises DoesNotFit or TooManyPeople.
    """
    if slug == membership.plan.slug:
        return False
    plan = next((each for each in plans_that_fit(membership) if each.slug == slug), None)
    if plan is None:
        raise DoesNotFit(slug)
    changed = change_plan(membership, plan, by=None)
    membership.refresh_from_db()
    awaited = Payment.objects.pending().filter(provider="offline", shares__about=membership.uid).distinct()
    for payment in awaited.exclude(minor=plan.minor):
        cancel_payment(payment, reason=f"Another plan: {plan.slug}")
        ask_payment(
            payment.payer,
            plan.price,
            method=payment.method,
            key=f"plan:{uuid.uuid4()}",
            asked_on=on,
            parts=[part_for(membership)],
        )
    return changed
