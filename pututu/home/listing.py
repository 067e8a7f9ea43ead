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
from wagtail.models import Page

from pututu.pages.listing import Listing
from pututu.pages.models import BasePage
from pututu.publishing.models import BackgroundPage

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
        rows = self.value.get("pages") or ()
        keys = (row["value"] if isinstance(row, dict) else row for row in rows)
        return tuple(dict.fromkeys(key for key in keys if key))


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


def front_page(stream: Any, *, language: str, today: dt.date | None = None) -> list[list[Placed]]:
    """Return the rows of the front page in ``language``, as ``stream`` (its pieces) says or as is usual."""
    specs = specs_of(stream) or USUAL
    picked = pick(specs, language=language, today=today or timezone.localdate())
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


def pick(specs: Sequence[Spec], *, language: str, today: dt.date) -> list[tuple[Spec, Piece]]:
    """Decide which pages stand in which piece, then fetch them all at once."""
    chosen = {key for spec in specs for key in spec.chosen}
    linked = {spec.value["page"] for spec in specs if spec.sort == "invitation" and spec.value.get("page")}
    pages = {page.pk: page for page in Page.objects.filter(pk__in=chosen | linked).live().public()}
    keys = _keys_by_piece(specs, reserved=chosen, language=language, today=today)
    last = (
        []
        if any(keys[at] for at, spec in enumerate(specs) if spec.sort == "events")
        else _last_event(language, today)
    )
    listings = _listings([key for row in keys for key in row] + last)
    return [
        (spec, _piece(spec, number, keys[number], listings, pages, last)) for number, spec in enumerate(specs)
    ]


def _keys_by_piece(
    specs: Sequence[Spec], *, reserved: set[int], language: str, today: dt.date
) -> list[list[int]]:
    used: set[int] = set()
    rows: list[list[int]] = []
    for spec in specs:
        own = [key for key in spec.chosen if key not in used] or _newest(
            spec, used | reserved, language, today
        )
        used |= set(own)
        rows.append(own)
    return rows


def _newest(spec: Spec, taken: set[int], language: str, today: dt.date) -> list[int]:
    """The keys of the newest pages that fit this piece and stand nowhere else."""
    public = BasePage.objects.live().public().in_language(language)
    if spec.sort == "lead":
        found, length = public.of_kind(*STORIES).newest_first(), 1
    elif spec.sort == "stream":
        found, length = public.of_kind(spec.kind).newest_first(), spec.length
    elif spec.sort == "events":
        found, length = public.of_kind("event").filter(placed_latest__gte=today).oldest_first(), spec.length
    elif spec.sort == "pages":
        background = BackgroundPage.objects.live().public().filter(locale__language_code=language)
        found, length = background.order_by("role", "path"), BRIEFS
    else:
        return []
    keys = found.values_list("pk", flat=True)[: length + len(taken)]
    return [key for key in keys if key not in taken][:length]


def _last_event(language: str, today: dt.date) -> list[int]:
    past = (
        BasePage.objects.live()
        .public()
        .in_language(language)
        .of_kind("event")
        .filter(placed_latest__lt=today)
    )
    return list(past.newest_first().values_list("pk", flat=True)[:1])


def _listings(keys: Iterable[int]) -> dict[int, Listing]:
    found = BasePage.objects.filter(pk__in=set(keys)).live().public().for_lists()
    return {page.pk: page.as_listing() for page in found}


def _piece(
    spec: Spec,
    number: int,
    keys: list[int],
    listings: dict[int, Listing],
    pages: dict[int, Page],
    last: list[int],
) -> Piece:
    target = pages.get(spec.value.get("page") or 0)
    is_list = spec.sort in ("lead", "stream", "events")
    return Piece(
        sort=spec.sort,
        number=number,
        kind=spec.kind,
        title=spec.value.get("title") or "",
        text=spec.value.get("text") or "",
        items=tuple(listings[key] for key in keys if key in listings) if is_list else (),
        briefs=tuple(_briefs(keys, listings, pages)) if spec.sort == "pages" else (),
        link=Brief(target.title, target.url, spec.value.get("link_text") or target.title)
        if target and spec.sort == "invitation" else None,
        last=listings.get(last[0]) if last and spec.sort == "events" else None,
    )  # fmt: skip


def _briefs(keys: list[int], listings: dict[int, Listing], pages: dict[int, Page]) -> Iterable[Brief]:
    for key in keys:
        if item := listings.get(key):
            yield Brief(item.title, item.url, item.standfirst)
        elif page := pages.get(key):
            yield Brief(page.title, page.url, page.search_description)


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
