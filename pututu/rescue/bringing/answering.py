"""Where does an old address lead, and what is somebody told who asks the new site for it?"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from pututu.rescue.addresses import canonical, digest_of, other_sizes
from pututu.rescue.models import OldAddress

UNRESOLVED = OldAddress.Outcome.UNRESOLVED


@dataclass(frozen=True)
class Answer:
    """An address on the new site, or why there is none; both are "" where nothing is known that readers may know."""

    url: str = ""
    gone: str = ""


def answer_for(path_and_query: str, *, host: str = "") -> Answer:
    """Look an old address up, in one question; that of the same host comes before those of others."""
    asked = canonical(path_and_query)
    keys = [asked.path_key, *(digest_of(path) for path in other_sizes(asked.path))]
    rows = list(
        OldAddress.objects.filter(path_key__in=keys).select_related(
            "item__page", "picture", "document", "section"
        )[:60]
    )
    own = canonical(f"http://{host}/").host
    rows.sort(key=lambda row: (row.outcome == UNRESOLVED, row.host != own, keys.index(row.path_key)))
    answer = next((found for found in map(answer_of, rows) if found.url or found.gone), Answer())
    return Answer() if canonical(answer.url).path == asked.path else answer


def answer_of(row: OldAddress) -> Answer:
    """Where a row leads now: a page only if readers may see it."""
    if row.outcome == OldAddress.Outcome.GONE:
        return Answer() if row.seen == OldAddress.Seen.REFUSED else Answer(gone=row.reason)
    if row.outcome != OldAddress.Outcome.REDIRECT:
        return Answer()
    return Answer(url=_url(row)) if _leads_somewhere(row) else Answer(gone=_why_gone(row))


def _leads_somewhere(row: OldAddress) -> bool:
    return not row.item_id or bool(row.item and row.item.page_id)


def _why_gone(row: OldAddress) -> str:
    return row.reason or "Its page was taken away here."


def _url(row: OldAddress) -> str:
    if row.item:
        page = row.item.page
        return (page.url or "") if page and page.live else ""
    if row.picture:
        return str(row.picture.file.url)
    if row.document:
        return str(row.document.url)
    if row.section and row.section.live:
        return row.section.url or ""
    language = row.language.partition("-")[0]
    with translation.override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        return reverse("archive")


def told_outcome(row: OldAddress) -> tuple[str, str, str]:
    """A row of the report: its outcome ("same" where the address stays), where it leads, and a reason."""
    answer = answer_of(row)
    if answer.gone or row.outcome == OldAddress.Outcome.GONE:
        return "gone", "", answer.gone or row.reason
    if row.outcome != OldAddress.Outcome.REDIRECT:
        return "unresolved", "", row.reason
    if not answer.url:
        return "redirect", "", "Its page is a draft: readers get there once it is published."
    is_same = canonical(urlsplit(answer.url).path).path == row.path
    return ("same" if is_same else "redirect"), answer.url, row.reason
