"""Which pages does somebody ask for?"""

from __future__ import annotations

import datetime as dt
from typing import Any, Self, TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from wagtail.models import PageManager, PageViewRestriction
from wagtail.query import PageQuerySet

Pages = TypeVar("Pages", bound=PageQuerySet)


def open_to_all(pages: Pages) -> Pages:
    """Published pages that are not restricted and lie under no restricted page.

    Wagtail's ``public()`` asks a query for the restrictions first; this asks none of its own.
    """
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = PageViewRestriction.objects.alias(below=path).filter(below__startswith=F("page__path"))
    return pages.live().filter(~Exists(above))


class BasePageQuerySet(PageQuerySet):
    """Chainable words for reading public pages. "Dated" means that both ends of the date are known."""

    def public(self) -> Self:
        """Published and open to everybody; unlike Wagtail's own, this asks no query for the restrictions."""
        return open_to_all(self)

    def in_language(self, language: str) -> Self:
        return self.filter(locale__language_code=language)

    def of_kind(self, *kinds: str) -> Self:
        return self.filter(kind__in=kinds)

    def about(self, *, topic: Any = "", place: Any = "") -> Self:
        """Only pages tagged with the topic or place whose short code is given."""
        found = self.filter(topics__slug=topic) if topic else self
        return found.filter(places__slug=place) if place else found

    def dated(self) -> Self:
        return self.filter(placed_earliest__isnull=False, placed_latest__isnull=False)

    def undated(self) -> Self:
        """Date unknown, or open at one end: what a list by time would hide at its far end."""
        return self.filter(Q(placed_earliest__isnull=True) | Q(placed_latest__isnull=True))

    def vaguely_dated(self) -> Self:
        """Known to lie in a span, but not to the day."""
        return self.dated().exclude(published_earliest=F("published_latest"))

    def falling_in(self, first: dt.date, last: dt.date) -> Self:
        """Pages whose date may lie between ``first`` and ``last``, both included."""
        return self.dated().filter(placed_earliest__lte=last, placed_latest__gte=first)

    def newest_first(self) -> Self:
        """By the latest possible day, then the earliest; what has no such day comes last, in order of making."""
        return self.order_by(
            F("placed_latest").desc(nulls_last=True), F("placed_earliest").desc(nulls_last=True), "-pk"
        )

    def oldest_first(self) -> Self:
        return self.order_by(
            F("placed_latest").asc(nulls_last=True), F("placed_earliest").asc(nulls_last=True), "pk"
        )

    def for_lists(self) -> Self:
        """Fetch what ``as_listing`` prints, in a fixed number of queries whatever the number of pages."""
        return self.select_related("locale", "picture").prefetch_related(
            "topics__names", "places__names", "picture__renditions"
        )

    def older_than(self, *, latest: Any, earliest: Any, pk: Any) -> Self:
        """The pages before the one so placed, in ``newest_first`` order; nearest first.

        The three are columns of a dated page, as values or as expressions.
        """
        before = Q(placed_latest__lt=latest) | Q(placed_latest=latest, placed_earliest__lt=earliest)
        return (
            self.dated()
            .filter(before | Q(placed_latest=latest, placed_earliest=earliest, pk__lt=pk))
            .newest_first()
        )

    def newer_than(self, *, latest: Any, earliest: Any, pk: Any) -> Self:
        """The pages after the one so placed, as ``older_than``; nearest first."""
        after = Q(placed_latest__gt=latest) | Q(placed_latest=latest, placed_earliest__gt=earliest)
        return (
            self.dated()
            .filter(after | Q(placed_latest=latest, placed_earliest=earliest, pk__gt=pk))
            .oldest_first()
        )


BasePageManager = PageManager.from_queryset(BasePageQuerySet)
