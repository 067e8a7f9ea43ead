"""Which reader reads a source? Its first bytes say so, not its name."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from pututu.rescue.capture import Found
from pututu.rescue.sources.feeds import read_feed, read_json_feed
from pututu.rescue.sources.folder import read_folder
from pututu.rescue.sources.rows import check_mapping, read_json_lines, read_table
from pututu.rescue.sources.text import read_text
from pututu.rescue.sources.warc import read_wacz, read_warc
from pututu.rescue.sources.wordpress import read_wordpress

HEAD = 65_536
IS_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
IS_WORDPRESS = re.compile(rb"wordpress\.org/export/|<wp:(?:wxr_version|base_site_url|post_type|status)\b")
IS_JSON_FEED = re.compile(rb'^\s*\{[^}]*?"version"\s*:\s*"https?://jsonfeed\.org/')
IS_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.I)
PACKED = {
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "XZ",
    b"\x28\xb5\x2f\xfd": "Zstandard",
    b"7z\xbc\xaf": "7-Zip",
    b"Rar!": "RAR",
}


class UnknownSource(ValueError):
    """A source that no reader reads; the message says what can be given."""


def open_source(
    path: Path, *, site: str = "", mapping: Mapping[str, str] | None = None, encoding: str = ""
) -> Iterator[Found]:
    """Read a folder, WARC, WACZ, WordPress export, feed, CSV, JSON Lines or scraped text, one thing after the other.

    ``site`` is the address that a folder stands for; ``mapping`` says which column of a table is which field;
    ``encoding`` is that of scraped text whose bytes don't tell. Raises UnknownSource for what is none of these, and
    NoSuchField for a mapping of what is not read.
    """
    check_mapping(mapping or {})
    if path.is_dir():
        return read_folder(path, site=site)
    if path.suffix.lower() == ".txt":
        return read_text(path, site=site, encoding=encoding)
    head = _head(path)
    if head.startswith(b"PK"):
        return read_wacz(path)
    if head.startswith((b"WARC/", b"filedesc:")) or _unpacked(head).startswith(b"WARC/"):
        return read_warc(path)
    if IS_FEED.search(head):
        return read_wordpress(path) if IS_WORDPRESS.search(head) else read_feed(path)
    if IS_JSON_FEED.search(head):
        return read_json_feed(path)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return read_json_lines(path, mapping or {})
    if path.suffix.lower() in (".csv", ".tsv"):
        return read_table(path, mapping or {})
    if packing := next((name for sign, name in PACKED.items() if head.startswith(sign)), ""):
        raise UnknownSource(f"{path.name} is packed ({packing}): unpack it, and give what was in it.")
    raise UnknownSource(f"{path.name} {_what_it_is(head)}")


def _what_it_is(head: bytes) -> str:
    """What a source that can't be read is instead, and what to give."""
    if not head.strip():
        return "is empty. Save or download it again."
    if IS_PAGE.search(head):
        return "is a single page. Give the folder in which the pages of the old site lie."
    return "is no folder, WARC, WACZ, WordPress export, feed, JSON Lines, CSV or text file that can be read."


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError as error:
        raise UnknownSource(f"{path.name} can't be opened ({error.strerror}).") from error


def _unpacked(head: bytes) -> bytes:
    if not head.startswith(b"\x1f\x8b"):
        return b""
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(head, 16)
    except (zlib.error, gzip.BadGzipFile):
        return b""
