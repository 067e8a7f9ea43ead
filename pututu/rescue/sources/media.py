"""What are these bytes, whatever the server said that they are?"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

LARGEST = 64 * 1024 * 1024
"""The largest document that is taken, in bytes: a page of more is a fault or an attack."""

FIRST_YEAR = 1991
"""Of the web: nothing was retrieved from it before."""

HTML = "text/html"
MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
)
LOOKS_LIKE_HTML = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<title[\s>]|<h1[\s>]|<p[\s>]|<div[\s>]|<table[\s>]",
    re.IGNORECASE,
)
INLINE = re.compile(
    r"</?(?:a|abbr|b|cite|code|em|font|i|img|q|small|span|strike|strong|sub|sup|u)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
BLOCKS = re.compile(r"</?(?:blockquote|br|div|h[1-6]|hr|li|ol|p|ul)(?:\s[^<>]*)?/?>", re.IGNORECASE)
TEXTUAL = (
    "text/",
    "application/xhtml",
    "application/xml",
    "application/json",
    "application/octet-stream",
    "",
)


def is_address(text: str) -> bool:
    """Whether a text is the whole address of a page on the web."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


def plainly(text: str) -> str:
    """A text without what no database takes: halves of a sign that UTF-16 parts, and the sign of zero."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def words_in(markup: str) -> str:
    """What a title or summary says that programs declare as HTML: “Q &amp; A”, “<em>Now</em>”; other text as it is."""
    if "<" not in markup and "&" not in markup:
        return markup
    return " ".join(unescape(INLINE.sub("", BLOCKS.sub(" ", markup))).split())


def media_type_of(content: bytes, said: str = "") -> str:
    """Name the media type of some bytes: by their first ones, else by what the server ``said`` of them.

    A page that a server calls ``text/plain`` or ``image/jpeg`` is a page; a script that has tags in it is none.
    """
    named = said.split(";")[0].strip().lower()
    head = content[:4096]
    for magic, media_type in MAGIC:
        if head.startswith(magic):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if named in ("text/css", "text/javascript", "application/javascript", "image/svg+xml"):
        return named
    if LOOKS_LIKE_HTML.search(_readable(head)):
        return HTML
    return named or ("application/octet-stream" if b"\0" in head else "text/plain")


def _readable(head: bytes) -> bytes:
    """The bytes as a search for tags can read them, of UTF-16 too."""
    return head.replace(b"\0", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head


def is_page(media_type: str) -> bool:
    return media_type in (HTML, "application/xhtml+xml")
