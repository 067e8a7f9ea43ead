"""Which bulletins has the demonstration sent, and which one is being written?

Past issues are written down as they would stand after sending: nothing is sent.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from pututu.bulletins.models import Delivery, Issue, Item, Series
from pututu.bulletins.rules.ledger import State
from pututu.bulletins.services.freezing import begin_sending
from pututu.bulletins.services.issues import new_issue
from pututu.pages.models import BasePage

STORIES_AN_ISSUE = 5


@transaction.atomic
def make_bulletins(words: dict[str, Any], *, sender: str, today: dt.date) -> int:
    """Write the series of the demonstration with a few issues of the first; return how many mails they count."""
    series = [_series(each, sender) for each in words["series"]]
    first = series[0]
    pages = list(
        BasePage.objects.public()
        .in_language("en")
        .of_kind("news", "article")
        .dated()
        .newest_first()[: STORIES_AN_ISSUE * len(words["subjects"])]
    )
    for number, subjects in enumerate(words["subjects"]):
        some = pages[number * STORIES_AN_ISSUE : (number + 1) * STORIES_AN_ISSUE]
        _sent(first, number + 1, subjects, some, days_ago=7 * (len(words["subjects"]) - number), today=today)
    new_issue(first, by=None, today=today)
    return Delivery.objects.count()


def _series(words: dict[str, Any], sender: str) -> Series:
    series = Series.objects.create(
        slug=words["slug"],
        purpose=words["purpose"],
        sender_name=words["sender"],
        sender_address=sender,
        languages=["en", "es"],
        is_public=words.get("public", True),
    )
    for language in ("en", "es"):
        series.wordings.create(
            language=language, name=words["name"][language], description=words["description"][language]
        )
    series.save()
    return series


def _sent(
    series: Series,
    number: int,
    subjects: dict[str, str],
    pages: list[BasePage],
    *,
    days_ago: int,
    today: dt.date,
) -> None:
    """An issue as it stands days after it was sent: nearly all accepted, a few refused."""
    issue = Issue.objects.create(series=series, number=number, state=Issue.State.SCHEDULED)
    for language, subject in subjects.items():
        issue.editions.create(language=language, subject=subject)
    for order, page in enumerate(pages):
        Item.objects.create(issue=issue, page=page, order=order)
    begin_sending(issue)
    at = timezone.make_aware(dt.datetime.combine(today - dt.timedelta(days=days_ago), dt.time(9)))
    issue.deliveries.update(state=State.ACCEPTED, tries=1, changed_at=at, code=250, words="2.0.0 Ok: queued")
    refused = list(issue.deliveries.values_list("pk", flat=True)[17::160])
    Delivery.objects.filter(pk__in=refused).update(
        state=State.REFUSED, code=550, words="5.1.1 The email account that you tried to reach does not exist."
    )
    Issue.objects.filter(pk=issue.pk).update(state=Issue.State.SENT, frozen_at=at, finished_at=at)
