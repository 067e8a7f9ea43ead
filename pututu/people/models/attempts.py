"""How often was something tried, by whoever is not known yet?"""

from __future__ import annotations

from django.db import models


class Attempts(models.Model):
    """How often something was tried in one window of time, by the hash of who tried."""

    key = models.CharField(max_length=64)
    window = models.BigIntegerField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="attempts_once_per_window")]

    def __str__(self) -> str:
        return f"{self.count}"
