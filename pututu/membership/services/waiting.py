"""Which money for memberships bought nothing by itself, and why?"""

from __future__ import annotations

from dataclasses import dataclass

from pututu.giving.models import Payment, Purpose, Share
from pututu.giving.services.ledger import uses_of
from pututu.membership.models import Membership
from pututu.membership.rules import OUTRIGHT, Objection
from pututu.membership.services.terms import objection_to


@dataclass(frozen=True, slots=True)
class Waiting:
    """Received money that is for a membership and bought no term; ``objection`` says why, or is None."""

    payment: Payment
    membership: Membership
    objection: Objection | None

    @property
    def may_be_given(self) -> bool:
        return self.objection not in OUTRIGHT


def waiting_money(*, limit: int = 200) -> list[Waiting]:
    """The money that waits for a person, the oldest first; what went back wholly waits no more."""
    about = Share.objects.filter(purpose=Purpose.MEMBERSHIP, about__isnull=False).values("payment")
    payments = Payment.objects.confirmed().filter(pk__in=about, term=None).select_related("payer")
    found = [_waiting(each) for each in payments.order_by("received_on", "pk")[:limit]]
    return [each for each in found if each and each.objection is not Objection.WENT_BACK]


def _waiting(payment: Payment) -> Waiting | None:
    about = [use.about for use in uses_of(payment) if use.purpose == Purpose.MEMBERSHIP and use.about]
    membership = Membership.objects.with_facts().filter(uid__in=about).first()
    return Waiting(payment, membership, objection_to(payment, membership)) if membership else None
