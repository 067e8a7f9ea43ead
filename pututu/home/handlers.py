"""When must the search index follow?"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import PageViewRestriction

from pututu.home import services
from pututu.home.models import SearchEntry
from pututu.home.search.engine import engine
from pututu.pages.models import BasePage
from pututu.pages.signals import content_changed


@receiver(content_changed)
def a_page_has_changed(page: Any, was: str, **_kwargs: Any) -> None:
    """Index the page and its counterparts again; a section that moved takes along what is under it."""
    if was == "moved":
        services.index(BasePage.objects.descendant_of(page, inclusive=True))
    else:
        services.index_with_translations(page.translation_key)


@receiver(post_delete, sender=SearchEntry)
def an_entry_was_deleted(instance: SearchEntry, **_kwargs: Any) -> None:
    engine().forget([instance.page_id])


@receiver([post_save, post_delete], sender=PageViewRestriction)
def a_page_was_closed_or_opened(instance: PageViewRestriction, **_kwargs: Any) -> None:
    pages = BasePage.objects.descendant_of(instance.page, inclusive=True)
    transaction.on_commit(lambda: services.index(pages) and None)
