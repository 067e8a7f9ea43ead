"""Which pages may wait in the shelter for what came from the old site?"""

from __future__ import annotations

from pututu.events.models import EventPage
from pututu.home.models import HomePage
from pututu.publishing.models import BackgroundPage, PublicationPage, StoryPage

SHELTER = "rescue.OldSitePage"


def open_the_house() -> None:
    """Let content pages stand in the shelter, and the shelter on the front page; safe to repeat."""
    for model in (StoryPage, BackgroundPage, PublicationPage, EventPage):
        if SHELTER not in model.parent_page_types:
            model.parent_page_types = [*model.parent_page_types, SHELTER]
    if SHELTER not in HomePage.subpage_types:
        HomePage.subpage_types = [*HomePage.subpage_types, SHELTER]
