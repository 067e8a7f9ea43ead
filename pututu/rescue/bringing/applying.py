"""How do the decided items become pages, a hundred to a transaction, so that a killed run is finished by the next?

Pictures and documents of a batch are kept first, each for itself; then its pages, what is known of them and their old
addresses come in one transaction. Whatever was not committed is decided anew by the next run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import islice
from typing import Any, NamedTuple

from django.db import transaction
from wagtail.models import Locale, Page

from pututu.home.models import HomePage
from pututu.rescue.addresses import item_key
from pututu.rescue.bringing.files import find_document, find_picture
from pututu.rescue.bringing.indexing import indexed_together
from pututu.rescue.bringing.known import adopt, free_key, rows_by_words
from pututu.rescue.bringing.outcomes import lead_to_item, note_without_page
from pututu.rescue.bringing.pages import MAKERS, fill, free_slug, new_page, prints_now, unknown_topics
from pututu.rescue.deciding import Act, Decision, Known, decide, prints_of
from pututu.rescue.item import Basis, ItemKind, OldItem
from pututu.rescue.models import RescuedItem, RescueRun
from pututu.rescue.pieces import links_of
from pututu.rescue.shelter import NoSiteYet, shelter_in

BATCH = 100
BOUNDS = (Basis.NEIGHBOURS, Basis.TEXT)  # what they propose is looked at by a person
DAMAGED = "\ufffd"


@dataclass(frozen=True)
class Into:
    """Where items go: into ``section`` those that may stand there, else under "From the old site" as drafts.

    ``language`` is for items that name none for which there is a front page. Only what goes into a section can be
    published. ``run`` is what staff gave: what it brought can be taken back together.
    """

    language: str = "en"
    section: Page | None = None
    is_published: bool = False
    run: RescueRun | None = None


class Decided(NamedTuple):
    """An item, what is to be done with it, and what is known of it from before."""

    item: OldItem
    decision: Decision
    row: RescuedItem | None


@dataclass(frozen=True)
class Done:
    """One item, what was decided, and the page if it has one; the item's ``outcome`` says it in words."""

    item: OldItem
    decision: Decision
    page: Any = None


def decide_all(items: Iterable[OldItem]) -> Iterator[Decided]:
    """Decide each item beside what is known of it, a batch at a time; nothing is written."""
    run = Run()
    waiting = iter(items)
    while batch := list(islice(waiting, BATCH)):
        yield from decide_batch(batch, run)


def decide_new(items: Iterable[OldItem]) -> Iterator[Decided]:
    """Decide each item where nothing came before."""
    run = Run()
    for item in items:
        decision = run.again(item, item_key(item.address)) or decide(item, None)
        yield Decided(item, decision, None)


def decide_batch(batch: list[OldItem], run: Run) -> list[Decided]:
    rows = _rows_of(batch)
    decided = []
    for item in batch:
        key = item_key(item.address)
        row = rows.get(key)
        decision = run.again(item, key) or decide(item, known_of(row, item) if row else None)
        decided.append(Decided(item, decision, row))
    return decided


class Run:
    """What was met in this run: an address is decided once, and what repeats a page word for word makes none."""

    def __init__(self) -> None:
        self._keys: set[int] = set()
        self._aliases: set[int] = set()

    def again(self, item: OldItem, key: str) -> Decision | None:
        self._aliases |= {_short(item_key(alias)) for alias in item.aliases}
        if item.duplicate_of and _short(key) in self._aliases:
            return Decision(Act.REFUSE, f"The same as {item.duplicate_of}, which is brought across.")
        if _short(key) in self._keys:
            return Decision(Act.REFUSE, "This address came already in this run.")
        self._keys.add(_short(key))
        return None


def _short(key: str) -> int:
    """A key in fewer bytes: there may be a million."""
    return int(key[:15], 16)


