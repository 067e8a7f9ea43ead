"""What is the main text of a page, as clean blocks with its pictures and documents?

trafilatura finds the text; where it finds nothing, the element that directly holds the most text is taken. What comes
out passes an allow-list: headings, paragraphs, lists, quotations, tables, links, pictures.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from copy import deepcopy
from html import escape, unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import nh3
import trafilatura
from lxml import etree, html
from trafilatura.htmlprocessing import build_html_output

from pututu.rescue.item import Attachment
from pututu.rescue.reading.chunks import Chunk, lineage, squeezed

TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "a", "img", "em", "strong", "i", "b", "br", "table", "thead",
    "tbody", "tr", "td", "th", "pre", "sub", "sup", "figure", "figcaption",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}}
SCHEMES = {"http", "https", "mailto"}
DOCUMENTS = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|zip|mp3)$", re.IGNORECASE)
_TITLE_LEVELS = {"h1": "h2", "h5": "h4", "h6": "h4"}
ENOUGH = 40
SHORT = 1000  # characters of text under which trafilatura compares its own with others'
SOFT_HYPHEN = "\u00ad"
LONGEST_CAPTION = 600
SHARE_OF_TEXT = 0.7
LEAST_OF_TEXT = 0.5  # a page whose frame is called "sidebar" must keep its text
TINY = 24  # pixels


def extracted(tree: Any, chunks: list[Chunk], address: str) -> tuple[str, ...]:
    """The body in clean HTML, a block each."""
    prepared = _without_captions(_without_layout(_without_machinery(deepcopy(tree))))
    blocks = _by_trafilatura(prepared, address, fast=True)
    if _length(blocks) < SHORT:  # then it is worth to ask the second opinions that it can ask
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


def _without_machinery(tree: Any) -> Any:
    """Nobody reads styles, drawings, scripts and menus; structured data may hold the text."""
    etree.strip_elements(tree, "style", "svg", "link", "template", with_tail=False)
    for script in list(tree.iter("script")):
        if "json" not in (script.get("type") or ""):
            script.drop_tree()
    for menu in list(tree.iter("nav")):
        if menu.find(".//p") is None:  # one that nobody closed holds the rest of the page
            menu.drop_tree()
    return tree


def _length(blocks: tuple[str, ...]) -> int:
    return sum(len(words_of(block)) for block in blocks)


def _without_captions(tree: Any) -> Any:
    """What stands at a picture goes with the picture (``attached``) and is no paragraph of the text."""
    for holder in list(tree.iter("figure", "div", "p", "span", "section")):
        named = "caption" in f"{holder.get('class') or ''} {holder.get('id') or ''}"
        if not (named or holder.tag == "figure") or holder.getparent() is None:
            continue
        pictures = list(holder.iter("img"))
        if (
            not pictures
            or len(holder.text_content()) > LONGEST_CAPTION
            or holder.find(".//table") is not None
        ):
            continue
        for each in list(holder):
            holder.remove(each)
        holder.text = None
        for picture in pictures:
            picture.tail = None
            holder.append(picture)
    return tree


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
    while last and (_is_teaser(blocks[last - 1]) or blocks[last - 1].startswith("<h")):
        last -= 1
    kept = tuple(each for each in blocks[:last] if not (each.startswith("<h") and _is_teaser(each)))
    # A page of links is made of links.
    return kept if _length(kept) >= SHARE_OF_TEXT * _length(blocks) else blocks


def _is_teaser(block: str) -> bool:
    """It is nothing but links to other pages; documents and addresses to write to are the page's own."""
    targets = _HREF.findall(block)
    if not targets or any(
        DOCUMENTS.search(urlsplit(each).path) or each.startswith("mailto:") for each in targets
    ):
        return False
    return not re.search(r"\w", unescape(_TAG.sub("", _LINK.sub("", block))))


def whole(tree: Any, address: str) -> tuple[str, ...]:
    """All of a fragment that an export or a feed gives as the text of an entry: nothing of it is menu or frame."""
    body = tree.find(".//article")
    _keep_lines(body)
    markup = etree.tostring(body, encoding="unicode", method="html", with_tail=False)
    return tuple(clean_blocks(markup, address))


def _without_layout(tree: Any) -> Any:
    """Old pages stand in tables: what holds a heading, a table or paragraphs is no table of data but a frame.

    Pictures of a pixel or so, which hold that frame open or count readers, go too.
    """
    _keep_lines(tree)
    for image in list(tree.iter("img")):
        if _is_tiny(image):
            image.drop_tree()
    for table in list(tree.iter("table")):
        if table.xpath("boolean(.//h1|.//h2|.//h3|.//table|.//td[count(p) > 1]|.//td[count(br) > 3])"):
            for part in [table, *table.xpath("./tbody|./tr|./tbody/tr|./tr/td|./tbody/tr/td")]:
                part.tag = "div"
    return tree


def _keep_lines(tree: Any) -> None:
    """Where the lines of a text count, as in poems and tables of a typewriter, each ends with a break."""
    for pre in list(tree.iter("pre")):
        for node in list(pre.iter()):
            if isinstance(node.tag, str) and node.text:
                node.text = _broken(node, node.text.strip("\r\n") if node is pre else node.text, 0)
            if node is not pre and node.tail:
                holder = node.getparent()
                node.tail = _broken(holder, node.tail, holder.index(node) + 1)
        pre.tag = "p"


def _broken(holder: Any, text: str, at: int) -> str:
    """The first line of a text; the others are put into ``holder``, each behind a break."""
    first, *others = text.splitlines() or [""]
    for number, line in enumerate([*others, ""] if text.endswith("\n") else others):
        breaking = etree.Element("br")
        breaking.tail = line
        holder.insert(at + number, breaking)
    return first


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
_LAST_BREAKS = re.compile(r"(?:\s*<br>\s*)+</p>$")
_LINK = re.compile(r"<a [^>]*>.*?</a>", re.S)
_HREF = re.compile(r'<a href="([^"]*)"')
_TAG = re.compile(r"<[^>]+>")
_WITHIN = re.compile(r"</?(?:a|em|strong|i|b|sub|sup)(?:\s[^>]*)?>")


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
            if not beside.isdisjoint(lineage(each)):
                continue
            target = absolute(address, each.get("src" if each.tag == "img" else "href") or "")
            if each.tag == "img" and target and not _is_tiny(each):
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


def _is_tiny(image: Any) -> bool:
    """Lines, dots and counters: a width or height of some pixels."""
    sizes = [image.get(name, "").removesuffix("px") for name in ("width", "height")]
    return any(size.isdigit() and int(size) < TINY for size in sizes)


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


def absolute(address: str, link: str) -> str:
    """The absolute address of a link on a page; "" for one that is none."""
    if link.startswith(("http://", "https://")):
        return link.strip()
    try:
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
