"""To which plan can members go over by themselves, and what becomes of money that is awaited for the old one?"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db import transaction

from pututu.giving.models import Payment, Share
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
    return put_on_plan(membership, plan, on=on, by=None)


@transaction.atomic
def put_on_plan(membership: Membership, plan: Plan, *, on: dt.date, by: Any) -> bool:
    """Have the next term be of another plan, and await its price, not the old one; False where it is that already.

    Money that comes at the same moment has come: nothing more is asked for. Raises TooManyPeople.
    """
    awaited = _awaited(membership)
    changed = change_plan(membership, plan, by=by)
    membership.refresh_from_db()
    for payment in awaited if changed else ():
        if payment.minor != plan.minor and cancel_payment(
            payment, reason=f"Another plan: {plan.slug}", by=by
        ):
            _ask_anew(payment, membership, on=on, by=by)
    return changed


def _awaited(membership: Membership) -> list[Payment]:
    """The money that is awaited without a provider, kept from others before the membership is, as booking it does."""
    shares = Share.objects.filter(about=membership.uid).values("payment")
    rows = Payment.objects.select_for_update().pending().filter(provider="offline", pk__in=shares)
    return list(rows.order_by("pk"))


def _ask_anew(payment: Payment, membership: Membership, *, on: dt.date, by: Any) -> None:
    if membership.plan.minor:
        ask_payment(
            payment.payer,
            membership.plan.price,
            method=payment.method,
            key=f"plan:{uuid.uuid4()}",
            asked_on=on,
            parts=[part_for(membership)],
            by=by,
        )
