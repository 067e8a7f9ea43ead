"""What does each edition of an issue hold, as it would be sent now?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from pututu.bulletins.models import Edition, Issue
from pututu.bulletins.rendering.occasions import Occasion, events_among, occasion
from pututu.bulletins.rules.entries import Entry, Frozen
from pututu.pages.listing import Listing
from pututu.pages.models import BasePage, tags
from pututu.shell.pictures import responsive
from pututu.shell.rendering import language_name
from pututu.shell.templatetags.shell import kind_name

PICTURE_WIDTH = 560


def editions_of(issue: Issue) -> dict[str, Frozen]:
    """Every edition by its language, with the items that are public now; one that is frozen stays as it is."""
    rows = list(issue.editions.all())
    kept = {row.language: Frozen.from_json(row.frozen) for row in rows if row.frozen}
    if len(kept) == len(rows):
        return kept
    family = _family(issue)
    return {row.language: _edition(row, issue, family) for row in rows}


def _edition(edition: Edition, issue: Issue, family: dict[tuple[str, str], BasePage]) -> Frozen:
    with translation.override(edition.language):
        entries = tuple(_entries(edition, issue, family))
    return Frozen(edition.language, edition.subject, edition.intro, edition.closing, entries)


def _family(issue: Issue) -> dict[tuple[str, str], BasePage]:
    """The public pages of the issue's items in all languages, by their common key and language."""
    keys = issue.items.values("page__translation_key")
    pages = BasePage.objects.public().filter(translation_key__in=keys).for_lists()
    return {(str(page.translation_key), page.locale.language_code): page for page in pages}


def _entries(edition: Edition, issue: Issue, family: dict[tuple[str, str], BasePage]) -> Iterable[Entry]:
    now, events = timezone.now(), events_among(family.values())
    for number, item in enumerate(issue.items.select_related("page", "page__locale")):
        key = str(item.page.translation_key)
        page = family.get((key, edition.language))
        if page is None and issue.untranslated == Issue.Untranslated.MARK:
            page = family.get((key, item.page.locale.language_code))
        if page is not None:
            topics = tags(page.topics.all(), edition.language)
            listing = replace(page.as_listing(), topics=topics)
            entry = entry_of(listing, key, is_for_all=item.is_for_all, is_first=number == 0)
            yield with_occasion(entry, occasion(events[page.pk], now)) if page.pk in events else entry


def entry_of(listing: Listing, key: str, *, is_for_all: bool = False, is_first: bool = False) -> Entry:
    """A page as a bulletin tells of it, in the language in force; only the first shows its picture."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    words = [tag.name for tag in listing.topics[:1]] + [kind_name(listing.kind)]
    entry = Entry(
        key=key,
        title=listing.title,
        url=listing.full_url or listing.url,
        standfirst=listing.standfirst,
        kicker=" · ".join(filter(None, words)),
        when=_when(listing, language),
        language=listing.language,
        topics=tuple(tag.slug for tag in listing.topics),
        is_for_all=is_for_all,
        is_event=listing.is_event,
        is_undated=listing.date.is_unknown,
        notice=_notice(listing, language),
    )
    return _with_picture(entry, listing) if is_first else entry


def with_occasion(entry: Entry, found: Occasion) -> Entry:
    """Let an event say the hour, the place and what became of it; a day that is not sure stays in its words."""
    notice = " · ".join(filter(None, [found.state, entry.notice]))
    return replace(entry, when=found.when or entry.when, where=found.where, notice=notice)


def _when(listing: Listing, language: str) -> str:
    words = ", ".join(filter(None, [listing.date.words(language), listing.date.note(language)]))
    return words[:1].upper() + words[1:]


def _notice(listing: Listing, language: str) -> str:
    """What a reader must know before the title: that it was withdrawn, or that it stands in another language."""
    notices = []
    if listing.is_retracted:
        notices.append(_("Retracted"))
    if listing.language != language:
        notices.append(_("in %(language)s") % {"language": language_name(listing.language)})
    return " · ".join(notices)


def _with_picture(entry: Entry, listing: Listing) -> Entry:
    found = responsive(listing.picture) if listing.picture else None
    if found is None:
        return entry
    width = min(PICTURE_WIDTH, found.width)
    address = found.url if found.url.startswith("http") else settings.BASE_URL + found.url
    return replace(
        entry,
        picture=address,
        picture_alt=listing.picture_description or found.alt,
        picture_width=width,
        picture_height=round(found.height * width / found.width),
    )
