"""How does an item become a page, and what of a page has an editor changed since?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils import translation
from wagtail.models import Locale, Page

from pututu.events.models import EventPage
from pututu.lib.dates import HonestDate
from pututu.lib.text import fold, shorten
from pututu.pages.models import BasePage, DateEvidence
from pututu.publishing.models import BackgroundPage, PublicationPage, StoryPage
from pututu.rescue.addresses import plain_slug, slug_of
from pututu.rescue.bringing.files import find_document, find_picture
from pututu.rescue.deciding import print_of
from pututu.rescue.item import Attachment, ItemKind, OldItem
from pututu.rescue.pieces import Piece, pieces_of
from pututu.rescue.wording import in_words
from pututu.topics.models import Topic, TopicName

MAKERS: dict[ItemKind, type[BasePage]] = {
    ItemKind.STORY: StoryPage,
    ItemKind.EVENT: EventPage,
    ItemKind.BACKGROUND: BackgroundPage,
    ItemKind.PUBLICATION: PublicationPage,
}
LONGEST_SLUG = 240  # of Wagtail's 255, so that a number finds room
KEYS = re.compile(r'\s*data-block-key="[^"]*"')


def new_page(item: OldItem, locale: Locale) -> Any:
    """An empty page of the item's kind, not public."""
    page = MAKERS[item.kind](locale=locale, live=False)
    if isinstance(page, BackgroundPage):
        page.role = BackgroundPage.Role.ABOUT
    page.title = shorten(item.title, 255)
    return page


def free_slug(item: OldItem, parent: Page) -> str:
    """The name that the export gives, else the address's own last word; with a number where it is taken."""
    wish = plain_slug(item.slug, longest=LONGEST_SLUG) or slug_of(item.address, item.title)
    taken = set(parent.get_children().filter(slug__startswith=wish).values_list("slug", flat=True))
    numbered = (f"{wish}-{number}" for number in range(2, len(taken) + 3))
    return wish if wish not in taken else next(slug for slug in numbered if slug not in taken)


def fill(page: Any, item: OldItem, fields: Iterable[str]) -> list[str]:
    """Write ``fields`` of the item onto the page; return the addresses of pictures and documents that are lost."""
    asked = set(fields)
    page.title = shorten(item.title, 255) if "title" in asked else page.title
    page.standfirst = (
        shorten(item.standfirst, 600) if "standfirst" in asked and item.standfirst else page.standfirst
    )
    if "byline" in asked and hasattr(page, "byline"):
        page.byline = shorten(item.byline, 200) if item.byline else ""
    if "published" in asked:
        page.published = item.published or HonestDate.unknown()
        page.date_evidence = evidence_of(item, page.locale.language_code)
    if "starts_on" in asked and isinstance(page, EventPage):
        page.starts_on = item.happens or HonestDate.unknown()
    if "topics" in asked:
        page.topics.set(topics_named((*item.topics, *item.tags)))
    return _fill_body(page, item) if "body" in asked else []


def _fill_body(page: Any, item: OldItem) -> list[str]:
    lost: list[str] = []
    body: list[tuple[str, Any]] = []
    shown = {each.address: each for each in item.pictures}
    pieces = pieces_of(item.body, address=item.address)
    in_text = {piece.value for piece in pieces}
    loose = [
        Piece("picture", each.address, each.caption, each.alt)
        for each in item.pictures
        if each.address not in in_text
    ]
    for piece in [*pieces, *loose]:
        block = _block(piece, shown)
        if block:
            body.append(block)
        else:
            lost.append(piece.value)
    page.body = body
    documents = [(each.address, find_document(each)) for each in item.documents]
    if isinstance(page, PublicationPage):
        page.document = next((document for _address, document in documents if document), None)
    return lost + [address for address, document in documents if document is None]


def _block(piece: Piece, shown: dict[str, Attachment]) -> tuple[str, Any] | None:
    if piece.kind == "text":
        return "text", piece.value
    if piece.kind == "quote":
        return "quote", {"text": piece.value, "speaker": "", "language": ""}
    said = shown.get(piece.value, Attachment(piece.value, piece.caption, piece.alt))
    picture = find_picture(said)
    return (
        (
            "image",
            {
                "image": picture,
                "description": "",
                "caption": shorten(piece.caption or said.caption or " ", 290),
            },
        )
        if picture
        else None
    )


def evidence_of(item: OldItem, language: str) -> list[DateEvidence]:
    """Each quote with its place, and the reason first, in the page's language: how we know the date."""
    with translation.override(language):
        reason = shorten(in_words(item.reason), 500)
    first = [DateEvidence(statement=reason, source=item.address[:300])] if reason else []
    return first + [
        DateEvidence(statement=f"“{shorten(quote.text, 490)}”", source=quote.where[:300])
        for quote in item.evidence
        if quote.text.strip()
    ]


def topics_named(names: Iterable[str]) -> list[Topic]:
    """The group's topics of these names, in any of its languages; one that it has not is never invented."""
    asked = {fold(name).strip() for name in names}
    found = (
        {row.topic_id for row in TopicName.objects.all() if fold(row.name).strip() in asked}
        if asked
        else set()
    )
    return list(Topic.objects.filter(Q(pk__in=found) | Q(slug__in=asked)))


def unknown_topics(names: Iterable[str]) -> list[str]:
    """Those names that no topic of the group has."""
    own = {fold(name) for name in TopicName.objects.values_list("name", flat=True)}
    own |= set(Topic.objects.values_list("slug", flat=True))
    return [name for name in names if fold(name).strip() not in own]


def prints_now(page: BasePage) -> dict[str, str]:
    """The prints of what a page says now, its unpublished changes included."""
    own: Any = (
        page.get_specific()
    )  # asked anew: ``specific`` remembers the revision before the one just written
    latest = own.get_latest_revision_as_object() if own.latest_revision_id else own
    said: dict[str, object] = {
        "title": latest.title,
        "standfirst": latest.standfirst,
        "byline": latest.byline,
        "published": latest.published.edtf,
        "topics": sorted(topic.pk for topic in latest.topics.all()),
        "body": [plain_block(each) for each in latest.body.get_prep_value()],
    }
    if isinstance(latest, EventPage):
        said["starts_on"] = latest.starts_on.edtf
    return {name: print_of(value) for name, value in said.items()}


def plain_block(block: Any) -> Any:
    """A block's content without the marks that the editor's screen puts in."""
    if isinstance(block, dict):
        return {name: plain_block(value) for name, value in block.items() if name != "id"}
    if isinstance(block, list):
        return [plain_block(each) for each in block]
    return KEYS.sub("", block).strip() if isinstance(block, str) else block
