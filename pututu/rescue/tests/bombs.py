"""Which sources are huge, or become so when they are unpacked? And how much memory does reading one take?

Run as a program with a source: it prints what was read, and the megabytes that reading took, as JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import zipfile
import zlib
from pathlib import Path

from pututu.rescue.tests.exports import entry, wxr

PAGE = b"<html><head><title>A bridge</title></head><body><h1>A bridge</h1><p>It is open.</p></body></html>"
LARGE = 200 << 20


def record(address: str, content: bytes, head: bytes = b"") -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + head + b"\r\n"
    warc = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2014-01-01T00:00:00Z\r\n"
    kind = f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http) + len(content)}\r\n\r\n"
    return (warc + kind).encode() + http + content + b"\r\n\r\n"


SOME = record("http://old.example/", PAGE)


def zeros(megabytes: int = 1024) -> bytes:
    pack = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(pack.compress(bytes(1 << 20)) for _ in range(megabytes)) + pack.flush()


def page(folder: Path) -> Path:
    (folder / "a.html").write_bytes(PAGE)
    with (folder / "b.html").open("wb") as file:
        file.truncate(LARGE)
    return folder


def line(folder: Path) -> Path:
    with (folder / "x.jsonl").open("wb") as file:
        file.write(b'{"address": "')
        file.truncate(LARGE)
        file.seek(LARGE)
        file.write(b"\n" + json.dumps({"address": "http://old.example/", "html": PAGE.decode()}).encode())
    return folder / "x.jsonl"


def item(folder: Path) -> Path:
    before, after = wxr(entry(1, "CUT"), entry(2)).encode().split(b"CUT")
    with (folder / "x.xml").open("wb") as file:
        file.write(before)
        for _ in range(200):
            file.write(b"words " * 180_000)
        file.write(after)
    return folder / "x.xml"


def body(folder: Path) -> Path:
    (folder / "x.warc").write_bytes(record("http://old.example/big", b"x" * LARGE) + SOME)
    return folder / "x.warc"


def packed_body(folder: Path) -> Path:
    (folder / "x.warc").write_bytes(
        record("http://old.example/big", zeros(), b"Content-Encoding: gzip\r\n") + SOME
    )
    return folder / "x.warc"


def packed_file(folder: Path) -> Path:
    pack = zlib.compressobj(9, zlib.DEFLATED, 31)
    (folder / "x.warc.gz").write_bytes(pack.compress(SOME) + pack.flush() + zeros())
    return folder / "x.warc.gz"


def packed_member(folder: Path) -> Path:
    packed = zipfile.ZipFile(folder / "x.wacz", "w", zipfile.ZIP_DEFLATED)
    with packed, packed.open("archive/a.warc", "w") as file:
        file.write(SOME)
        for _ in range(1024):
            file.write(bytes(1 << 20))
    return folder / "x.wacz"


KINDS = {
    "a page of 200 MB": page,
    "a line of 200 MB": line,
    "an entry of 200 MB": item,
    "a body of 200 MB": body,
    "a packed body of 1 GB": packed_body,
    "a packed file of 1 GB": packed_file,
    "a packed member of 1 GB": packed_member,
}


def main() -> None:
    from pututu.rescue.sources import open_source

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    kinds = [type(each).__name__ for each in open_source(Path(sys.argv[1]))]
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10
    told = {"captures": kinds.count("Capture"), "faults": kinds.count("Unreadable"), "megabytes": grown}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
