"""What was found in a source that staff gave, in the words of who looks at it?"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language, gettext_lazy
from wagtail.models import Page

from pututu.lib.dates import DateError, HonestDate
from pututu.rescue.deciding import ONLY_NEW
from pututu.rescue.models import RescueRun

KINDS = {
    "story": gettext_lazy("stories"),
    "event": gettext_lazy("events"),
    "background": gettext_lazy("background pages"),
    "publication": gettext_lazy("publications"),
    "list": gettext_lazy("lists"),
    "asset": gettext_lazy("files"),
    "error": gettext_lazy("error pages"),
}
ACTS = {
    "create": gettext_lazy("new"),
    "change": gettext_lazy("changed"),
    "leave": gettext_lazy("as they were"),
    "refuse": gettext_lazy("no page of their own"),
}
MOST_PLACES = 6
SIGNS = {"create": gettext_lazy("new"), "change": gettext_lazy("changed"), "leave": gettext_lazy("as it was")}


@dataclass(frozen=True)
class Found:
    """How many of which kind: a row for each kind that there is, a column for each act that there is."""

    acts: list[str]
    rows: list[tuple[str, list[int]]]


def found_in(run: RescueRun) -> Found:
    """The sums of a run; ``counts`` holds them as "create story"."""
    counts: dict[str, int] = run.counts
    acts = [act for act in ACTS if any(name.startswith(f"{act} ") for name in counts)]
    kinds = [kind for kind in KINDS if any(name.endswith(f" {kind}") for name in counts)]
    rows = [(str(KINDS[kind]), [counts.get(f"{act} {kind}", 0) for act in acts]) for kind in kinds]
    return Found([str(ACTS[act]) for act in acts], rows)


def makes_pages(run: RescueRun) -> bool:
    """Whether anything was found that has a page here, or would."""
    return any(count and not name.startswith("refuse ") for name, count in run.counts.items())


@dataclass(frozen=True)
class First:
    """One of the first items: its title or address, its date in words, what is done with it, and why."""

    title: str
    date: str
    act: str
    outcome: str


def first_of(run: RescueRun) -> list[First]:
    return [_first(each) for each in run.first]


def _first(each: dict[str, str]) -> First:
    act, _colon, reason = each.get("outcome", "").partition(":")
    return First(
        each.get("title") or each.get("address", ""),
        _words(each.get("date", "")),
        str(SIGNS.get(act, gettext_lazy("no page of its own"))),
        "" if reason.strip() == ONLY_NEW else reason.strip(),
    )


def places_of(run: RescueRun) -> list[Page]:
    """The pages under which what a run brought stands now."""
    paths = run.items.filter(page__isnull=False).values_list("page__path", flat=True)
    above = {path[: -Page.steplen] for path in paths.iterator()}
    return list(Page.objects.filter(path__in=above).order_by("path")[:MOST_PLACES])


def _words(edtf: str) -> str:
    try:
        return HonestDate.parse(edtf).words(get_language() or "en") if edtf else ""
    except DateError:
        return ""
