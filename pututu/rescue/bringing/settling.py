"""How does a person settle what the rescue left open, and take a decision back?

Every decision is written into the site's log, changes a revision that can be seen, and keeps what was before.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from pututu.lib.dates import HonestDate, from_words
from pututu.pages.models import DateEvidence
from pututu.rescue.addresses import item_key
from pututu.rescue.models import OldAddress, RescuedItem


class Refusal(LookupError):
    """Why a decision can't be made about an item."""


class NothingToJoin(Refusal):
    """The item of which this one is a duplicate did not come across."""


class DecidedAlready(Refusal):
    """Somebody decided about the item, perhaps a moment ago: that must be taken back before it is decided anew."""


class NothingDecided(Refusal):
    """There is no decision that could be taken back."""


def twin_of(row: RescuedItem) -> RescuedItem | None:
    """The item that this one may repeat, where it came across and has a page."""
    key = item_key(row.facts.get("duplicate_of") or "")
    twins = RescuedItem.objects.filter(fingerprint=key, page__isnull=False).exclude(pk=row.pk)
    return twins.select_related("page").first()


@transaction.atomic
def keep_as_it_is(row: RescuedItem, *, by: Any) -> None:
    """Somebody looked and found it right: the proposed bounds, or the unknown date, stand."""
    _begin(row, by)
    _settled(row, {"needs": row.needs}, by=by, what="kept")


@transaction.atomic
def set_date(row: RescuedItem, words: str, *, by: Any) -> None:
    """Set the date in a person's words; empty words say that nobody knows. Raises DateError."""
    _begin(row, by)
    date = from_words(words, language=get_language() or "en") if words.strip() else HonestDate.unknown()
    page = _latest(row)
    before = {"needs": row.needs, "published": page.published.edtf, "decided": date.edtf}
    _write_date(row, page, date, by=by)
    _settled(row, before, by=by, what=date.edtf or "unknown")


@transaction.atomic
def join(row: RescuedItem, *, by: Any) -> None:
    """Let the addresses of a duplicate lead to the page that it repeats; its own page is taken from the public."""
    _begin(row, by)
    twin = twin_of(row)
    if twin is None:
        raise NothingToJoin
    moved = list(OldAddress.objects.filter(item=row).values_list("pk", flat=True))
    OldAddress.objects.filter(pk__in=moved).update(item=twin)
    was_live = bool(row.page and row.page.live)
    if was_live and row.page:
        row.page.specific.unpublish(user=by)
    _settled(row, {"needs": row.needs, "addresses": moved, "was_live": was_live}, by=by, what="joined")


@transaction.atomic
def undo(row: RescuedItem, *, by: Any) -> None:
    """Take the last decision back: the item waits again, its date and addresses are as they were.

    A date that an editor set after the decision stays.
    """
    _may(row, by)
    row.refresh_from_db(from_queryset=RescuedItem.objects.select_for_update())
    if row.before is None:
        raise NothingDecided
    before, page = row.before, _latest(row)
    if "published" in before and page.published.edtf == before.get("decided", page.published.edtf):
        _write_date(row, page, HonestDate.parse(before["published"]), by=by, is_undone=True)
    if "addresses" in before:
        OldAddress.objects.filter(pk__in=before["addresses"]).update(item=row)
    if before.get("was_live") and row.page:
        row.page.specific.get_latest_revision().publish(user=by)
    row.needs, row.before, row.settled_at = before.get("needs", row.needs), None, None
    row.save(update_fields=["needs", "before", "settled_at"])
    log(instance=row.page, action="rescue.undone", user=by)


def _begin(row: RescuedItem, by: Any) -> None:
    """Whoever comes second finds what the first decided: nothing of it is lost without a word."""
    _may(row, by)
    row.refresh_from_db(from_queryset=RescuedItem.objects.select_for_update())
    if row.settled_at and not row.needs:
        raise DecidedAlready


def _may(row: RescuedItem, by: Any) -> None:
    """Only who may edit a page decides about it; what readers see changes only by who may publish."""
    permissions = row.page.permissions_for_user(by) if row.page else None
    if permissions is None or not permissions.can_edit():
        raise PermissionDenied
    if row.page and row.page.live and not permissions.can_publish():
        raise PermissionDenied


def _latest(row: RescuedItem) -> Any:
    return row.page.specific.get_latest_revision_as_object()  # type: ignore[union-attr]  # it has a page


def _write_date(row: RescuedItem, page: Any, date: HonestDate, *, by: Any, is_undone: bool = False) -> None:
    was_public = page.live and not page.has_unpublished_changes
    page.published = date
    told = _("Decision taken back, again: %(date)s.") if is_undone else _("Decided by hand: %(date)s.")
    statement = told % {"date": date.words(page.locale.language_code)}
    page.date_evidence.add(DateEvidence(statement=statement[:500], source=row.address[:300], noted_by=by))
    if not page.live:
        page.save()
    revision = page.save_revision(user=by)
    if was_public:
        revision.publish(user=by)


def _settled(row: RescuedItem, before: dict[str, Any], *, by: Any, what: str) -> None:
    row.before, row.needs, row.settled_at = before, "", timezone.now()
    row.save(update_fields=["before", "needs", "settled_at"])
    log(instance=row.page, action="rescue.settled", user=by, data={"what": what, "was": before["needs"]})
