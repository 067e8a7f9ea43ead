"""When does a PDF say that it was made?

By its own table of particulars, which newer PDFs pack into an object stream (ISO 32000-1, 7.5.7), else by its XMP.
Reading these bytes in place serves a server with many threads, which PDFium does not.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from pututu.rescue.reading.record import Said

ENDS = 300_000  # bytes at both ends of a PDF, where its particulars stand
MOST_STREAMS = 50
MOST_UNPACKED = 1_000_000  # bytes of one stream
_CREATED = re.compile(rb"/CreationDate\s*\((D:\d{8}[^)]{0,30})\)")
_XMP = re.compile(rb"xmp:CreateDate(?:>|\s*=\s*[\"'])(\d{4}-\d\d-\d\d[^<\"']{0,30})")
_PACKED = re.compile(rb"/Type\s*/ObjStm[^>]{0,200}>>\s*stream\r?\n")
PLACES = {"CreationDate": _CREATED, "xmp:CreateDate": _XMP}


def pdf_said(content: bytes) -> Iterator[Said]:
    """One assertion at most; damaged parts say nothing."""
    text = particulars(content)
    for name, pattern in PLACES.items():
        if found := pattern.search(text):
            yield Said("pdf", found[1].decode("ascii", "replace"), f"pdf {name}")
            return


def particulars(content: bytes) -> bytes:
    """Both ends of a PDF, the newer one first, and what is packed in them."""
    ends = content[-ENDS:] + (content[:ENDS] if len(content) > ENDS else b"")
    return b"\n".join([ends, *_unpacked(ends)])


def _unpacked(ends: bytes) -> Iterator[bytes]:
    for found in list(_PACKED.finditer(ends))[-MOST_STREAMS:]:
        try:
            yield zlib.decompressobj().decompress(ends[found.end() :], MOST_UNPACKED)
        except zlib.error:  # it is encrypted, damaged, or packed in another way
            continue
