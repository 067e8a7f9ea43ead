"""What does the archive show: which years, which cords, which items, which loose threads?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import Case, Count, When
from django.urls import reverse
from django.utils.dates import MONTHS, MONTHS_3

from pututu.home import quipu
from pututu.home.querysets import Year
from pututu.home.rules import bounds_of, count_by_year, months_between
from pututu.lib.dates import HonestDate
from pututu.pages.listing import Listing
from pututu.pages.models import PAGE_LENGTH, BasePage
from pututu.pages.querysets import BasePageQuerySet

MOST_CORDS = 15
MOST_NUMBERED = 40  # more items than this are drawn without numbers and counted instead of listed
MOST_LOOSE = 12
MONTHS_TOLD = 2  # a date that may fall in more months than this is listed once for the year


@dataclass(frozen=True)
class Numbered:
    """An item with its number in the drawing; 0 where the drawing has no numbers."""

    item: Listing
    number: int


@dataclass(frozen=True)
class Group:
    """The items of one year or month, or only how many there are."""

    title: str
    slug: str
    url: str
    count: int
    items: tuple[Numbered, ...] = ()

    @property
    def is_month(self) -> bool:
        return not self.title.isdigit()


@dataclass(frozen=True)
class Loose:
    """Undated items: the first of them, and how many there are in all."""

    items: tuple[Listing, ...]
    count: int

    @property
    def has_more(self) -> bool:
        return self.count > len(self.items)


@dataclass(frozen=True)
class Archive:
    """One view of the archive. ``drawings`` are two ways of drawing the same, or none if nothing is dated."""

    first: str
    last: str
    count: int
    drawings: tuple[quipu.Drawing, ...]
    groups: tuple[Group, ...]
    loose: Loose
    is_numbered: bool
    years: tuple[Group, ...] = ()
    earlier: int | None = None
    later: int | None = None
    page: PaginatorPage[BasePage] | None = None


def items(language: str) -> BasePageQuerySet:
    """Everything the public may read in ``language``."""
    return BasePage.objects.live().public().in_language(language)


def years_of(language: str) -> dict[int, int]:
    """How many dated items may fall in each year, newest year first; one row for each pair of years."""
    spans = items(language).dated().annotate(first=Year("placed_earliest"), last=Year("placed_latest"))
    rows = spans.order_by().values_list("first", "last").annotate(n=Count("pk"))
    return count_by_year(rows)


def loose_threads(language: str) -> Loose:
    """The undated items that stand beside every view of the archive."""
    return loose_of(items(language))


def loose_of(pages: BasePageQuerySet) -> Loose:
    """The undated ones of ``pages``; background pages, which nobody looks for by date, come after the others."""
    undated = pages.undated()
    shown = undated.order_by(Case(When(kind="background", then=1), default=0), "-pk").for_lists()[:MOST_LOOSE]
    return Loose(tuple(page.as_listing() for page in shown), undated.count())


def overview(language: str, *, until: int | None = None) -> Archive:
    """All years with their counts, and the quipu of the newest ones, or of those that end with ``until``."""
    years = years_of(language)
    window = window_of(years, until)
    if not window:
        return Archive("", "", 0, (), (), loose_threads(language), is_numbered=True)
    spread = items(language).falling_in(bounds_of(window[0])[0], bounds_of(window[-1])[1])
    pages = list(spread.oldest_first().for_lists()[: MOST_NUMBERED + 1])
    is_numbered = len(pages) <= MOST_NUMBERED
    numbered = [Numbered(page.as_listing(), at) for at, page in enumerate(pages, 1)] if is_numbered else []
    ties = (
        [tie for each in numbered if (tie := tie_of(each))]
        if is_numbered
        else list(_ties_without_numbers(spread))
    )
    stretches = [quipu.year_stretch(year) for year in window]
    return Archive(
        first=str(window[0]),
        last=str(window[-1]),
        count=sum(years.values()) if not is_numbered else len(pages),
        drawings=(quipu.lying(stretches, ties, quarters()), quipu.standing(stretches, ties, quarters())),
        groups=tuple(_years(years, window, numbered)) if is_numbered else (),
        years=tuple(_years(years, list(years), ())),
        loose=loose_threads(language),
        is_numbered=is_numbered,
        earlier=next((year for year in years if year < window[0]), None),
        later=min((year for year in years if year > window[-1]), default=None),
    )


def window_of(years: dict[int, int], until: int | None) -> list[int]:
    """The years that are drawn: at most fifteen in a row, ending with ``until`` or the newest year."""
    if not years:
        return []
    last = until if until is not None and min(years) <= until <= max(years) else max(years)
    first = max(min(years), last - MOST_CORDS + 1)
    return list(range(first, last + 1))


def year_view(language: str, year: int) -> Archive:
    """One year on one cord, by month."""
    spread = items(language).falling_in(*bounds_of(year))
    pages = list(spread.oldest_first().for_lists()[: MOST_NUMBERED + 1])
    is_numbered = len(pages) <= MOST_NUMBERED
    numbered = [Numbered(page.as_listing(), at) for at, page in enumerate(pages, 1)] if is_numbered else []
    ties = (
        [tie for each in numbered if (tie := tie_of(each))]
        if is_numbered
        else list(_ties_without_numbers(spread))
    )
    bounds = (
        [(each.item.date, each) for each in numbered]
        if is_numbered
        else [(date, None) for date in _dates(spread)]
    )
    years = list(years_of(language))
    return Archive(
        first=str(year),
        last=str(year),
        count=len(pages) if is_numbered else len(bounds),
        drawings=_one_cord(quipu.year_stretch(year), ties, quarters()) if ties else (),
        groups=tuple(_months(year, bounds)),
        loose=loose_threads(language),
        is_numbered=is_numbered,
        earlier=next((other for other in years if other < year), None),
        later=min((other for other in years if other > year), default=None),
    )


def month_view(language: str, year: int, month: int, *, number: str | None = None) -> Archive:
    """What may fall in one month, a fixed number of items at a time."""
    spread = items(language).falling_in(*bounds_of(year, month))
    page = Paginator(spread.oldest_first().for_lists(), PAGE_LENGTH).get_page(number)
    start = page.start_index()
    numbered = [Numbered(each.as_listing(), at) for at, each in enumerate(page, start)]
    title = f"{MONTHS[month]} {year}"
    ties = [tie for each in numbered if (tie := tie_of(each))]
    stretch = quipu.month_stretch(year, month, str(MONTHS_3[month]).capitalize())
    return Archive(
        first=title,
        last=title,
        count=page.paginator.count,
        drawings=_one_cord(stretch, ties, weeks(stretch)) if ties else (),
        groups=(Group(title, "all", "", page.paginator.count, tuple(numbered)),),
        loose=loose_threads(language),
        is_numbered=True,
        page=page,
    )


def tie_of(numbered: Numbered) -> quipu.Tie | None:
    date, mark = numbered.item.date, numbered.item.mark
    if date.earliest is None or date.latest is None:
        return None
    return quipu.Tie(_drawn(mark), date.earliest, date.latest, numbered.number)


def quarters() -> list[tuple[float, str]]:
    """The names of January, April, July and October, short, at the fractions of a year where they begin."""
    return [((month - 1) / 12, str(MONTHS_3[month]).capitalize()) for month in (1, 4, 7, 10)]


def weeks(stretch: quipu.Stretch) -> list[tuple[float, str]]:
    return [(stretch.place(stretch.first.replace(day=day)), str(day)) for day in (1, 8, 15, 22, 28)]


def _one_cord(
    stretch: quipu.Stretch, ties: Sequence[quipu.Tie], ticks: Sequence[tuple[float, str]]
) -> tuple[quipu.Drawing, ...]:
    wide = quipu.standing([stretch], ties, ticks, width=1152)
    return quipu.as_lying(wide), quipu.standing([stretch], ties, ticks)


def _drawn(mark: str) -> str:
    return mark if mark in ("day", "month", "two", "event") else "span"


def _ties_without_numbers(spread: BasePageQuerySet) -> Iterator[quipu.Tie]:
    """The different dates of many items, for a drawing without numbers."""
    rows = spread.order_by("placed_earliest", "placed_latest").values_list("placed", "kind").distinct()
    for date, kind in rows:
        if date.earliest and date.latest:
            mark = "event" if kind == "event" and date.is_day else _drawn(date.mark)
            yield quipu.Tie(mark, date.earliest, date.latest)


def _dates(spread: BasePageQuerySet) -> list[HonestDate]:
    return list(spread.oldest_first().values_list("placed", flat=True))


def _years(years: dict[int, int], window: Sequence[int], numbered: Sequence[Numbered]) -> Iterator[Group]:
    for year in (each for each in window if each in years):
        own = tuple(each for each in numbered if each.item.date.overlaps(*bounds_of(year)))
        yield Group(str(year), f"y{year}", reverse("archive-year", args=[year]), years[year], own)


def _months(year: int, dated: Iterable[tuple[HonestDate, Numbered | None]]) -> Iterator[Group]:
    """The items of a year by month; a date that says too little stands under the year itself, first."""
    found: dict[int, list[Numbered | None]] = {}
    for date, each in dated:
        months = _months_of(date, year)
        for month in months if len(months) <= MONTHS_TOLD else [0]:
            found.setdefault(month, []).append(each)
    for month in sorted(found):
        rows = tuple(each for each in found[month] if each)
        url = reverse("archive-month", args=[year, month]) if month else ""
        yield Group(
            str(MONTHS[month]).capitalize() if month else "", f"m{month}", url, len(found[month]), rows
        )


def _months_of(date: HonestDate, year: int) -> range:
    earliest, latest = date.earliest or dt.date.min, date.latest or dt.date.max
    return months_between(earliest, latest, year=year)
