"""What does a page say, read in the plainest way: its title and its text, and no date?

It serves tests of what comes after the reading. It never states a date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

import lxml.html
import nh3

from pututu.rescue.addresses import absolute
from pututu.rescue.capture import Capture, Found, Unreadable
from pututu.rescue.item import Attachment, ItemKind, OldItem
from pututu.rescue.sources.media import is_page

TAGS = {
    *("a", "b", "blockquote", "br", "em", "figcaption", "figure", "h2", "h3", "h4", "i", "img", "li", "ol"),
    *("p", "strong", "sub", "sup", "ul"),
}
DOCUMENTS = (".pdf", ".docx", ".doc", ".odt", ".xlsx", ".epub")
AROUND = ".//nav | .//header | .//footer | .//aside | .//script | .//style | .//form"


def read_plainly(found: Iterable[Found]) -> Iterator[OldItem | Unreadable]:
    """One item for each page; what is no page is an asset, a failure an error."""
    for each in found:
        if isinstance(each, Unreadable):
            yield each
        elif isinstance(each, Capture):
            yield _read(each)


def _read(capture: Capture) -> OldItem:
    if capture.status >= 400:
        return OldItem(address=capture.address, kind=ItemKind.ERROR, title="", sha256=capture.sha256)
    if not is_page(capture.media_type) or not capture.content.strip():
        return OldItem(address=capture.address, kind=ItemKind.ASSET, title="", sha256=capture.sha256)
    root = lxml.html.fromstring(capture.content)
    title = (capture.declared.title if capture.declared else "") or _title(root)
    main = _main(root)
    return OldItem(
        address=capture.address,
        kind=ItemKind.STORY,
        title=title,
        standfirst=capture.declared.standfirst if capture.declared else "",
        body=nh3.clean(lxml.html.tostring(main, encoding="unicode"), tags=TAGS),
        byline=capture.declared.author if capture.declared else "",
        language=(root.get("lang") or "").lower(),
        topics=capture.declared.topics if capture.declared else (),
        pictures=tuple(
            Attachment(absolute(img.get("src", ""), capture.address), alt=img.get("alt", ""))
            for img in main.iter("img")
        ),
        documents=_documents(main, capture.address),
        sha256=capture.sha256,
    )


def _title(root: lxml.html.HtmlElement) -> str:
    found = root.find(".//h1")
    found = root.find(".//title") if found is None or not found.text_content().strip() else found
    return " ".join(found.text_content().split()) if found is not None else ""


def _main(root: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    candidates = (root.find(f".//{tag}") for tag in ("article", "main", "body"))
    main = next((each for each in candidates if each is not None), root)
    for around in main.xpath(AROUND):
        around.drop_tree()
    first = main.find(".//h1")
    if first is not None:
        first.drop_tree()
    return main


def _documents(main: lxml.html.HtmlElement, address: str) -> tuple[Attachment, ...]:
    links = ((absolute(link.get("href", ""), address), link) for link in main.iter("a"))
    return tuple(
        Attachment(found, caption=" ".join(link.text_content().split()))
        for found, link in links
        if urlsplit(found).path.lower().endswith(DOCUMENTS)
    )
