"""Which memberships does a filter leave, by their status on a day too, without fetching all that there are?

No column holds a status. The database adds up, for each membership, the few days that its status depends on, and the
rule decides from these (``rules.status_on``); a test holds that it decides as from all the terms.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from pututu.lib.periods import Period
from pututu.membership.models import Belonging, Decision, Membership, MembershipRules, Term
from pututu.membership.querysets import MembershipQuerySet
from pututu.membership.rules import ALL_MEMBERS, BELONGING, Facts, Status, status_on
from pututu.membership.rules import Term as PaidFor
from pututu.people.models import Person

AT_ONCE = 500


def found(said: Mapping[str, Any], *, on: dt.date) -> MembershipQuerySet:
    """The memberships of a filter, ordered by name: ``name``, ``plan``, ``status``, ``since`` and ``days`` to the end.

    With a status the answer is narrowed to what the database can tell; ``of_status`` decides.
    """
    rows: MembershipQuerySet = Membership.objects.order_by("holder__name", "pk")
    if said.get("name"):
        rows = rows.filter(people__name__icontains=said["name"]).distinct()
    if said.get("plan"):
        rows = rows.filter(plan=said["plan"])
    if said.get("since"):
        rows = rows.filter(applied_on__gte=said["since"])
    if said.get("days") is not None:
        ends = rows.ending_between(on, on + dt.timedelta(said["days"]))
        rows = rows.filter(pk__in=ends.order_by().values("pk"))
    return rows


def keys_found(said: Mapping[str, Any], *, on: dt.date) -> list[int]:
    """The keys of the memberships that a filter leaves, in the order of their names."""
    rows = found(said, on=on)
    wanted = said.get("status")
    if not wanted:
        return list(rows.values_list("pk", flat=True))
    statuses = BELONGING if wanted == ALL_MEMBERS else {Status(wanted)}
    rows = rows.perhaps(statuses, on=on, grace_days=MembershipRules.load().grace_days)
    told = statuses_of(rows, on=on)
    return [key for key in told if told[key] in statuses]


def statuses_of(rows: MembershipQuerySet, *, on: dt.date) -> dict[int, Status]:
    """The status of each of some memberships by its key, in their order."""
    decided = MembershipRules.load().status_rules
    died = dict(rows.values_list("pk", "holder__died_on"))
    days = dict(_days(rows, on=on))
    decisions = _decisions(rows)
    return {
        key: status_on(on, _facts(days.get(key), decisions.get(key, ()), died_on=died[key]), decided)
        for key in died
    }


def _days(rows: MembershipQuerySet, *, on: dt.date) -> Iterator[tuple[int, PaidFor]]:
    """For each membership one span that stands for all its terms that began: begun last, and covering what they do."""
    begun = Q(first__lte=on)
    terms = Term.objects.filter(
        begun, revoked_at=None, membership__in=rows.order_by().values("pk")
    ).order_by()
    told = terms.values("membership").annotate(
        latest=Max("first"),
        covering=Count("pk", filter=Q(last__gte=on)),
        endless=Count("pk", filter=Q(last=None)),
        ended=Max("last", filter=Q(last__lt=on)),
    )
    for row in told.iterator():
        last = None if row["endless"] else on if row["covering"] else row["ended"]
        yield row["membership"], PaidFor(Period(row["latest"], last), 1)


def _decisions(rows: MembershipQuerySet) -> dict[int, list[Decision]]:
    """The decisions that stand, of each membership in the order in which they were made."""
    told: dict[int, list[Decision]] = {}
    for each in Decision.objects.filter(revoked_at=None, membership__in=rows.order_by().values("pk")):
        told.setdefault(each.membership_id, []).append(each)
    return told


def _facts(term: PaidFor | None, decisions: Iterable[Decision], *, died_on: dt.date | None) -> Facts:
    made = list(decisions)
    return Facts(
        terms=(term,) if term else (),
        endings=tuple(each.as_ending for each in made if each.last is None),
        overrides=tuple(each.as_override for each in made if each.last is not None),
        died_on=died_on,
    )


def ends_of(rows: MembershipQuerySet) -> dict[int, dt.date]:
    """The last day that is paid for or granted of each of some memberships; those without an end are left out."""
    terms = Term.objects.filter(revoked_at=None, membership__in=rows.order_by().values("pk")).order_by()
    told = terms.values("membership").annotate(end=Max("last"), endless=Count("pk", filter=Q(last=None)))
    return {row["membership"]: row["end"] for row in told.iterator() if not row["endless"]}


def people_of(keys: Iterable[int], *, on: dt.date) -> QuerySet[Person]:
    """The people who belong on a day by memberships of these keys."""
    belonging: set[int] = set()
    every = list(keys)
    for at in range(0, len(every), AT_ONCE):
        rows = Belonging.objects.filter(membership__in=every[at : at + AT_ONCE], since__lte=on)
        rows = rows.filter(Q(until=None) | Q(until__gte=on))
        belonging.update(rows.values_list("person", flat=True))
    return Person.objects.known().of_keys(belonging)
