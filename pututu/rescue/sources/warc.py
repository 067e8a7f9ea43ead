"""What does a web archive hold: which answers, from which addresses, at what time? (WARC, ISO 28500; WACZ 1.1.1)

Records are read one by one. One that is broken is told, and the reading goes on at the next one that can be found.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from pututu.rescue.capture import Capture, Found, Revisit, Unreadable
from pututu.rescue.sources.codings import fault_of
from pututu.rescue.sources.media import FIRST_YEAR, LARGEST, is_address, media_type_of, plainly

BROKEN = (
    ArchiveLoadFailed,
    EOFError,
    zlib.error,
    OSError,
    ValueError,
    UnicodeError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    RuntimeError,  # of a ZIP with a password, or packed in a way that is not known
    zipfile.BadZipFile,
    AttributeError,
)
CHUNK = 1 << 16
DAMAGES_AT_MOST = 1000
LONGEST_LINE = 1 << 20
GZIP = b"\x1f\x8b\x08"
PLAIN = b"WARC/1."
LEFT = {"warcinfo", "request", "metadata", "conversion", "continuation", "arc_header"}
TAKEN = {"response", "resource", "revisit"}


def read_warc(path: Path) -> Iterator[Found]:
    """Give what a WARC file holds, plain or gzipped record by record."""
    with path.open("rb") as file:
        yield from _records(file, path.name)


def read_wacz(path: Path) -> Iterator[Found]:
    """Give what the archives in a WACZ file hold, one after the other."""
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN as error:
        yield Unreadable(path.name, f"This is no WACZ file ({error}).", "Download it again.")
        return
    with closing(archive):
        names = sorted(each for each in archive.namelist() if each.endswith((".warc", ".warc.gz")))
        if not names:
            yield Unreadable(
                path.name, "No web archive is in this file.", "Unpack it, and give the folder that was in it."
            )
        for name in names:
            told = f"{path.name}, {plainly(Path(name).name)}"
            try:
                with archive.open(name) as file:
                    yield from _records(file, told)
            except BROKEN as error:
                fault = f"It can't be unpacked ({type(error).__name__})."
                yield Unreadable(told, fault, "Download the file again.")


def _records(file: IO[bytes], name: str) -> Iterator[Found]:
    """Read all records; after a broken one, look for the next beginning of a record."""
    begin: int | None = 0
    number = damages = 0
    while begin is not None:
        if damages > DAMAGES_AT_MOST:
            yield Unreadable(
                name, f"It is damaged in more than {DAMAGES_AT_MOST} places.", "Its rest is not read."
            )
            return
        file.seek(begin)
        records = _capped(ArchiveIterator(file))
        broken = ""
        try:
            for record in records:
                number += 1
                found = _found(record, f"{name}, record {number}")
                if found:
                    yield found
        except BROKEN as error:
            broken = _words_of(error)
        if not broken and records.offset < file.seek(0, io.SEEK_END):
            yield Unreadable(
                f"{name}, after record {number}", "The archive is cut: it ends within a record.", ""
            )
        if not broken:
            return
        damages += 1
        yield Unreadable(f"{name}, after record {number}", f"The archive is damaged here ({broken}).", "")
        begin = _next_beginning(file, max(begin, records.offset) + 1)


def _words_of(error: Exception) -> str:
    """What a fault says, without the damaged bytes that it quotes."""
    said = next(iter(str(error).strip().splitlines()), "").partition(", first line")[0][:120]
    return said if said.isprintable() and said else type(error).__name__


def _capped(records: ArchiveIterator) -> ArchiveIterator:
    """No head has a line of a gigabyte: warcio would gather it all."""
    whole = records.reader.readline
    records.reader.readline = lambda length=0: whole(min(length or LONGEST_LINE, LONGEST_LINE))
    return records


def _next_beginning(file: IO[bytes], at: int) -> int | None:
    """Where the next record may begin at or after a place; None for nowhere."""
    file.seek(at)
    kept = b""
    while chunk := file.read(CHUNK):
        looked = kept + chunk
        hits = [hit for hit in (looked.find(GZIP), looked.find(PLAIN)) if hit >= 0]
        if hits:
            return at - len(kept) + min(hits)
        kept = looked[-len(PLAIN) :]
        at += len(chunk)
    return None


def _found(record: Any, source: str) -> Found | None:
    head = record.rec_headers
    if record.rec_type not in TAKEN | LEFT:
        return Unreadable(source, "It does not say what it is: the archive is damaged or cut.", "")
    if record.rec_type not in TAKEN:
        return None
    address = plainly(head.get_header("WARC-Target-URI") or "").strip("<> ")
    if not address or not head.get_header("Content-Length"):
        return Unreadable(source, "Its head is not whole: the archive is damaged or cut.", "")
    if not is_address(address):
        is_meant = address.lower().startswith(("http:", "https:", "file:"))  # others are notes of the crawler
        return Unreadable(source, f"“{address[:80]}” is no address of a site.") if is_meant else None
    retrieved = _instant(head.get_header("WARC-Date") or "")
    digest = head.get_header("WARC-Payload-Digest") or ""
    if record.rec_type == "revisit":
        refers_to = (head.get_header("WARC-Refers-To-Target-URI") or address).strip("<> ")
        return Revisit(
            address=address, source=source, retrieved=retrieved, digest=digest, refers_to=refers_to
        )
    content, fault = _payload(record)
    if fault:
        return Unreadable(f"{source} ({address})", fault, "The other records are read.")
    http = record.http_headers
    headers = {name.lower(): value for name, value in http.headers} if http else {}
    said = headers.get("content-type") or head.get_header("Content-Type") or ""
    return Capture(
        address=address,
        content=content,
        media_type=media_type_of(content, said),
        source=source,
        retrieved=retrieved,
        status=_status(http),
        headers=headers,
        digest=digest,
    )


def _payload(record: Any) -> tuple[bytes, str]:
    """The body with no transfer or content coding left, or why there is none; never more than ``LARGEST`` is held."""
    kept = io.BytesIO()
    try:
        stream = record.content_stream()
        while chunk := stream.read(CHUNK):
            kept.write(chunk)
            if kept.tell() > LARGEST:
                return b"", f"Its body unpacks to more than {LARGEST >> 20} MB."
        while record.raw_stream.read(CHUNK):
            pass  # what a coding leaves over
    except BROKEN as error:
        return b"", f"Its body is damaged ({type(error).__name__})."
    if getattr(record.raw_stream, "limit", 0) > 0:
        return b"", "Its body ends before its time: the archive is damaged or cut."
    fault = fault_of(kept.getvalue(), stream)
    return (b"", fault) if fault else (kept.getvalue(), "")


def _status(http: Any) -> int:
    code = http.get_statuscode() if http else "200"
    return int(code) if code and code.isdigit() else 200


def _instant(printed: str) -> dt.datetime | None:
    """WARC-Date: an instant in UTC, ISO 8601; None for what is none, and for a time before there was a web."""
    try:
        found = dt.datetime.fromisoformat(printed.replace("Z", "+00:00")).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None
    return found if found.year >= FIRST_YEAR else None
