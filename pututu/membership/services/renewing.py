"""How does a membership come to renew by itself, and how does that stop?"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from pututu.giving.models import Mandate, Payment
from pututu.giving.models import Purpose as MoneyPurpose
from pututu.giving.services.ledger import uses_of
from pututu.giving.services.mandates import end_mandate, resume_mandate, stop_mandate
from pututu.membership.models import Membership
from pututu.membership.rules import Status
from pututu.people.models import AccessRecord
from pututu.people.services import log_access


@transaction.atomic
def renew_under(payment: Payment, mandate: Mandate) -> Membership | None:
    """Have the membership that a payment is for renew by itself under the mandate that came with it.

    The mandate that it had is ended: the new way stands. None where the payment is for no membership.
    """
    about = [use.about for use in uses_of(payment) if use.purpose == MoneyPurpose.MEMBERSHIP and use.about]
    rows = Membership.objects.select_for_update(of=("self",)).select_related("holder", "mandate")
    membership = rows.filter(uid__in=about).first()
    if membership is None:
        return None
    if _left_since(membership, payment):
        end_mandate(mandate, on=timezone.localdate(), why="The membership ended.")
        return None
    before = membership.mandate
    if before and before.pk != mandate.pk:
        end_mandate(before, on=timezone.localdate(), why="Another way to pay took its place.")
    membership.mandate, membership.method = mandate, mandate.method
    membership.save(update_fields=["mandate", "method"])
    _log(membership, "renews by itself")
    return membership


def _left_since(membership: Membership, payment: Payment) -> bool:
    """Whether the member left after the payment was asked for: then they did not mean to stay by it."""
    facts = membership.facts
    left = any(each.on > payment.asked_on or each.status is Status.EXPELLED for each in facts.endings)
    return left or facts.died_on is not None


@transaction.atomic
def stop_renewing(membership: Membership, *, on: dt.date) -> bool:
    """Take nothing more by itself, at the member's wish; False where that is so already."""
    if membership.mandate is None or not stop_mandate(membership.mandate, on=on):
        return False
    _log(membership, "renews by itself no more")
    return True


@transaction.atomic
def take_up_renewing(membership: Membership) -> bool:
    """Renew by itself again, which was stopped not long ago; False where there is nothing to take up."""
    if membership.mandate is None or not resume_mandate(membership.mandate):
        return False
    _log(membership, "renews by itself again")
    return True


def _log(membership: Membership, act: str) -> None:
    log_access(AccessRecord.Act.CHANGED, person=membership.holder, by=None, fields=["membership"], detail=act)
