"""What does a reading become, once all that the site knows of it is weighed: one item, or several of a scraped list?"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape

from pututu.lib.dates import HonestDate
from pututu.lib.text import fold
from pututu.rescue.dating.claims import Claim, Witness, claim_of
from pututu.rescue.dating.facts import SiteFacts
from pututu.rescue.dating.verdict import Verdict, judge
from pututu.rescue.daysaid import opening_day
from pututu.rescue.item import Basis, ItemKind, OldItem
from pututu.rescue.reading.bodies import words_of
from pututu.rescue.reading.lists import SHORTEST_STANDING
from pututu.rescue.reading.record import Entry, Reading, Said

_HEADED = re.compile(r"<(h[2-4])>.{1,150}</\1>|<p>\s*<(strong|b)>[^<]{1,150}</\2>\s*</p>")
LONGEST_FIRST_WORDS = 120
_NEVER_THE_EVENTS = (Witness.STRUCTURED, Witness.META, Witness.EXPORT)
UNDATED_KINDS = (ItemKind.LIST, ItemKind.ERROR, ItemKind.ASSET, ItemKind.BACKGROUND)


def item_of(reading: Reading, facts: SiteFacts) -> OldItem:
    """The item that a page is."""
    return item_from(reading, facts.claims_for(reading), facts)


def item_from(reading: Reading, claims: tuple[Claim, ...], facts: SiteFacts) -> OldItem:
    """The item that a page is by what is claimed of its date, the best witness first."""
    kind = reading.kind
    title = _title(reading, facts)
    blocks = tuple(block for block in reading.blocks if not facts.is_repeated(block))
    if title != reading.title and blocks and words_of(blocks[0]) == title:
        blocks = blocks[1:]
    verdict = _standing(kind) if kind in UNDATED_KINDS else judge(claims, reading.address)
    happens, verdict = (
        _happens(claims, verdict, reading.address) if kind is ItemKind.EVENT else (None, verdict)
    )
    return OldItem(
        address=reading.address,
        kind=kind,
        title=title,
        standfirst=reading.standfirst,
        body="".join(blocks),
        byline=reading.byline,
        language=reading.language.partition("-")[0],
        topics=reading.topics,
        tags=reading.tags,
        aliases=reading.aliases,
        slug=reading.slug,
        pictures=tuple(each for each in reading.pictures if not facts.is_decoration(each.address)),
        documents=reading.documents,
        happens=happens,
        sha256=reading.sha256,
        published=verdict.published,
        basis=verdict.basis,
        confidence=verdict.confidence,
        reason=verdict.reason,
        stand_in=verdict.stand_in,
        evidence=verdict.evidence,
        is_conflict=verdict.is_conflict,
    )


def _title(reading: Reading, facts: SiteFacts) -> str:
    """The title; of a page whose title is only the site's, the first heading that is its own, else its first words."""
    is_named = reading.title_from == "title"
    if reading.title_from == "declared" or not facts.is_only_the_sites(
        reading.title, is_printed=not is_named
    ):
        return reading.title
    own = next((each for each in reading.headings if not facts.is_only_the_sites(each)), "")
    if own or not is_named:
        return own or reading.title
    first = next((words_of(block) for block in reading.blocks), "")
    return first if 0 < len(first) <= LONGEST_FIRST_WORDS and first[-1] != "." else reading.title


def _standing(kind: ItemKind) -> Verdict:
    if kind is ItemKind.ERROR:
        return Verdict(None, Basis.NONE, 0.0, "The old site had an error here.", ())
    return Verdict(None, Basis.NONE, 0.0, f"A page of the kind “{kind}” needs no date.", ())


def _happens(claims: tuple[Claim, ...], verdict: Verdict, address: str) -> tuple[HonestDate | None, Verdict]:
    """The event's own day; a line or a list that only prints that day says nothing of when it was announced."""
    event = next((claim for claim in claims if claim.witness is Witness.EVENT and claim.value), None)
    if event is None or event.value is None:
        return None, verdict
    rest = [claim for claim in claims if claim.witness is not Witness.EVENT]
    own = [c for c in rest if c.value != event.value or c.witness in _NEVER_THE_EVENTS]
    if len(own) < len(rest):
        verdict = judge((*map(_as_first, own), event), address)
    return event.value, verdict


