"""What would be created, what is there already, what is refused, and why?

Nothing is written here. Each item has a fingerprint of its kind and words, its dates left out: run
again, it is known again; the same item with two dates is one item with two claims.
"""

import hashlib
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from pututu.lib.dates import HonestDate
from pututu.lib.text import fold
from pututu.rescue.claims import About, Claim, claims_of
from pututu.rescue.reading.scraped import Bullets, Kind, ListPage, Passage, Reading
from pututu.rescue.verdict import Evidence, State, judge

_EDITION = "pututu rescue 1"  # raise it only with a migration of the fingerprints already stored


class Act(StrEnum):
    """What is to be done with an item."""

    CREATE = "create"
    UNCHANGED = "unchanged"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Item:
    """One thing to make, ready for whoever makes it.

    ``date`` is when it was published, unknown where nobody knows; ``state`` says whether the sources agree.
    ``held`` is an event's own day (unknown if its text does not open with it), None for all else.
    ``evidence`` is about both.
    """

    kind: Kind
    title: str
    standfirst: str
    body: tuple[Passage, ...]
    date: HonestDate
    state: State
    held: HonestDate | None
    evidence: tuple[Evidence, ...]
    fingerprint: str


@dataclass(frozen=True)
class Step:
    """What happens to one entry of the old site, found at ``source``; a refused one has no ``item``."""

    act: Act
    reason: str
    title: str
    source: str
    item: Item | None = None


@dataclass(frozen=True)
class Plan:
    """All steps, in the order of the old pages."""

    steps: tuple[Step, ...]

    def of(self, act: Act) -> tuple[Step, ...]:
        """Give the steps of one kind of act."""
        return tuple(step for step in self.steps if step.act is act)

    @property
    def items(self) -> tuple[Item, ...]:
        """What is to be created."""
        return tuple(step.item for step in self.of(Act.CREATE) if step.item)


@dataclass
class _Found:
    """One item as gathered from all pages that carry it."""

    reading: Reading
    claims: list[Claim]
    sources: list[str]


def make_plan(
    pages: Sequence[ListPage], *, existing: AbstractSet[str] = frozenset(), language: str = "en"
) -> Plan:
    """Plan the rescue of these list pages; ``existing`` holds the fingerprints of what came across before."""
    found: dict[str, _Found] = {}
    refused: list[Step] = []
    for page in pages:
        refused.extend(
            Step(Act.REFUSE, refusal.reason, refusal.title, f"{page.name}, line {refusal.line}")
            for refusal in page.refusals
        )
        for reading in page.readings:
            step = _gather(found, reading, page=page, language=language)
            refused.extend([step] if step else [])
    steps = [_step(fingerprint, entry, existing) for fingerprint, entry in found.items()]
    return Plan((*steps, *refused))


def fingerprint_of(reading: Reading) -> str:
    """Give the fingerprint of an entry: 32 hexadecimal digits of SHA-256 over kind and folded words."""
    words = [_EDITION, reading.kind, reading.title, reading.standfirst, *_texts(reading.body)]
    folded = "\n".join(" ".join(fold(word).split()) for word in words)
    return hashlib.sha256(folded.encode()).hexdigest()[:32]


def _gather(found: dict[str, _Found], reading: Reading, *, page: ListPage, language: str) -> Step | None:
    """Put a reading with its like; a step of refusal for a second wording of a standing block."""
    source = f"{page.name}, line {reading.line}"
    fingerprint = fingerprint_of(reading)
    claims = claims_of(reading, source=page.name, language=language)
    if fingerprint in found:
        found[fingerprint].claims.extend(claims)
        found[fingerprint].sources.append(source)
        return None
    first = _block_of_that_title(found.values(), reading)
    if first:
        reason = f"A standing block of this title was read already, in other words ({first.sources[0]})."
        return Step(Act.REFUSE, reason, reading.title, source)
    found[fingerprint] = _Found(reading, list(claims), [source])
    return None


def _block_of_that_title(found: Iterable[_Found], reading: Reading) -> _Found | None:
    if reading.kind is not Kind.BLOCK:
        return None
    blocks = (entry for entry in found if entry.reading.kind is Kind.BLOCK)
    return next((entry for entry in blocks if fold(entry.reading.title) == fold(reading.title)), None)


def _step(fingerprint: str, entry: _Found, existing: AbstractSet[str]) -> Step:
    item = _item(fingerprint, entry)
    times = f" It stands in {len(entry.sources)} places and is read once." if len(entry.sources) > 1 else ""
    if fingerprint in existing:
        act, reason = Act.UNCHANGED, "It was brought across before." + times
    else:
        act, reason = Act.CREATE, _reason(item) + times
    return Step(act, reason, item.title, "; ".join(entry.sources), item)


def _item(fingerprint: str, entry: _Found) -> Item:
    reading = entry.reading
    published = judge(entry.claims, about=About.PUBLISHED)
    held = judge(entry.claims, about=About.HELD)
    return Item(
        kind=reading.kind,
        title=reading.title,
        standfirst=reading.standfirst,
        body=reading.body,
        date=published.date,
        state=State.CONFLICT if State.CONFLICT in (published.state, held.state) else published.state,
        held=held.date if reading.kind is Kind.EVENT else None,
        evidence=(*held.evidence, *published.evidence),
        fingerprint=fingerprint,
    )


def _reason(item: Item) -> str:
    if item.kind is Kind.BLOCK:
        return "A standing block: it needs no date."
    if item.state is State.CONFLICT:
        return "Its sources disagree: it comes without a date and waits for a decision."
    if item.state is State.UNDATED:
        return "New; nobody knows when it was published."
    return "New."


def _texts(body: tuple[Passage, ...]) -> list[str]:
    return [
        text
        for passage in body
        for text in (passage.items if isinstance(passage, Bullets) else (passage.text,))
    ]
