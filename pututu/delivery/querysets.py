"""Which items are news?"""

from __future__ import annotations

import datetime as dt

from django.db.models import DateField, F
from django.db.models.functions import Coalesce, TruncDate

from pututu.pages.models import BasePage
from pututu.pages.querysets import BasePageQuerySet


def public_pages(language: str) -> BasePageQuerySet:
    """Return every content page that readers may see in ``language``."""
    found: BasePageQuerySet = BasePage.objects.live().public().in_language(language)
    return found


def latest_news(pages: BasePageQuerySet) -> BasePageQuerySet:
    """Order ``pages`` as news: a correction counts from its day, a dated item from its date of publication.

    An item without a date of publication counts from the day on which it came on this site: that is when it
    was news here. So a rescued story with a date sinks to its own year, and one without is seen once.
    """
    arrived = TruncDate("first_published_at", tzinfo=dt.UTC)
    news_on = Coalesce(F("corrected_on"), F("published_latest"), arrived, output_field=DateField())
    return pages.alias(news_on=news_on).order_by(
        F("news_on").desc(nulls_last=True), F("first_published_at").desc(nulls_last=True), "-pk"
    )
