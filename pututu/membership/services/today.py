"""What waits for the membership secretary today, in numbers?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max, Q

from pututu.membership.models import Membership
from pututu.membership.services.reminders import due_reminders
from pututu.membership.services.waiting import waiting_money

SOON = 30
"""Days; the list of memberships is asked for the same ones."""


@dataclass(frozen=True, slots=True)
class Today:
    """How much waits; ``since`` is the first day of this month."""

    since: dt.date
    joined: int
    ending: int
    letters: int
    waiting: int


def today_in_numbers(today: dt.date) -> Today:
    """Count in the database, but for the few that must be judged one by one."""
    since = today.replace(day=1)
    return Today(
        since=since,
        joined=Membership.objects.filter(applied_on__range=(since, today)).count(),
        ending=_ending(today, today + dt.timedelta(SOON)),
        letters=sum(each.email is None for each in due_reminders(today)),
        waiting=len(waiting_money()),
    )


def _ending(first: dt.date, last: dt.date) -> int:
    """Memberships whose last day that is paid for is one of these, as the list has them."""
    standing = Q(terms__revoked_at=None)
    found = Membership.objects.annotate(end=Max("terms__last", filter=standing))
    endless = Membership.objects.filter(standing, terms__isnull=False, terms__last=None)
    return found.filter(end__range=(first, last)).exclude(pk__in=endless.values("pk")).count()
