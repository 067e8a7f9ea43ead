"""How do links from one rescued page to another come to lead to pages, and not to the old site?

A second pass, when all pages are there. Only text that nobody edited since is touched; it can be killed and repeated.
"""

from __future__ import annotations

from typing import Any

import lxml.html
from django.db import transaction
from wagtail.rich_text import RichText

from pututu.rescue.addresses import canonical
from pututu.rescue.bringing.indexing import indexed_together
from pututu.rescue.bringing.pages import prints_now
from pututu.rescue.models import OldAddress, RescuedItem


def link_pages() -> int:
    """Rewrite what can be rewritten now; return how many pages changed."""
    waiting = RescuedItem.objects.filter(has_old_links=True, page__isnull=False).values_list("pk", flat=True)
    return sum(_link(pk) for pk in list(waiting))


def _link(pk: int) -> bool:
    with transaction.atomic(), indexed_together():
        return _linked(pk)


def _linked(pk: int) -> bool:
    row = RescuedItem.objects.select_related("page").get(pk=pk)
    if row.page is None or row.wrote.get("body") != prints_now(row.page).get("body"):
        return False
    page = row.page.specific.get_latest_revision_as_object()
    was_public = page.live and not page.has_unpublished_changes
    targets = _targets(page)
    if not targets:
        RescuedItem.objects.filter(pk=pk).update(has_old_links=False)
        return False
    if not _rewrite(page, targets):
        return False
    if not page.live:
        page.save()
    revision = page.save_revision()
    if was_public:
        revision.publish()
    row.page.refresh_from_db()
    row.wrote = {**row.wrote, "body": prints_now(row.page)["body"]}
    row.has_old_links = bool(_targets(page))
    row.save(update_fields=["wrote", "has_old_links"])
    return True


def _targets(page: Any) -> dict[str, OldAddress]:
    """The old addresses to which a page links, by their keys."""
    keys = {
        canonical(link).key
        for block in page.body
        if block.block_type == "text"
        for link in _links(block.value)
    }
    found = OldAddress.objects.filter(key__in=keys).select_related("item__page", "document")
    return {row.key: row for row in found}


def _links(text: RichText) -> list[str]:
    if "href" not in text.source:
        return []
    root = lxml.html.fragment_fromstring(text.source, create_parent="div")
    return [link.get("href") for link in root.iter("a") if link.get("href")]


def _rewrite(page: Any, targets: dict[str, OldAddress]) -> bool:
    body, is_changed = [], False
    for block in page.body:
        value = block.value
        if block.block_type == "text" and "href" in value.source:
            source = _rewritten(value.source, targets)
            is_changed = is_changed or source != value.source
            value = RichText(source)
        body.append((block.block_type, value))
    if is_changed:
        page.body = body
    return is_changed


def _rewritten(source: str, targets: dict[str, OldAddress]) -> str:
    root = lxml.html.fragment_fromstring(source, create_parent="div")
    changed = False
    for link in list(root.iter("a")):
        row = targets.get(canonical(link.get("href") or "").key) if link.get("href") else None
        kind, pk = _new_place(row) if row else ("", None)
        if pk:
            link.attrib.clear()
            link.set("linktype", kind)
            link.set("id", str(pk))
            changed = True
    if not changed:
        return source
    inner = "".join(lxml.html.tostring(child, encoding="unicode") for child in root)
    return (root.text or "") + str(inner)


def _new_place(row: OldAddress) -> tuple[str, int | None]:
    if row.item and row.item.page_id:
        return "page", row.item.page_id
    return "document", row.document_id
