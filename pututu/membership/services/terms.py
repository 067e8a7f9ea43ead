"""How does somebody join, how does money become a term, and how does a membership end?"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from pututu.giving.models import Payment
from pututu.giving.models import Purpose as MoneyPurpose
from pututu.giving.services.ledger import uses_of
from pututu.giving.services.mandates import end_mandate
from pututu.lib.money import Money
from pututu.membership import rules
from pututu.membership.models import Belonging, Decision, Membership, MembershipRules, Plan, Term
from pututu.membership.rules import OUTRIGHT, Objection, Offer, Status, objection, term_after
from pututu.membership.services.presents import stop_giving, tell_of_present
from pututu.people.models import AccessRecord, Person
from pututu.people.services import log_access


class TooManyPeople(ValueError):
    """More people than the plan allows."""


class NeedsAReason(ValueError):
    """A decision about somebody's membership must say why, and until when unless it is an ending."""


@transaction.atomic
def apply_for_membership(
    holder: Person,
    plan: Plan,
    *,
    method: str,
    on: dt.date,
    others: Iterable[Person] = (),
    given_by: Person | None = None,
    given_to: str = "",
) -> Membership:
    """Make a membership that nothing is paid for yet: it is "applied". Raises TooManyPeople."""
    people = [holder, *(person for person in others if person != holder)]
    if len(people) > plan.people_at_most:
        raise TooManyPeople(f"{plan} is for {plan.people_at_most} at most, not {len(people)}.")
    membership = Membership.objects.create(
        holder=holder, plan=plan, method=method, applied_on=on, given_by=given_by, given_to=given_to
    )
    Belonging.objects.bulk_create(
        Belonging(membership=membership, person=person, since=on) for person in people
    )
    return membership


@transaction.atomic
def honour_payment(payment: Payment, *, decided_by: Any = None) -> Term | None:
    """Give the term that a received payment buys; the one it bought already, however often it is asked.

    None where the payment is for no membership, or where something speaks against it (``objection_to``): such money
    waits for a person, who may set most objections aside by deciding (``decided_by``).
    """
    membership = _membership_paid_by(_as_it_stands(payment))
    found = Term.objects.filter(payment=payment).first()
    if membership is None or found:
        return found
    against = objection_to(payment, membership)
    if against and (decided_by is None or against in OUTRIGHT):
        return None
    term = term_after(
        membership.facts.terms,
        membership.plan.tariff,
        paid_on=_came_on(payment),
        rules=MembershipRules.load().status_rules,
    )
    given = _give(term, membership, payment=payment)
    if membership.given_by and payment.payer_id == membership.holder_id:
        stop_giving(membership, membership.given_by)  # whoever got it pays for it themselves now
    else:
        tell_of_present(membership, given)
    _undo_leaving(membership, on=_came_on(payment))
    return given


def _undo_leaving(membership: Membership, *, on: dt.date) -> None:
    """Let a giving-up hold no longer where the member has paid to come back before the time paid for was over.

    Their new term begins after the old one, so that they lose nothing; without this they would not count until then.
    """
    if rules.status_on(on, membership.facts, MembershipRules.load().status_rules) is Status.RESIGNED:
        left = membership.decisions.filter(status=Status.RESIGNED, first__lte=on, revoked_at=None)
        left.update(revoked_at=timezone.now())


def objection_to(payment: Payment, membership: Membership) -> Objection | None:
    """Why the part of a received payment that is for ``membership`` buys no term by itself, or None."""
    paid = sum(minor for use, minor in uses_of(payment).items() if use.about == membership.uid)
    is_present = payment.payer_id is not None and payment.payer_id == membership.given_by_id
    offer = Offer(Money(paid, payment.currency), payment.asked_on, _came_on(payment), is_present=is_present)
    return objection(offer, membership.plan.price, membership.facts, MembershipRules.load().status_rules)


def _as_it_stands(payment: Payment) -> Payment:
    """The payment kept from others, so that nothing of it goes back meanwhile."""
    now = Payment.objects.select_for_update().only("state", "received_on").get(pk=payment.pk)
    payment.state, payment.received_on = now.state, now.received_on
    return payment


def _membership_paid_by(payment: Payment) -> Membership | None:
    """The one membership that a received payment is for, kept from others until the transaction ends."""
    if payment.state != Payment.State.CONFIRMED:
        return None
    about = [use.about for use in uses_of(payment) if use.purpose == MoneyPurpose.MEMBERSHIP and use.about]
    if len(about) != 1:
        return None
    return (
        Membership.objects.select_for_update(of=("self",))
        .select_related("plan", "holder", "given_by")
        .filter(uid=about[0])
        .first()
    )


def _came_on(payment: Payment) -> dt.date:
    assert payment.received_on, "the database itself holds that a confirmed payment has its day"
    return payment.received_on


