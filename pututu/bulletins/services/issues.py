"""How does an issue come about, and how does it get on its way, and off it again?

Each act is a change of state that is claimed once: of two that press the same button, one does it. What people decide
is noted, by whom and why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from pututu.bulletins.models import Delivery, Edition, Issue, Item, LedgerNote, Series
from pututu.bulletins.rules.ledger import State
from pututu.pages.models import BasePage

UNDO = dt.timedelta(minutes=5)
"""For so long after the last confirmation nothing leaves the house."""
LATE = dt.timedelta(days=7)
"""A story may be dated so long before the day on which it came onto the site; what is older is from an old site."""
AT_FIRST = dt.timedelta(days=28)
KINDS = ("news", "article", "event", "publication")


class NotNow(ValueError):
    """The issue is not in a state in which this can be done, or something is missing; the message is a sentence."""


@transaction.atomic
def new_issue(series: Series, *, by: Any, today: dt.date | None = None) -> Issue:
    """Begin the next issue of a series, with what was published since the last one proposed in it.

    A series has one issue that is being written; asked again, that is returned.
    """
    locked = Series.objects.select_for_update().get(pk=series.pk)
    found = locked.issues.filter(state=Issue.State.DRAFT).first()
    if found:
        return found
    last = locked.issues.aggregate(number=Max("number"))["number"] or 0
    issue = Issue.objects.create(series=locked, number=last + 1, made_by=by)
    for language in locked.languages:
        name = locked.wording(language).name
        Edition.objects.create(issue=issue, language=language, subject=f"{name} {issue.number}"[:120])
    pages = proposed_for(locked, today=today or timezone.localdate())
    Item.objects.bulk_create(Item(issue=issue, page=page, order=order) for order, page in enumerate(pages))
    return issue


def proposed_for(series: Series, *, today: dt.date) -> list[BasePage]:
    """What was published since the last issue and stood in none yet; events as long as they are to come.

    Each once, whatever its languages: in the first language of the series in which it is public.
    """
    last = series.issues.filter(frozen_at__isnull=False).aggregate(at=Max("frozen_at"))["at"]
    since = last or timezone.now() - AT_FIRST
    told = Item.objects.filter(issue__series=series, issue__frozen_at__isnull=False)
    pages = (
        BasePage.objects.public()
        .filter(Q(kind="event") | Q(published_latest__gte=since.date() - LATE))
        .filter(kind__in=KINDS, first_published_at__gt=since)
        .exclude(translation_key__in=told.values("page__translation_key"))
        .exclude(kind="event", placed_latest__lt=today)
        .select_related("locale")
        .newest_first()
    )
    order = {language: place for place, language in enumerate(series.languages)}
    chosen: dict[Any, BasePage] = {}
    for page in pages:
        kept = chosen.get(page.translation_key)
        if page.locale.language_code in order and (kept is None or _place(page, order) < _place(kept, order)):
            chosen[page.translation_key] = page
    return sorted(chosen.values(), key=lambda page: page.kind == "event")


def _place(page: BasePage, order: Mapping[str, int]) -> int:
    return order[page.locale.language_code]


@transaction.atomic
def write_issue(
    issue: Issue,
    *,
    editions: Mapping[str, Mapping[str, str]],
    pages: Sequence[BasePage],
    for_all: Collection[int] = (),
    untranslated: str = Issue.Untranslated.MARK,
) -> None:
    """Write what an issue says: words by language (subject, intro, closing) and items in order.

    Whoever approved it before has not approved this. Raises NotNow once it is on its way.
    """
    locked = _locked(issue, Issue.State.DRAFT)
    locked.untranslated, locked.approved_by = untranslated, None
    locked.save(update_fields=["untranslated", "approved_by"])
    for language, words in editions.items():
        Edition.objects.filter(issue=locked, language=language).update(**words)
    locked.items.all().delete()
    Item.objects.bulk_create(
        Item(issue=locked, page=page, order=order, is_for_all=page.pk in for_all)
        for order, page in enumerate(pages)
    )


@transaction.atomic
def approve(issue: Issue, *, by: Any) -> None:
    """Say that an issue may go as it is. Raises NotNow for whoever wrote it where a second person is asked for."""
    locked = _locked(issue, Issue.State.DRAFT)
    if locked.series.needs_approval and locked.made_by_id == by.pk:
        raise NotNow(_("Somebody else must approve it: you wrote it."))
    locked.approved_by = by
    locked.save(update_fields=["approved_by"])
    _note(locked, "approved", by=by)


@transaction.atomic
def schedule(issue: Issue, *, at: dt.datetime | None, by: Any) -> dt.datetime:
    """Let an issue go at an instant, or as soon as the time to undo it is over; return when. Raises NotNow."""
    locked = _locked(issue, Issue.State.DRAFT)
    if locked.series.needs_approval and locked.approved_by_id is None:
        raise NotNow(_("Somebody else must approve it first."))
    earliest = timezone.now() + UNDO
    locked.state, locked.send_at = Issue.State.SCHEDULED, max(at or earliest, earliest)
    locked.save(update_fields=["state", "send_at"])
    _note(locked, "to be sent", detail=f"{locked.send_at:%Y-%m-%d %H:%M} UTC", by=by)
    return locked.send_at


@transaction.atomic
def call_back(issue: Issue, *, by: Any) -> bool:
    """Take back that an issue is to be sent; False where it has begun, or was not to be sent."""
    called = _move(issue, [Issue.State.SCHEDULED], Issue.State.DRAFT, send_at=None)
    if called:
        _note(issue, "called back", by=by)
    return called


@transaction.atomic
def pause(issue: Issue, *, by: Any = None, why: str = "") -> bool:
    """Stop at the next mail; False where nothing was being sent."""
    stopped = _move(issue, [Issue.State.SENDING], Issue.State.PAUSED, stopped_why=why[:300])
    if stopped:
        _note(issue, "stopped", detail=why, by=by)
    return stopped


@transaction.atomic
def resume(issue: Issue, *, by: Any) -> bool:
    """Go on where it was stopped; False where it was not stopped."""
    resumed = _move(issue, [Issue.State.PAUSED], Issue.State.SENDING, stopped_why="")
    if resumed:
        _note(issue, "goes on", by=by)
    return resumed


@transaction.atomic
def cancel(issue: Issue, *, by: Any, why: str = "") -> bool:
    """Give up what was not handed over yet; what is handed over keeps its answer. False where nothing is to be sent."""
    open_states = [Issue.State.SCHEDULED, Issue.State.SENDING, Issue.State.PAUSED]
    if not _move(issue, open_states, Issue.State.CANCELLED, stopped_why=why[:300]):
        return False
    Delivery.objects.filter(issue=issue, state__in=[State.WAITING, State.DEFERRED, State.CLAIMED]).update(
        state=State.SUPPRESSED, worker=None, next_try_at=None, words="given-up", changed_at=timezone.now()
    )
    _note(issue, "given up", detail=why, by=by)
    return True


# --- what a person decides about one mail


@transaction.atomic
def settle(delivery: Delivery, *, went: bool, by: Any, why: str = "") -> bool:
    """Say of a mail in doubt whether it went; one that did not goes again. False where it is not in doubt any more."""
    state = State.ACCEPTED if went else State.WAITING
    if not _decide(delivery, State.IN_DOUBT, state):
        return False
    _note(delivery.issue, "went" if went else "to go again", detail=why, by=by, delivery=delivery)
    if not went:
        _reopen(delivery.issue)
    return True


@transaction.atomic
def try_again(delivery: Delivery, *, by: Any) -> bool:
    """Let a mail that was set aside, or refused, go again; False where it is neither any more."""
    if not any(_decide(delivery, state, State.WAITING) for state in (State.SET_ASIDE, State.REFUSED)):
        return False
    Delivery.objects.filter(pk=delivery.pk).update(tries=0)
    _note(delivery.issue, "to go again", by=by, delivery=delivery)
    _reopen(delivery.issue)
    return True


def _decide(delivery: Delivery, before: State, after: State) -> bool:
    rows = Delivery.objects.filter(pk=delivery.pk, state=before)
    return bool(rows.update(state=after, worker=None, next_try_at=None, changed_at=timezone.now()))


def _reopen(issue: Issue) -> None:
    """An issue that was sent has something to send again."""
    _move(issue, [Issue.State.SENT], Issue.State.SENDING, finished_at=None)


def _move(issue: Issue, before: Sequence[str], after: str, **columns: Any) -> bool:
    """Claim a change of state; of two that try at once, one gets True."""
    moved = Issue.objects.filter(pk=issue.pk, state__in=before).update(state=after, **columns)
    issue.refresh_from_db()
    return bool(moved)


def _locked(issue: Issue, state: str) -> Issue:
    locked = Issue.objects.select_for_update(of=("self",)).select_related("series").get(pk=issue.pk)
    if locked.state != state:
        state_now = {"state": locked.get_state_display().lower()}
        raise NotNow(_("This can’t be done now. The issue: %(state)s.") % state_now)
    return locked


def _note(issue: Issue, act: str, *, detail: str = "", by: Any, delivery: Delivery | None = None) -> None:
    LedgerNote.objects.create(issue=issue, delivery=delivery, act=act, detail=detail[:300], by=by)
