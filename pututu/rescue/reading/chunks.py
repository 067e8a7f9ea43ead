"""Which pieces of text does a page print, in their order, and in which part of it does each stand?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree, html

HUGE = 2_000_000
MOST_IN_A_TAG = 20_000
# The parser compares each attribute with each.
_OVERLONG = re.compile(rf"<([a-zA-Z][\w:-]{{0,40}})\s[^<>]{{{MOST_IN_A_TAG},}}>?")
# lxml.html's own look-up asks Python what each element is.
_ALL_ALIKE = etree.ElementDefaultClassLookup(element=html.HtmlElement)
# Signs that no text can hold: a tree takes them in and gives them out, but nothing can be written into it with them.
_CONTROL = bytes([*range(9), 11, 12, *range(14, 32), 127])
_NO_SIGN = re.compile(
    r"&#(?:0*(?:[0-8]|1[1245-9]|2\d|3[01]|127|6553[45])|x0*(?:[0-8bcef]|1[0-9a-f]|7f|fff[ef]))(?![0-9a-f]);?",
    re.I,
)
# Browsers show what stands behind the end; the parser would leave it out.
_ENDED = re.compile(r"</(?:body|html)\s*>", re.I)
_INVISIBLE = {
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "select",
    "option",
    "textarea",
    "head",
    "iframe",
}
INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "big", "cite", "code", "em", "font", "i", "ins", "label", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "time", "tt", "u", "nobr",
}  # fmt: skip
_ASIDE_TAGS = {"nav", "aside", "footer", "form"}
ASIDE = re.compile(
    r"(?:^|[\s_-])(?:side-?bar|widgets?|related|footer|foot|nav|navigation|navbar|menu|cookies?|banner|recents?|popular"
    r"|teasers?|promo|archives?|calendar|newsletter|breadcrumbs?|copyright|trending|recommend\w*|latest|more|also"
    r"|share|sharing|social|outbrain|ad|ads|advert\w*|sponsor\w*|lateral|relacionad\w*|pie)(?:$|[\s_-])"
    r"|(?:^|\s)side(?:$|\s)",
    re.IGNORECASE,
)
COMMENTS = re.compile(
    r"comment(?!-?count)|respond|disqus|replies|trackback|pingback|comentari", re.IGNORECASE
)

_BUILDER = re.compile(r"elementor-\S+")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of text between two block boundaries; ``element`` is the block that holds it.

    ``region`` is "" for the page's own part, "aside" for menus, sidebars and teasers, "comments" for readers' words.
    ``hints`` are the classes and ids nearby.
    """

    text: str
    element: Any
    region: str
    hints: str
    link: str = ""


def parse(text: str) -> Any | None:
    """The tree of a page; None where there is nothing to read."""
    text = _ENDED.sub("", _NO_SIGN.sub("", text[:HUGE]))
    if max(map(len, text.split("<"))) > MOST_IN_A_TAG:
        text = _OVERLONG.sub(r"<\1>", text)
    text = text.replace("\ufffe", "").replace("\uffff", "")
    raw = text.encode("utf-8", "replace").translate(None, _CONTROL)
    if not raw.strip():
        return None
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_ALL_ALIKE)
    try:
        return html.document_fromstring(raw, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def place_of(element: Any) -> str:
    return element.getroottree().getpath(element)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def chunks_of(tree: Any, *, spared: frozenset[Any] = frozenset()) -> list[Chunk]:
    """All printed pieces in document order; regions named by classes of ``spared`` elements are not believed."""
    gathered = _Gathering(spared)
    body = tree.find(".//body")
    gathered.walk(body if body is not None else tree)
    return gathered.chunks


class _Gathering:
    """Walks a tree once, without recursion: pages nest deeper than Python may call."""

    def __init__(self, spared: frozenset[Any]) -> None:
        self.spared = spared
        self.chunks: list[Chunk] = []
        self._texts: list[str] = []
        self._at: tuple[Any, str, str] | None = None
        self._link = ""

    def walk(self, top: Any) -> None:
        blocks: list[tuple[Any, str, str]] = [(top, "", "")]
        walker = etree.iterwalk(top, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            if not isinstance(tag, str):
                continue
            if event == "start":
                self._open(element, tag, blocks)
                if tag in _INVISIBLE:
                    walker.skip_subtree()
            else:
                self._close(element, tag, blocks, top)
        self._flush()

    def _open(self, element: Any, tag: str, blocks: list[tuple[Any, str, str]]) -> None:
        if tag == "a" and not self._link:
            self._link = element.get("href") or ""
        hints = hints_of(element)
        if tag not in INLINE:
            if self._texts or self._link:
                self._flush()
            blocks.append(self._block(element, tag, hints, blocks[-1]))
        elif hints:
            block, region, near = blocks[-1]
            blocks[-1] = (block, region, f"{near} {hints}"[-200:])
        if tag not in _INVISIBLE and (text := element.text):
            self._say(text, blocks[-1])

    def _close(self, element: Any, tag: str, blocks: list[tuple[Any, str, str]], top: Any) -> None:
        if tag not in INLINE:
            if self._texts or self._link:
                self._flush()
            blocks.pop()
        if element is not top and (tail := element.tail):
            self._say(tail, blocks[-1])

    def _block(self, element: Any, tag: str, hints: str, outer: tuple[Any, str, str]) -> tuple[Any, str, str]:
        region = outer[1]
        if tag in _INVISIBLE:
            region = "hidden"
        elif not region and element not in self.spared and tag not in ("html", "body"):
            region = _region(tag, hints)
        return element, region, hints or outer[2]

    def _say(self, text: str, block: tuple[Any, str, str]) -> None:
        if block[1] != "hidden":
            self._texts.append(text)
            self._at = block

    def _flush(self) -> None:
        if self._texts:
            text = squeezed("".join(self._texts))
            if text and self._at:
                element, region, hints = self._at
                self.chunks.append(Chunk(text, element, region, hints, self._link))
            self._texts = []
        self._link = ""


def hints_of(element: Any) -> str:
    """The classes and the id of an element."""
    classes, own = element.get("class"), element.get("id")
    return f"{classes} {own}" if classes and own else classes or own or ""


@lru_cache(maxsize=10_000)
def _region(tag: str, hints: str) -> str:
    # A post carries its topics in its classes: "tag-social". "widget Blog" is what Blogger calls the posts themselves.
    if "hentry" in hints or "type-post" in hints or "widget Blog " in f"{hints} ":
        hints = ""
    elif "elementor-" in hints:  # a builder of pages calls each of its boxes a widget
        hints = _BUILDER.sub("", hints)
    if hints and COMMENTS.search(hints):
        return "comments"
    return "aside" if tag in _ASIDE_TAGS or (hints and ASIDE.search(hints)) else ""


def lineage(element: Any) -> Iterator[Any]:
    """An element and those that hold it."""
    while element is not None:
        yield element
        element = element.getparent()


def build_of(element: Any) -> str:
    """How an element is built in: the tags and classes of it and the two above."""
    steps = [
        f"{each.tag}.{each.get('class') or ''}" for each, _ in zip(lineage(element), range(3), strict=False)
    ]
    return "<".join(steps)
