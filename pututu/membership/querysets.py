"""Which memberships does somebody ask for?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, Max, OuterRef, Q


class MembershipQuerySet(models.QuerySet[Any]):
    """Chainable words for reading memberships."""

    def with_facts(self) -> Self:
        """Fetch what a status depends on, in a fixed number of queries whatever the number of memberships."""
        wanted = self.select_related("holder", "plan", "given_by", "mandate")
        return wanted.prefetch_related("terms", "decisions")

    def belonging_to(self, person: Any) -> Self:
        """The memberships that a person holds, or belongs by now."""
        shared = Q(belongings__person=person, belongings__until=None)
        return (
            self.filter(Q(holder=person) | shared).distinct().with_facts().prefetch_related("plan__wordings")
        )

    def without_surprises(self) -> Self:
        """Leave out presents that nobody has paid for yet: whoever gets one is told when it is there."""
        return self.exclude(given_by__isnull=False, terms__isnull=True)

    def ending_between(self, first: dt.date, last: dt.date) -> Self:
        """Those whose paid-for time, taken together, has its last day in these days."""
        standing = Q(terms__revoked_at=None)
        ends = self.annotate(
            endless=Count("terms", filter=standing & Q(terms__last=None, terms__first__isnull=False)),
            ends=Max("terms__last", filter=standing),
        )
        return ends.filter(endless=0, ends__range=(first, last))

    def perhaps(self, statuses: Iterable[str], *, on: dt.date, grace_days: int) -> Self:
        """Those whose status on a day may be one of these: none that has it is left out."""
        wanted = set(statuses)
        decided = Q(decisions__status__in=wanted, decisions__revoked_at=None, decisions__first__lte=on)
        may = Q(pk__in=self.model.objects.filter(decided).values("pk"))
        for status in wanted:
            may |= self._perhaps(status, on, grace_days)
        return self.filter(may)

    def _perhaps(self, status: str, on: dt.date, grace_days: int) -> Q:
        begun = Q(revoked_at=None, first__lte=on)
        covered = self._with_term(begun & (Q(last=None) | Q(last__gte=on)))
        ended = self._with_term(begun & Q(last__lt=on))
        lately = self._with_term(begun & Q(last__lt=on, last__gte=on - dt.timedelta(grace_days)))
        return {
            "current": covered,
            "life": self._with_term(begun & Q(last=None)),
            "grace": lately & ~covered,
            "lapsed": ended & ~covered & ~lately,
            "applied": ~covered & ~ended,
            "deceased": Q(holder__died_on__lte=on),
        }.get(status, Q(pk=None))

    def _with_term(self, which: Q) -> Q:
        terms = self.model._meta.get_field("terms").related_model._base_manager
        return Q(Exists(terms.filter(which, membership=OuterRef("pk"))))
