"""Which pictures and documents does the group hold, and with what rights?"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage


class Rights(models.Model):
    """Who made a picture or document, and what others may do with it."""

    credit = models.CharField(
        _("credit"), max_length=255, help_text=_("Who made it, as it should be printed.")
    )
    licence = models.CharField(
        _("licence"),
        max_length=120,
        blank=True,
        help_text=_("For example: CC BY 4.0. Empty: all rights reserved."),
    )
    source_url = models.URLField(_("where it comes from"), max_length=500, blank=True)

    class Meta:
        abstract = True


class Picture(Rights, AbstractImage):
    """A picture with credit, licence and words for those who don't see it."""

    description = models.CharField(
        _("alternative text"),
        max_length=255,
        help_text=_("What the picture shows, for readers who don't see it. One sentence."),
    )
    caption = models.CharField(_("caption"), max_length=300, blank=True)

    admin_form_fields = (
        *(name for name in WagtailImage.admin_form_fields if name != "description"),
        "description",
        "caption",
        "credit",
        "licence",
        "source_url",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_image", "Can choose image")]

    @property
    def default_alt_text(self) -> str:
        return self.description


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class DocumentFile(Rights, AbstractDocument):
    """A file for readers, with credit and licence; the text of a PDF is kept for search."""

    text = models.TextField(_("text of the file"), blank=True, editable=False)

    admin_form_fields = (*WagtailDocument.admin_form_fields, "credit", "licence", "source_url")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]

    def clean(self) -> None:
        """Judge the file's name where there is a file: one that was refused needs no second complaint."""
        if self.file:
            super().clean()
