"""Where does what came from the old site wait, and which pages may wait there?"""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from pututu.events.models import EventPage
from pututu.home.models import HomePage
from pututu.publishing.models import BackgroundPage, PublicationPage, StoryPage
from pututu.rescue.models import OldSitePage

SHELTER = "rescue.OldSitePage"


class NoSiteYet(Exception):
    """There is no front page in the language into which the old site is to come."""


def open_the_house() -> None:
    """Let content pages stand in the shelter, and the shelter on the front page; safe to repeat."""
    for model in (StoryPage, BackgroundPage, PublicationPage, EventPage):
        if SHELTER not in model.parent_page_types:
            model.parent_page_types = [*model.parent_page_types, SHELTER]
    if SHELTER not in HomePage.subpage_types:
        HomePage.subpage_types = [*HomePage.subpage_types, SHELTER]


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
