"""What does the group publish: news, articles, background pages and publications?"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from pututu.dates.fields import HonestDateField
from pututu.media.models import DocumentFile
from pututu.pages.models import BasePage, SectionPage
from pututu.pages.querysets import BasePageQuerySet, open_to_all
from pututu.publishing.particulars import (
    background_context,
    background_groups,
    publication_context,
    story_context,
)
from pututu.publishing.rules import what_notes_come_to
from pututu.shell.blocks import BodyBlock
from pututu.shell.rendering import plain_text


def content_tabs(*first: object, more: tuple[object, ...] = ()) -> TabbedInterface:
    """The editing screen that every kind of content page has: content, topics and sources, promotion."""
    return TabbedInterface(
        [
            ObjectList(list(first), heading=_("Content")),
            ObjectList(
                [*BasePage.tag_panels, *BasePage.source_panels, *more], heading=_("Topics and sources")
            ),
            ObjectList(Page.promote_panels, heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Schedule")),
        ]
    )


class StoryIndexPage(SectionPage):
    """A section of stories; what is filed in it is all news, or all articles."""

    class StoryKind(models.TextChoices):
        NEWS = "news", _("News")
        ARTICLE = "article", _("Articles and commentary")

    story_kind = models.CharField(
        _("holds"), max_length=10, choices=StoryKind.choices, default=StoryKind.NEWS
    )

    template = "shell/section.html"
    content_panels = [*SectionPage.content_panels, FieldPanel("story_kind")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["publishing.StoryPage"]

    class Meta:
        verbose_name = _("section of stories")

    def get_kinds(self) -> tuple[str, ...]:
        return (self.story_kind,)


class StoryPage(BasePage):
    """News, or an article: a headline, a standfirst and a body, with sources and public corrections."""

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    is_creatable = True
    parent_page_types = ["publishing.StoryIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = content_tabs(
        *BasePage.content_panels,
        FieldPanel("body"),
        FieldPanel("byline"),
        more=(InlinePanel("corrections", label=_("correction or update")),),
    )

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def get_kind(self) -> str:
        """A story is what its section holds; before it has a place in the tree it is news."""
        section = self.get_parent() if self.path else None
        found = (
            StoryIndexPage.objects.filter(pk=section.pk).values_list("story_kind", flat=True)
            if section
            else []
        )
        return next(iter(found), StoryIndexPage.StoryKind.NEWS)

    def structured_data(self) -> dict[str, Any]:
        return {
            "@type": "NewsArticle" if self.kind == "news" else "Article",
            "creativeWorkStatus": "Retracted" if self.is_retracted else None,
        }

    def get_corrected_on(self) -> dt.date | None:
        return max((note.on for note in self.corrections.all()), default=None)

    def get_corrected_as(self) -> str:
        return what_notes_come_to((note.kind, note.on) for note in self.corrections.all())

    def body_text(self) -> str:
        return plain_text(self.body)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | story_context(self, request)


class Correction(Orderable):
    """A public note that something in a story was wrong, has moved on, or is withdrawn."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Correction")
        UPDATE = "update", pgettext_lazy("kind of note", "Update")
        RETRACTION = "retraction", _("Retraction")

    story = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="corrections")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.CORRECTION)
    on = models.DateField(_("made on"))
    text = models.TextField(_("what was wrong, what is right"), max_length=1000)

    panels = [FieldPanel("kind"), FieldPanel("on"), FieldPanel("text")]

    class Meta(Orderable.Meta):
        ordering = ["-on", "sort_order"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on}"


class BackgroundIndexPage(SectionPage):
    """The section of pages that explain: aims, history, key issues."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["publishing.BackgroundPage"]

    class Meta:
        verbose_name = _("section of background pages")

    def get_kinds(self) -> tuple[str, ...]:
        return ("background",)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return Page.get_context(self, request, *args, **kwargs) | background_groups(self)

    def background_pages(self) -> BasePageQuerySet:
        found: BasePageQuerySet = BackgroundPage.objects.child_of(self).for_lists().order_by("path")
        return open_to_all(found)


class BackgroundPage(BasePage):
    """A page that explains and is kept up to date; it says when it was last reviewed."""

    kind_of_class = "background"

    class Role(models.TextChoices):
        ABOUT = "about", _("About the group")
        KEY_ISSUE = "key-issue", _("Key issue")

    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.KEY_ISSUE)
    reviewed = HonestDateField(
        _("last reviewed"), help_text=_("When somebody last checked that all of it still holds.")
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    is_creatable = True
    parent_page_types = ["publishing.BackgroundIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = content_tabs(
        *BasePage.content_panels, FieldPanel("role"), FieldPanel("reviewed"), FieldPanel("body")
    )

    class Meta:
        verbose_name = _("background page")

    def body_text(self) -> str:
        return plain_text(self.body)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | background_context(self, request)


class PublicationIndexPage(SectionPage):
    """The section of reports and newsletters."""

    template = "publishing/publication_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["publishing.PublicationPage"]

    class Meta:
        verbose_name = _("section of publications")

    def get_kinds(self) -> tuple[str, ...]:
        return ("publication",)


class PublicationPage(BasePage):
    """A report or a numbered newsletter: a PDF with its particulars. The standfirst is its abstract."""

    kind_of_class = "publication"

    document = models.ForeignKey(
        DocumentFile,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("PDF"),
    )
    series = models.CharField(_("series"), max_length=120, blank=True)
    number = models.CharField(_("number in the series"), max_length=20, blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    is_creatable = True
    parent_page_types = ["publishing.PublicationIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    edit_handler = content_tabs(
        *BasePage.content_panels,
        FieldPanel("byline", heading=_("Authors")),
        FieldPanel("document"),
        FieldPanel("series"),
        FieldPanel("number"),
        FieldPanel("body"),
    )

    class Meta:
        verbose_name = _("publication")

    def structured_data(self) -> dict[str, Any]:
        """A report, with the series that it is part of and its number there."""
        series = {"@type": "CreativeWorkSeries", "name": self.series} if self.series else None
        return {"@type": "Report", "reportNumber": self.number or None, "isPartOf": series}

    def body_text(self) -> str:
        return "\n".join(filter(None, [plain_text(self.body), self.document.text if self.document else ""]))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | publication_context(self, request)
