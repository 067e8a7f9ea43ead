"""What is the main text of a page, as clean blocks with its pictures and documents?

trafilatura finds the text; where it finds nothing, the element that directly holds the most text is taken. What comes
out passes an allow-list: headings, paragraphs, lists, quotations, tables, links, pictures.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from html import escape, unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import nh3
import trafilatura
from lxml import etree, html
from trafilatura.htmlprocessing import build_html_output

from pututu.rescue.item import Attachment
from pututu.rescue.reading.chunks import Chunk, lineage, squeezed
from pututu.rescue.reading.clearing import cleared, is_tiny, keep_lines

TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "a", "img", "em", "strong", "i", "b", "br", "table", "thead",
    "tbody", "tr", "td", "th", "pre", "sub", "sup", "figure", "figcaption",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}}
SCHEMES = {"http", "https", "mailto"}
DOCUMENTS = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|zip|mp3)$", re.IGNORECASE)
_MAY_BE_DOCUMENT = re.compile(DOCUMENTS.pattern.removesuffix("$"), re.IGNORECASE)
_TITLE_LEVELS = {"h1": "h2", "h5": "h4", "h6": "h4"}
ENOUGH = 40
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # where it finds no text, we look ourselves
SHORT = 1000  # characters of text under which trafilatura compares its own with others'
SOFT_HYPHEN = "\u00ad"
MOST_OF_TEXT = 0.8  # of what a page prints: more can hardly be found
SHARE_OF_TEXT = 0.7
FEWEST_OF_MENU = 3  # links
LEAST_OF_TEXT = 0.5  # a page whose frame is called "sidebar" must keep its text


def extracted(tree: Any, chunks: list[Chunk], address: str) -> tuple[str, ...]:
    """The body in clean HTML, a block each."""
    prepared = cleared(tree)
    blocks = _by_trafilatura(prepared, address, fast=True)
    enough = min(SHORT, MOST_OF_TEXT * _own_text(chunks))
    if _length(blocks) < enough:  # then its second opinions are worth the time
        blocks = _by_trafilatura(prepared, address, fast=False)
    if _length(blocks) < ENOUGH:
        return tuple(_plainest(chunks, address)) or blocks
    return _without_teasers(_without_asides(blocks, chunks))


def _by_trafilatura(tree: Any, address: str, *, fast: bool) -> tuple[str, ...]:
    """The blocks that trafilatura finds; asked in its two steps, it does not count words that nobody wants to know."""
    document = trafilatura.bare_extraction(
        tree,
        fast=fast,
        output_format="html",
        include_links=True,
        include_images=True,
        include_formatting=True,
        include_tables=True,
        include_comments=False,
        with_metadata=False,
        deduplicate=False,
    )
    if document is None or isinstance(document, dict):
        return ()
    found = build_html_output(document).replace(SOFT_HYPHEN, "")
    return tuple(clean_blocks(unicodedata.normalize("NFC", found), address))


def _own_text(chunks: list[Chunk]) -> int:
    """How many characters a page prints beside its menus and comments; of one that is nothing else, all."""
    return sum(len(each.text) for each in chunks if not each.region) or sum(len(each.text) for each in chunks)


def _length(blocks: tuple[str, ...]) -> int:
    return sum(len(words_of(block)) for block in blocks)


def _without_asides(blocks: tuple[str, ...], chunks: list[Chunk]) -> tuple[str, ...]:
    """What the page prints only in a sidebar, a menu or among the comments is no part of the text."""
    own = {chunk.text for chunk in chunks if not chunk.region}
    beside = {chunk.text for chunk in chunks if chunk.region} - own
    kept = tuple(each for each in blocks if words_of(each) not in beside)
    return kept if _length(kept) >= LEAST_OF_TEXT * _length(blocks) else blocks


def _without_teasers(blocks: tuple[str, ...]) -> tuple[str, ...]:
    """What leads to other pages is no part of the text: headings that are links, and all behind the last sentence."""
    last = next((n for n, each in enumerate(blocks) if _SEE_ALSO.fullmatch(words_of(each))), len(blocks))
    if _length(blocks[:last]) < SHARE_OF_TEXT * _length(blocks):
        last = len(blocks)
    while last and (_leads_on(blocks[last - 1]) or _FRAME_WORDS.fullmatch(words_of(blocks[last - 1]))):
        last -= 1
    first = next((n for n, each in enumerate(blocks[:last]) if not _is_menu(each)), 0)
    kept = tuple(each for each in blocks[first:last] if not (each.startswith("<h") and _is_teaser(each)))
    # A page of links is made of links.
    return kept if _length(kept) >= SHARE_OF_TEXT * _length(blocks) else blocks


def _is_menu(block: str) -> bool:
    return len(_HREF.findall(block)) >= FEWEST_OF_MENU and _is_teaser(block)


def _leads_on(block: str) -> bool:
    return block.startswith("<h") or _is_teaser(block)


def _is_teaser(block: str) -> bool:
    """It is nothing but links to other pages; documents and addresses to write to are the page's own."""
    targets = _HREF.findall(block)
    if not targets or any(
        DOCUMENTS.search(urlsplit(each).path) or each.startswith("mailto:") for each in targets
    ):
        return False
    return not re.search(r"\w", unescape(_TAG.sub("", LINK.sub("", block))))


