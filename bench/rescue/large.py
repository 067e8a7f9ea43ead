"""How much memory does a web archive of gigabytes take, beside warcio alone walking through the same file?"""

from __future__ import annotations

import io
import random
import tempfile
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from bench.rescue.peak import measured
from pututu.rescue.invented import captures_of, invent_site

PICTURE = 200_000  # bytes of each, which no compression makes less


def print_large(megabytes: int, items: int) -> None:
    """Write an archive of so many megabytes with an invented site in it, and look through it twice."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "old.warc.gz"
        pages = write_archive(path, megabytes << 20, items)
        size = path.stat().st_size >> 20
        print(f"A web archive of {size} MB, {pages} pages in it; peak of resident memory, seconds:")
        environment = {"PUTUTU_DATA": f"{name}/none", "TMPDIR": name}
        for label, words in (
            ("ours", ("rescue", "rescue", str(path), "--dry-run", "--json")),
            ("warcio alone", ("warcio", str(path))),
        ):
            peak, seconds = measured("bench.rescue.programs", *words, environment=environment)
            print(f"  {label}: {peak:.0f} MB, {seconds:.0f} s")


def write_archive(path: Path, size: int, items: int) -> int:
    """The pages of an invented site, and pictures between them until the file has its size."""
    chance, pages = random.Random(7), 0
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for capture in captures_of(invent_site(items)):
            pages += 1
            _write(writer, capture.address, capture.content, "text/html", capture.headers.get("location", ""))
            while file.tell() < size * pages / (items * 1.2):
                address = f"http://www.oldgroup.example/pictures/{chance.random()}.jpg"
                _write(writer, address, b"\xff\xd8\xff" + chance.randbytes(PICTURE), "image/jpeg")
    return pages


def _write(writer: WARCWriter, address: str, content: bytes, media_type: str, leads_to: str = "") -> None:
    headers = [("Content-Type", media_type), *([("Location", leads_to)] if leads_to else [])]
    http = StatusAndHeaders("301 Moved" if leads_to else "200 OK", headers, protocol="HTTP/1.1")
    record = writer.create_warc_record(address, "response", payload=io.BytesIO(content), http_headers=http)
    writer.write_record(record)
