"""What came across from the old site, and where does it wait?"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from pututu.pages.models import BasePage


class OldSitePage(Page):
    """Where what came from the old site waits as drafts until somebody moves it into a section.

    It is never public itself.
    """

    parent_page_types = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = [
        "publishing.StoryPage",
        "publishing.BackgroundPage",
        "publishing.PublicationPage",
        "events.EventPage",
    ]
    is_creatable = False

    class Meta:
        verbose_name = _("from the old site")


class RescuedItem(models.Model):
    """One item that was brought across, known again by its fingerprint.

    The row outlives its page: what staff delete on purpose does not come back with the next run.
    """

    fingerprint = models.CharField(max_length=32, unique=True)
    page = models.OneToOneField(BasePage, null=True, on_delete=models.SET_NULL, related_name="rescued")
    source = models.CharField(max_length=500)
    brought_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.fingerprint} from {self.source}"
