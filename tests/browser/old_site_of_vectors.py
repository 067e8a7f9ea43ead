"""What does an old site look like on which somebody tries to run scripts in every place that comes across?"""

from __future__ import annotations

import io
import json
import random
import re
import struct
import zlib
from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape as in_xml

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pututu.rescue.tests.exports import entry, wxr
from tests.browser.vectors import OF_PARSING, RUN, VECTORS

GROUP = 16
SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90" onload="{run}"><script>{run}</script>
<foreignObject width="90" height="90"><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="{run}"/></body>
</foreignObject></svg>"""
XHTML = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>X</title></head><body>{text}{vector}</body></html>'
FIRST_OF_FILES = len(VECTORS)  # numbers for what lies in files and addresses


def words(number: int, count: int = 60) -> str:
    """Sentences that no other page has: else the pages were one."""
    chance = random.Random(number)
    made = ("".join(chance.choices("abdeilmnorstu", k=chance.randint(3, 9))) for _ in range(count))
    return " ".join(made).capitalize() + "."


def page(number: int, vector: str, *, head: str = "") -> str:
    """A page with a vector as it is in its body, and as words wherever words stand."""
    said = escape(vector)
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{said} {number}</title>{head}
<meta name="author" content="{said}"><meta name="description" content="Of the page {number} it is said: {said}."></head>
<body><h1>{said} {number}</h1><p class="date">{number % 28 + 1} June 2010 {said if number % 5 == 0 else ""}</p>
<p>{words(number)}</p><p class="lead">{words(number + 5000, 12)} {said}</p>
<figure><img src="/picture-{number % 3}.png" alt="{said}"><figcaption>{said}</figcaption></figure>
<p><a href="/v-{number + 1}.html">{said}</a> <a href="/a.pdf?{said}" title="{said}">{said}</a></p>
{vector}
<p>{words(number + 9000)}</p></body></html>"""


def groups() -> Iterator[tuple[int, str]]:
    """All vectors, some on one page, each in a paragraph's place."""
    for number in range(0, len(VECTORS), GROUP):
        yield number, "\n".join(f"<div>{each}</div>" for each in VECTORS[number : number + GROUP])


