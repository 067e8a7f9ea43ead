"""Which pages does a sitemap name, when were they changed last, and, where it is one of news, when published?

As in the protocol of sitemaps.org (``urlset``, ``sitemapindex``, ``lastmod``) and Google's extension for news.
"""

from __future__ import annotations

import re

from lxml import etree

from pututu.rescue.capture import Capture
from pututu.rescue.item import ItemKind
from pututu.rescue.reading.chunks import squeezed
from pututu.rescue.reading.record import Entry, Reading

XML = ("application/xml", "text/xml")
MOST = 50_000_000  # bytes: the protocol's own limit
CHANGED, PUBLISHED = "sitemap", "news-sitemap"
_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")


def read_sitemap(capture: Capture) -> Reading | None:
    """The pages that a sitemap names, as a list; None for any other XML. What is broken in it is passed over."""
    if not _SITEMAP.search(capture.content[:4000]) or len(capture.content) > MOST:
        return None
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(capture.content, parser)
    except etree.XMLSyntaxError:
        return None
    if root is None:
        return None
    entries = tuple(entry for each in root if (entry := _entry(each)))
    return Reading(
        address=capture.address,
        source=capture.source,
        sha256=capture.sha256,
        kind=ItemKind.LIST,
        title=capture.address.rsplit("/", 1)[-1],
        entries=entries,
        links=tuple(dict.fromkeys(entry.address for entry in entries)),
        retrieved=capture.retrieved.isoformat() if capture.retrieved else "",
    )


def _entry(named: etree._Element) -> Entry | None:
    """One page: with the day of its publication, where the sitemap says it, else that of its last change."""
    said: dict[str, tuple[str, str]] = {}
    for part in named.iter():
        if isinstance(part.tag, str) and (part.text or "").strip():
            name = etree.QName(part).localname
            said.setdefault(name, (squeezed(part.text or ""), f"line {part.sourceline}"))
    address = said.get("loc", ("", ""))[0]
    if not address.startswith(("http://", "https://")):
        return None
    published = said.get("publication_date")
    text, place = published or said.get("lastmod") or ("", "")
    extractor = PUBLISHED if published else CHANGED
    title = said.get("title", ("", ""))[0] if published else ""
    return Entry(title, address, date_line=text, place=place, extractor=extractor)
