"""What did the old site, or an export of it, give us: which bytes, from which address, when?

A capture is evidence and never changes. When it was retrieved says only that the page existed by then; what an export
declares about an entry (a feed's date, a WordPress state) is kept beside the bytes, as the words that stood there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What a feed, an export or a table says of one entry, as it is written there; "" where it says nothing.

    ``dates`` holds each date by the name of its field ("pubDate", "wp:post_date_gmt"), with the words that stand in it:
    none is believed before it was judged. ``state`` is the export's own word ("publish", "draft", "private", "trash").
    ``topics`` are what a site files its items under, ``tags`` its loose words for them, ``aliases`` other addresses of
    the same.
    """

    kind: str = ""
    title: str = ""
    standfirst: str = ""
    author: str = ""
    language: str = ""
    state: str = ""
    slug: str = ""
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    dates: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Capture:
    """One retrieved document: its old address, its bytes as they came (no transfer or content coding left), and whence.

    ``retrieved`` is an instant in UTC, None where nothing says when (a folder's file times say nothing). ``source``
    names the file and the place in it for a person ("site.warc.gz, record 17"). ``headers`` are the response's, names
    in lower case. ``media_type`` is what the bytes are, not only what the server said.
    """

    address: str
    content: bytes
    media_type: str
    source: str
    retrieved: dt.datetime | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    declared: Declared | None = None
    digest: str = ""  # the archive's own name for these bytes, which its revisits use

    @cached_property
    def sha256(self) -> str:
        """The content's digest, in hexadecimal digits: by which the original is kept and found again."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """One thing in a source that could not be read; the rest goes on. ``remedy`` says what to do."""

    source: str
    fault: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.source}: {self.fault} {self.remedy}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisit:
    """A web archive's word that an address was as it had been at an earlier retrieval; the bytes are not repeated.

    ``digest`` is the archive's own name for those bytes, ``refers_to`` the address from where they came.
    """

    address: str
    source: str
    retrieved: dt.datetime | None
    digest: str
    refers_to: str = ""


Found = Capture | Revisit | Unreadable
