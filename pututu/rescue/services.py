"""How does a plan become drafts?"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import islice

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Locale

from pututu.events.models import EventPage
from pututu.home.models import HomePage
from pututu.pages.models import BasePage, DateEvidence
from pututu.publishing.models import BackgroundPage, StoryPage
from pututu.rescue.models import OldSitePage, RescuedItem
from pututu.rescue.plan import Act, Item, Plan, Step
from pututu.rescue.reading import Bullets, Kind, Passage

BATCH = 100


class NoSiteYet(Exception):
    """There is no front page in the language into which the old site is to come."""


def known_fingerprints() -> frozenset[str]:
    """The fingerprints of all that was ever brought across, deleted pages included."""
    return frozenset(RescuedItem.objects.values_list("fingerprint", flat=True))


def apply_plan(plan: Plan, *, language: str) -> Iterator[BasePage]:
    """Make a draft of each item to be created, a hundred to a transaction; give each page as it is made.

    An item that is known already is passed by, so calling twice makes nothing twice. Raises NoSiteYet.
    """
    shelter = shelter_in(language)
    waiting = iter(plan.of(Act.CREATE))
    while steps := list(islice(waiting, BATCH)):
        with transaction.atomic():
            made = [page for page in (_bring(step, shelter) for step in steps) if page]
        yield from made


def shelter_in(language: str) -> OldSitePage:
    """Return the page under which drafts wait, making it the first time; it is no public page."""
    home = HomePage.objects.filter(locale__language_code=language).first()
    if home is None:
        raise NoSiteYet(
            f"There is no front page in the language “{language}” yet: begin the site first (./run serve)."
        )
    found = OldSitePage.objects.child_of(home).first()
    if found:
        return found
    with translation.override(language):
        shelter = OldSitePage(title=_("From the old site"), slug="old-site", live=False, locale=home.locale)
    home.add_child(instance=shelter)
    return shelter


def _bring(step: Step, shelter: OldSitePage) -> BasePage | None:
    item = step.item
    if item is None or RescuedItem.objects.filter(fingerprint=item.fingerprint).exists():
        return None
    page = _page(item, shelter.locale)
    shelter.add_child(instance=page)
    page.save_revision(log_action="wagtail.create")
    RescuedItem.objects.create(fingerprint=item.fingerprint, page=page, source=step.source[:500])
    return page


def _page(item: Item, locale: Locale) -> BasePage:
    """Build the draft: words and evidence as they were read, no date that nobody wrote."""
    maker = {Kind.EVENT: _event, Kind.STORY: _story, Kind.BLOCK: _background}[item.kind]
    page = maker(item)
    page.title, page.locale, page.live = item.title, locale, False
    page.standfirst = item.standfirst[:600]
    page.published = item.date
    page.date_evidence = [
        DateEvidence(statement=each.statement[:500], source=each.source[:300]) for each in item.evidence
    ]
    if item.body:
        page.body = [("text", "".join(_html(passage) for passage in item.body))]
    return page


def _story(_item: Item) -> StoryPage:
    return StoryPage()


def _background(_item: Item) -> BackgroundPage:
    return BackgroundPage(role=BackgroundPage.Role.ABOUT)


def _event(item: Item) -> EventPage:
    return EventPage(starts_on=item.held) if item.held else EventPage()


def _html(passage: Passage) -> str:
    if isinstance(passage, Bullets):
        return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in passage.items) + "</ul>"
    return f"<p>{escape(passage.text)}</p>"
