"""Which payments does somebody ask for?"""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce


class PaymentQuerySet(models.QuerySet[Any]):
    """Chainable words for reading payments. What went back has left for good once its refund is done."""

    def pending(self) -> Self:
        return self.filter(state="pending")

    def confirmed(self) -> Self:
        return self.filter(state="confirmed")

    def awaited_offline(self) -> Self:
        """Those to come without a provider, of which no statement line was booked yet, not even a part."""
        begun = Exists(self._rows_of("line_uses", Q(undone_at=None)))
        return self.pending().filter(~begun, provider="offline")

    def being_taken(self) -> Self:
        """Those under way that we took by ourselves, under a mandate."""
        return self.pending().filter(key__startswith="take:", mandate__isnull=False)

    def received_in(self, first: dt.date, last: dt.date) -> Self:
        return self.confirmed().filter(received_on__range=(first, last))

    def with_sums(self) -> Self:
        """Each with what its shares say (``shared``), what went back (``returned``) and what is left (``kept``)."""
        found = self.annotate(
            shared=Coalesce(self._sum_of("shares"), 0),
            returned=Coalesce(self._sum_of("refunds", Q(state="done")), 0),
        )
        return found.annotate(kept=F("minor") - F("returned"))

    def unassigned(self) -> Self:
        """Received money of which nobody has said what all of it is for: the queue for a person."""
        return self.confirmed().with_sums().filter(shared__lt=F("kept"))

    def _sum_of(self, relation: str, only: Q | None = None) -> Subquery:
        """The sum over related rows as a subquery of its own: two such sums do not multiply each other."""
        rows = self._rows_of(relation, only or Q())
        sums = rows.order_by().values("payment").annotate(sum=Sum("minor"))
        return Subquery(sums.values("sum"))

    def _rows_of(self, relation: str, only: Q) -> models.QuerySet[Any]:
        """The related rows of the payment that a subquery is about."""
        rows = self.model._meta.get_field(relation).related_model._base_manager
        return rows.filter(only, payment=OuterRef("pk"))
