"""Which memberships can money be for, and how does the ledger name them?"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pututu.giving.models import Purpose
from pututu.giving.rules import Use
from pututu.giving.subjects import Subject, Taking
from pututu.membership.models import Membership, MembershipRules
from pututu.membership.querysets import MembershipQuerySet
from pututu.membership.rendering.pages import in_words
from pututu.membership.rules import Status, covered_until, status_on
from pututu.people.models import Person
from pututu.shell.rendering import offered_url

RENEWING = (Status.CURRENT, Status.GRACE, Status.LAPSED)


class Memberships:
    """The catalogue of memberships for ``giving.subjects``; three queries more than the facts, however many."""

    def describe(self, about: Iterable[uuid.UUID]) -> dict[uuid.UUID, Subject]:
        return {
            each.uid: subject(each) for each in _with_words(Membership.objects.filter(uid__in=set(about)))
        }

    def payable_by(self, people: Iterable[Person]) -> dict[int, list[Subject]]:
        """The memberships that each holds, belongs by or gave, but for those without an end: nobody pays for them."""
        keys = {person.pk for person in people}
        asked = (
            Q(holder__in=keys) | Q(given_by__in=keys) | Q(belongings__person__in=keys, belongings__until=None)
        )
        found: dict[int, list[Subject]] = {key: [] for key in keys}
        for each in _with_words(Membership.objects.filter(asked).distinct()):
            if each.facts.is_without_end:
                continue
            belonging = {row.person_id for row in each.belongings.all() if row.until is None}
            for key in keys & {each.holder_id, each.given_by_id, *belonging}:
                found[key].append(subject(each))
        return found

    def takings(self, today: dt.date, *, about: uuid.UUID | None = None) -> list[Taking]:
        """The next terms of those that renew by themselves, from some weeks before their end on."""
        near = (today - NO_LONGER, today + AHEAD)
        found = Membership.objects.filter(
            terms__revoked_at=None,
            terms__last__range=near,
            plan__minor__gt=0,
            mandate__ended_on=None,
            mandate__stopped_on=None,
            mandate__isnull=False,
        )
        rows = found.filter(uid=about) if about else found
        known = _with_words(rows.distinct()).select_related("mandate__payer")
        return [taking for each in known if (taking := _taking(each, today))]


AHEAD = dt.timedelta(days=45)
NO_LONGER = dt.timedelta(days=60)


def _taking(membership: Membership, today: dt.date) -> Taking | None:
    """The money of the next term, due on the last day of this one; None for those who left, died or have no end."""
    facts = membership.facts
    end = covered_until(facts.terms)
    status = status_on(today, facts, MembershipRules.load().status_rules)
    if end is None or status not in RENEWING or membership.holder.erased_at or membership.holder.died_on:
        return None
    if not today - NO_LONGER <= end <= today + AHEAD:
        return None
    assert membership.mandate is not None, "only those with a mandate are asked for"
    return Taking(
        use=Use(Purpose.MEMBERSHIP, about=membership.uid),
        mandate=membership.mandate,
        price=membership.plan.price,
        due_on=end,
        label=lambda language: membership.plan.wording(language).name,
    )


def _with_words(memberships: MembershipQuerySet) -> MembershipQuerySet:
    return memberships.with_facts().prefetch_related("plan__wordings", "belongings")


def subject(membership: Membership) -> Subject:
    """What a payment may be for, as staff and receipts read it: whose, which plan, until when.

    Whoever gets a present is named as the giver wrote it, for it stands on the giver's receipt.
    """
    plan = membership.plan.wording(get_language() or settings.LANGUAGE_CODE).name
    end = covered_until(membership.facts.terms)
    words = _("%(who)s, %(plan)s, to %(end)s") if end else _("%(who)s, %(plan)s, not paid for yet")
    return Subject(
        use=Use(Purpose.MEMBERSHIP, about=membership.uid),
        price=membership.plan.price,
        label=words % {"who": membership.given_to or membership.holder, "plan": plan, "end": in_words(end)},
        url=offered_url("membership:membership", membership.uid),
        kind=plan,
        people=frozenset({membership.holder_id, *(row.person_id for row in membership.belongings.all())}),
    )
