"""Where are the originals of the old site kept, and how is one found again?

Each is a compressed file named after the sha256 of its bytes, below ``originals`` in the data folder. It is written
beside its place, made safe on the disk and then named: a full disk or a kill leaves nothing half. Which address gave
which original stands in ``OldAddress``.
"""

from __future__ import annotations

import gzip
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import lxml.html
from django.conf import settings
from django.db import transaction

from pututu.rescue.addresses import Canonical, absolute, canonical
from pututu.rescue.capture import Capture, Found
from pututu.rescue.models import OldAddress
from pututu.rescue.sources.media import is_page

BATCH = 200
NEVER_FOLLOWED = (".css", ".js", ".ico", ".woff", ".woff2", ".map")


class DiskIsFull(Exception):
    """The original can't be kept; the message says what to do."""


def keep(found: Iterable[Found]) -> Iterator[Found]:
    """Pass everything on, in batches, once its original and its addresses are kept."""
    batch: list[Found] = []
    for each in found:
        batch.append(each)
        if len(batch) == BATCH:
            yield from _kept(batch)
            batch = []
    yield from _kept(batch)


def _kept(batch: list[Found]) -> list[Found]:
    captures = [each for each in batch if isinstance(each, Capture)]
    for capture in captures:
        if capture.content:
            keep_original(capture.content, capture.sha256)
    with transaction.atomic():
        _note_captured(captures)
        _note_linked(captures)
    return batch


def folder() -> Path:
    return Path(settings.MEDIA_ROOT).parent / "originals"


def place_of(sha256: str) -> Path:
    return folder() / sha256[:2] / f"{sha256}.gz"


def keep_original(content: bytes, sha256: str) -> None:
    """Keep the bytes once. Raises DiskIsFull where there is no room; nothing half remains."""
    place = place_of(sha256)
    if place.exists():
        return
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _write(content, place)
    except OSError as error:
        raise DiskIsFull(
            f"The original can't be kept in {place.parent} ({error.strerror}). Make room and run again: "
            "what came so far is kept."
        ) from error


def _write(content: bytes, place: Path) -> None:
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".half-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(gzip.compress(content, 6, mtime=0))
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def original(sha256: str) -> bytes | None:
    """The bytes as they came, None where they were never kept."""
    try:
        return gzip.decompress(place_of(sha256).read_bytes())
    except (FileNotFoundError, EOFError, gzip.BadGzipFile):
        return None


def _note_captured(captures: list[Capture]) -> None:
    """Write down where each original came from; of several captures of one address the last one with bytes stands."""
    rows: dict[str, OldAddress] = {}
    for capture in sorted(captures, key=lambda each: bool(each.content)):
        row = row_of(canonical(capture.address), OldAddress.Seen.CAPTURED)
        row.sha256 = capture.sha256 if capture.content else ""
        row.media_type, row.retrieved = capture.media_type[:100], capture.retrieved
        rows[row.key] = row
    OldAddress.objects.bulk_create([row for row in rows.values() if not row.sha256], ignore_conflicts=True)
    OldAddress.objects.bulk_create(
        [row for row in rows.values() if row.sha256],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["seen", "sha256", "media_type", "retrieved"],
    )


def row_of(address: Canonical, seen: str, **fields: object) -> OldAddress:
    return OldAddress(
        key=address.key,
        path_key=address.path_key,
        host=address.host[:255],
        path=address.path[:2000],
        seen=seen,
        **fields,
    )


def _note_linked(captures: list[Capture]) -> None:
    rows: dict[str, OldAddress] = {}
    for capture in captures:
        if is_page(capture.media_type) and capture.content and capture.status < 400:
            for address in _links(capture):
                rows.setdefault(
                    address.key,
                    row_of(
                        address,
                        OldAddress.Seen.LINKED,
                        reason=f"Linked from {capture.address}, but not in what was given."[:300],
                    ),
                )
    OldAddress.objects.bulk_create(rows.values(), ignore_conflicts=True)


def _links(capture: Capture) -> Iterator[Canonical]:
    """The addresses on the same site to which a page leads."""
    try:
        root = lxml.html.fromstring(capture.content)
    except (lxml.etree.ParserError, ValueError):
        return
    own = canonical(capture.address).host
    for link in root.iter("a", "area"):
        address = absolute(link.get("href") or "", capture.address)
        found = canonical(address) if address else None
        if found and found.host == own and not found.path.lower().endswith(NEVER_FOLLOWED):
            yield found