def _rows_of(batch: list[OldItem]) -> dict[str, RescuedItem]:
    """What came before of a batch's items, by the key of the item's address; an alias is as good."""
    keys = {item_key(item.address) for item in batch}
    aliases = {item_key(alias): item_key(item.address) for item in batch for alias in item.aliases}
    known = RescuedItem.objects.select_related("page")
    rows = {aliases[row.fingerprint]: row for row in known.filter(fingerprint__in=aliases.keys())}
    rows |= {row.fingerprint: row for row in known.filter(fingerprint__in=keys)}
    return rows_by_words(batch, rows)


def known_of(row: RescuedItem, item: OldItem) -> Known:
    """What is known of a row; one from before rows kept what was read is taken to have said the same."""
    return Known(row.read or prints_of(item), row.wrote, prints_now(row.page) if row.page else None)


def apply_items(items: Iterable[OldItem], into: Into) -> Iterator[Done]:
    """Do what is decided and give each item as it is done. Raises NoSiteYet without a front page."""
    if not HomePage.objects.exists():
        raise NoSiteYet("There is no front page yet: begin the site first (./run serve).")
    waiting, run = iter(items), Run()
    while batch := list(islice(waiting, BATCH)):
        decided = decide_batch(batch, run)
        for item, decision, _row in decided:
            _keep_files(item, decision)
        with transaction.atomic(), indexed_together():
            done = [_do(item, decision, row, into) for item, decision, row in decided]
        yield from done


def _keep_files(item: OldItem, decision: Decision) -> None:
    if "body" in decision.fields:
        for shown in item.pictures:
            find_picture(shown)
        for linked in item.documents:
            find_document(linked)


def _do(item: OldItem, decision: Decision, row: RescuedItem | None, into: Into) -> Done:
    page = None
    if decision.act is Act.CREATE:
        page = _create(item, decision, into)
    elif decision.act is Act.CHANGE and row:
        page = _change(item, decision, row, into)
    elif decision.act is Act.LEAVE and row:
        page = _leave(item, decision, row)
    else:
        twin = (
            item.duplicate_of and RescuedItem.objects.filter(fingerprint=item_key(item.duplicate_of)).first()
        )
        section = _section(into, _locale_of(item, into))
        note_without_page(
            item, decision.reason, original=twin or None, section=section.pk if section else None
        )
    decision = replace(decision, reason=decision.reason + _topics_told(item, decision))
    return Done(told(item, decision), decision, page)


def told(item: OldItem, decision: Decision) -> OldItem:
    """The item with what is done with it, in words."""
    return replace(item, outcome=f"{decision.act}: {decision.reason}")


def _topics_told(item: OldItem, decision: Decision) -> str:
    """The topics that the group has not: they are named, and not made."""
    missing = unknown_topics(item.topics) if "topics" in decision.fields and item.topics else []
    return f" There is no topic {', '.join(f'“{name}”' for name in missing)} here." if missing else ""


def _create(item: OldItem, decision: Decision, into: Into) -> Any:
    parent = parent_for(item, into)
    page = new_page(item, parent.locale)
    lost = fill(page, item, decision.fields)
    page.slug = free_slug(item, parent)
    parent.add_child(instance=page)
    is_public = into.is_published and parent == _section(into, parent.locale)
    _save(page, is_published=is_public and not _must_wait(item, decision, lost))
    row = RescuedItem(fingerprint=free_key(item), page_id=page.pk, run=into.run)
    _remember(row, item, decision, lost)
    lead_to_item(item, row)
    return page


def _change(item: OldItem, decision: Decision, row: RescuedItem, into: Into) -> Any:
    page = row.page.specific.get_latest_revision_as_object()  # type: ignore[union-attr]  # it has a page
    was_public = page.live and not page.has_unpublished_changes
    lost = fill(page, item, decision.fields)
    if not page.live:
        page.save()
    is_public = was_public and into.is_published
    _save(page, is_published=is_public and not _must_wait(item, decision, lost))
    _remember(row, item, decision, lost)
    lead_to_item(item, row)
    return page


