"""What does a reader's page print of a story, a background page or a publication?

Pages are taken as they come, without naming their classes: the models stand above this module and ask it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, prefetch_related_objects
from django.http import HttpRequest
from django.utils import timezone

from pututu.lib.text import reading_minutes
from pututu.pages.listing import Listing, Tag
from pututu.pages.models import BasePage, tags
from pututu.publishing.rules import Citation, is_review_overdue, plain_citation
from pututu.shell.drawing import readable_size
from pututu.shell.headings import Heading, contents
from pututu.shell.models import SiteSettings
from pututu.shell.querysets import open_to_all

STORY_KINDS = ("news", "article")
ALSO_ON_TOPIC = 3
TEXT_BLOCK = "text"


@dataclass(frozen=True)
class Link:
    """A page as a plain link names it."""

    title: str
    url: str


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
        "minutes": reading_minutes(story.body_text(), story.locale.language_code),
        "around": pages_around(
            story, topic=context["topics"][0] if context["topics"] else None, request=request
        ),
    }


def particulars(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Gather what every content page prints beside its text."""
    if not is_preview(request):
        prefetch_related_objects([page], "topics__names", "places__names")
    language = page.locale.language_code
    topics = tags(page.topics.all(), language)
    corrections = corrections_of(page, request)
    citation = citation_of(page, request, topics=topics, corrections=corrections)
    return {
        "corrections": corrections,
        "topics": topics,
        "places": tags(page.places.all(), language),
        "evidence": list(page.date_evidence.all()),
        "sources": list(page.sources.all()),
        "citation": plain_citation(citation),
        "citation_formats": CITATION_LABELS,
    }


CITATION_LABELS = (("ris", "RIS"), ("bib", "BibTeX"), ("json", "CSL-JSON"), ("txt", "TXT"))


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
    group = SiteSettings.load(request_or_site=request)
    return Citation(
        kind=page.kind,
        title=page.title,
        author=page.byline,
        publisher=group.name,
        url=page.get_full_url(request) or "",
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


def pages_around(story: Any, *, topic: Tag | None, request: HttpRequest) -> Around:
    """Find the pages that a story leads on to, all with one query; one without a date has no neighbours."""
    if story.pk is None:
        return Around()
    stories = open_to_all(BasePage.objects.filter(locale_id=story.locale_id)).of_kind(*STORY_KINDS)
    wanted = Q(pk=None)
    if is_dated(story):
        wanted |= Q(pk__in=stories.older_than(story).values("pk")[:1])
        wanted |= Q(pk__in=stories.newer_than(story).values("pk")[:1])
    if topic:
        others = stories.about(topic=topic.slug).exclude(pk=story.pk).newest_first()
        wanted |= Q(pk__in=others.values("pk")[:ALSO_ON_TOPIC])
    tagged = BasePage.topics.through.objects.filter(
        basepage=OuterRef("pk"), topic__slug=topic.slug if topic else ""
    )
    found = BasePage.objects.filter(wanted).select_related("locale").annotate(is_on_topic=Exists(tagged))
    return sort_out(list(found), story, request=request)


def sort_out(found: list[Any], story: Any, *, request: HttpRequest) -> Around:
    """Tell the neighbours from the others: of all that were found the nearest in time is the neighbour."""
    dated = sorted((each for each in found if is_dated(each)), key=order) if is_dated(story) else []
    older = [each for each in dated if order(each) < order(story)]
    newer = [each for each in dated if order(each) > order(story)]
    also = [each for each in found if each.is_on_topic]
    return Around(
        earlier=link_to(older[-1], request) if older else None,
        later=link_to(newer[0], request) if newer else None,
        is_undated=not is_dated(story),
        also=tuple(link_to(each, request) for each in sorted(also, key=newest_first)[:ALSO_ON_TOPIC]),
    )


def is_dated(page: BasePage) -> bool:
    return page.placed_earliest is not None and page.placed_latest is not None


def order(page: BasePage) -> tuple[Any, ...]:
    """The order of ``BasePageQuerySet.oldest_first`` for dated pages."""
    return (page.placed_latest, page.placed_earliest, page.pk)


def newest_first(page: BasePage) -> tuple[Any, ...]:
    """Dated pages first, the latest of them before the others."""
    latest = page.placed_latest
    return (latest is None, -latest.toordinal() if latest else 0, -page.pk)


def link_to(page: BasePage, request: HttpRequest) -> Link:
    return Link(page.title, page.get_url(request) or "")


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
