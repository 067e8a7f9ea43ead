"""What of an old page's markup hides its text from an extractor, and is cleared away before one is asked?"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from lxml import etree

from pututu.rescue.reading.chunks import INLINE, hints_of

LONGEST_CAPTION = 600
TINY = 24  # pixels
LONGEST_CELL = 250  # characters in a cell of figures and names
_NEVER_TEXT = (
    *(
        "style",
        "svg",
        "link",
        "template",
        "aside",
        "footer",
        "button",
        "select",
        "textarea",
        "iframe",
        "object",
    ),
    *("embed", "video", "audio", "canvas", "map"),
)
"""What trafilatura throws away too, after it copied it several times."""
_BOLD = ("b", "strong", "big")
LARGE = ("+1", "+2", "+3", "4", "5", "6", "7")  # sizes of <font> for headlines
_IS_FRAME = etree.XPath(
    "not(.//tr[2]) or boolean(.//h1|.//h2|.//h3|.//table|.//td[count(p) > 1]|.//td[count(br) > 3]"
    "|.//td[string-length(normalize-space(.)) > $longest])"
)
_LOOSE = etree.XPath(
    "//*[self::body or self::div or self::td or self::center or self::article]"
    "[count(br) > 1][string-length(normalize-space(.)) > 80]"
)


def cleared(tree: Any) -> Any:
    """A copy of the page without scripts, menus, captions, and without tables and breaks in place of paragraphs."""
    return _without_captions(_without_layout(_without_machinery(deepcopy(tree))))


def _without_machinery(tree: Any) -> Any:
    """Nobody reads styles, drawings, scripts and menus; structured data may hold the text."""
    etree.strip_elements(tree, *_NEVER_TEXT, with_tail=False)
    for script in list(tree.iter("script")):
        if "json" not in (script.get("type") or ""):
            script.drop_tree()
    for menu in list(tree.iter("nav")):
        if menu.find(".//p") is None:  # one that nobody closed holds the rest of the page
            menu.drop_tree()
    return tree


def _without_captions(tree: Any) -> Any:
    """What stands at a picture goes with the picture (``attached``) and is no paragraph of the text."""
    for holder in list(tree.iter("figure", "div", "p", "span", "section")):
        named = "caption" in hints_of(holder)
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


def _without_layout(tree: Any) -> Any:
    """Old pages stand in tables: what holds a heading, a table, paragraphs or a long text is no table but a frame.

    Pictures of a pixel or so, which hold that frame open or count readers, go too.
    """
    keep_lines(tree)
    for image in list(tree.iter("img")):
        if is_tiny(image):
            image.drop_tree()
    for table in list(tree.iter("table")):
        if _IS_FRAME(table, longest=LONGEST_CELL):
            for part in [table, *table.xpath("./tbody|./tr|./tbody/tr|./tr/td|./tbody/tr/td")]:
                part.tag = "div"
    for font in list(tree.iter("font")):
        if font.get("size", "") in LARGE:
            font.tag = "b"
        else:
            font.drop_tag()
    for holder in _LOOSE(tree):
        _in_paragraphs(holder)
    return tree


def keep_lines(tree: Any) -> None:
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
        breaking = holder.makeelement("br")
        breaking.tail = line
        holder.insert(at + number, breaking)
    return first


def _in_paragraphs(holder: Any) -> None:
    """Text that two breaks part becomes paragraphs: extractors take loose text for rubbish or for one line."""
    paragraph = _begun(holder, holder.text)
    holder.text = None
    for child in list(holder):
        if not _ends_paragraph(child, paragraph):
            paragraph.append(child)
            continue
        if len(paragraph) or (paragraph.text or "").strip():
            child.addprevious(paragraph)
        paragraph = _begun(holder, child.tail)
        child.tail = None
        if child.tag == "br":
            holder.remove(child)
    if len(paragraph) or (paragraph.text or "").strip():
        holder.append(paragraph)


def _begun(holder: Any, text: str | None) -> Any:
    paragraph = holder.makeelement("p")
    paragraph.text = text
    return paragraph


def _ends_paragraph(child: Any, paragraph: Any) -> bool:
    """What is no part of a line does, a second break, and a break behind nothing but bold words: a headline."""
    if child.tag != "br":
        return child.tag not in INLINE and child.tag not in ("a", "img")
    if not len(paragraph) or (paragraph[-1].tail or "").strip():
        return False
    is_headline = len(paragraph) == 1 and not (paragraph.text or "").strip()
    return paragraph[-1].tag == "br" or (is_headline and paragraph[-1].tag in _BOLD)


def is_tiny(image: Any) -> bool:
    """Lines, dots and counters: a width or height of some pixels."""
    sizes = [image.get(name, "").removesuffix("px") for name in ("width", "height")]
    return any(size.isdigit() and int(size) < TINY for size in sizes)
