"""What does the rescued archive look like: items by year, the undated by themselves, what is wrong with how many?"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry

from pututu.lib.dates import DateError, HonestDate
from pututu.pages.models import BasePage
from pututu.rescue.models import OldAddress, RescuedItem
from pututu.rescue.wording import FIELDS


@dataclass(frozen=True)
class Bar:
    """A year, or "" for what has no date; ``width`` is of the longest bar's, 0 to 300."""

    year: str
    count: int
    width: int


def bars() -> list[Bar]:
    """Items by the year in which they ended up for certain; an item between two years is undated here."""
    pages = BasePage.objects.filter(rescued__isnull=False).values_list(
        "published_earliest", "published_latest"
    )
    years: Counter[str] = Counter()
    for earliest, latest in pages.iterator():
        is_one = earliest and latest and earliest.year == latest.year
        years[str(earliest.year) if is_one else ""] += 1
    most = max(years.values(), default=1)
    named = sorted((year for year in years if year), key=int)
    return [
        Bar(year, years[year], max(1, 300 * years[year] // most))
        for year in [*named, *([""] if "" in years else [])]
    ]


def needs() -> list[tuple[str, str, int]]:
    """What waits for a person: each reason, its words, and how many."""
    found = dict(RescuedItem.objects.exclude(needs="").values_list("needs").annotate(Count("pk")))
    return [(need.value, str(need.label), found.get(need.value, 0)) for need in RescuedItem.Need]


@dataclass(frozen=True)
class Otherwise:
    """Another capture of an item, and in which of its fields, in the reader's words, it says something else."""

    address: str
    sha256: str
    retrieved: dt.datetime | None
    fields: str


def otherwise(row: RescuedItem) -> list[Otherwise]:
    """The captures of an item that differ from what came across."""
    return [
        Otherwise(
            each["address"],
            each["sha256"],
            dt.datetime.fromisoformat(each["retrieved"]) if each["retrieved"] else None,
            ", ".join(str(FIELDS[name]) for name in each["differs"]),
        )
        for each in row.facts.get("variants", [])
    ]


def kept(row: RescuedItem) -> str:
    """The fields, in the reader's words, that changed on the old site too after an editor had changed them here."""
    return ", ".join(str(FIELDS.get(name.replace("_", " "), name)) for name in row.facts.get("kept", []))


@dataclass(frozen=True)
class Decided:
    """What somebody decided about an item, in the reader's words, who and when."""

    what: str
    by: str
    at: dt.datetime


def decisions(pages: Iterable[int | None]) -> dict[int, Decided]:
    """The last decision about each page that came from the old site; none where it was taken back."""
    found: dict[int, Decided] = {}
    entries = PageLogEntry.objects.filter(page__in=pages, action__in=("rescue.settled", "rescue.undone"))
    for entry in entries.select_related("user").order_by("timestamp", "pk"):
        if entry.action == "rescue.undone":
            found.pop(entry.page_id, None)
        else:
            name = entry.user.get_username() if entry.user else ""
            found[entry.page_id] = Decided(_decided(str(entry.data.get("what", ""))), name, entry.timestamp)
    return found


def _decided(what: str) -> str:
    said = {
        "kept": _("right as it is"),
        "unknown": _("nobody knows the date"),
        "joined": _("joined with the other"),
    }
    if what in said:
        return said[what]
    try:
        return HonestDate.parse(what).words(get_language() or "en")
    except DateError:
        return what


@dataclass(frozen=True)
class Defect:
    """A reason to look: its name, its words, how many wait and how many a person settled."""

    code: str
    label: str
    waiting: int
    settled: int


def defects() -> list[Defect]:
    """What was found wrong, by kind: what waits, and what was settled already."""
    settled = Counter(
        RescuedItem.objects.filter(settled_at__isnull=False).values_list("before__needs", flat=True)
    )
    return [Defect(code, label, count, settled[code]) for code, label, count in needs()]


def stand_ins() -> list[tuple[str, int]]:
    """What the old site shows in place of a date, and how often; the most frequent first."""
    shown = RescuedItem.objects.values_list("facts__stand_in", flat=True)
    return Counter(str(text).strip() for text in shown.iterator() if text is not None).most_common(8)


def progress() -> tuple[int, int]:
    """How many items were settled by a person, and how many wait."""
    return (
        RescuedItem.objects.filter(settled_at__isnull=False).count(),
        RescuedItem.objects.exclude(needs="").count(),
    )


def outcomes() -> dict[str, int]:
    """How many old addresses have which outcome; "draft": of those that lead on, how many wait for a publication."""
    found = dict(OldAddress.objects.values_list("outcome").annotate(Count("pk")))
    waiting = OldAddress.objects.filter(outcome=OldAddress.Outcome.REDIRECT, item__page__live=False)
    return {**found, "draft": waiting.count()}


def unresolved() -> int:
    return OldAddress.objects.filter(outcome=OldAddress.Outcome.UNRESOLVED).count()
