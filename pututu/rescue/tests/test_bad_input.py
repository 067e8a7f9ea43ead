"""Is whatever comes in told and passed by, however bad it is, in little time and memory, without a crash or a loss?"""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pututu.rescue.capture import Capture, Found, Unreadable
from pututu.rescue.dating.site import read_site
from pututu.rescue.item import OldItem
from pututu.rescue.reading.page import read_page
from pututu.rescue.sources import open_source
from pututu.rescue.sources.zipped import UnsafeZip, is_wacz
from pututu.rescue.tests import bombs
from pututu.rescue.tests.exports import entry, wxr
from pututu.rescue.tests.test_sources import ATOM, PAGE, RSS, SOME, warc


def read(path: Path) -> tuple[list[Capture], list[Unreadable]]:
    found: list[Found] = list(open_source(path))
    return [e for e in found if isinstance(e, Capture)], [e for e in found if isinstance(e, Unreadable)]


def of(content: bytes, media_type: str = "text/html") -> Capture:
    return Capture(
        address="http://old.example/a.html", content=content, media_type=media_type, source="a.html"
    )


# --- web archives


@pytest.mark.parametrize("is_packed", [True, False], ids=["gzipped", "plain"])
def test_of_an_archive_cut_anywhere_all_whole_records_are_read(tmp_path, is_packed):
    records = [
        (f"http://old.example/{n}", PAGE + b"<p>%d" % n, {"Content-Type": "text/html"}, "response")
        for n in range(8)
    ]
    parts = [warc([each], is_packed=is_packed) for each in records]
    ends = [sum(map(len, parts[: n + 1])) for n in range(8)]
    whole, chance = b"".join(parts), random.Random(11)
    path = tmp_path / "site.warc"
    for at in [*ends, *(chance.randrange(len(whole)) for _ in range(50))]:
        path.write_bytes(whole[:at])
        expected = sum(end <= at for end in ends)
        if at < 150:  # not even a head: no source at all
            continue
        captures, faults = read(path)
        assert len(captures) >= expected, at
        assert [each.content for each in captures[:expected]] == [r[1] for r in records[:expected]]
        assert at in ends or faults or len(captures) > expected, at


def test_an_archive_of_nothing_but_damages_ends(tmp_path):
    (tmp_path / "x.warc.gz").write_bytes(
        warc(SOME[:1]) + (b"\x1f\x8b\x08 and more" + bytes(60_000)) * 1_200 + warc(SOME[:1])
    )
    captures, faults = read(tmp_path / "x.warc.gz")
    assert captures
    assert 1 <= len(faults) <= 1_001


