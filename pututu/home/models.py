"""What stands on the front page, and what does search remember of each page?"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from pututu.home.blocks import FrontBlock
from pututu.home.listing import front_page
from pututu.home.querysets import SearchEntryQuerySet
from pututu.pages.models import BasePage


class HomePage(Page):
    """The front page in one language, arranged by editors from pieces."""

    front = StreamField(
        FrontBlock(),
        blank=True,
        verbose_name=_("pieces"),
        help_text=_("In the order in which they are read. Leave it empty for the usual arrangement."),
    )

    content_panels = [*Page.content_panels, FieldPanel("front")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "publishing.StoryIndexPage",
        "publishing.BackgroundIndexPage",
        "publishing.PublicationIndexPage",
        "events.EventIndexPage",
    ]
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("front page")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        context = super().get_context(request, *args, **kwargs)
        language = self.locale.language_code
        return context | {"rows": front_page(self.front, language=language)}


class SearchEntry(models.Model):
    """One public page as search knows it: what narrows results, and the words as written, for snippets.

    The stemmed words stand in the database's own index, which ``search.sqlite`` or ``search.postgres``
    keeps. Everything here can be made again by ``services.rebuild``.
    """

    page = models.OneToOneField(
        BasePage, primary_key=True, on_delete=models.CASCADE, related_name="search_entry"
    )
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=20)
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)
    text = models.TextField(blank=True)

    objects = SearchEntryQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.page_id} in {self.language}"


class SearchWord(models.Model):
    """A word of some title or standfirst, as it was written: what search can suggest for a misspelt one."""

    language = models.CharField(max_length=10)
    word = models.CharField(max_length=60)
    flat = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "word"], name="one_search_word_per_language")
        ]
        indexes = [models.Index(fields=["language", "flat"], name="search_word_flat")]

    def __str__(self) -> str:
        return self.word