def whole(tree: Any, address: str) -> tuple[str, ...]:
    """All of a fragment that an export or a feed gives as the text of an entry: nothing of it is menu or frame."""
    body = tree.find(".//article")
    keep_lines(body)
    markup = etree.tostring(body, encoding="unicode", method="html", with_tail=False)
    return tuple(clean_blocks(markup, address))


def _plainest(chunks: list[Chunk], address: str) -> Iterator[str]:
    """What stands in whichever element holds the most text in its own part of the page."""
    sums: dict[Any, int] = {}
    for chunk in chunks:
        own = 0 if chunk.region or chunk.element.tag == "h1" else _unlinked(chunk)
        for holder in (chunk.element, chunk.element.getparent()) if own else ():
            sums[holder] = sums.get(holder, 0) + own
    if not sums:
        return
    best = max(sums, key=lambda holder: sums[holder])
    beside = {each for chunk in chunks if chunk.region for each in lineage(chunk.element)}
    parts = [escape(best.text or "", quote=False)]
    for child in best:
        if child not in beside and child.tag != "h1":
            parts.append(etree.tostring(child, encoding="unicode", method="html", with_tail=False))
        parts.append(escape(child.tail or "", quote=False))
    yield from clean_blocks("".join(parts), address)


def _unlinked(chunk: Chunk) -> int:
    """How many characters of a piece are no link."""
    linked = sum(len(squeezed(link.text_content())) for link in chunk.element.iter("a")) if chunk.link else 0
    return max(0, len(chunk.text) - linked)


def clean_blocks(markup: str, address: str) -> Iterator[str]:
    """Cut HTML into clean blocks: links become absolute, text outside blocks becomes paragraphs."""
    try:
        body = html.fragment_fromstring(_levelled(markup), create_parent="div")
    except (etree.ParserError, ValueError):
        return
    yield from _blocks(body, address)


def _levelled(markup: str) -> str:
    return re.sub(
        r"(</?)(h1|h5|h6)\b", lambda found: found[1] + _TITLE_LEVELS[found[2].lower()], markup, flags=re.I
    )


def _blocks(body: Any, address: str) -> Iterator[str]:
    loose = [escape(body.text or "", quote=False)]
    for child in body:
        if not isinstance(child.tag, str):
            loose.append(escape(child.tail or "", quote=False))
        elif child.tag in ("html", "body", "div", "section", "article", "main", "center", "header"):
            yield from _paragraphs("".join(loose), address)
            loose = [escape(child.tail or "", quote=False)]
            yield from _blocks(child, address)
        elif child.tag in TAGS and child.tag not in (
            "a",
            "img",
            "em",
            "strong",
            "i",
            "b",
            "br",
            "sub",
            "sup",
        ):
            yield from _paragraphs("".join(loose), address)
            loose = [escape(child.tail or "", quote=False)]
            yield from _one(
                etree.tostring(child, encoding="unicode", method="html", with_tail=False), address
            )
        else:
            loose.append(etree.tostring(child, encoding="unicode", method="html"))
    yield from _paragraphs("".join(loose), address)


def _paragraphs(markup: str, address: str) -> Iterator[str]:
    """Loose text: an empty line or two breaks end a paragraph."""
    for part in re.split(r"(?:<br[^>]*>\s*){2,}|\n\s*\n", markup):
        if part.strip():
            yield from _one(f"<p>{part.strip()}</p>", address)


def _one(markup: str, address: str) -> Iterator[str]:
    for part in _parted(markup):
        clean = nh3.clean(
            part,
            tags=TAGS,
            attributes=ATTRIBUTES,
            url_schemes=SCHEMES,
            link_rel=None,
            clean_content_tags={"script", "style"},
            attribute_filter=lambda _tag, name, value: (
                absolute(address, value) if name in ("href", "src") else value
            ),
        )
        clean = _LAST_BREAKS.sub("</p>", re.sub(r"\s+", " ", clean).strip())
        if words_of(clean) or "<img" in clean:
            yield clean


def _parted(markup: str) -> Iterator[str]:
    """A paragraph in which two breaks part paragraphs is several."""
    parts = re.split(r"(?:<br[^>]*>\s*){2,}", markup)
    if len(parts) == 1 or not markup.startswith("<p>"):
        yield markup
        return
    for part in parts:
        yield f"<p>{re.sub(r'^<p>|</p>$', '', part.strip())}</p>"


