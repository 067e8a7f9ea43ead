"""What does a reader's page print of a story, a background page or a publication?

Pages are taken as they come, without naming their classes: the models stand above this module and ask it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from pututu.lib.text import reading_minutes
from pututu.pages.listing import RETRACTION, Listing, Tag
from pututu.pages.models import BasePage, tags, tags_of
from pututu.pages.prepared import Given, Prepared
from pututu.pages.querysets import BasePageQuerySet
from pututu.publishing.rules import Citation, is_review_overdue, plain_citation
from pututu.shell.drawing import readable_size
from pututu.shell.headings import Heading, contents
from pututu.shell.rendering import address_at, group_for

STORY_KINDS = ("news", "article")
ALSO_ON_TOPIC = 3
TEXT_BLOCK = "text"


@dataclass(frozen=True)
class Link:
    """A page as a plain link names it."""

    title: str
    url: str
    is_retracted: bool = False


@dataclass(frozen=True)
class Around:
    """The pages that a story leads on to: earlier and later in time, others on its first topic."""

    earlier: Link | None = None
    later: Link | None = None
    also: tuple[Link, ...] = ()
    is_undated: bool = False


def story_context(story: Any, request: HttpRequest) -> dict[str, Any]:
    """Gather a story's particulars; a story found by its section brings most of it along."""
    context = particulars(story, request)
    corrections = context["corrections"]
    return context | {
        "retraction": next((note for note in corrections if note.kind == "retraction"), None),
        "gravest": gravest(corrections),
        "minutes": reading_minutes(story.body_text(), story.locale.language_code)
        if is_preview(request)
        else story.minutes,
        "around": pages_around(story, topic=context["topics"][0] if context["topics"] else None),
    }


def particulars(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Gather what every content page prints beside its text."""
    topics, places = tags_in_memory(page) if is_preview(request) else tags_of(page)
    corrections = corrections_of(page, request)
    citation = citation_of(page, request, topics=topics, corrections=corrections)
    return {
        "corrections": corrections,
        "topics": topics,
        "places": places,
        "evidence": list(page.date_evidence.all()),
        "sources": list(page.sources.all()),
        "citation": plain_citation(citation),
        "citation_formats": CITATION_LABELS,
    }


CITATION_LABELS = (("ris", "RIS"), ("bib", "BibTeX"), ("json", "CSL-JSON"), ("txt", "TXT"))


def tags_in_memory(page: Any) -> tuple[tuple[Tag, ...], tuple[Tag, ...]]:
    """The topics and places of a page that is only looked at before it is kept."""
    language = page.locale.language_code
    return tags(page.topics.all(), language), tags(page.places.all(), language)


def is_preview(request: HttpRequest) -> bool:
    """Whether the page has changes that are only in memory."""
    return bool(getattr(request, "is_preview", False))


def corrections_of(page: Any, request: HttpRequest) -> list[Any]:
    """The public notes on a page; only stories have them, and most have none."""
    if not hasattr(page, "corrections") or not (page.corrected_on or is_preview(request)):
        return []
    return list(page.corrections.all())


def gravest(corrections: Iterable[Any]) -> str:
    """The kind of note that a reader must know of first, or ""."""
    kinds = {note.kind for note in corrections}
    return next((kind for kind in ("retraction", "correction", "update") if kind in kinds), "")


def citation_of(
    page: Any, request: HttpRequest, *, topics: Iterable[Tag], corrections: Iterable[Any]
) -> Citation:
    """Take what there is to cite from a page; a retraction is cited before any other note."""
    kind = gravest(corrections)
    group, _wording = group_for(request, language=page.locale.language_code)
    return Citation(
        kind=page.kind,
        title=page.title,
        author=page.byline,
        publisher=group.name,
        url=settings.BASE_URL + address_at(page.url_path or ""),
        language=page.locale.language_code,
        date=page.published,
        abstract=page.standfirst,
        series=getattr(page, "series", ""),
        number=getattr(page, "number", ""),
        changed_on=max((note.on for note in corrections if note.kind == kind), default=None),
        changed_as=kind or "correction",
        keywords=tuple(topic.name for topic in topics),
    )


# --- stories


def pages_around(story: Any, *, topic: Tag | None) -> Around:
    """Find the pages that a story leads on to; one without a date has no neighbours in time."""
    if story.pk is None:
        return Around()
    here = {"locale": story.locale_id, "pk": story.pk}
    place = {"latest": story.placed_latest, "earliest": story.placed_earliest}
    is_dated = None not in place.values()
    return Around(
        earlier=next(iter(links(EARLIER, **here, **place)), None) if is_dated else None,
        later=next(iter(links(LATER, **here, **place)), None) if is_dated else None,
        also=links(ALSO, **here, topic=topic.slug) if topic else (),
        is_undated=not is_dated,
    )


def stories() -> BasePageQuerySet:
    """The public stories in one language, as a prepared question asks for them."""
    return BasePage.objects.filter(locale_id=Given("locale", KEY)).of_kind(*STORY_KINDS).public()


KEY, DAY = models.BigAutoField(), models.DateField()
PLACE = {"latest": Given("latest", DAY), "earliest": Given("earliest", DAY), "pk": Given("pk", KEY)}
LINK = ("title", "url_path", "corrected_as")
EARLIER = Prepared(lambda: stories().older_than(**PLACE).values_list(*LINK)[:1])
LATER = Prepared(lambda: stories().newer_than(**PLACE).values_list(*LINK)[:1])
ALSO = Prepared(
    lambda: (
        stories()
        .about(topic=Given("topic", models.SlugField()))
        .exclude(pk=Given("pk", KEY))
        .newest_first()
        .values_list(*LINK)[:ALSO_ON_TOPIC]
    )
)


def links(question: Prepared, **given: Any) -> tuple[Link, ...]:
    """Name the pages that answer ``question``, as plain values."""
    return tuple(
        Link(title, address_at(path), noted == RETRACTION) for title, path, noted in question.ask(**given)
    )


# --- background pages


def background_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    return particulars(page, request) | {
        "contents": contents_of(page.body),
        "is_review_overdue": is_review_overdue(page.reviewed, today=timezone.localdate()),
    }


def contents_of(stream: Any) -> tuple[Heading, ...]:
    """List the h2 of a body's text pieces; ``TextBlock`` gives them the same addresses."""
    return contents(block.value.source for block in stream if block.block_type == TEXT_BLOCK)


def background_groups(section: Any) -> dict[str, list[Listing]]:
    """Part the section's pages into those about the group and the key issues, in the order of the tree."""
    pages = list(section.background_pages())
    return {
        "about": [page.as_listing() for page in pages if page.role == page.Role.ABOUT],
        "key_issues": [page.as_listing() for page in pages if page.role == page.Role.KEY_ISSUE],
    }


# --- publications


def publication_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    return particulars(page, request) | {"size": readable_size(page.document)}
