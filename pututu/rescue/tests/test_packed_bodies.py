"""Bodies and sources packed in the ways of browsers and servers are unpacked, or said to be packed."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import brotli
import pytest

from pututu.rescue.capture import Capture, Unreadable
from pututu.rescue.sources import UnknownSource, open_source
from pututu.rescue.tests.test_sources import PAGE, warc

WORDS = random.Random(5).choices(["water", "mine", "valley", "council", "river", "law"], k=60_000)
LONG = f"<html><body><p>{' '.join(WORDS)}</p></body></html>".encode()


def read(folder: Path, body: bytes, **headers: str) -> tuple[bytes | None, str]:
    """What a reader of an archive gets of an answer: its body, and what is told."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    path = folder / "old.warc.gz"
    path.write_bytes(warc([("http://psg.org/a", body, {"Content-Type": "text/html", **named}, "response")]))
    found = list(open_source(path))
    bodies = [each.content for each in found if isinstance(each, Capture)]
    return (bodies[0] if bodies else None), " ".join(
        str(each) for each in found if isinstance(each, Unreadable)
    )


@pytest.mark.parametrize("page", [PAGE, LONG, b""], ids=["short", "long", "empty"])
def test_what_browsers_ask_for_is_unpacked(tmp_path: Path, page: bytes):
    assert read(tmp_path, brotli.compress(page), Content_Encoding="br") == (page, "")


def test_so_it_is_when_it_came_in_chunks(tmp_path: Path):
    packed = brotli.compress(LONG)
    cut = [packed[at : at + 700] for at in range(0, len(packed), 700)]
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(each), each) for each in cut) + b"0\r\n\r\n"
    assert read(tmp_path, chunks, Content_Encoding="br", Transfer_Encoding="chunked") == (LONG, "")


@pytest.mark.parametrize("coding", ["br", "gzip", "deflate", "utf-8"])
def test_a_server_that_says_so_of_what_is_not_packed_is_not_believed(tmp_path: Path, coding: str):
    assert read(tmp_path, PAGE, Content_Encoding=coding) == (PAGE, "")


def test_a_bomb_gives_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for module in ("warc", "codings"):
        monkeypatch.setattr(f"pututu.rescue.sources.{module}.LARGEST", 100_000)
    body, told = read(tmp_path, brotli.compress(b"\0" * 300_000_000), Content_Encoding="br")
    assert body is None
    assert "unpacks to more than" in told


def test_what_can_t_be_unpacked_is_told_and_no_page_is_made_of_it(tmp_path: Path):
    body, told = read(tmp_path, brotli.compress(LONG)[:20], Content_Encoding="br")
    assert body is None
    assert "can't be unpacked" in told
    body, told = read(tmp_path, b"\x28\xb5\x2f\xfd" + LONG, Content_Encoding="zstd")
    assert body is None
    assert "packed by Zstandard" in told


@pytest.mark.parametrize(
    ("name", "content", "packing"),
    [
        ("export.xml.gz", gzip.compress(PAGE), "gzip"),
        ("old.warc.zst", b"\x28\xb5\x2f\xfd....", "Zstandard"),
        ("old.7z", b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    ],
    ids=["gzip", "Zstandard", "7-Zip"],
)
def test_a_packed_source_is_told_to_be_unpacked(tmp_path: Path, name: str, content: bytes, packing: str):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnknownSource, match=rf"{name} is packed \({packing}\): unpack it"):
        open_source(tmp_path / name)