def _as_first(claim: Claim) -> Claim:
    """A line that came second to that of the event is the page's date line."""
    note = claim.said.note
    return replace(claim, said=replace(claim.said, note=note.replace("second", "first", 1)))


# --- items that stand in a list and nowhere else


def items_in(reading: Reading, facts: SiteFacts) -> Iterator[OldItem]:
    """The items of a scraped list page, each at the first page that carries it; its name there is its address."""
    for entry in reading.entries:
        if entry.kind and facts.scraped.is_first(reading, entry):
            yield _entry_item(reading, entry, facts)


def _entry_item(reading: Reading, entry: Entry, facts: SiteFacts) -> OldItem:
    kind = ItemKind(entry.kind)
    claims = [claim_of(said, facts.order, reading.language) for said in _entry_said(reading, entry, kind)]
    claims += [
        replace(claim_of(said, facts.order, reading.language), address=address)
        for address, said in facts.scraped.elsewhere(reading, entry)
    ]
    claims.sort(key=lambda claim: claim.witness)
    verdict = judge(claims, reading.address)
    if kind is ItemKind.BACKGROUND:
        verdict = _standing(kind)
    elif not entry.date_line and not verdict.published:
        verdict = replace(verdict, reason="No date is printed where the old page has its dates.")
    event = next((claim.value for claim in claims if claim.witness is Witness.EVENT), None)
    return OldItem(
        address=f"{reading.address}#{entry.name}",
        kind=kind,
        words=entry.words,
        duplicate_of=facts.scraped.other_wording(reading, entry),
        title=entry.title,
        standfirst=entry.standfirst,
        body="".join(entry.body),
        language=reading.language,
        happens=event,
        sha256=reading.sha256,
        published=verdict.published,
        basis=verdict.basis,
        confidence=verdict.confidence,
        reason=verdict.reason,
        stand_in=verdict.stand_in,
        evidence=verdict.evidence,
        is_conflict=verdict.is_conflict,
    )


def _entry_said(reading: Reading, entry: Entry, kind: ItemKind) -> Iterator[Said]:
    if entry.date_line:
        yield Said("date-line", entry.date_line, entry.place, "first strength-3 classed close")
    if kind is ItemKind.EVENT:
        found = opening_day(entry.standfirst, language=reading.language)
        if found:
            yield Said("event-text", found[0], entry.text_place)
    yield from (said for said in reading.said if said.extractor == "capture")


def standing_in_text(reading: Reading, facts: SiteFacts) -> Iterator[Entry]:
    """Headed texts among the blocks of a page that stand on many pages: of old sites whose sidebar is a cell."""
    heading, words = "", list[str]()
    for block in [*reading.blocks, ""]:
        is_repeated = bool(block) and facts.is_repeated(block)
        if is_repeated and heading and not _HEADED.fullmatch(block):
            words.append(words_of(block))
            continue
        if heading and sum(map(len, words)) >= SHORTEST_STANDING:
            yield Entry(heading, standfirst=" ".join(words), place=f"“{heading}”", kind="background")
        heading, words = words_of(block) if is_repeated and _HEADED.fullmatch(block) else "", []


def standing_item(reading: Reading, entry: Entry) -> OldItem:
    """A text that stands beside many pages, as one background page, known by its words wherever it stands."""
    said = " ".join(fold(f"standing {entry.title} {entry.standfirst}").split())
    return OldItem(
        address=f"{reading.address}#{entry.place}",
        kind=ItemKind.BACKGROUND,
        title=entry.title,
        body=f"<p>{escape(entry.standfirst, quote=False)}</p>",
        language=reading.language,
        reason="It stands beside many pages and is read once.",
        sha256=reading.sha256,
        words=hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:32],
    )
