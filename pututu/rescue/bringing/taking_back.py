"""How is what one run brought across taken back, where nobody has made it their own since?

Taken back is a draft that was never public, that nobody edited and about which nobody decided. Its page goes, what was
known of it too, so that another run may bring it again; its old addresses are unresolved once more.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from wagtail.actions.delete_page import DeletePageAction

from pututu.rescue.bringing.pages import prints_now
from pututu.rescue.models import OldAddress, RescuedItem, RescueRun

BATCH = 50


def take_back(run: RescueRun, *, by: Any) -> Iterator[RescuedItem]:
    """Take back what may be, fifty to a transaction; give each item as it goes. Safe to repeat after a kill."""
    waiting = list(run.items.filter(page__isnull=False).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(waiting), BATCH):
        with transaction.atomic():
            rows = RescuedItem.objects.filter(pk__in=waiting[start : start + BATCH]).select_related("page")
            gone = [row for row in rows if is_untouched(row, by=by)]
            for row in gone:
                _take(row, by=by)
        yield from gone


def is_untouched(row: RescuedItem, *, by: Any) -> bool:
    """Whether nobody has made a page their own, and who asks may take it away."""
    page = row.page
    if page is None or page.live or page.first_published_at or row.settled_at:
        return False
    return bool(page.permissions_for_user(by).can_delete()) and row.wrote == prints_now(page)


def _take(row: RescuedItem, *, by: Any) -> None:
    OldAddress.objects.filter(item=row).update(
        item=None, outcome=OldAddress.Outcome.UNRESOLVED, reason="The run that brought it was taken back."
    )
    page = row.page
    row.delete()
    DeletePageAction(page.specific, user=by).execute(skip_permission_checks=True)  # type: ignore[union-attr]  # asked above
