"""How is a whole old site fetched into a web archive, and gone on with where it stopped?"""

from __future__ import annotations

import io
import os
import re
import zlib
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import html
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pututu.rescue.capture import Capture, Unreadable
from pututu.rescue.fetching.asking import Answer, Asker, NotFetched
from pututu.rescue.sources.media import LARGEST, is_page, media_type_of
from pututu.rescue.sources.warc import BROKEN, GZIP, read_warc

CODED = {"content-encoding", "transfer-encoding", "content-length"}


def crawl(start: str, into: Path, asker: Asker, *, at_most: int = 20_000) -> Iterator[str | Unreadable]:
    """Fetch the pages, pictures and documents of one site, from ``start`` on, into the WARC file ``into``.

    Gives each address as it is kept, and what could not be fetched. What the file has already is not asked for again:
    a crawl that was stopped goes on. Other sites are never asked. Raises OSError where the file can't be written: what
    it holds by then is whole.
    """
    start = urldefrag(start)[0]
    cut_to_whole(into)
    waiting, known = deque([start]), {start}
    for address, links in _kept(into):
        known.add(address)
        waiting.extend(link for link in links if _is_new(link, start, known))
    done = {address for address, _links in _kept(into)}
    while waiting and len(done) < at_most:
        address = waiting.popleft()
        if address in done:
            continue
        done.add(address)
        try:
            answer = asker.get(address)
        except NotFetched as reason:
            yield Unreadable(address, str(reason))
            continue
        _keep(answer, into)
        yield address
        waiting.extend(link for link in links_of(answer) if _is_new(link, start, known))


def _is_new(link: str, start: str, known: set[str]) -> bool:
    """Whether a link is of the same site and was not seen; from now on it was."""
    if link in known or _site(link) != _site(start):
        return False
    known.add(link)
    return True


def _site(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def links_of(answer: Answer) -> list[str]:
    """The addresses to which a page leads, and of its pictures, absolute, each once, in order."""
    if answer.leads_to:
        return [urldefrag(answer.leads_to)[0]]
    said = {name.lower(): value for name, value in answer.headers}.get("content-type", "")
    if not is_page(media_type_of(answer.content, said)) or not answer.content.strip():
        return []
    try:
        tree = html.fromstring(answer.content)
    except (ValueError, html.etree.ParserError):
        return []
    found = (
        element.get("href") or element.get("src") or ""
        for element in tree.iter("a", "area", "img", "frame", "iframe")
    )
    joined = (_joined(answer.address, link.strip()) for link in found)
    return list(dict.fromkeys(link for link in joined if link))


def _joined(address: str, link: str) -> str:
    try:
        found = urldefrag(urljoin(address, link))[0]
    except ValueError:
        return ""
    return found if found.startswith(("http://", "https://")) else ""


def _kept(into: Path) -> Iterator[tuple[str, list[str]]]:
    """The addresses that a crawl kept already, each with its links."""
    for found in read_warc(into) if into.exists() else ():
        if isinstance(found, Capture):
            answer = Answer(found.address, found.status, tuple(found.headers.items()), found.content)
            yield found.address, links_of(answer)


def _keep(answer: Answer, into: Path) -> None:
    """Add an answer to the archive as a record of its own; the body is kept unpacked and its headers say so."""
    headers = [(name, value) for name, value in answer.headers if name.lower() not in CODED]
    headers.append(("Content-Length", str(len(answer.content))))
    http = StatusAndHeaders(f"{answer.status} -", headers, protocol="HTTP/1.1")
    record = io.BytesIO()
    writer = WARCWriter(record, gzip=True)
    payload = io.BytesIO(answer.content)
    writer.write_record(
        writer.create_warc_record(answer.address, "response", payload=payload, http_headers=http)
    )
    before = into.stat().st_size if into.exists() else 0
    try:
        with into.open("ab") as file:
            file.write(record.getvalue())
    except OSError:
        os.truncate(into, before)
        raise


def cut_to_whole(archive: Path) -> None:
    """Take off the end of an archive the record that a crawl, killed while it wrote, left half there; nothing else."""
    if not archive.exists():
        return
    with archive.open("rb") as file:
        whole = _end_of_whole(file)
        file.seek(whole)
        rest = file.read(2 * LARGEST)
    if rest and len(rest) < 2 * LARGEST and not _holds_record(rest[1:]):
        os.truncate(archive, whole)


def _end_of_whole(file: IO[bytes]) -> int:
    """Where the last of the records ends that can be read one after the other, each to the end of its packing."""
    records, begin, end = ArchiveIterator(file), 0, 0
    try:
        for record in records:
            while record.raw_stream.read(1 << 16):
                pass
            records.read_to_end(record)
            begin, end = (
                records.get_record_offset(),
                records.get_record_offset() + records.get_record_length(),
            )
    except BROKEN:
        pass
    return end if _is_packed_whole(file, begin) else begin


def _is_packed_whole(file: IO[bytes], begin: int) -> bool:
    """Whether the packing that begins at a place ends by itself; what is not packed ends with its file."""
    file.seek(begin)
    pack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        while not pack.eof and (chunk := file.read(1 << 16)):
            pack.decompress(chunk)
    except zlib.error:
        return True
    return pack.eof


def _holds_record(content: bytes) -> bool:
    """Whether a packed record begins anywhere in some bytes."""
    for found in re.finditer(re.escape(GZIP), content):
        try:
            head = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(
                content[found.start() :][:4096], 16
            )
        except zlib.error:
            continue
        if head.startswith(b"WARC/"):
            return True
    return False
