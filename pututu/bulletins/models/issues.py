"""What is in one numbered issue, in each of its languages?"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pututu.bulletins.models.series import Series
from pututu.bulletins.querysets import IssueQuerySet
from pututu.pages.models import BasePage


class Issue(models.Model):
    """One issue of a series. What it says stands in its editions; who got it, in its deliveries."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        SCHEDULED = "scheduled", _("To be sent")
        SENDING = "sending", _("Being sent")
        PAUSED = "paused", _("Stopped for now")
        SENT = "sent", _("Sent")
        CANCELLED = "cancelled", _("Given up")

    class Untranslated(models.TextChoices):
        MARK = "mark", _("show them, and say in which language they are")
        LEAVE_OUT = "leave-out", _("leave them out")

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="issues")
    number = models.PositiveIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    untranslated = models.CharField(
        _("what is not translated"), max_length=10, choices=Untranslated.choices, default=Untranslated.MARK
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    send_at = models.DateTimeField(_("to be sent at"), null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True, blank=True)
    stopped_why = models.CharField(max_length=300, blank=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("issue")
        permissions = [("send_issue", _("May send bulletins"))]
        constraints = [models.UniqueConstraint(fields=["series", "number"], name="issue_number_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.number}"


class Edition(models.Model):
    """An issue in one language. ``frozen`` holds what readers get, from the moment at which sending begins."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="editions")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=120, blank=True)
    intro = models.TextField(_("introduction"), blank=True, max_length=4000)
    closing = models.TextField(_("notes at the end"), blank=True, max_length=4000)
    frozen = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["issue", "language"], name="one_edition_per_language")]

    def __str__(self) -> str:
        return f"{self.issue} {self.language}"


class Item(models.Model):
    """One story, event or publication of an issue; its counterpart in each language is found by the page."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="items")
    page = models.ForeignKey(BasePage, on_delete=models.CASCADE, related_name="+")
    order = models.PositiveIntegerField(default=0)
    is_for_all = models.BooleanField(
        _("for everybody"), default=False, help_text=_("Whatever topics they chose.")
    )

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["issue", "page"], name="a_page_once_per_issue")]

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.page_id}"
