"""What are things about, and where?

A topic or place is one row with a name in each language, so that tags never drift apart between translations.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel


class Label(ClusterableModel):
    """What topics and places share: a short code for addresses, and a name per language."""

    slug = models.SlugField(
        _("short code"),
        unique=True,
        max_length=60,
        help_text=_("Stands in addresses; keep it once it is public."),
    )

    panels = [FieldPanel("slug"), InlinePanel("names", heading=_("Names"), min_num=1)]

    class Meta:
        abstract = True
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name(get_language() or settings.LANGUAGE_CODE)

    def wording(self, language: str) -> LabelName | None:
        """Return the name row in ``language``, else in any language there is; reads the prefetched rows."""
        rows: list[LabelName] = list(self.names.all())
        return next((row for row in rows if row.language == language), rows[0] if rows else None)

    def name(self, language: str) -> str:
        wording = self.wording(language)
        return wording.name if wording else self.slug

    def description(self, language: str) -> str:
        wording = self.wording(language)
        return wording.description if wording else ""


class LabelName(models.Model):
    """A topic's or place's name and one-line description in one language."""

    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    name = models.CharField(_("name"), max_length=120)
    description = models.CharField(_("description"), max_length=300, blank=True)

    panels = [FieldPanel("language"), FieldPanel("name"), FieldPanel("description")]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Topic(Label):
    """A subject that the group follows."""

    class Meta(Label.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def get_absolute_url(self) -> str:
        """The topic's page in the language in force; ``config.urls`` declares the name ``topic``."""
        return reverse("topic", args=[self.slug])


class TopicName(LabelName):
    topic = ParentalKey(Topic, on_delete=models.CASCADE, related_name="names")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "language"], name="one_topic_name_per_language")
        ]


class Place(Label):
    """A part of the country, or any other place that stories name."""

    class Meta(Label.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")

    def get_absolute_url(self) -> str:
        """The place's page in the language in force; ``config.urls`` declares the name ``place``."""
        return reverse("place", args=[self.slug])


class PlaceName(LabelName):
    place = ParentalKey(Place, on_delete=models.CASCADE, related_name="names")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "language"], name="one_place_name_per_language")
        ]
