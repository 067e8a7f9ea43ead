"""What is said of each item, and of the whole at the end: found, dated, joined, led on, and where to look next?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from pututu.rescue.deciding import Act, Decision
from pututu.rescue.item import Basis, ItemKind, OldItem

SIGNS = {Act.CREATE: "+", Act.CHANGE: "~", Act.LEAVE: "=", Act.REFUSE: "!"}
DONE = {
    Act.CREATE: "created",
    Act.CHANGE: "changed",
    Act.LEAVE: "left as they were",
    Act.REFUSE: "with no page of their own",
}
PLANNED = {
    Act.CREATE: "to create",
    Act.CHANGE: "to change",
    Act.LEAVE: "to leave",
    Act.REFUSE: "with no page of their own",
}
KINDS = {
    ItemKind.STORY: ("story", "stories"),
    ItemKind.EVENT: ("event", "events"),
    ItemKind.BACKGROUND: ("background page", "background pages"),
    ItemKind.PUBLICATION: ("publication", "publications"),
    ItemKind.LIST: ("list", "lists"),
    ItemKind.ASSET: ("file", "files"),
    ItemKind.ERROR: ("error page", "error pages"),
}
DATED = (ItemKind.STORY, ItemKind.EVENT, ItemKind.PUBLICATION)
NEEDS_NO_DATE = re.compile(r"A page of the kind “\w+” needs no date\.")  # true, and of no use to a reader
BOUNDED = (Basis.NEIGHBOURS, Basis.TEXT)


def item_lines(item: OldItem, decision: Decision) -> str:
    """One item, what is done with it and why, on two lines."""
    date = f" ({_date(item)})" if item.kind in DATED else ""
    name = KINDS[item.kind][0]
    first = f"{SIGNS[decision.act]} {name}: {item.title or '(no title)'}{date} [{item.address}]"
    told = [decision.reason, "" if NEEDS_NO_DATE.fullmatch(item.reason) else item.reason]
    return f"{first}\n    {' '.join(dict.fromkeys(part for part in told if part))}"


def _date(item: OldItem) -> str:
    date = item.published.words("en") if item.published else "no date"
    return f"takes place: {item.happens.words('en')}; announced: {date}" if item.happens else date


@dataclass
class Tally:
    """The sums of a run. ``add`` every item once."""

    kinds: Counter[ItemKind] = field(default_factory=Counter)
    acts: Counter[Act] = field(default_factory=Counter)
    dates: Counter[str] = field(default_factory=Counter)
    stand_ins: Counter[str] = field(default_factory=Counter)
    repeats: int = 0
    alike: int = 0

    def add(self, item: OldItem, act: Act) -> None:
        self.acts[act] += 1
        if item.duplicate_of and act is Act.REFUSE:
            self.repeats += 1
            return
        self.kinds[item.kind] += 1
        self.alike += bool(item.duplicate_of)
        if item.kind in DATED:
            dating = _dating(item)
            self.dates[dating] += 1
            if item.stand_in is not None and dating != "stated":
                self.stand_ins[item.stand_in.strip()] += 1

    def lines(self, *, is_dry: bool, faults: int) -> Iterator[str]:
        """The report, a subject on each line."""
        words = PLANNED if is_dry else DONE
        acts = ", ".join(f"{self.acts[act]} {word}" for act, word in words.items())
        yield _line("Found", self._found() or "nothing")
        yield _line("Dates", self._dated())
        yield _line(
            "Joined",
            f"{self.repeats} that repeat another page; {self.alike} nearly the same, for a person to compare",
        )
        yield _line("Plan" if is_dry else "Done", f"{acts}; {faults} could not be read")

    def _found(self) -> str:
        return ", ".join(
            f"{self.kinds[kind]} {names[self.kinds[kind] != 1]}"
            for kind, names in KINDS.items()
            if self.kinds[kind]
        )

    def _dated(self) -> str:
        told = ", ".join(
            f"{self.dates[name]} {name}" for name in ("stated", "bounded", "unknown", "disputed")
        )
        shown = ", ".join(f"“{text}” {count}×" for text, count in self.stand_ins.most_common(5))
        return f"{told}. Stand-ins, none believed: {shown}" if shown else told


def _dating(item: OldItem) -> str:
    if item.is_conflict:
        return "disputed"
    if item.published is None:
        return "unknown"
    return "bounded" if item.basis in BOUNDED else "stated"


def _line(subject: str, text: str) -> str:
    return f"{subject + ':':<15}{text}."


def address_lines(outcomes: dict[str, int], *, waiting: int, place: str) -> Iterator[str]:
    """What became of the old addresses, and where to go on; ``outcomes`` are counts by name, "draft" among them."""
    drafts = f" ({outcomes['draft']} once their drafts are published)" if outcomes.get("draft") else ""
    yield _line(
        "Old addresses",
        f"{outcomes.get('redirect', 0)} lead on{drafts}, {outcomes.get('gone', 0)} gone, "
        f"{outcomes.get('unresolved', 0)} unresolved (pututu rescue report lists them)",
    )
    yield _line("Look next", f"{place} – {waiting} waiting for a decision")