def test_a_member_of_a_wacz_that_leads_out_is_read_and_written_nowhere(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.wacz", "w") as packed:
        packed.writestr("archive/../../../out.warc.gz", warc(SOME[:1]))
    captures, _faults = read(tmp_path / "x.wacz")
    assert len(captures) == 1
    assert not list(tmp_path.parent.rglob("out.warc.gz"))


# --- memory: each in a process of its own, which says how much it took


@pytest.mark.parametrize("kind", bombs.KINDS)
def test_what_is_huge_or_unpacks_to_it_is_told_and_memory_stays_small(tmp_path, kind):
    source = bombs.KINDS[kind](tmp_path)
    found = json.loads(run("-m", "pututu.rescue.tests.bombs", str(source)))
    assert found["captures"] == 1, "what stands beside it is read"
    assert found["faults"] >= 1
    assert found["megabytes"] < 300


def run(*words: str) -> str:
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


# --- XML

EIGHT = "".join(
    f'<!ENTITY {name} "{8 * f"&{inner};"}">' for inner, name in zip("abcdef", "bcdefg", strict=True)
)
DOCTYPE = f"""<!DOCTYPE x [<!ENTITY a "hahahaha">{EIGHT}
<!ENTITY s SYSTEM "{{secret}}"><!ENTITY % p SYSTEM "{{secret}}"> %p;]>
"""


@pytest.mark.parametrize("text", [wxr(entry(1)), RSS, ATOM], ids=["WXR", "RSS", "Atom"])
@pytest.mark.parametrize("where", ["<title>", "</title>"])
def test_entities_neither_grow_nor_lead_anywhere(tmp_path, text, where):
    (tmp_path / "secret").write_text("TOP SECRET")
    doctype = DOCTYPE.format(secret=(tmp_path / "secret").as_uri())
    bad = text.replace(where, "&g;&s;" + where if where.startswith("</") else where + "&g;&s;")
    path = tmp_path / "x.xml"
    head, mark, rest = bad.rpartition("?>")
    path.write_text(f"{head}{mark}{doctype}{rest}")
    captures, faults = read(path)
    assert captures or faults
    assert "SECRET" not in repr(captures) + repr(faults)
    assert "hahahaha" * 100 not in repr(captures)


# --- pages

PAGES = {
    "100,000 nested divs": b"<body>" + b"<div>" * 100_000 + b"Words",
    "100,000 nested bolds": b"<body><p>" + b"<b>" * 100_000 + b"Words",
    "nested tables": b"<table><tr><td>" * 30_000 + b"Words",
    "nested lists": b"<ul><li>" * 50_000 + b"Words",
    "nested quotations": b"<blockquote>" * 100_000 + b"Words",
    "a megabyte without a break": b"<p>" + b"a" * 1_000_000,
    "a megabyte of figures": b"<p>" + b"1/" * 200_000,
    "many links": b"".join(b'<a href="/%d">Link</a> ' % n for n in range(50_000)),
    "many attributes": b"<p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">Words",
    "many metas": b"<head>" + b'<meta name=date content="2013-01-01">' * 20_000,
    "only angles": b"<" * 100_000,
    "open comments": b"<p>Words" + b"<!--" * 100_000,
    "open brackets in data": b'<script type="application/ld+json">' + b"[" * 200_000 + b"</script><p>Words",
    "NUL bytes": b"<html>\0<body>\0\0<p>W\0ords",
    "no encoding at all": random.Random(1).randbytes(200_000),
    "half of UTF-16": b"\xff\xfe" + b"<\xd8" * 10_001,
    "an encoding that is none": b'<meta charset="idna"><p>W\xf6rds \xff',
    "another that is none": b'<meta charset="rot13"><p>W\xf6rds \xff',
    "nothing": b"",
    "spaces": b" \n" * 1000,
}


@pytest.mark.parametrize("content", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("media_type", ["text/html", "text/plain", "application/pdf"])
def test_a_page_however_bad_is_read_as_something_in_little_time(content, media_type):
    capture = of(content, media_type)
    reading = read_page(capture)
    assert reading.address == capture.address
    assert all(isinstance(each, OldItem | Unreadable) for each in read_site([capture]))


# --- folders and tables


def test_links_that_turn_in_circles_empty_files_and_odd_names_are_told_or_read(tmp_path):
    site = tmp_path / "old.example"
    (site / "deep").mkdir(parents=True)
    (site / "a.html").write_bytes(PAGE)
    (site / "empty.html").touch()
    (site / "self.html").symlink_to(site / "self.html")
    (site / "deep" / "up").symlink_to(site)
    (site / "gone").symlink_to(tmp_path / "nowhere")
    os.mkfifo(site / "pipe.html")
    (site / os.fsdecode(b"bad\xff name.html")).write_bytes(PAGE)
    (site / "x<img src=x onerror=alert(1)>.html").write_bytes(PAGE)
    captures, faults = read(tmp_path)
    assert len(captures) == 4
    assert {each.source for each in faults} == {
        f"old.example/{name}" for name in ("self.html", "deep/up", "gone", "pipe.html")
    }
    assert all(each.address.isascii() for each in captures)
    assert list(read_site(captures))


def test_lines_of_json_with_everything_that_json_allows_are_read_or_told(tmp_path):
    odd = ["\\ud800", "\\u0000", "\\udfff x", "x" * 3000]
    lines = [
        f'{{"address": "http://old.example/{n}", "title": "{word}", "html": "<p>{word}</p>", "date": "{word}"}}'
        for n, word in enumerate(odd)
    ]
    lines += [
        "[" * 100_000,
        '{"address": 5}',
        '{"address": null}',
        "NaN",
        '{"a": ' * 5000,
        '{"address": "http://[x", "html": "x"}',
    ]
    (tmp_path / "x.jsonl").write_text(
        "\n".join(['{"address": "http://old.example/", "html": "<p>x"}', *lines])
    )
    captures, faults = read(tmp_path / "x.jsonl")
    assert len(captures) + len(faults) == len(lines) + 1
    assert {item.address for item in read_site(captures) if isinstance(item, OldItem)} >= {
        f"http://old.example/{n}" for n in range(4)
    }


@pytest.mark.parametrize(
    "content",
    [
        b"address,html\n" + b'"' * 300_000,
        b"address,html\nhttp://a.example/,\0\n",
        b"\xff\xfea",
        b"address,html\n\xff\xfe\xfd,x\n",
    ],
    ids=["one quotation mark", "NUL", "half of UTF-16", "no encoding"],
)
def test_a_table_however_bad_is_read_or_told(tmp_path, content):
    (tmp_path / "x.csv").write_bytes(content)
    captures, faults = read(tmp_path / "x.csv")
    assert captures or faults


@pytest.mark.parametrize(
    "address", ["//[x", "http://[x", "http://x:99999/", "javascript:alert(1)", "data:text/html,x"]
)
def test_what_is_no_address_is_told(tmp_path, address):
    (tmp_path / "x.csv").write_text(f"address,html\n{address},<p>x\n/right,<p>x\n")
    captures, faults = read(tmp_path / "x.csv")
    assert [each.address for each in captures] == ["/right"]
    assert "is no address" in str(faults[0])


def test_what_begins_like_a_zip_and_is_none_is_told(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 no zip")
    with pytest.raises(UnsafeZip, match="can't be unpacked"):
        is_wacz(tmp_path / "x.zip")


def test_a_packed_page_that_is_no_archive_is_refused_in_a_sentence(tmp_path):
    from pututu.rescue.sources import UnknownSource

    (tmp_path / "x.gz").write_bytes(gzip.compress(PAGE))
    with pytest.raises(UnknownSource, match=r"x\.gz"):
        list(open_source(tmp_path / "x.gz"))


@pytest.mark.parametrize(
    "content",
    [
        PAGES["100,000 nested divs"],
        b"<body><h1>A long page</h1>" + b"<p>" + b"Words of it. " * 200_000,
    ],
    ids=["too deep", "too long"],
)
def test_what_of_a_page_is_not_read_is_told(content):
    found = list(read_site([of(content)]))
    assert [type(each) for each in found].count(Unreadable) == 1
    told = str(next(each for each in found if isinstance(each, Unreadable)))
    assert told.startswith("a.html (http://old.example/a.html): ")
    assert "mend it by hand" in told


@pytest.mark.parametrize(
    "content", [PAGE, b"<body>" + b"<div><p>Words<br></div>" * 300, b"", b"<p>Few words"]
)
def test_of_an_ordinary_page_nothing_is_told(content):
    """The control."""
    assert not any(isinstance(each, Unreadable) for each in read_site([of(content)]))
