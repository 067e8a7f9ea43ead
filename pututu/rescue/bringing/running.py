"""How does a whole source come across: opened, kept, read, decided, written, linked, each address settled?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from wagtail.models import Page

from pututu.rescue.bringing.applying import (
    Done,
    Into,
    apply_items,
    decide_all,
    decide_new,
    settle_duplicates,
    told,
)
from pututu.rescue.bringing.closed import Closed
from pututu.rescue.bringing.keeping import HALF, Linked, keep, sweep
from pututu.rescue.bringing.keeping import folder as originals
from pututu.rescue.bringing.linking import link_pages
from pututu.rescue.bringing.outcomes import lead_to_files, settle_the_rest
from pututu.rescue.bringing.room import told_when_full
from pututu.rescue.capture import Found, Unreadable
from pututu.rescue.dating.site import read_site
from pututu.rescue.item import ItemKind, OldItem
from pututu.rescue.reading.record import Reading
from pututu.rescue.sources import open_source

MOST_FAULTS = 1000


@dataclass(frozen=True)
class Source:
    """What is brought across, and how it is opened."""

    paths: tuple[Path, ...]
    site: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    left_out: tuple[Unreadable, ...] = ()  # what could not even be unpacked

    def captures(self) -> Iterator[Found]:
        yield from self.left_out
        for path in self.paths:
            yield from open_source(path, site=self.site, mapping=self.mapping, encoding=self.encoding)


class Watch:
    """Is told how far a run is. This one does nothing with it."""

    def read(self) -> None:
        """A page was read."""

    def dated(self) -> None:
        """An item was dated. When all are, they are compared with what is there, and given one by one."""


@dataclass
class Outcome:
    """What came of a run: counts by act, and what could not be read; ``watch`` is told how far it is.

    Of very many faults the first ``MOST_FAULTS`` are kept, and all are counted.
    """

    acts: Counter[str] = field(default_factory=Counter)
    faults: list[Unreadable] = field(default_factory=list)
    fault_count: int = 0
    linked: int = 0
    unresolved: int = 0
    watch: Watch = field(default_factory=Watch)

    def note_fault(self, fault: Unreadable) -> None:
        self.fault_count += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)


def look(source: Source, *, is_known: bool, outcome: Outcome) -> Iterator[Done]:
    """Give what would be done, and write nothing; ``is_known`` says whether there is a site to compare with.

    Raises DiskIsFull.
    """
    with told_when_full():
        yield from _looked(source, is_known, outcome)


def _looked(source: Source, is_known: bool, outcome: Outcome) -> Iterator[Done]:
    closed = Closed(is_noted=False)
    items = closed.left_out(_items(closed.public_only(source.captures()), outcome))
    decided = decide_all(items) if is_known else decide_new(items)
    for item, decision, row in decided:
        yield _counted(Done(told(item, decision), decision, row.page if row else None), outcome)
    yield from (_counted(each, outcome) for each in closed.done)


def bring(source: Source, into: Into, *, outcome: Outcome) -> Iterator[Done]:
    """Bring a source across; give each item as it is done, and count into ``outcome``. Raises DiskIsFull."""
    with told_when_full():
        sweep(originals() / HALF)
        yield from _brought(source, into, outcome)


def _brought(source: Source, into: Into, outcome: Outcome) -> Iterator[Done]:
    closed = Closed(is_noted=True)
    twins: list[OldItem] = []
    files: list[OldItem] = []
    linked = Linked()
    items = _items(keep(closed.public_only(source.captures())), outcome, linked.hear)
    for done in apply_items(closed.left_out(items), into):
        if done.item.duplicate_of and done.page is None:
            twins.append(_by_its_addresses(done.item))
        if done.item.kind is ItemKind.ASSET and done.item.aliases:
            files.append(_by_its_addresses(done.item))
        yield _counted(done, outcome)
    yield from (_counted(each, outcome) for each in closed.done)
    linked.note()
    settle_duplicates(twins)
    lead_to_files(files)
    outcome.linked = link_pages()
    outcome.unresolved = settle_the_rest()


def _by_its_addresses(item: OldItem) -> OldItem:
    """The item without what it says: there may be very many that wait for the end."""
    return OldItem(
        address=item.address,
        kind=item.kind,
        title="",
        aliases=item.aliases,
        language=item.language,
        sha256=item.sha256,
        duplicate_of=item.duplicate_of,
        leads_to=item.leads_to,
    )


def _items(
    found: Iterable[Found], outcome: Outcome, heard: Callable[[Reading], None] = lambda _reading: None
) -> Iterator[OldItem]:
    def read(reading: Reading) -> None:
        outcome.watch.read()
        heard(reading)

    for each in read_site(found, heard=read, dated=outcome.watch.dated):
        if isinstance(each, Unreadable):
            outcome.note_fault(each)
        else:
            yield each


def _counted(done: Done, outcome: Outcome) -> Done:
    outcome.acts[str(done.decision.act)] += 1
    return done


def section_named(name: str) -> Page | None:
    """The one section that is meant: by its number, its address ("/en/news/") or the last word of it."""
    pages = Page.objects.filter(depth__gt=2)
    if name.isdigit():
        return pages.filter(pk=name).first()
    wish = name.strip("/").split("/")
    found = [
        page
        for page in pages.filter(slug=wish[-1], depth=3)
        if len(wish) == 1 or page.url == f"/{'/'.join(wish)}/"
    ]
    return found[0] if len(found) == 1 else None


def sections() -> list[str]:
    """The addresses of the sections in which something may stand."""
    return [page.url or str(page.pk) for page in Page.objects.filter(depth=3, live=True).order_by("path")]
