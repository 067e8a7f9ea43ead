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
PHOTOGRAPH = (560, 420)  # pixels of noise: some 200 kB as a JPEG
LARGE_PHOTOGRAPH = (4000, 3000)  # as a camera makes them; every hundredth
ILLUSTRATED = """<html lang=en><head><title>A walk along river {number}</title></head><body><main>
<h1>A walk along river {number}</h1><p>{day}</p><p>Whoever walks along river {number} meets the people who drink of
it, and hears what they say of the mine above.</p><img src="/pictures/{number}.jpg" alt="River {number}"></main>
</body></html>"""


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


def write_illustrated(path: Path, size: int) -> int:
    """Stories with a photograph each until the file has its size; how many they are."""
    chance, number = random.Random(7), 0
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        while file.tell() < size:
            number += 1
            day = f"{1 + number % 28} May {1998 + number % 25}"
            page, site = ILLUSTRATED.format(number=number, day=day), "http://www.oldgroup.example"
            _write(writer, f"{site}/walks/{number}.html", page.encode(), "text/html")
            photograph = _photograph(chance, PHOTOGRAPH if number % 100 else LARGE_PHOTOGRAPH)
            _write(writer, f"{site}/pictures/{number}.jpg", photograph, "image/jpeg")
    return number


def _photograph(chance: random.Random, size: tuple[int, int]) -> bytes:
    from PIL import Image

    small, file = (
        Image.frombytes("RGB", PHOTOGRAPH, chance.randbytes(3 * PHOTOGRAPH[0] * PHOTOGRAPH[1])),
        io.BytesIO(),
    )
    small.resize(size).save(file, "JPEG")
    return file.getvalue()


def _write(writer: WARCWriter, address: str, content: bytes, media_type: str, leads_to: str = "") -> None:
    headers = [("Content-Type", media_type), *([("Location", leads_to)] if leads_to else [])]
    http = StatusAndHeaders("301 Moved" if leads_to else "200 OK", headers, protocol="HTTP/1.1")
    record = writer.create_warc_record(address, "response", payload=io.BytesIO(content), http_headers=http)
    writer.write_record(record)
