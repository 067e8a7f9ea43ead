"""Of which pieces is the body of an old item made: running text, quotations and pictures, in their order?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

import lxml.html

from pututu.rescue.addresses import absolute

INLINE = {"a", "b", "br", "em", "i", "span", "strong", "sub", "sup", "u", "small", "code", "abbr", "cite"}
HEADINGS = {"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "figcaption": "p"}
WRAPPERS = {"div", "section", "article", "main", "center", "figure", "picture"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a body: ``kind`` is "text" (HTML), "quote" (plain words) or "picture" (its old address)."""

    kind: str
    value: str
    caption: str = ""
    alt: str = ""


def pieces_of(body: str, *, address: str) -> list[Piece]:
    """Cut a body at its quotations and pictures; links and pictures get whole addresses."""
    if not body.strip():
        return []
    try:
        root = lxml.html.fragment_fromstring(body, create_parent="div")
    except (lxml.etree.ParserError, ValueError):
        return [Piece("text", f"<p>{escape(body)}</p>")]
    return _joined(_walk(root, address))


def _walk(parent: Any, address: str) -> Iterator[Piece]:
    loose = escape(parent.text or "")
    for child in parent:
        tag = child.tag if isinstance(child.tag, str) else ""
        tail, child.tail = child.tail or "", None
        if tag in INLINE and child.find(".//img") is None:
            loose += _html(child, address) + escape(tail)
            continue
        yield from _paragraph(loose)
        yield from _block(child, tag, address)
        loose = escape(tail)
    yield from _paragraph(loose)


def _block(child: Any, tag: str, address: str) -> Iterator[Piece]:
    """The pieces of one block; pictures within it come before its words."""
    if tag == "figure" and child.find(".//img") is not None and not _holds_more(child):
        caption = child.find(".//figcaption")
        words = _words(caption) if caption is not None else ""
        yield from (_picture(each, address, caption=words) for each in child.iter("img"))
    elif tag == "img":
        yield _picture(child, address)
    elif tag == "blockquote":
        yield Piece("quote", _words(child))
    elif tag in WRAPPERS or tag in INLINE:
        yield from _walk(child, address)
    elif tag:
        yield from (_picture(each, address) for each in list(child.iter("img")))
        for each in list(child.iter("img")):
            each.drop_tree()
        child.tag = HEADINGS.get(tag, tag)
        yield Piece("text", _html(child, address) if _words(child) else "")


def _holds_more(figure: Any) -> bool:
    """WordPress frames tables and quotations as figures too."""
    return any(figure.find(f".//{tag}") is not None for tag in ("table", "blockquote", "p"))


def _paragraph(loose: str) -> Iterator[Piece]:
    if loose.strip():
        yield Piece("text", f"<p>{loose.strip()}</p>")


def _picture(img: Any, address: str, *, caption: str = "") -> Piece:
    return Piece("picture", absolute(img.get("src", ""), address), caption, img.get("alt", "").strip())


def _html(element: Any, address: str) -> str:
    for link in element.iter("a"):
        whole = absolute(link.get("href", ""), address)
        if whole:
            link.set("href", whole)
        elif link.get("href", "").split(":")[0].lower() not in ("mailto", "tel"):
            link.attrib.pop("href", None)
    return str(lxml.html.tostring(element, encoding="unicode", with_tail=False))


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    """Join running text that follows on running text; leave empty pieces out."""
    found: list[Piece] = []
    for piece in pieces:
        if not piece.value.strip():
            continue
        if piece.kind == "text" and found and found[-1].kind == "text":
            found[-1] = Piece("text", found[-1].value + piece.value)
        else:
            found.append(piece)
    return found


def links_of(body: str, *, address: str) -> list[str]:
    """The whole addresses of the links in a body."""
    if "<a" not in body.casefold():
        return []
    root = lxml.html.fragment_fromstring(body, create_parent="div")
    found = (absolute(link.get("href", ""), address) for link in root.iter("a"))
    return list(dict.fromkeys(each for each in found if each))
