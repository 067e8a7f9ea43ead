"""How well was an invented old site rescued, held against its truth?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from pututu.lib.dates import HonestDate
from pututu.rescue.invented.site import InventedPage, Truth
from pututu.rescue.item import Basis, OldItem

CERTAIN = (Basis.STATED, Basis.OTHER_PAGE, Basis.ADDRESS)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; of none, all."""

    number: int
    of: int

    def __float__(self) -> float:
        return self.number / self.of if self.of else 1.0

    def __str__(self) -> str:
        return f"{float(self):.4f} ({self.number} of {self.of})"


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one rescue. All are better the higher they are."""

    with_an_outcome: Share  # of all addresses
    kinds: Share  # of the pages that were found
    titles: Share  # exact, of stories and events
    stated_right: Share  # of the certain dates that were given
    stated_found: Share  # of the dates that can be read on a page
    undated_left: Share  # of the pages whose date is lost, those for which no certain one was given
    bounds_true: Share  # of the bounds that were inferred, those that hold the real day
    events_right: Share  # of the events' own days
    joined_right: Share  # of the addresses that were joined to another (precision)
    joined_found: Share  # of the addresses that are another's (recall)

    def lines(self) -> list[str]:
        return [f"{each.name.replace('_', ' '):18} {getattr(self, each.name)}" for each in fields(self)]


def score(found: Iterable[OldItem], pages: Iterable[InventedPage]) -> Score:
    """Hold what was found against the truth of each page."""
    truths = {page.address: page.truth for page in pages}
    items = [item for item in found if item.address in truths]
    joined = _joined(items)
    alone = [(item, truths[item.address]) for item in items if item.address not in joined]
    # A story may be told under its second address: then that is where its truth lies.
    told = [(item, truths.get(truth.same_as, truth)) for item, truth in alone]
    datable = [(item, truth) for item, truth in told if truth.kind in ("story", "event")]
    return Score(
        with_an_outcome=Share(len({*joined, *(item.address for item in items)} & set(truths)), len(truths)),
        kinds=_share(item.kind == truth.kind for item, truth in told),
        titles=_share(item.title == truth.title for item, truth in datable),
        **_dates(datable),
        events_right=_share(_is(item.happens, truth) for item, truth in datable if truth.happens),
        joined_right=_share(_story(truths, one) == _story(truths, other) for one, other in joined.items()),
        joined_found=_share(
            address in joined or truth.same_as in joined for address, truth in truths.items() if truth.same_as
        ),
    )


def _dates(told: list[tuple[OldItem, Truth]]) -> dict[str, Share]:
    certain = [(item, truth) for item, truth in told if item.published and item.basis in CERTAIN]
    bounded = [(item, truth) for item, truth in told if item.published and item.basis not in CERTAIN]
    return {
        "stated_right": _share(_edtf(item.published) == truth.stated for item, truth in certain),
        "stated_found": _share(_edtf(item.published) == truth.stated for item, truth in told if truth.stated),
        "undated_left": _share((item, truth) not in certain for item, truth in told if not truth.stated),
        "bounds_true": _share(_holds(item.published, truth) for item, truth in bounded),
    }


def _joined(items: list[OldItem]) -> Mapping[str, str]:
    """Each address that was joined to another, and to which."""
    found = {item.address: item.duplicate_of for item in items if item.duplicate_of}
    found.update({alias: item.address for item in items for alias in item.aliases if not item.duplicate_of})
    return {one: other for one, other in found.items() if other and one != other}


def _story(truths: Mapping[str, Truth], address: str) -> str:
    return truths[address].same_as or address if address in truths else ""


def _edtf(date: HonestDate | None) -> str:
    return date.edtf if date else ""


def _is(date: HonestDate | None, truth: Truth) -> bool:
    return bool(date and truth.happens) and _edtf(date) == str(truth.happens)


def _holds(date: HonestDate | None, truth: Truth) -> bool:
    if date is None or truth.day is None:
        return False
    return (date.earliest or truth.day) <= truth.day <= (date.latest or truth.day)


def _share(held: Iterable[bool]) -> Share:
    all_of_them = list(held)
    return Share(sum(all_of_them), len(all_of_them))