def _leave(item: OldItem, decision: Decision, row: RescuedItem) -> Any:
    if not row.read:
        adopt(row, item)
    if decision.kept and row.needs != RescuedItem.Need.EDITED:
        row.needs, row.settled_at = RescuedItem.Need.EDITED, None
        row.facts = {**item.as_json(), "kept": sorted(decision.kept)}
        row.save(update_fields=["needs", "settled_at", "facts"])
    return row.page


def _save(page: Any, *, is_published: bool) -> None:
    revision = page.save_revision(log_action=True)
    if is_published:
        revision.publish()


def _remember(row: RescuedItem, item: OldItem, decision: Decision, lost: list[str]) -> None:
    """Keep what the item said and what was written: by it the next run sees what differs."""
    said = prints_of(item)
    row.page.refresh_from_db()  # type: ignore[union-attr]  # it has a page
    now = prints_now(row.page)  # type: ignore[arg-type]  # as above
    row.read = {**row.read, **{name: said[name] for name in decision.fields if name in said}}
    row.wrote = {**now, **{name: row.wrote.get(name, "") for name in decision.kept}}
    row.address, row.source, row.sha256 = item.address[:2000], item.address[:500], item.sha256[:64]
    variants = [asdict(each) for each in item.variants]
    row.facts = {**item.as_json(), "lost": lost, "kept": sorted(decision.kept), "variants": variants}
    row.words = item.words
    row.has_old_links = bool(links_of(item.body, address=item.address))
    row.needs, row.settled_at = need_of(item, decision, lost), None
    row.save()


def need_of(item: OldItem, decision: Decision, lost: list[str]) -> str:
    """Why a person should look at an item; the gravest reason, "" for none."""
    need = RescuedItem.Need
    if item.is_conflict:
        return need.CONFLICT
    if item.duplicate_of:
        return need.DUPLICATE
    if decision.kept:
        return need.EDITED
    if DAMAGED in item.title + item.standfirst + item.body:
        return need.DAMAGED
    if lost or item.listed_on:
        return need.LOST
    is_dated = item.published is not None and item.basis not in BOUNDS
    return "" if is_dated or item.kind in (ItemKind.BACKGROUND, ItemKind.EVENT) else need.UNDATED


def _must_wait(item: OldItem, decision: Decision, lost: list[str]) -> bool:
    """Whether readers would see what a person must mend first: a disputed date, damaged words, a page without any.

    An unknown day is honest, and what looks like another page may be one of its own: both were public before.
    """
    need = RescuedItem.Need
    return bool(item.listed_on) or need_of(item, decision, lost) in (need.CONFLICT, need.DAMAGED)


def parent_for(item: OldItem, into: Into) -> Page:
    """The section where it was asked for and may hold such a page, else the shelter of the item's language."""
    locale = _locale_of(item, into)
    section = _section(into, locale)
    if section and MAKERS[item.kind] in section.specific_class.allowed_subpage_models():
        return section
    return shelter_in(locale.language_code)


def _locale_of(item: OldItem, into: Into) -> Locale:
    """An item's own language where there is a front page in it, else the one that was named for the rest."""
    language = item.language.lower().replace("_", "-").partition("-")[0]
    locale = Locale.objects.filter(language_code=language).first()
    if locale is not None and HomePage.objects.filter(locale=locale).exists():
        return locale
    return Locale.objects.get(language_code=into.language)


def _section(into: Into, locale: Locale) -> Page | None:
    """The section as it stands in a language."""
    if into.section is None or into.section.locale_id == locale.pk:
        return into.section
    return into.section.get_translation_or_none(locale)


def settle_duplicates(found: Iterable[OldItem]) -> None:
    """Let the addresses of duplicates lead to the page of which they are one; the original may have come later."""
    for item in found:
        twin = RescuedItem.objects.filter(fingerprint=item_key(item.duplicate_of or "")).first()
        if twin:
            note_without_page(item, f"The same as {item.duplicate_of}.", original=twin)
