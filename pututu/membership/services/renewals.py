"""For which renewals is money on its way, and how does a member begin to pay for one?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Q

from pututu.giving.models import Method, Payment, Purpose, Share
from pututu.giving.rules import Part, Use
from pututu.giving.services.checkout import ask_by
from pututu.giving.services.ledger import ask_payment
from pututu.membership.models import Membership, MembershipRules, Plan
from pututu.membership.rules import awaited_renewal
from pututu.people.models import Person

UNANNOUNCED = (Method.CHEQUE, Method.BANK_TRANSFER, Method.STANDING_ORDER)
"""Ways to pay by which money comes on the member's own account, so that it must be awaited."""


RENEWS_ITSELF = Q(mandate__isnull=False, mandate__ended_on=None, mandate__stopped_on=None)


def await_renewals(today: dt.date) -> list[Payment]:
    """Write down the payments of next terms that are to come now; return the new ones. Repeatable: once for each end.

    Where a payment for the membership is awaited already, as after the member renewed, none is added.
    """
    rules = MembershipRules.load()
    near = Q(
        terms__revoked_at=None,
        terms__last__range=(today - dt.timedelta(rules.grace_days), today + dt.timedelta(rules.renewal_days)),
    )
    payable = Membership.objects.filter(near, method__in=UNANNOUNCED, plan__minor__gt=0)
    found = payable.exclude(RENEWS_ITSELF).distinct().with_facts()
    due = [(each, end) for each in found if (end := _awaited_end(each, today, rules))]
    asked = (_await(each, today, rules) for each, _end in _not_asked_for(due))
    return [payment for payment in asked if payment]


def _awaited_end(membership: Membership, today: dt.date, rules: MembershipRules) -> dt.date | None:
    return awaited_renewal(today, membership.facts, rules.status_rules, days_before=rules.renewal_days)


def _not_asked_for(due: Iterable[tuple[Membership, dt.date]]) -> Iterator[tuple[Membership, dt.date]]:
    rows = list(due)
    keys = set(
        Payment.objects.filter(key__in=[renewal_key(*row) for row in rows]).values_list("key", flat=True)
    )
    shares = Share.objects.filter(about__in=[each.uid for each, _end in rows], payment__state="pending")
    pending = set(shares.values_list("about", flat=True))
    for membership, end in rows:
        if renewal_key(membership, end) not in keys and membership.uid not in pending:
            yield membership, end


def renewal_key(membership: Membership, end: dt.date) -> str:
    """By which a next term is asked for once; of the holder anew, where somebody stopped giving it."""
    by_whom = "" if membership.payer == membership.holder else ":present"
    return f"renewal:{membership.uid}:{end}{by_whom}"


@transaction.atomic
def _await(seen: Membership, today: dt.date, rules: MembershipRules) -> Payment | None:
    """Ask for the next term, unless the member renewed, left or paid since we looked; they wait, or we do."""
    list(Membership.objects.select_for_update(of=("self",)).filter(pk=seen.pk))
    membership = Membership.objects.with_facts().get(pk=seen.pk)
    end = _awaited_end(membership, today, rules)
    if end is None or not list(_not_asked_for([(membership, end)])):
        return None
    return ask_payment(
        membership.payer,
        membership.plan.price,
        method=membership.method,
        key=renewal_key(membership, end),
        asked_on=today,
        parts=[part_for(membership)],
    )


def part_for(membership: Membership) -> Part:
    """The plan's whole price, for this membership."""
    return Part(membership.plan.minor, Use(Purpose.MEMBERSHIP, about=membership.uid))


def keeps_mandate(plan: Plan, method: str, *, wants: bool) -> bool:
    """Whether a payment lets us take the next one too: a Direct Debit does, a card where its holder ticked that."""
    ends = plan.months is not None or plan.year_begins_month is not None
    return ends and (method == Method.DIRECT_DEBIT or (method == Method.CARD and wants))


@transaction.atomic
def ask_once(
    membership: Membership, method: str, *, payer: Person, key: str, on: dt.date, keeps_mandate: bool
) -> Payment:
    """Ask for the price, or return what is awaited already; of two that ask at once, the second waits for the first."""
    Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    return awaited_payment(membership, method, payer=payer) or ask_by(
        method,
        payer,
        membership.plan.price,
        parts=[part_for(membership)],
        key=key,
        on=on,
        keeps_mandate=keeps_mandate,
    )


def awaited_payment(membership: Membership, method: str, *, payer: Person) -> Payment | None:
    """A pending payment of ``payer`` that will do: the price, by this way, asked for since the member last left."""
    left = max((each.on for each in membership.facts.endings), default=dt.date.min)
    return (
        Payment.objects.pending()
        .filter(
            payer=payer,
            shares__about=membership.uid,
            method=method,
            minor=membership.plan.minor,
            asked_on__gte=left,
        )
        .filter(provider_reference="")
        .first()
    )