def _give(term: rules.Term, membership: Membership, **columns: Any) -> Term:
    return Term.objects.create(
        membership=membership,
        plan=membership.plan,
        first=term.period.first,
        last=term.period.last,
        anchor=term.anchor,
        **columns,
    )


@transaction.atomic
def revoke_term_of(payment: Payment, *, reason: str) -> Term | None:
    """Take back the term that a payment bought, because the money went back; None where it bought none.

    Later terms that other payments bought stay where they are.
    """
    term = Term.objects.select_for_update().filter(payment=payment, revoked_at=None).first()
    if term is None:
        return None
    term.revoked_at, term.revoked_why = timezone.now(), reason[:300]
    term.save(update_fields=["revoked_at", "revoked_why"])
    return term


@transaction.atomic
def grant_term(
    membership: Membership, *, on: dt.date, by: Any, key: uuid.UUID | None = None, reason: str = ""
) -> Term:
    """Give a term without money, as honorary members have it; once for each ``key``. Raises AlreadyForLife."""
    locked = _locked(membership)
    found = Term.objects.filter(key=key).first() if key else None
    if found:
        return found
    term = term_after(
        locked.facts.terms, locked.plan.tariff, paid_on=on, rules=MembershipRules.load().status_rules
    )
    _log(locked, "term granted", reason, by=by)
    return _give(term, locked, ground=Term.Ground.GRANTED, key=key)


# --- decisions


@transaction.atomic
def end_membership(
    membership: Membership,
    *,
    status: Status,
    on: dt.date,
    reason: str,
    by: Any = None,
    key: uuid.UUID | None = None,
) -> Decision:
    """Write down a giving-up or an expulsion from ``on``; revoke terms that would begin later. Raises NeedsAReason."""
    if not reason.strip() or status not in (Status.RESIGNED, Status.EXPELLED):
        raise NeedsAReason("Say why the membership ends, and whether it was given up or taken away.")
    locked = _locked(membership)
    found = Decision.objects.filter(key=key).first() if key else None
    if found:
        return found
    later = locked.terms.filter(revoked_at=None, first__gt=on)
    later.update(revoked_at=timezone.now(), revoked_why=reason[:300])
    if locked.mandate:
        end_mandate(locked.mandate, on=timezone.localdate(), why="The membership ended.")
    return _decide(locked, status, on, None, reason, by=by, key=key)


@transaction.atomic
def override_status(
    membership: Membership,
    *,
    status: Status,
    first: dt.date,
    last: dt.date,
    reason: str,
    by: Any,
    key: uuid.UUID | None = None,
) -> Decision:
    """Say what the status is from ``first`` to ``last``. Raises NeedsAReason without a reason or with an end before."""
    if not reason.strip() or last < first:
        raise NeedsAReason("An override needs a reason, and an end that is not before its beginning.")
    locked = _locked(membership)
    found = Decision.objects.filter(key=key).first() if key else None
    return found or _decide(locked, status, first, last, reason, by=by, key=key)


@transaction.atomic
def revoke_decision(decision: Decision, *, by: Any) -> bool:
    """Let a decision hold no longer; False where it did not hold already. Terms that an ending revoked stay so."""
    revoked = Decision.objects.filter(pk=decision.pk, revoked_at=None).update(revoked_at=timezone.now())
    if revoked:
        _log(decision.membership, "decision revoked", decision.reason, by=by)
    return bool(revoked)


@transaction.atomic
def change_plan(membership: Membership, plan: Plan, *, by: Any) -> bool:
    """Have the next term be of another plan; terms that there are stay. False where it is that plan already.

    Raises TooManyPeople where more belong than the plan is for.
    """
    locked = _locked(membership)
    if locked.plan_id == plan.pk:
        return False
    belonging = locked.belongings.filter(until=None).count()
    if belonging > plan.people_at_most:
        raise TooManyPeople(f"{plan} is for {plan.people_at_most} at most, not {belonging}.")
    locked.plan = plan
    locked.save(update_fields=["plan"])
    _log(locked, "plan changed", plan.slug, by=by)
    return True


def _locked(membership: Membership) -> Membership:
    """The membership as it is now, kept from others until the transaction ends."""
    rows = Membership.objects.select_for_update(of=("self",)).select_related("plan", "holder")
    return rows.get(pk=membership.pk)


def _decide(
    membership: Membership,
    status: Status,
    first: dt.date,
    last: dt.date | None,
    reason: str,
    *,
    by: Any,
    key: Any,
) -> Decision:
    _log(membership, f"decided: {status}", reason, by=by)
    return Decision.objects.create(
        membership=membership, status=status, first=first, last=last, reason=reason[:300], by=by, key=key
    )


def _log(membership: Membership, act: str, detail: str, *, by: Any) -> None:
    """Note in the log of people what the staff did to somebody's membership."""
    log_access(
        AccessRecord.Act.CHANGED,
        person=membership.holder,
        by=by,
        fields=["membership"],
        detail=f"{act}. {detail}",
    )
