"""What is the title of a page: of its first heading, its metadata and its ``<title>``, which is the item's own?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pututu.lib.text import fold
from pututu.rescue.reading.chunks import hints_of, lineage, squeezed

LONGEST = 255
LEAST = 20  # characters of a heading that is surely the one that ``<title>`` says
_PARTS = re.compile(r"\s+(?:[·•»«>]|::|[-–—])\s+|\s*\|\s*")
_HOME = re.compile(r"(?:https?://[^/]+)?/?(?:index\.\w+)?")
_OF_SITE = re.compile(
    r"(?:^|[\s_-])(?:site-?(?:title|name|logo|heading|branding)|logo|brand|blog-?(?:title|name)|header-title)(?:$|[\s_-])",
    re.I,
)
_HEADER = re.compile(
    r"(?:^|\s)(?:site|page|top)?[_-]?(?:header|head|masthead|banner|branding|cabecera)(?:[_-]?(?:wrap(?:per)?|inner|img|area|container))?(?:$|\s)",
    re.I,
)
_LABEL = re.compile(r"^(?:events?|eventos?|news|noticias?|update|article|artículo)\s*:\s+", re.I)
HEADLINE = re.compile(
    r"(?:^|[\s_-])(?:headline|title|titulo|entry-title|post-title|heading)(?:$|[\s_-])", re.I
)
_SHOWING = ("h2", "h3", "h4", "b", "strong", "font", "span", "p", "div", "td")


def title_of(tree: Any) -> tuple[str, str, Any | None]:
    """Give the title, where it is from ("h1", "og", "title", "heading", "") and the element that shows it, if any."""
    named, og, site = (
        squeezed(tree.findtext(".//title") or ""),
        _meta(tree, "og:title"),
        _meta(tree, "og:site_name"),
    )
    every = [(_printed(h1), h1) for h1 in tree.iter("h1")]
    every = [(text, h1) for text, h1 in every if 0 < len(text) <= LONGEST]
    heads = [(text, h1) for text, h1 in every if not _is_the_sites(text, h1, named, site)]
    site = site or next((text for text, h1 in every if (text, h1) not in heads), "")
    folded = _plain(named)
    fitting = [(text, h1) for text, h1 in heads if _plain(text) and _plain(text) in folded]
    chosen = max(fitting, key=lambda pair: len(pair[0]), default=None) or _only_headline(
        heads, f"{named} {og}"
    )
    if chosen:
        return _cut(chosen[0], site), "h1", chosen[1]
    if og:
        is_whole = not site and og != named and _plain(og) in folded
        og = og if is_whole else without_site(og, site)
        return og, "og", _shown(tree, og, heads)
    shown = _own_half(tree, named, site)
    heading = _heading(tree, heads, folded)
    if heading is not None and (not shown or _plain(_printed(heading)) in folded):
        return _printed(heading), "heading", heading
    return shown, "title" if shown else "", _shown(tree, shown, heads)


def _printed(element: Any) -> str:
    return squeezed(element.text_content()).replace("\u00ad", "")


def _is_the_sites(text: str, h1: Any, named: str, site: str) -> bool:
    """A heading that names the site: so called, in the head of the page, a link to its front page, or so declared."""
    plain = _plain(text)
    if plain == _plain(named):
        return False
    if _is_named_above_another(h1, plain, named):
        return True
    link = h1.find(".//a")
    leads_home = link is not None and _HOME.fullmatch(link.get("href") or "") and _printed(link) == text
    return bool(leads_home or _OF_SITE.search(hints_of(h1)) or (site and plain == _plain(site)))


def _is_named_above_another(h1: Any, plain: str, named: str) -> bool:
    """It stands in the head of the page and says one half of its ``<title>``; a heading below says the other."""
    others = _beside(plain, named)
    if not others or not any(_HEADER.search(hints_of(each)) for each in lineage(h1)):
        return False
    return any(_plain(_printed(each)) in others for each in h1.getroottree().iter("h2", "h3"))


def _beside(plain: str, named: str) -> set[str]:
    """What a ``<title>`` says beside one of its halves; a colon parts them too ("Voices of the South: The census")."""
    halves = [_plain(half) for half in _PARTS.split(named)]
    if plain in halves:
        return {half for half in halves if half and half != plain}
    whole = _plain(named)
    return {whole.removeprefix(f"{plain} ")} if plain and whole.startswith(f"{plain} ") else set()


def _only_headline(heads: list[tuple[str, Any]], told: str) -> tuple[str, Any] | None:
    """The one headline that the page prints, where its words are also those of its metadata.

    A label before it ("Event: …"), which the metadata leave out, is no part of it.
    """
    if len({_plain(text) for text, _h1 in heads}) != 1:
        return None
    text, h1 = heads[0]
    unlabelled = _LABEL.sub("", text)
    if unlabelled != text and _plain(unlabelled) in _plain(told):
        return unlabelled, h1
    words = {word for word in _plain(text).split() if len(word) > 3}
    both = words & set(_plain(told).split())
    return (text, h1) if not told.strip() or len(both) * 3 >= len(words) > 0 else None


def _cut(title: str, site: str) -> str:
    """A headline without the site's name behind a bar."""
    first, bar, last = title.rpartition(" | ")
    return first if bar and (not site or _plain(last) == _plain(site)) and len(first) > len(last) else title


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


def _own_half(tree: Any, named: str, site: str) -> str:
    """The half of a ``<title>`` that the page prints; of two printed halves the later one: its site is named above."""
    halves = [half.strip() for half in _PARTS.split(named) if half.strip()]
    if site or len(halves) != 2:
        return without_site(named, site)
    printed = {_plain(half): half for half in halves}
    lines = list(_lines(tree))
    if _plain(named) in lines:
        return named
    found = [half for half in (printed.get(plain) for plain in lines) if half]
    return found[-1] if found else without_site(named, site)


def _lines(tree: Any) -> Iterator[str]:
    """What elements without links print as a line of their own, each line once, as they come."""
    seen: set[str] = set()
    for element in tree.iter(*_SHOWING):
        if len(element) <= 3 and (plain := _plain("".join(element.itertext())[:400])) not in seen:
            seen.add(plain)
            yield plain


def _heading(tree: Any, heads: list[tuple[str, Any]], folded: str) -> Any | None:
    """The one h1; else a heading or an element called headline that ``<title>`` does not simply repeat."""
    if len(heads) == 1:
        return heads[0][1]
    for element in tree.iter("h2", "h3"):
        if len(plain := _plain(_printed(element))) >= LEAST and plain in folded:
            return element
    for element in tree.iter("h2", "h3", "div", "p", "span", "td", "font"):
        is_named = element.tag in ("h2", "h3") or HEADLINE.search(hints_of(element))
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
    sizes = range(
        len(wanted) // 2, 3 * len(wanted) + 20
    )  # without its signs a text is shorter, but not by so much
    for element in tree.iter(*_SHOWING, "a"):
        if len(element) > 3:
            continue
        text = "".join(element.itertext())[:400].strip()
        if len(text) in sizes and _plain(text) == wanted:
            return element
    return heads[0][1] if len(heads) == 1 else None
