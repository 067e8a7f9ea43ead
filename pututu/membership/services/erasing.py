"""What of somebody's membership must stay when they are erased, and how does the rest go?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pututu.membership.models import (
    AddressChange,
    Belonging,
    Decision,
    Joining,
    Membership,
    MembershipRules,
    Passkey,
    Term,
)
from pututu.membership.rules import Status, status_on
from pututu.membership.services.terms import end_membership
from pututu.people.erasure import Keeping
from pututu.people.models import Person

YEARS = 6
NO_REASON = "–"


class Memberships:
    """Plans and terms stay, for the payments are of them; the membership ends, nobody belongs by it, reasons go."""

    def keeps(self, person: Person) -> list[Keeping]:
        count = Membership.objects.filter(holder=person).count()
        if not count:
            return []
        last = Term.objects.filter(membership__holder=person).order_by("-made_at").first()
        year = last.made_at.year if last else timezone.localdate().year
        what = ngettext(
            "%(count)s membership: plan and days, for the payments are of it",
            "%(count)s memberships: plan and days, for the payments are of them",
            count,
        ) % {"count": count}
        why = _("Accounts are kept for six years after their year.")
        return [Keeping(what, why, dt.date(year + YEARS, 12, 31))]

    def erase(self, person: Person) -> None:
        held = Membership.objects.filter(holder=person)
        for membership in held.with_facts():
            _end(membership, on=timezone.localdate())
        Belonging.objects.filter(person=person, until=None).update(until=timezone.localdate())
        Belonging.objects.filter(membership__in=held, until=None).update(until=timezone.localdate())
        mine = Q(holder=person) | Q(given_by=person)
        Membership.objects.filter(mine).update(given_by=None, given_to="")
        Passkey.objects.filter(person=person).delete()
        AddressChange.objects.filter(person=person).delete()
        Decision.objects.filter(membership__in=held).update(reason=NO_REASON)
        Term.objects.filter(membership__in=held).update(revoked_why="")
        Joining.objects.filter(membership__in=held).delete()


def _end(membership: Membership, *, on: dt.date) -> None:
    """Let a membership that nobody holds any more end, so that nothing is awaited for it and nobody reminded."""
    now = timezone.now()
    membership.decisions.filter(last__isnull=False, revoked_at=None).update(revoked_at=now)
    facts = replace(membership.facts, died_on=None, overrides=())
    if status_on(on, facts, MembershipRules.load().status_rules) not in (Status.RESIGNED, Status.EXPELLED):
        end_membership(membership, status=Status.RESIGNED, on=on, reason=NO_REASON)
