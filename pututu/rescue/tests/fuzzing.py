"""What do the readers make of valid sources in which something was changed at random?

Run as a program for as long as one likes: it prints how many it read, and the seed of each that broke. Nothing but
UnknownSource may come out of a reader, and nothing at all out of the reading of what it gave.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Iterator
from pathlib import Path

from pututu.rescue.capture import Capture, Revisit, Unreadable
from pututu.rescue.dating.site import read_site
from pututu.rescue.item import OldItem
from pututu.rescue.sources import UnknownSource, open_source
from pututu.rescue.tests.exports import entry, picture, wxr
from pututu.rescue.tests.old_pages import TEMPLATES, Page
from pututu.rescue.tests.pages import PAGE as LIST
from pututu.rescue.tests.test_sources import ATOM, RSS, SOME, warc

PIECES = [
    *(
        b"<",
        b">",
        b"</",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"]]>",
        b"&",
        b"&#0;",
        b"&#xD800;",
        b"<p>",
        b"</p>",
        b"<table>",
    ),
    *(
        b"\0",
        b"\xff",
        b"\xed\xa0\x80",
        b"\xef\xbf\xbe",
        b"\r",
        b"\n\n",
        b'"',
        b"'",
        b",",
        b"{",
        b"}",
        b"[",
        b"]",
        b"\\ud800",
    ),
    *(
        b"WARC/1.0\r\n",
        b"\x1f\x8b\x08",
        b"PK\x03\x04",
        b"Content-Length: 99999999999",
        b"WARC-Date: 0001-01-01T00:00:00+14:00",
    ),
    *(
        b"http://[",
        b"http://x:99999/",
        b"javascript:alert(1)",
        b"../../",
        b"0000-00-00",
        b"31 December 1969",
        b"99999999999",
    ),
    *(
        b"[caption",
        b"[/caption]",
        b'[gallery ids="',
        b"<!-- wp:",
        b"-999999-12-31",
        b"<item>",
        b"</item>",
        b"<time datetime=",
    ),
]


def sources() -> dict[str, bytes]:
    """One valid source of each kind, by the name of its file."""
    pages = [Page(template=name).html() for name in TEMPLATES]
    lines = [
        {"address": f"http://a.example/{n}", "html": html, "date": "2013-09-24"}
        for n, html in enumerate(pages)
    ]
    table = "address,title,date,html\n" + "".join(
        f'http://a.example/{n},T,24/09/2013,"<p>x</p>"\n' for n in range(5)
    )
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"url": "http://a.example/1", "content_html": "<p>x"}],
    }
    export = wxr(
        picture(7, "a.jpg"), entry(1, '[caption id="x"]<img src="a-1x1.jpg"> x[/caption][gallery]'), entry(2)
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("archive/data.warc.gz", warc(SOME))
    return {
        "site.warc": warc(SOME, is_packed=False),
        "site.warc.gz": warc(SOME),
        "site.wacz": held.getvalue(),
        "export.xml": export.encode(),
        "rss.xml": RSS.encode(),
        "atom.xml": ATOM.encode(),
        "feed.json": json.dumps(feed).encode(),
        "crawl.jsonl": "\n".join(map(json.dumps, lines)).encode(),
        "old.csv": table.encode(),
        "page.html": pages[0].encode(),
        "page2.html": pages[1].encode("utf-16"),
        "list.txt": LIST.encode(),
    }


def mutated(content: bytes, chance: random.Random) -> bytes:
    """The content with one to twenty changes."""
    data = bytearray(content)
    for _turn in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(data) + 1)
        length = chance.choice((1, 1, 4, 50, 500))
        old, piece = bytes(data[at : at + length]), chance.choice(PIECES)
        data[at : at + length] = chance.choice(
            (b"", chance.randbytes(length), piece, old * 2, piece * length)
        )
    return bytes(data[: chance.randrange(len(data) + 1)]) if chance.random() < 0.1 else bytes(data)


def try_one(name: str, content: bytes, folder: Path) -> None:
    """Read it to the end; raise whatever breaks."""
    path = folder / name
    path.write_bytes(content)
    source = folder if path.suffix in (".html", ".txt") else path
    try:
        found = list(open_source(source))
    except UnknownSource:
        return
    assert all(isinstance(each, Capture | Revisit | Unreadable) for each in found)
    assert all(each.source and each.fault for each in found if isinstance(each, Unreadable))
    for item in read_site(found):
        assert isinstance(item, OldItem | Unreadable)
        json.dumps(item.as_json() if isinstance(item, OldItem) else str(item)).encode()
        assert "\0" not in repr(item)


def tries(seed: int, seconds: float) -> Iterator[tuple[str, str]]:
    """Try until the time is over; give the name and, of what broke, the words of the fault."""
    whole = sources()
    until, number = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        chance = random.Random(f"{seed} {number}")
        name = sorted(whole)[number % len(whole)]
        number += 1
        with tempfile.TemporaryDirectory() as folder:
            try:
                try_one(name, mutated(whole[name], chance), Path(folder))
            except Exception:
                yield name, f"seed {seed}, number {number - 1}\n{traceback.format_exc()}"
                continue
        yield name, ""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    count = broken = 0
    for name, fault in tries(options.seed, options.seconds):
        count += 1
        if fault:
            broken += 1
            print(name, fault, sep="\n", flush=True)
    print(f"{count} sources tried, {broken} broke.")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
