"""Which issues and mails does somebody ask for?"""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q

from pututu.bulletins.rules.ledger import State


class DeliveryQuerySet(models.QuerySet[Any]):
    """Chainable words for reading the ledger."""

    def due(self, now: dt.datetime) -> Self:
        """Those that may be tried now: they wait, or the time to try them again has come."""
        return self.filter(Q(state=State.WAITING) | Q(state=State.DEFERRED, next_try_at__lte=now))

    def in_doubt(self) -> Self:
        return self.filter(state=State.IN_DOUBT)

    def forget(self) -> int:
        """Take out whose mails these were and what was said of them; that they went, or not, stays."""
        return self.update(person=None, email=None, address="", domain="", topics=[], words="", name_there="")

    def counts(self) -> dict[str, int]:
        """How many stand where, by state."""
        rows = self.order_by().values_list("state").annotate(models.Count("pk"))
        return dict(rows)


class ChoiceQuerySet(models.QuerySet[Any]):
    """Chainable words for what readers chose."""

    def by_name(self, purpose: str) -> Self:
        """Those by which somebody asked for a series of a purpose by name: they want no other that they did not."""
        return self.filter(series__purpose=purpose, asked_for_at__isnull=False)


class IssueQuerySet(models.QuerySet[Any]):
    """Chainable words for reading issues."""

    def sent_to_readers(self) -> Self:
        """Those that went out, or are going out, and may be read by everybody."""
        return self.filter(frozen_at__isnull=False, series__is_public=True).exclude(state="cancelled")
