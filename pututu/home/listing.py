"""Which items stand where on the front page?

Editors' choices come first; the newest of each kind fill in what nobody chose. No item stands twice. The
number of queries depends on the pieces, never on how many pages the site has.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from pututu.events.models import EventPage
from pututu.events.querysets import dated
from pututu.pages.listing import RETRACTION, Listing
from pututu.pages.models import BasePage
from pututu.publishing.models import BackgroundPage
from pututu.shell.rendering import offered_url

STORIES = ("news", "article")
BRIEFS = 3
COLUMNS = 12
WIDTHS = {
    "lead": 8,
    "events": 4,
    "pages": 8,
    "invitation": 4,
    "search": 4,
    "news": 4,
    "article": 8,
    "publication": 4,
}


@dataclass(frozen=True)
class Spec:
    """One piece as editors set it: what sort, and its settings as they are kept (page numbers, not pages)."""

    sort: str
    value: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return str(self.value.get("kind") or "")

    @property
    def length(self) -> int:
        return int(self.value.get("length") or 1)

    @property
    def width(self) -> int:
        return WIDTHS[self.kind or self.sort]

    @property
    def chosen(self) -> tuple[int, ...]:
        """The numbers of the pages that an editor chose for this piece's list."""
        if self.sort == "lead":
            return (self.value["page"],) if self.value.get("page") else ()
        rows = self.value.get("pages") or () if self.sort == "pages" else ()
        keys = (row["value"] if isinstance(row, dict) else row for row in rows)
        return tuple(dict.fromkeys(key for key in keys if key))

    @property
    def linked(self) -> tuple[int, ...]:
        """The number of the page that an invitation leads to; it may stand elsewhere on the page too."""
        return (self.value["page"],) if self.sort == "invitation" and self.value.get("page") else ()


USUAL = (
    Spec("lead"),
    Spec("stream", {"kind": "news", "length": 6}),
    Spec("stream", {"kind": "article", "length": 4}),
    Spec("events", {"length": 3}),
    Spec("pages"),
    Spec("stream", {"kind": "publication", "length": 1}),
    Spec("search"),
)


@dataclass(frozen=True)
class Brief:
    """A page as one short paragraph."""

    title: str
    url: str
    text: str
    is_retracted: bool = False


@dataclass(frozen=True)
class Piece:
    """One piece as the template prints it."""

    sort: str
    number: int
    kind: str = ""
    title: str = ""
    text: str = ""
    items: tuple[Listing, ...] = ()
    briefs: tuple[Brief, ...] = ()
    link: Brief | None = None
    last: Listing | None = None

    @property
    def template(self) -> str:
        return f"home/pieces/{self.sort}.html"

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to print; events say so in words, and search needs nothing."""
        return self.sort in ("lead", "stream", "pages") and not (self.items or self.briefs)


@dataclass(frozen=True)
class Placed:
    """A piece and its width in twelfths of the page."""

    piece: Piece
    width: int


def front_page(stream: Any, *, language: str, now: dt.datetime | None = None) -> list[list[Placed]]:
    """Return the rows of the front page in ``language``, as ``stream`` (its pieces) says or as is usual."""
    specs = specs_of(stream) or USUAL
    picked = pick(specs, language=language, now=now or timezone.now())
    pieces = [piece for spec, piece in picked if not piece.is_empty]
    widths = [spec.width for spec, piece in picked if not piece.is_empty]
    queue = iter(pieces)
    return [[Placed(next(queue), width) for width in row] for row in arrange(widths)]


def specs_of(stream: Any) -> tuple[Spec, ...]:
    """Read the pieces from the StreamField's kept data, which takes no query."""
    return tuple(
        Spec(row["type"], row["value"] or {})
        for row in getattr(stream, "raw_data", ())
        if row["type"] in _SORTS
    )


_SORTS = {"lead", "stream", "events", "pages", "invitation", "search"}


def pick(specs: Sequence[Spec], *, language: str, now: dt.datetime) -> list[tuple[Spec, Piece]]:
    """Decide which pages stand in which piece, then fetch them all at once."""
    return _Picker(specs, language, now).pieces()


