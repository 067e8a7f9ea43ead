"""What is the title of a page: of its first heading, its metadata and its ``<title>``, which is the item's own?"""

from __future__ import annotations

import re
from typing import Any

from pututu.lib.text import fold
from pututu.rescue.reading.chunks import squeezed

LONGEST = 255
_PARTS = re.compile(r"\s+(?:[·•»«>]|::|[-–—])\s+|\s*\|\s*")
_HEADLINE = re.compile(
    r"(?:^|[\s_-])(?:headline|title|titulo|entry-title|post-title|heading)(?:$|[\s_-])", re.I
)


def title_of(tree: Any) -> tuple[str, str, Any | None]:
    """Give the title, where it is from ("h1", "og", "title", "heading", "") and the element that shows it, if any."""
    named = squeezed(tree.findtext(".//title") or "")
    heads = [(squeezed(h1.text_content()), h1) for h1 in tree.iter("h1")]
    heads = [(text, h1) for text, h1 in heads if 0 < len(text) <= LONGEST]
    folded = _plain(named)
    fitting = [(text, h1) for text, h1 in heads if _plain(text) and _plain(text) in folded]
    if fitting:
        text, h1 = max(fitting, key=lambda pair: len(pair[0]))
        return text, "h1", h1
    og = _meta(tree, "og:title")
    if og:
        return without_site(og, _meta(tree, "og:site_name")), "og", _shown(tree, og, heads)
    shown = without_site(named, _meta(tree, "og:site_name"))
    heading = _heading(tree, heads, folded)
    if heading is not None and (not shown or shown == named):
        return squeezed(heading.text_content()), "heading", heading
    return shown, "title" if shown else "", _shown(tree, shown, heads)


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text)).strip()


def _meta(tree: Any, name: str) -> str:
    for meta in tree.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() == name:
            return squeezed(meta.get("content") or "")
    return ""


def without_site(title: str, site: str = "") -> str:
    """The title without the name of the site before or behind it; the longest part, where the site is not named."""
    parts = [part.strip() for part in _PARTS.split(title) if part.strip()]
    if len(parts) < 2:
        return title
    if site:
        kept = [part for part in parts if _plain(part) != _plain(site)]
        if kept and len(kept) < len(parts):
            at = title.find(kept[0])
            return title[at : title.rfind(kept[-1]) + len(kept[-1])]
        return title
    return parts[0] if len(parts[0]) >= len(parts[-1]) else parts[-1]


def _heading(tree: Any, heads: list[tuple[str, Any]], folded: str) -> Any | None:
    """The one h1; else a heading or an element called headline that ``<title>`` does not simply repeat."""
    if len(heads) == 1:
        return heads[0][1]
    for element in tree.iter("h2", "h3", "div", "p", "span", "td", "font"):
        hints = f"{element.get('class') or ''} {element.get('id') or ''}"
        is_named = element.tag in ("h2", "h3") or _HEADLINE.search(hints)
        if is_named and 3 <= len(text := squeezed(element.text_content())) <= LONGEST:
            plain = _plain(text)
            if plain and (plain in folded or element.tag not in ("h2", "h3") or not heads):
                return element
    return None


def _shown(tree: Any, title: str, heads: list[tuple[str, Any]]) -> Any | None:
    """The element that shows the title: of the headings first, then any that holds just those words."""
    wanted = _plain(title)
    if not wanted:
        return None
    for text, h1 in heads:
        if _plain(text) == wanted:
            return h1
    for element in tree.iter("h2", "h3", "h4", "b", "strong", "font", "span", "p", "div", "td", "a"):
        if len(element) <= 3 and element.text_content and _plain("".join(element.itertext())[:400]) == wanted:
            return element
    return heads[0][1] if len(heads) == 1 else None
