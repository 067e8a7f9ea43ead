"""How often was something tried, for how long is what kept, and when was what is over its time taken out?"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Attempts(models.Model):
    """How often something was tried in one window of time, by the hash of who tried."""

    key = models.CharField(max_length=64)
    window = models.BigIntegerField(db_index=True)
    count = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="attempts_once_per_window")]

    def __str__(self) -> str:
        return f"{self.count}"


class RetentionLength(models.Model):
    """For how long the group keeps something (``people.retention``), where it decided so; empty: it is kept."""

    slug = models.SlugField(max_length=40, unique=True)
    length = models.PositiveSmallIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.slug}: {self.length}"


class RetentionRun(models.Model):
    """A rule was run: what was over its time on a day was dealt with. Without an end it was stopped in the middle."""

    slug = models.SlugField(max_length=40)
    kept_since = models.DateField()
    count = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("run of a rule of retention")
        permissions = [("apply_retention", _("May change and run the rules of retention"))]

    def __str__(self) -> str:
        return f"{self.slug} {self.at:%Y-%m-%d}: {self.count}"
