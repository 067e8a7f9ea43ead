"""What stands on the front page?"""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from pututu.home.blocks import FrontBlock


class HomePage(Page):
    """The front page in one language, arranged by editors from pieces."""

    front = StreamField(FrontBlock(), blank=True, verbose_name=_("pieces"))

    content_panels = [*Page.content_panels, FieldPanel("front")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "publishing.StoryIndexPage",
        "publishing.BackgroundIndexPage",
        "publishing.PublicationIndexPage",
        "events.EventIndexPage",
    ]

    class Meta:
        verbose_name = _("front page")
