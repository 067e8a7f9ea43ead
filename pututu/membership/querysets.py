"""Which memberships does somebody ask for?"""

from __future__ import annotations

from typing import Any, Self

from django.db import models


class MembershipQuerySet(models.QuerySet[Any]):
    """Chainable words for reading memberships."""

    def with_facts(self) -> Self:
        """Fetch what a status depends on, in a fixed number of queries whatever the number of memberships."""
        return self.select_related("holder", "plan").prefetch_related("terms", "decisions")