class _Picker:
    """One front page in the making: what was chosen, and what stands somewhere already."""

    def __init__(self, specs: Sequence[Spec], language: str, now: dt.datetime) -> None:
        self.specs, self.language, self.now = specs, language, now
        named = {key for spec in specs for key in (*spec.chosen, *spec.linked)}
        self.pages = {page.pk: page for page in Page.objects.filter(pk__in=named).live().public()}
        self.reserved = {key for spec in specs for key in spec.chosen}
        self.used: set[int] = set()
        self.events: dict[int, Listing] = {}

    def pieces(self) -> list[tuple[Spec, Piece]]:
        rows = [self.keys(spec) for spec in self.specs]
        wants_last = any(
            spec.sort == "events" and not row for spec, row in zip(self.specs, rows, strict=True)
        )
        last = self.last_event() if wants_last else []
        listings = _listings([key for row in rows for key in row] + last) | self.events
        return [
            (spec, self.piece(spec, number, row, listings, last))
            for number, (spec, row) in enumerate(zip(self.specs, rows, strict=True))
        ]

    def keys(self, spec: Spec) -> list[int]:
        chosen = [key for key in spec.chosen if key in self.pages and key not in self.used]
        found = chosen or self.next_events(spec) or self.newest(spec)
        self.used |= set(found)
        return found

    def next_events(self, spec: Spec) -> list[int]:
        if spec.sort != "events":
            return []
        public = EventPage.objects.live().public().in_language(self.language)
        coming = public.exclude(state=EventPage.State.CANCELLED).for_lists().soonest_first(self.now)
        shown = [event for event in coming if event.pk not in self.used | self.reserved][: spec.length]
        self.events |= {
            event.pk: dated(event.as_listing(), event.next_occurrence(self.now)) for event in shown
        }
        return [event.pk for event in shown]

    def newest(self, spec: Spec) -> list[int]:
        """The keys of the newest pages that fit this piece and stand nowhere else."""
        taken = self.used | self.reserved
        length = {"lead": 1, "pages": BRIEFS}.get(spec.sort, spec.length)
        keys = self.candidates(spec).values_list("pk", flat=True)[: length + len(taken)]
        return [key for key in keys if key not in taken][:length]

    def candidates(self, spec: Spec) -> Any:
        public = BasePage.objects.live().public().in_language(self.language)
        if spec.sort == "lead":
            return public.of_kind(*STORIES).exclude(corrected_as=RETRACTION).newest_first()
        if spec.sort == "stream":
            return public.of_kind(spec.kind).newest_first()
        if spec.sort == "pages":
            background = BackgroundPage.objects.live().public()
            return background.filter(locale__language_code=self.language).order_by("role", "path")
        return public.none()

    def last_event(self) -> list[int]:
        past = EventPage.objects.live().public().in_language(self.language).past(self.now)
        return list(past.newest_first().values_list("pk", flat=True)[:1])

    def piece(
        self, spec: Spec, number: int, keys: list[int], listings: dict[int, Listing], last: list[int]
    ) -> Piece:
        is_list = spec.sort in ("lead", "stream", "events")
        return Piece(
            sort=spec.sort,
            number=number,
            kind=spec.kind,
            title=spec.value.get("title") or "",
            text=spec.value.get("text") or "",
            items=tuple(listings[key] for key in keys if key in listings) if is_list else (),
            briefs=tuple(self.briefs(keys, listings)) if spec.sort == "pages" else (),
            link=self.link(spec),
            last=listings.get(last[0]) if last and spec.sort == "events" else None,
        )

    def link(self, spec: Spec) -> Brief | None:
        """Where an invitation leads: the page that an editor chose, or the join page, where a higher app offers one."""
        target = next((self.pages[key] for key in spec.linked if key in self.pages), None)
        words = spec.value.get("link_text") or ""
        if target:
            return Brief(target.title, target.url, words or target.title)
        url = offered_url("join") if spec.sort == "invitation" else ""
        return Brief(_("Join"), url, words or _("Join")) if url else None

    def briefs(self, keys: list[int], listings: dict[int, Listing]) -> Iterable[Brief]:
        for key in keys:
            if item := listings.get(key):
                yield Brief(item.title, item.url, item.standfirst, item.is_retracted)
            elif page := self.pages.get(key):
                yield Brief(page.title, page.url, page.search_description)


def _listings(keys: Iterable[int]) -> dict[int, Listing]:
    found = BasePage.objects.filter(pk__in=set(keys)).live().public().for_lists()
    return {page.pk: page.as_listing() for page in found}


def arrange(widths: Sequence[int]) -> list[list[int]]:
    """Put pieces of these widths (in twelfths) into rows, in their order; return the widths of each row.

    The last piece of a row that stays open is widened to fill it; two of equal width share the row.
    """
    rows: list[list[int]] = []
    for width in widths:
        if not rows or sum(rows[-1]) + width > COLUMNS:
            rows.append([])
        rows[-1].append(width)
    return [_filled(row) for row in rows]


def _filled(row: list[int]) -> list[int]:
    left = COLUMNS - sum(row)
    if left and len(row) == 2 and row[0] == row[1]:
        return [COLUMNS // 2] * 2
    return [*row[:-1], row[-1] + left]
