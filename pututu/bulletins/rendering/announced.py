"""What do feeds and search engines learn of the issues that were sent? What everybody may read of them anyhow."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from django.urls import reverse
from django.utils import translation

from pututu.bulletins.models import Edition, Issue
from pututu.shell.announced import Announced

KIND = "bulletin"
SHOWN = 300


def issues_in(language: str) -> Iterator[Announced]:
    """The issues of public series that have an edition in ``language``."""
    sent = Issue.objects.sent_to_readers().filter(editions__language=language)
    for issue in sent.select_related("series").prefetch_related("editions"):
        editions = {each.language: each for each in issue.editions.all()}
        own = editions[language]
        yield Announced(
            uid=uuid.uuid5(issue.uid, language),
            kind=KIND,
            title=own.subject,
            summary=_summary(own),
            at=issue.frozen_at,
            paths={code: _path(issue, code) for code in editions},
        )


def _summary(edition: Edition) -> str:
    """Its introduction, or else the titles in it."""
    titles = [entry["title"] for entry in (edition.frozen or {}).get("entries", ())]
    words = " ".join(edition.intro.split()) or "; ".join(titles)
    return words if len(words) <= SHOWN else f"{words[:SHOWN].rsplit(' ', 1)[0]} …"


def _path(issue: Issue, language: str) -> str:
    with translation.override(language):
        return reverse("bulletin-issue", args=[issue.series.slug, issue.number])
