"""What is about one topic, or one place?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import Count

from pututu.home.rendering.archive import Loose, items, loose_of
from pututu.lib.text import fold
from pututu.pages.listing import Listing
from pututu.pages.models import PAGE_LENGTH, BasePage
from pututu.topics.models import Label, Place, Topic

KINDS = ("news", "article", "publication", "event", "background")


@dataclass(frozen=True)
class LabelLine:
    """A topic or place in the list of all, and how many pages are about it."""

    name: str
    description: str
    url: str
    count: int


@dataclass(frozen=True)
class KindChoice:
    """One way of narrowing a list to a kind; an empty kind is everything."""

    kind: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class Tagged:
    """What is about one topic or place: a page of dated items, and the undated ones beside them."""

    listings: tuple[Listing, ...]
    page: PaginatorPage[BasePage]
    loose: Loose
    kinds: tuple[KindChoice, ...]
    kind: str


def lines(model: type[Topic] | type[Place], language: str) -> list[LabelLine]:
    """The topics, or places, that a public page in ``language`` is about, by name, with the number of these pages."""
    relation = "topics" if model is Topic else "places"
    counts = dict(items(language).order_by().values_list(relation).annotate(n=Count("pk", distinct=True)))
    found = [
        LabelLine(
            label.name(language),
            label.description(language),
            label.get_absolute_url(),
            counts.get(label.pk, 0),
        )
        for label in model.objects.prefetch_related("names")
    ]
    return sorted((line for line in found if line.count), key=lambda line: fold(line.name))


def tagged(label: Label, language: str, *, kind: str = "", number: str | None = None) -> Tagged:
    """The pages in ``language`` about ``label``, newest first, a fixed number at a time."""
    about = items(language).about(**{"topic" if isinstance(label, Topic) else "place": label.slug})
    counts: dict[str, int] = dict(about.order_by().values_list("kind").annotate(n=Count("pk", distinct=True)))
    kind = kind if kind in counts else ""
    narrowed = about.of_kind(kind) if kind else about
    page = Paginator(narrowed.dated().newest_first().for_lists(), PAGE_LENGTH).get_page(number)
    return Tagged(
        listings=tuple(each.as_listing() for each in page),
        page=page,
        loose=loose_of(narrowed),
        kinds=tuple(_choices(counts, kind)),
        kind=kind,
    )


def _choices(counts: dict[str, int], current: str) -> Any:
    yield KindChoice("", sum(counts.values()), not current)
    for kind in sorted(counts, key=lambda kind: KINDS.index(kind) if kind in KINDS else len(KINDS)):
        yield KindChoice(kind, counts[kind], kind == current)
