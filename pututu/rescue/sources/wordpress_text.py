"""How does the text of a WordPress entry read as plain HTML, as the old site showed it?

Blocks lose their marks, shortcodes become what they stood for (a caption, a gallery by the numbers of its pictures, a
link to a film) or are taken out, breaks of pages go, and a text without paragraphs gets them from its empty lines.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any

import lxml.html
from lxml import etree

from pututu.lib.text import shorten
from pututu.rescue.sources.paragraphs import with_paragraphs
from pututu.rescue.sources.shortcodes import replaced
from pututu.rescue.sources.wordpress_entry import Item
from pututu.rescue.sources.wordpress_library import Library, Shown

BREAKS = re.compile(r"<!--\s*(?:more\b[^>]*?|nextpage|noteaser)\s*-->")
BLOCK = re.compile(r"<!--\s+/?wp:[a-z][\w/-]*\s[^>]*?-->")
REUSED = re.compile(r'<!--\s+wp:block\s+\{[^}]*"ref":\s*(\d+)[^}]*\}\s*/-->')
ALONE = re.compile(r"(?m)^\s*(https?://[^\s<>\"\[\]]+)\s*$")
WRAPPED = re.compile(r"(<div class=\"[^\"]*wp-block-embed__wrapper[^\"]*\">)\s*(https?://[^\s<]+)\s*(</div>)")
DEEPEST = 5


def as_html(content: str, item: Item, library: Library) -> str:
    """The text of an entry; never fails."""
    text = _with_reused(content, library, DEEPEST)
    has_blocks = "<!-- wp:" in text
    text = BREAKS.sub("\n\n", text)
    text = BLOCK.sub("", WRAPPED.sub(lambda found: f"{found[1]}{linked(found[2])}{found[3]}", text))
    text = replaced(text, lambda name, attributes, inner: _shown(name, attributes, inner, item, library))
    text = ALONE.sub(lambda found: f"\n\n<p>{linked(found[1])}</p>\n\n", text)
    return _mended(text if has_blocks else with_paragraphs(text), library)


def first_words(body: str) -> str:
    """What names a text that has no title: as an aside on the old site had none."""
    plain = " ".join(unescape(re.sub(r"<[^>]+>", " ", body[:20_000])).split())
    return shorten(plain, 80) if plain else ""


def _with_reused(text: str, library: Library, deepest: int) -> str:
    """Reusable blocks stand where they are named; one that names itself ends somewhere."""
    if not deepest or "wp:block" not in text:
        return text
    return REUSED.sub(
        lambda found: _with_reused(library.blocks.get(found[1], ""), library, deepest - 1), text
    )


def linked(address: str) -> str:
    whole = escape(unescape(address))
    return f'<a href="{whole}">{whole}</a>'


def _shown(name: str, said: dict[str, str], inner: str, item: Item, library: Library) -> str | None:
    """What a shortcode stood for; None for one that is not known."""
    if name in ("caption", "wp_caption"):
        return _caption(said, inner)
    if name in ("gallery", "playlist"):
        return "".join(_figure(file) for file in _of_gallery(said, item, library))
    if name in ("embed", "audio", "video", "youtube", "vimeo", "wpvideo", "soundcloud"):
        return _media(name, said, inner)
    return None


def _caption(said: dict[str, str], inner: str) -> str:
    """A picture, in a link or not, with the words behind it or in the attribute of older versions."""
    found = re.match(r"\s*((?:<a\s[^>]*>\s*)?<img\s[^>]*>(?:\s*</a>)?)(.*)", inner, re.DOTALL | re.IGNORECASE)
    if not found:
        return inner
    words = found[2].strip() or said.get("caption", "")
    return f"\n\n<figure>{found[1]}<figcaption>{words}</figcaption></figure>\n\n"


def _of_gallery(said: dict[str, str], item: Item, library: Library) -> list[Shown]:
    numbers = re.findall(r"\d+", said.get("ids") or said.get("include") or "")
    if numbers:
        return [file for number in numbers if (file := library.file_of(number=number))]
    left_out = set(re.findall(r"\d+", said.get("exclude", "")))
    hidden = {file.address for number in left_out if (file := library.file_of(number=number))}
    return [file for file in library.pictures_on(said.get("id") or item.id) if file.address not in hidden]


def _figure(file: Shown) -> str:
    where = escape(file.address)
    if not file.is_picture:
        return f'\n\n<p><a href="{where}">{escape(file.title or file.address)}</a></p>\n\n'
    caption = f"<figcaption>{escape(file.caption)}</figcaption>" if file.caption else ""
    return f'\n\n<figure><img src="{where}" alt="{escape(file.alt)}">{caption}</figure>\n\n'


def _media(name: str, said: dict[str, str], inner: str) -> str:
    """A film or a sound becomes a link to it."""
    words = [inner.strip(), *said.values()]
    found = next((word for word in words if re.match(r"https?://\S+$", word)), "")
    number = next((said[key] for key in ("0", "id") if re.fullmatch(r"[\w-]{5,15}", said.get(key, ""))), "")
    homes = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}
    found = found or (homes[name] + number if name in homes and number else "")
    return f"\n\n<p>{linked(found)}</p>\n\n" if found else ""


# --- what stands in the HTML itself


def _mended(text: str, library: Library) -> str:
    """Pictures in their full size with the words of the library, films as links, one picture to a figure."""
    if not re.search(r"<(?:img|iframe|audio|video|object|embed|figure|ul)[\s>]", text, re.IGNORECASE):
        return text
    try:
        root = lxml.html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, ValueError):
        return text
    for image in root.iter("img"):
        _to_the_whole(image, library)
    for player in list(root.iter("iframe", "audio", "video", "object", "embed")):
        _as_link(player)
    _apart(root)
    return (escape(root.text or "", quote=False)) + "".join(
        etree.tostring(child, encoding="unicode", method="html") for child in root
    )


def _to_the_whole(image: Any, library: Library) -> None:
    """WordPress shows "dam-300x200.jpg" of "dam.jpg": the picture itself is meant."""
    number = re.search(r"wp-image-(\d+)", image.get("class") or "")
    address = image.get("data-src") or image.get("src") or ""
    file = library.file_of(address=address) or library.file_of(number=number[1] if number else "")
    image.set("src", file.address if file and file.is_picture else address)
    if file and not image.get("alt"):
        image.set("alt", file.alt)


def _as_link(player: Any) -> None:
    inner = [each.get("src") for each in player.iter("source", "embed")]
    wishes = [player.get("src"), player.get("data"), *inner]
    address = next((each for each in wishes if each and re.match(r"(?:https?:)?//", each)), "")
    tail, player.tail = player.tail, None
    attributes, parent = {}, player.getparent()
    if address:
        whole = address if ":" in address.split("/")[0] else f"https:{address}"
        attributes = {"href": whole}
    new = etree.Element("a" if address else "span", attributes)
    new.text, new.tail = attributes.get("href", ""), tail
    if parent is not None:
        parent.replace(player, new)


def _apart(root: Any) -> None:
    """A gallery is a figure of figures or a list of them: each picture stands with its own caption."""
    for holder in list(root.iter("figure")):
        if holder.find(".//figure") is not None or len(list(holder.iter("img"))) > 1:
            holder.tag = "div"
    for holder in list(root.iter("ul")):
        if holder.find("./li/figure") is not None:
            holder.tag = "div"
            for each in holder.iterfind("./li"):
                each.tag = "div"
    for caption in list(root.iter("figcaption")):
        if next(caption.iterancestors("figure"), None) is None:
            caption.tag = "p"