_SEE_ALSO = re.compile(
    r"(?:see also|read (?:also|more|next)|related(?: articles| stories| posts)?|more (?:on|about|from) .{1,60}"
    r"|you may also like"
    r"|v[eé]a(?:se)? tambi[eé]n|le[ae] tambi[eé]n|te puede interesar|m[aá]s (?:noticias|informaci[oó]n|sobre .{1,60})"
    r"|(?:noticias|art[ií]culos|temas|notas) relacionad[oa]s|leia tamb[eé]m|veja tamb[eé]m|lire aussi|[àa] lire aussi"
    r"|siehe auch|mehr zum thema|lesen sie auch|das k[oö]nnte sie auch interessieren|meist gelesene artikel)\s*[:.…]*",
    re.I,
)
_FRAME_WORDS = re.compile(
    r"(?:©|\(c\)|copyright\b).{0,100}|(?:page )?(?:last|[uú]ltima)\s+(?:updated|modified|changed|actualizaci[oó]n"
    r"|modificaci[oó]n)\b.{0,60}|(?:back|volver|atr[aá]s|top|arriba|print|imprimir)\b.{0,20}",
    re.I,
)
_LAST_BREAKS = re.compile(r"(?:\s*<br>\s*)+</p>$")
LINK = re.compile(r"<a [^>]*>.*?</a>", re.S)
_HREF = re.compile(r'<a href="([^"]*)"')
_TAG = re.compile(r"<[^>]+>")
_WITHIN = re.compile(r"</?(?:a|em|strong|i|b|sub|sup)(?:\s[^>]*)?>")


@lru_cache(maxsize=2048)  # the blocks of a page are asked for many times
def words_of(block: str) -> str:
    """The text of a clean block, without tags."""
    return squeezed(unescape(_TAG.sub(" ", _WITHIN.sub("", block))))


# --- what is attached


def attached(
    blocks: tuple[str, ...], tree: Any, chunks: list[Chunk], address: str
) -> tuple[tuple[Attachment, ...], tuple[Attachment, ...]]:
    """The pictures and documents in and around the text, with captions; the extractor drops many around it."""
    words = squeezed(" ".join(words_of(block) for block in blocks))
    around = _around(words, chunks)
    joined = "".join(blocks)
    body = (
        html.fragment_fromstring(joined, create_parent="div") if "<img" in joined or "<a" in joined else None
    )
    parts = [part for part in (body, around) if part is not None]
    beside = {chunk.element for chunk in chunks if chunk.region}
    captions = _captions(tree, address) if any(part.find(".//img") is not None for part in parts) else {}
    pictures: dict[str, Attachment] = {}
    documents: dict[str, Attachment] = {}
    for part in parts:
        for each in part.iter("img", "a"):
            link = each.get("src" if each.tag == "img" else "href") or ""
            if (each.tag == "a" and not _MAY_BE_DOCUMENT.search(link)) or not beside.isdisjoint(
                lineage(each)
            ):
                continue
            target = absolute(address, link)
            if each.tag == "img" and target and not is_tiny(each):
                pictures.setdefault(
                    target, Attachment(target, captions.get(target, ""), each.get("alt") or "")
                )
            elif each.tag == "a" and DOCUMENTS.search(_path(target)):
                documents.setdefault(target, Attachment(target, squeezed(each.text_content())))
    return tuple(pictures.values()), tuple(documents.values())


def _around(words: str, chunks: list[Chunk]) -> Any | None:
    """The smallest element that holds all of the page's own pieces that stand in the text."""
    held = [chunk.element for chunk in chunks if not chunk.region and chunk.text and chunk.text in words]
    if not held:
        return None
    common = list(lineage(held[0]))
    for element in held[1:]:
        above = set(lineage(element))
        common = [each for each in common if each in above]
    return common[0] if common else None


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _captions(tree: Any, address: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for holder in tree.xpath("//figure[.//img]|//*[contains(@class,'caption') and .//img]"):
        image = next(holder.iter("img"))
        words = holder.xpath(".//figcaption|.//*[contains(@class,'caption-text')]")
        text = squeezed(words[0].text_content() if words else holder.text_content())
        found[absolute(address, image.get("src") or "")] = text[:500]
    return found


# A link of which nothing must be worked out: "/news/the-river.html?page=2".
_FROM_ROOT = re.compile(r"(?:/[\w-][\w.-]*)+/?(?:\?[\w&=%.-]+)?")


@lru_cache(maxsize=256)
def _root_of(address: str) -> str:
    return urljoin(address, "/")[:-1]


@lru_cache(maxsize=4096)  # a page repeats its links
def absolute(address: str, link: str) -> str:
    """The absolute address of a link on a page; "" for one that is none."""
    if link.startswith(("http://", "https://")):
        return link.strip()
    try:
        if _FROM_ROOT.fullmatch(link):
            return _root_of(address) + link
        return urljoin(address, link.strip())
    except ValueError:
        return ""


def links_of(tree: Any, address: str) -> tuple[str, ...]:
    """Every address that the page leads to, absolute, without its fragment."""
    found: dict[str, None] = {}
    for link in tree.iter("a", "area"):
        target = (link.get("href") or "").strip()
        if target and not target.lower().startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
            joined = absolute(address, target).split("#")[0]
            if joined.startswith(("http://", "https://", "/")):
                found[joined] = None
    return tuple(found)
