"""Which items does a list of the old site name that have no page of their own: lost pages, and publications?

What a list says of a document (a report, a newsletter) is all that was ever said of it: the document becomes a
publication with the list's title, day and words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from pututu.rescue.addresses import canonical
from pututu.rescue.dating.claims import Claim, claim_of
from pututu.rescue.dating.facts import SiteFacts
from pututu.rescue.dating.items import item_from
from pututu.rescue.dating.shelf import Shelf
from pututu.rescue.daysaid import opening_day
from pututu.rescue.item import Attachment, ItemKind, OldItem
from pututu.rescue.reading.bodies import DOCUMENTS
from pututu.rescue.reading.kinds import is_event, is_for_publications, without_label
from pututu.rescue.reading.record import Entry, Reading, Said

_OFFERED = re.compile(
    r"(?:download|descargar?|pdf\b|read|leer|view|ver\b|open|abrir|click|here|aqu[ií])", re.I
)
_FORMAT = re.compile(r"\s*[\[(]\s*(?:pdf|docx?|xlsx?|pptx?)\b[^\])]{0,30}[\])]\s*$", re.I)
SHORTEST = 60  # characters of standfirst that tell an item from a link of a menu


def items_only_listed(reading: Reading, facts: SiteFacts, shelf: Shelf) -> Iterator[OldItem]:
    """What a list page alone knows of: title, date line and standfirst. Each address is given once."""
    if reading.kind is not ItemKind.LIST:
        return
    for entry in reading.entries:
        file = shelf.reading(entry.address) if names_document(entry, reading) else None
        is_told = file is not None or (_is_item(entry, reading) and not shelf.knows(entry.address))
        if is_told and shelf.is_new("listed", canonical(entry.address).key):
            yield _publication(entry, reading, file, facts) if file else _item(entry, reading, facts)


def names_document(entry: Entry, reading: Reading) -> bool:
    """Whether an entry of a list tells of a document of the same site, and not only that one can have it."""
    is_told = _is_told(entry, reading) or (_is_own(entry, reading) and is_for_publications(reading.address))
    return is_told and _is_document(entry) and not _OFFERED.match(entry.title)


def _is_item(entry: Entry, reading: Reading) -> bool:
    return _is_told(entry, reading) and not _is_document(entry)


def _is_told(entry: Entry, reading: Reading) -> bool:
    return _is_own(entry, reading) and bool(entry.date_line or len(entry.standfirst) >= SHORTEST)


def _is_own(entry: Entry, reading: Reading) -> bool:
    is_of_site = entry.address and canonical(entry.address).host == canonical(reading.address).host
    return bool(is_of_site and entry.title)


def _is_document(entry: Entry) -> bool:
    return bool(DOCUMENTS.search(urlsplit(entry.address).path))


def _is_event(entry: Entry) -> bool:
    return is_event(entry.title, urlsplit(entry.address).path)


def _publication(entry: Entry, reading: Reading, file: Reading, facts: SiteFacts) -> OldItem:
    title = _FORMAT.sub("", entry.title) or entry.title
    page = replace(
        file,
        kind=ItemKind.PUBLICATION,
        title=title,
        standfirst=entry.standfirst,
        language=reading.language,
        documents=(Attachment(entry.address, title),),
    )
    return item_from(page, facts.claims_for(page), facts)


def _item(entry: Entry, reading: Reading, facts: SiteFacts) -> OldItem:
    page = Reading(
        address=entry.address,
        source=reading.source,
        sha256=reading.sha256,
        kind=ItemKind.EVENT if _is_event(entry) else ItemKind.STORY,
        title=without_label(entry.title),
        standfirst=entry.standfirst,
        language=reading.language,
    )
    claims = sorted(
        (*facts.claims_for(page), *_of_list(entry, reading, facts)), key=lambda each: each.witness
    )
    item = item_from(page, tuple(claims), facts)
    reason = f"{item.reason} Only a list names it: its own page was not captured."
    return replace(item, reason=reason, listed_on=reading.address)


def _of_list(entry: Entry, reading: Reading, facts: SiteFacts) -> Iterator[Claim]:
    """An event's own day as its standfirst opens with it, and when the list was captured."""
    said = [each for each in reading.said if each.extractor == "capture"]
    found = opening_day(entry.standfirst, language=reading.language)
    if found and _is_event(entry):
        said.append(Said("event-text", found[0], entry.text_place or entry.place))
    for each in said:
        yield replace(claim_of(each, facts.order, reading.language), address=reading.address)
