"""What of somebody's membership must stay when they are erased?"""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from pututu.membership.models import AddressChange, Belonging, Decision, Membership, Passkey, Term
from pututu.people import erasure
from pututu.people.erasure import Keeping
from pututu.people.models import Person

YEARS = 6


class Memberships:
    """Plans and terms stay, for the payments are of them; who belonged does no longer, and reasons go."""

    def keeps(self, person: Person) -> list[Keeping]:
        count = Membership.objects.filter(holder=person).count()
        if not count:
            return []
        last = Term.objects.filter(membership__holder=person).order_by("-made_at").first()
        year = last.made_at.year if last else timezone.localdate().year
        what = _("%(count)s memberships: plan and days, for the payments are of them") % {"count": count}
        why = _("Accounts are kept for six years after their year.")
        return [Keeping(what, why, dt.date(year + YEARS, 12, 31))]

    def erase(self, person: Person) -> None:
        Belonging.objects.filter(person=person, until=None).update(until=timezone.localdate())
        mine = Q(holder=person) | Q(given_by=person)
        Membership.objects.filter(mine).update(given_by=None, given_to="")
        Passkey.objects.filter(person=person).delete()
        AddressChange.objects.filter(person=person).delete()
        Decision.objects.filter(membership__holder=person).update(reason="–")
        Term.objects.filter(membership__holder=person).update(revoked_why="")


erasure.register("membership", Memberships())
