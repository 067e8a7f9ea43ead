"""Which series of mail are there, and what does each reader want of them?"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from pututu.bulletins.querysets import ChoiceQuerySet
from pututu.people.models import ConsentRecord, EmailAddress, Person, SavedSegment
from pututu.topics.models import Topic


class Series(ClusterableModel):
    """A series of mail, such as the weekly bulletin: who sends it, in which languages, to whoever agreed to what."""

    class Purpose(models.TextChoices):
        BULLETINS = "bulletins", _("Bulletins")
        EVENTS = "events", _("Event notices")
        ACTIONS = "actions", _("Urgent actions")
        MEMBERSHIP = "membership", _("What members must be told")

    slug = models.SlugField(_("short code"), unique=True, max_length=40)
    purpose = models.CharField(_("for whom who agreed to"), max_length=12, choices=Purpose.choices)
    sender_name = models.CharField(_("sender"), max_length=100)
    sender_address = models.EmailField(_("sender's address"))
    reply_to = models.EmailField(_("answers go to"), blank=True)
    languages = models.JSONField(_("languages"), default=list)
    segment = models.ForeignKey(
        SavedSegment,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("only for"),
        help_text=_("A saved filter, such as current members. Others get none, whatever they agreed to."),
    )
    needs_approval = models.BooleanField(
        _("a second person approves"),
        default=False,
        help_text=_("Whoever wrote an issue can't send it alone."),
    )
    is_offered = models.BooleanField(_("offered to readers"), default=True)
    is_public = models.BooleanField(
        _("everybody may read it on the site"),
        default=True,
        help_text=_("Untick it for what only members are told."),
    )

    class Meta:
        ordering = ["slug"]
        verbose_name = _("series")
        verbose_name_plural = _("series")

    def __str__(self) -> str:
        return self.slug

    def wording(self, language: str) -> SeriesWording:
        """The words of the series in ``language``, or in another one, or its code."""
        rows = list(self.wordings.all())
        found = next((row for row in rows if row.language == language), rows[0] if rows else None)
        return found or SeriesWording(name=self.slug)


class SeriesWording(models.Model):
    """How a series is called and described in one language."""

    series = ParentalKey(Series, on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("description"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "language"], name="series_wording_per_language")
        ]

    def __str__(self) -> str:
        return self.name


class Choice(models.Model):
    """What one reader wants of a series at an address, beyond having agreed: languages, topics, a pause, the end.

    Who has none gets everything in the language of their record, unless they named the series that they want:
    ``asked_for_at`` says when they asked for this one by name, and then no other of its purpose comes but those named.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="bulletin_choices")
    email = models.ForeignKey(EmailAddress, on_delete=models.CASCADE, related_name="bulletin_choices")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="choices")
    languages = models.JSONField(default=list)
    topics = models.ManyToManyField(Topic, blank=True, related_name="+")
    paused_until = models.DateField(null=True, blank=True)
    asked_for_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    left_why = models.CharField(max_length=300, blank=True)

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "email", "series"], name="one_choice_per_series")
        ]

    def __str__(self) -> str:
        return f"{self.series_id} for {self.person_id}"


class AskedChoice(models.Model):
    """What somebody asked for of a series and has not confirmed yet; it counts when ``consent`` is confirmed."""

    consent = models.ForeignKey(ConsentRecord, on_delete=models.CASCADE, related_name="+")
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="+")
    languages = models.JSONField(default=list)
    topics = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consent", "series"], name="asked_once_per_series")]

    def __str__(self) -> str:
        return f"{self.series_id} asked by {self.consent_id}"
