"""Which memberships does somebody ask for?"""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q


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
