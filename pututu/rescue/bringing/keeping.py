"""Where are the originals of the old site kept, and how is one found again?

Each is a compressed file named after the sha256 of its bytes, below ``originals`` in the data folder. It is written
in a folder ``.half`` beside them, made safe on the disk and then named: there is never half an original. What a death
left there is taken away by a later run. Which address gave which original stands in ``OldAddress``.
"""

from __future__ import annotations

import gzip
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction

from pututu.rescue.addresses import Canonical, canonical
from pututu.rescue.capture import Capture, Found
from pututu.rescue.models import OldAddress, OldCapture
from pututu.rescue.reading.record import Reading

BATCH = 200
BYTES = 16 << 20  # of originals in a batch, after which it is written however few there are
HALF = ".half"
AN_HOUR = 3600.0
NEVER_FOLLOWED = (".css", ".js", ".ico", ".woff", ".woff2", ".map")


def keep(found: Iterable[Found]) -> Iterator[Found]:
    """Pass everything on, in batches, once its original and its address are kept."""
    batch: list[Found] = []
    weight = 0
    for each in found:
        batch.append(each)
        weight += len(each.content) if isinstance(each, Capture) else 0
        if len(batch) == BATCH or weight > BYTES:
            yield from _kept(batch)
            batch, weight = [], 0
    yield from _kept(batch)


def _kept(batch: list[Found]) -> list[Found]:
    captures = [each for each in batch if isinstance(each, Capture)]
    for capture in captures:
        if capture.content:
            keep_original(capture.content, capture.sha256)
    with transaction.atomic():
        _note_captured(captures)
    return batch


def folder() -> Path:
    return Path(settings.MEDIA_ROOT).parent / "originals"


def place_of(sha256: str) -> Path:
    return folder() / sha256[:2] / f"{sha256}.gz"


def keep_original(content: bytes, sha256: str) -> None:
    """Keep the bytes once. Raises OSError where there is no room; nothing half remains."""
    place = place_of(sha256)
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    half = folder() / HALF
    half.mkdir(exist_ok=True)
    handle, name = tempfile.mkstemp(dir=half)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(gzip.compress(content, 6, mtime=0))
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def sweep(place: Path, *, older_than: float = AN_HOUR) -> None:
    """Take away what runs left half written in a folder, killed so long ago (in seconds) that nobody writes it now."""
    for each in place.iterdir() if place.exists() else ():
        if each.stat().st_mtime < time.time() - older_than:
            each.unlink(missing_ok=True)


def original(sha256: str) -> bytes | None:
    """The bytes as they came, None where they were never kept."""
    try:
        return gzip.decompress(place_of(sha256).read_bytes())
    except (FileNotFoundError, EOFError, gzip.BadGzipFile):
        return None


def _note_captured(captures: list[Capture]) -> None:
    """Write down where each original came from; of several captures of one address the last one with bytes stands."""
    rows: dict[str, OldAddress] = {}
    kept: list[OldCapture] = []
    for capture in sorted(captures, key=lambda each: bool(each.content)):
        row = row_of(canonical(capture.address), OldAddress.Seen.CAPTURED)
        row.sha256 = capture.sha256 if capture.content else ""
        row.media_type, row.retrieved = capture.media_type[:100], capture.retrieved
        rows[row.key] = row
        if row.sha256:
            kept.append(
                OldCapture(key=row.key, sha256=row.sha256, media_type=row.media_type, retrieved=row.retrieved)
            )
    OldCapture.objects.bulk_create(kept, ignore_conflicts=True)
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


class Linked:
    """Writes down to which addresses of the old site its pages lead: ``hear`` each reading, then ``note`` the rest."""

    def __init__(self) -> None:
        self._rows: dict[str, OldAddress] = {}

    def hear(self, reading: Reading) -> None:
        own = canonical(reading.address).host
        for link in (*reading.links, reading.leads_to):
            address = canonical(link) if link else None
            if address and address.host == own and not address.path.lower().endswith(NEVER_FOLLOWED):
                reason = f"Linked from {reading.address}, but not in what was given."[:300]
                self._rows.setdefault(address.key, row_of(address, OldAddress.Seen.LINKED, reason=reason))
        if len(self._rows) >= BATCH:
            self.note()

    def note(self) -> None:
        OldAddress.objects.bulk_create(self._rows.values(), ignore_conflicts=True)
        self._rows = {}
