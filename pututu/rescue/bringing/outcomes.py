"""What becomes of each old address: to where does it lead, or why is it gone?"""

from __future__ import annotations

from collections.abc import Iterable

from pututu.rescue.addresses import Canonical, canonical, own_addresses
from pututu.rescue.bringing.keeping import place_of
from pututu.rescue.item import ItemKind, OldItem
from pututu.rescue.models import OldAddress, OldCapture, RescuedItem

Outcome = OldAddress.Outcome
STYLES = (
    "text/css",
    "text/javascript",
    "application/javascript",
    "image/x-icon",
    "image/vnd.microsoft.icon",
    "font/woff2",
)
FOR_MACHINES = ("/robots.txt", "/sitemap.xml", "/sitemap_index.xml", "/sitemap.xml.gz")


def lead_to_item(item: OldItem, row: RescuedItem) -> None:
    """Let the item's address and its aliases lead to its page."""
    for address in own_addresses((item.address, *item.aliases)):
        _note(address, outcome=Outcome.REDIRECT, item=row, reason="", language=item.language[:10])


def note_without_page(
    item: OldItem, reason: str, *, original: RescuedItem | None = None, section: int | None = None
) -> None:
    """Say what becomes of the addresses of an item that makes no page."""
    fields: dict[str, object] = {"reason": reason[:300], "language": item.language[:10]}
    if original:
        fields |= {"outcome": Outcome.REDIRECT, "item": original}
    elif item.kind is ItemKind.LIST:
        fields |= {"outcome": Outcome.REDIRECT, "section_id": section}
    elif item.kind is ItemKind.ERROR:
        fields["outcome"] = Outcome.UNRESOLVED if item.leads_to else Outcome.GONE
    elif item.kind is ItemKind.ASSET:
        for alias in own_addresses(item.aliases):
            _note(alias, sha256=item.sha256)
        return
    else:
        fields["outcome"] = Outcome.UNRESOLVED
    for address in own_addresses((item.address, *item.aliases)):
        _note(address, **fields)


def lead_to_files(found: Iterable[OldItem]) -> None:
    """Let the page that WordPress gives to each file lead to the group's copy, where there is one."""
    for item in found:
        row = OldAddress.objects.filter(key=canonical(item.address).key).first()
        if row and (row.picture_id or row.document_id):
            for address in own_addresses(item.aliases):
                _note(
                    address,
                    outcome=Outcome.REDIRECT,
                    picture=row.picture,
                    document=row.document,
                    reason=row.reason,
                )


def note_never_public(address: str, reason: str) -> None:
    """Readers are not told of it: for them there never was such an address."""
    seen = OldAddress.Seen.REFUSED
    found = canonical(address)
    kept = set(OldAddress.objects.filter(key=found.key).exclude(sha256="").values_list("sha256", flat=True))
    kept |= set(OldCapture.objects.filter(key=found.key).values_list("sha256", flat=True))
    _note(found, seen=seen, outcome=Outcome.GONE, reason=reason[:300], sha256="")
    OldCapture.objects.filter(key=found.key).delete()
    for sha256 in kept:
        if not OldAddress.objects.filter(sha256=sha256).exists():
            place_of(sha256).unlink(missing_ok=True)


def _note(address: Canonical, **fields: object) -> None:
    OldAddress.objects.update_or_create(
        key=address.key,
        defaults=fields,
        create_defaults={
            "path_key": address.path_key,
            "host": address.host[:255],
            "path": address.path[:2000],
            **fields,
        },
    )


def _follow_its_twin(row: OldAddress) -> None:
    """A file that lay at two addresses leads from both to the one copy."""
    twin = OldAddress.objects.filter(
        sha256=row.sha256, outcome=Outcome.REDIRECT, item=None, section=None
    ).first()
    if twin:
        row.picture, row.document, row.outcome, row.reason = (
            twin.picture,
            twin.document,
            twin.outcome,
            twin.reason,
        )
        row.save(update_fields=["picture", "document", "outcome", "reason"])


def settle_the_rest() -> int:
    """Give files that no page uses a reason; return how many addresses remain unresolved."""
    unresolved = OldAddress.objects.filter(outcome=Outcome.UNRESOLVED)
    twins = OldAddress.objects.filter(outcome=Outcome.REDIRECT, item=None, section=None).exclude(sha256="")
    for row in unresolved.filter(sha256__in=twins.values("sha256")):
        _follow_its_twin(row)
    unresolved.filter(media_type__in=STYLES).update(
        outcome=Outcome.GONE, reason="It dressed the old site: the new one has its own."
    )
    unresolved.filter(path__in=FOR_MACHINES).update(
        outcome=Outcome.GONE, reason="It was for search engines: the new site has its own."
    )
    unresolved.filter(reason="", seen=OldAddress.Seen.CAPTURED).exclude(
        media_type__startswith="text/html"
    ).update(reason="A file that no page which came across shows or links.")
    unresolved.filter(reason="").update(reason="Nothing of it came across.")
    return unresolved.count()