def plain(text: str) -> str:
    """Without what may not stand in XML."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)


def png(number: int) -> bytes:
    """A picture that is one, with noise enough to be worth keeping."""
    rows = b"".join(b"\0" + random.Random(number * 100 + n).randbytes(90) for n in range(30))

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = part(b"IHDR", struct.pack(">IIBBBBB", 30, 30, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


# --- the sources


def folder(into: Path) -> Path:
    """A page of its own for each vector that changes how the rest of its page is read: it would hide others."""
    host = into / "www.folder.example"
    host.mkdir(parents=True)
    for number in OF_PARSING:
        (host / f"v-{number}.html").write_text(page(number, VECTORS[number]), encoding="utf-8")
    for number in range(3):
        (host / f"picture-{number}.png").write_bytes(png(number))
    named = f'"><img src=x onerror=console.log(`ran-{FIRST_OF_FILES}-ran`)>'
    (host / f"{named}.png").write_bytes(png(9))
    shown = f'<img src="{escape(quote(named))}.png" alt="a picture">'
    (host / f"{named}.html").write_text(page(900, shown), encoding="utf-8")
    return into


def warc(into: Path) -> Path:
    file = into / "archive.warc.gz"
    with file.open("wb") as packed:
        writer = WARCWriter(packed, gzip=True)
        for address, media_type, content, more in _answers():
            http = StatusAndHeaders(
                "301 Moved" if more else "200 OK", [("Content-Type", media_type), *more], protocol="HTTP/1.1"
            )
            record = writer.create_warc_record(
                f"http://www.warc.example{address}",
                "response",
                payload=io.BytesIO(content),
                http_headers=http,
            )
            writer.write_record(record)
    return file


def _answers() -> Iterator[tuple[str, str, bytes, list[tuple[str, str]]]]:
    html = "text/html; charset=utf-8"
    for number, vectors in groups():
        yield f"/g-{number}.html", html, page(1000 + number, vectors).encode(), []
    run = [RUN.format(FIRST_OF_FILES + n) for n in range(20)]
    script = [f"<script>{each}</script>" for each in run]
    files = "".join(f'<img src="/{each}">' for each in ("a.svg", "html.png", "both.gif"))
    files += '<a href="/html.pdf">A</a><a href="/real.pdf">B</a>'
    yield "/files.html", html, page(1900, files).encode(), []
    yield "/a.svg", "image/svg+xml", (SVG.format(run=run[1]) + " " * 600).encode(), []
    yield "/html.png", "image/png", (script[2] * 30).encode(), []
    yield "/both.gif", "image/gif", b"GIF89a/*" + (script[3] * 30).encode() + b"*/=1;" + run[3].encode(), []
    yield "/html.pdf", "application/pdf", (script[4] * 30).encode(), []
    yield "/real.pdf", "application/pdf", b"%PDF-1.4\n" + script[5].encode() + b"\n%%EOF", []
    yield "/text.txt", "text/plain", (script[6] * 30).encode(), []
    yield "/x.xhtml", "application/xhtml+xml", XHTML.format(text=words(1), vector=script[7]).encode(), []
    yield "/x.xml", "text/xml", XHTML.format(text=words(2), vector=script[8]).encode(), []
    yield "/way", html, b"", [("Location", f'http://elsewhere.example/"><script>{run[9]}</script>')]
    yield "/js", html, b"", [("Location", f"javascript:{run[10]}")]
    odd = f"/odd\"'><img src=x onerror={run[11]}>.php?q='\"><script>{run[12]}</script>"
    yield odd, html, page(1901, "<p>An odd address.</p>").encode(), []
    yield "/stub.html", html, f"<meta http-equiv=refresh content='0;url=javascript:{run[13]}'>".encode(), []


def export(into: Path) -> Path:
    """A WordPress export with vectors in blocks and shortcodes, titles, excerpts, names and labels."""
    entries = []
    for number, vectors in groups():
        vectors = plain(vectors).replace("]]>", "]]]]><![CDATA[>")
        first = plain(VECTORS[number])
        content = (
            f"<!-- wp:paragraph --><p>{words(2000 + number)}</p><!-- /wp:paragraph -->"
            f'<!-- wp:html {{"a":"--><img src=x onerror={RUN.format(number)}>"}} -->{vectors}<!-- /wp:html -->'
            f'[caption id="a" align="left" width="300"]<img src="x.png"> {vectors}[/caption]'
            f"[embed]javascript:{RUN.format(number)}[/embed][unknown x='\"><img src=x onerror={RUN.format(number)}>']"
        )
        said = {
            "title": f"{first} {number}",
            "excerpt": first.replace("]]>", ""),
            "creator": first.replace("]]>", ""),
        }
        entries.append(entry(3000 + number, content, slug=f"w-{number}", **said))
    file = into / "export.xml"
    file.write_text(wxr(*entries), encoding="utf-8")
    return file


def feed(into: Path) -> Path:
    items = []
    for number, vectors in groups():
        said, content = (
            in_xml(plain(VECTORS[number])),
            in_xml(plain(f"<p>{words(4000 + number)}</p>{vectors}")),
        )
        items.append(
            f"<item><title>{said} {number}</title><link>http://www.feed.example/f-{number}</link><author>{said}</author>"
            f"<pubDate>Wed, 25 Sep 2013 01:30:00 +0000</pubDate><description>{content}</description></item>"
        )
    file = into / "feed.xml"
    channel = f"<channel><title>Old</title><link>http://www.feed.example/</link>{''.join(items)}</channel>"
    file.write_text(f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>', encoding="utf-8")
    return file


def lines(into: Path) -> Path:
    rows = [
        {
            "address": f"http://www.lines.example/l-{number}?x={VECTORS[number]}",
            "title": f"{VECTORS[number]} {number}",
            "standfirst": VECTORS[number],
            "author": VECTORS[number],
            "date": "2011-04-05",
            "html": f"<p>{words(6000 + number)}</p>{vectors}",
        }
        for number, vectors in groups()
    ]
    file = into / "lines.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return file
