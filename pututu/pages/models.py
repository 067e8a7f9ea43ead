"""What do all public pages have in common?

A ``BasePage`` is a row of its own, so that archive, search, feeds and bulletins read every kind of page with one query
and without knowing the kinds.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page

from pututu.dates.fields import HonestDateField
from pututu.lib.text import fold, reading_minutes
from pututu.media.models import Picture
from pututu.pages.fields import LabelsField
from pututu.pages.listing import RETRACTION, Listing, Tag
from pututu.pages.prepared import Given, Prepared
from pututu.pages.querysets import BasePageManager, BasePageQuerySet
from pututu.topics.models import Place, PlaceName, Topic, TopicName

PAGE_LENGTH = 20


class BasePage(Page):
    """A page that readers find by title, date, topic and place. Every kind of content page is a subclass.

    Subclasses set ``kind`` (or override ``get_kind``) and may override ``get_placed``, ``get_corrected_on``,
    ``get_corrected_as`` and ``body_text``; the columns of the same names are kept in line at every save.
    """

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    kind = models.CharField(max_length=20, editable=False, default="", db_index=True)
    standfirst = models.TextField(
        _("standfirst"),
        blank=True,
        max_length=600,
        help_text=_("One or two sentences under the headline, and in lists."),
    )
    byline = models.CharField(_("by"), max_length=200, blank=True)
    published = HonestDateField(
        _("published"),
        help_text=_(
            "As exactly as it is known: “16 December 2013”, “January 2018”, “between 10 and 22 March 2015”. "
            "Leave it empty when nobody knows."
        ),
    )
    placed = HonestDateField(editable=False)
    corrected_on = models.DateField(null=True, editable=False)
    corrected_as = models.CharField(max_length=12, editable=False, default="", blank=True)
    topics = LabelsField(Topic, blank=True, related_name="pages", verbose_name=_("topics"))
    places = LabelsField(Place, blank=True, related_name="pages", verbose_name=_("places"))
    picture = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("picture")
    )
    picture_description = models.CharField(
        _("alternative text in this language"),
        max_length=255,
        blank=True,
        help_text=_("Empty: the picture's own."),
    )
    picture_caption = models.CharField(
        _("caption in this language"), max_length=300, blank=True, help_text=_("Empty: the picture's own.")
    )
    minutes = models.PositiveSmallIntegerField(editable=False, default=0)
    fingerprint = models.CharField(max_length=64, editable=False, default="", blank=True)

    objects: ClassVar[BasePageManager] = BasePageManager()

    exclude_fields_in_copy = ["uid"]
    is_creatable = False
    content_panels = [
        *Page.content_panels,
        FieldPanel("standfirst"),
        MultiFieldPanel(
            [FieldPanel("published"), InlinePanel("date_evidence", label=_("how we know the date"))],
            heading=_("Date"),
        ),
        MultiFieldPanel(
            [FieldPanel("picture"), FieldPanel("picture_description"), FieldPanel("picture_caption")],
            heading=_("Picture"),
        ),
    ]
    tag_panels = [FieldPanel(name, widget=forms.CheckboxSelectMultiple) for name in ("topics", "places")]
    source_panels = [InlinePanel("sources", label=_("source"))]

    class Meta:
        verbose_name = _("page")

    def get_kind(self) -> str:
        """The sort of page, as a short stable word: "news", "article", "event", "publication", "background"."""
        return type(self).kind_of_class

    kind_of_class: ClassVar[str] = ""

    def get_placed(self) -> Any:
        """The date that places this page in lists and the archive."""
        return self.published

    def get_corrected_on(self) -> Any:
        """The day of the last public correction or update, or None."""
        return None

    def get_corrected_as(self) -> str:
        """What the public notes come to: "retraction" if it was withdrawn, else the kind of the last one, or ""."""
        return ""

    @property
    def is_retracted(self) -> bool:
        return self.corrected_as == RETRACTION

    def body_text(self) -> str:
        """The words of the page beyond title and standfirst, for search and for seeing whether they changed."""
        return ""

    def get_fingerprint(self, body: str) -> str:
        """A hash of every word that a translator would have to translate."""
        words = "\n".join([self.title, self.standfirst, body])
        return hashlib.sha256(words.encode()).hexdigest()

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().full_clean(*args, **kwargs)

    def derive(self) -> None:
        """Bring the columns that follow from the others in line with them."""
        self.kind = self.get_kind()
        self.placed = self.get_placed()
        self.corrected_on = self.get_corrected_on()
        self.corrected_as = self.get_corrected_as()
        words = self.body_text()
        self.fingerprint = self.get_fingerprint(words)
        self.minutes = reading_minutes(words, self.locale.language_code if self.locale_id else "en")

    def structured_data(self) -> dict[str, Any]:
        """What this kind of page is in the words of schema.org, as plain values; "@type" first, None is left out.

        Title, address, dates, picture and publisher are added by whoever prints it.
        """
        return {"@type": "Article"}

    def as_listing(self, *, is_tagged: bool = True) -> Listing:
        """Present the page as a list shows it; ``BasePageQuerySet.for_lists`` fetches what is read here.

        Without tags, for a bare list of links, ``select_related("locale", "picture")`` is enough.
        """
        language = self.locale.language_code
        return Listing(
            uid=self.uid,
            kind=self.kind,
            title=self.title,
            url=self.url,
            full_url=self.full_url,
            standfirst=self.standfirst,
            language=language,
            date=self.placed,
            published=self.published,
            updated_at=self.last_published_at,
            corrected_on=self.corrected_on,
            corrected_as=self.corrected_as,
            byline=self.byline,
            topics=tags(self.topics.all(), language) if is_tagged else (),
            places=tags(self.places.all(), language) if is_tagged else (),
            picture=self.picture,
            picture_description=self.picture_description,
            picture_caption=self.picture_caption,
        )


def tags(labels: Any, language: str) -> tuple[Tag, ...]:
    """Present topics or places, whose names must be prefetched, in ``language`` and in order of their names."""
    found = [
        Tag(slug=label.slug, name=label.name(language), url=label.get_absolute_url()) for label in labels
    ]
    return tuple(sorted(found, key=lambda tag: fold(tag.name)))


def tags_of(page: BasePage) -> tuple[tuple[Tag, ...], tuple[Tag, ...]]:
    """Return the topics and the places of a page that is kept, all with one query."""
    rows = TAGS.ask(page=page.pk)
    language = page.locale.language_code
    return labels_in("topic", rows, language), labels_in("place", rows, language)


def names_of_tags() -> models.QuerySet[TopicName, Any]:
    """The names of the topics and the places of one page, in all languages, as a prepared question."""
    columns = ("language", "name")
    page = Given("page", models.BigAutoField())
    topics = TopicName.objects.filter(topic__pages=page)
    places = PlaceName.objects.filter(place__pages=page)
    return topics.values_list(Value("topic"), "topic__slug", *columns).union(
        places.values_list(Value("place"), "place__slug", *columns), all=True
    )


TAGS = Prepared(names_of_tags)


def labels_in(sort: str, rows: Iterable[tuple[str, str, str, str]], language: str) -> tuple[Tag, ...]:
    """Present each label of a sort once, by its name in ``language`` or else in any, in order of the names."""
    names: dict[str, str] = {}
    for own_sort, slug, code, name in rows:
        if own_sort == sort and (slug not in names or code == language):
            names[slug] = name
    found = [Tag(slug=slug, name=name, url=reverse(sort, args=[slug])) for slug, name in names.items()]
    return tuple(sorted(found, key=lambda tag: fold(tag.name)))


class SectionPage(Page):
    """A list of the pages under it, newest first, a fixed number at a time; undated ones stand beside the list."""

    intro = models.TextField(_("introduction"), blank=True, max_length=400)

    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        abstract = True

    def get_kinds(self) -> tuple[str, ...]:
        """The kinds of page that are filed here, for feeds."""
        return ()

    def items(self) -> BasePageQuerySet:
        return BasePage.objects.live().public().child_of(self).for_lists()

    def page_of_items(self, number: str | None) -> PaginatorPage[BasePage]:
        return Paginator(self.items().dated().newest_first(), PAGE_LENGTH).get_page(number)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        context = super().get_context(request, *args, **kwargs)
        page = self.page_of_items(request.GET.get("page"))
        undated = self.items().undated().newest_first()
        return context | {
            "paginated": page,
            "listings": [item.as_listing() for item in page],
            "undated": [item.as_listing() for item in undated] if page.number == 1 else [],
        }


class DateEvidence(Orderable):
    """One reason to believe a date: what is stated, by which source, noted by whom and when."""

    page = ParentalKey(BasePage, on_delete=models.CASCADE, related_name="date_evidence")
    statement = models.CharField(_("what it says"), max_length=500)
    source = models.CharField(_("where"), max_length=300, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    noted_at = models.DateTimeField(auto_now_add=True)

    panels = [FieldPanel("statement"), FieldPanel("source"), FieldPanel("url")]

    def __str__(self) -> str:
        return self.statement


class PageSource(Orderable):
    """A source that the page's text refers to by its number."""

    page = ParentalKey(BasePage, on_delete=models.CASCADE, related_name="sources")
    text = models.CharField(_("source"), max_length=500, help_text=_("Publisher, title, date."))
    url = models.URLField(_("link"), max_length=500, blank=True)
    language = models.CharField(
        _("language"), max_length=10, blank=True, help_text=_("If other than the page's: es, qu, …")
    )

    panels = [FieldPanel("text"), FieldPanel("url"), FieldPanel("language")]

    def __str__(self) -> str:
        return self.text


class Translation(models.Model):
    """Which words of the original a translated page was last brought in line with.

    It stands apart from the page because it is no content: publishing an old revision must not change it.
    """

    page = models.OneToOneField(
        BasePage, on_delete=models.CASCADE, related_name="translation", primary_key=True
    )
    made_from = models.CharField(max_length=64)
    checked_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.page_id} from {self.made_from[:8]}"


class DeclinedTranslation(models.Model):
    """A decision that a page shall have no counterpart in a language."""

    page = models.ForeignKey(BasePage, on_delete=models.CASCADE, related_name="declined_translations")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "language"], name="declined_once_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.page_id} not in {self.language}"
