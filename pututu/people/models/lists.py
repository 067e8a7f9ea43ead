"""Which records were one person's, and which lists came in?"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pututu.people.models.records import Person


class Merge(models.Model):
    """Two records were one person's. What moved is kept, so that they can be separated again."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_away")
    moved = models.JSONField(default=dict)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    separated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["other"], condition=models.Q(separated_at=None), name="merged_into_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.other_id} → {self.kept_id}"


class Apart(models.Model):
    """Somebody looked at two records that are alike and knows that they are two people."""

    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="apart_once")]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"


class ImportRun(models.Model):
    """A list that was brought in, known by the hash of its file: the same file is never brought in twice."""

    class State(models.TextChoices):
        MAPPING = "mapping", _("Columns are to be named")
        TRYING = "trying", _("Being tried")
        TRIED = "tried", _("Tried, nothing written yet")
        APPLYING = "applying", _("Being brought in")
        DONE = "done", _("Brought in")

    sha256 = models.CharField(max_length=64, unique=True)
    filename = models.CharField(_("file"), max_length=200)
    encoding = models.CharField(max_length=20)
    delimiter = models.CharField(max_length=1)
    headers = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    terms = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.MAPPING)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.filename


class ImportRow(models.Model):
    """What would become, or became, of one line. It names people only by their record."""

    class Verdict(models.TextChoices):
        ADD = "add", _("New")
        MATCH = "match", _("Known already")
        DECIDE = "decide", _("Somebody must decide")
        REFUSE = "refuse", _("Refused")

    class Choice(models.TextChoices):
        SAME = "same", _("The same person")
        OTHER = "other", _("Somebody else")
        LEAVE = "leave", _("Leave out")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(_("line"))
    verdict = models.CharField(_("what happens"), max_length=8, choices=Verdict.choices)
    why = models.CharField(_("why"), max_length=30, blank=True)
    text = models.CharField(_("text at fault"), max_length=60, blank=True)
    same_as = models.PositiveIntegerField(null=True, blank=True)
    key = models.CharField(max_length=64, blank=True)
    name_key = models.CharField(max_length=64, blank=True)
    choice = models.CharField(max_length=6, choices=Choice.choices, blank=True)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="import_rows"
    )
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["run", "line"], name="import_line_once")]
        indexes = [
            models.Index(fields=["run", "verdict", "line"]),
            models.Index(fields=["run", "key", "verdict"]),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.line} {self.verdict}"


class SavedSegment(models.Model):
    """A filter of a list under a name (``people.segments``). Whom it means is worked out anew each time."""

    kind = models.SlugField(max_length=20)
    name = models.CharField(_("name"), max_length=80)
    filters = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("saved filter")
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="segment_named_once")]

    def __str__(self) -> str:
        return self.name
