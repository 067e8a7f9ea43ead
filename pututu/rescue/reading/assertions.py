"""Where does a page assert its date by machine: structured data, metadata, microdata, its address, its headers?

Every assertion keeps its words and place. What asserts another thing (a comment's day, when the page was changed, when
a teaser's story appeared) is not taken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import unquote, urlsplit

from pututu.lib.text import fold
from pututu.rescue.capture import Capture
from pututu.rescue.reading.chunks import Chunk, lineage, place_of, squeezed
from pututu.rescue.reading.pdfs import pdf_said
from pututu.rescue.reading.record import Said
from pututu.rescue.reading.visible import clock_of

PUBLISHED_METAS = {
    "article:published_time", "og:article:published_time", "og:published_time", "article:published",
    "article.published",    "dc.date.issued", "dcterms.issued",
    "dcterms.date", "dc.date.published", "dc.date.created", "dcterms.created",
    "publish-date", "publish_date", "publishdate", "publisheddate", "published-date", "pubdate", "pub_date",
    "publication_date", "publicationdate", "publication-date", "publish-time", "publishtime", "published_time",
    "parsely-pub-date", "sailthru.date", "datepublished", "date_published", "citation_publication_date",
    "citation_date", "citation_online_date", "rnews:datepublished", "cxenseparse:recs:publishtime", "bt:pubdate",
    "pdate",
    "originalpublicationdate", "prism.publicationdate", "article:post_date", "cxenseparse:publishtime", "release_date",
    "dcterms:issued", "dcterms:created", "schema:datepublished", "date.issued", "published_at",
    "shareaholic:article_published_time", "mediator_published_time", "vr:published_time", "rbpubdate",
    "displaydate", "displaydatetime", "article_date_original", "article:published_date", "dc:date:created",
}  # fmt: skip
PLAIN_METAS = {
    "date",
    "dc.date",
    "dc:date",
    "dcterms:date",
    "created",
    "datecreated",
    "creation_date",
    "date.created",
    "og:pubdate",
}
CHANGED_METAS = {
    "article:modified_time", "og:updated_time", "og:article:modified_time", "dcterms.modified", "dc.date.modified",
    "last-modified", "lastmod", "datemodified", "dateupdate", "date_modified", "article:modified", "revised",
}  # fmt: skip
_IN_RDFA = {"dc:date", "dc:created", "dc:issued", "dcterms:date", "dcterms:created", "dcterms:issued", "datepublished",
    "schema:datepublished"}  # fmt: skip
_REMARKS = {"comment", "usercomments", "review", "answer"}
_OTHER_THINGS = {
    "comment",
    "review",
    "person",
    "breadcrumblist",
    "itemlist",
    "imageobject",
    "organization",
    "website",
    "videoobject",
}
_ADDRESS = re.compile(
    r"(?<!\d)(?P<y>19[89]\d|20[0-4]\d)[/_-](?P<m>0?[1-9]|1[0-2])"
    r"(?:[/_-](?P<d>0[1-9]|[12]\d|3[01]|[1-9](?=[/.]|$))(?!\d))?(?=[/_.-]|$)"
    r"|(?<!\d)(?:19[89]\d|20[0-4]\d)/(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|ene|abr|ago|dic)[a-z]{0,7}/(?:0?[1-9]|[12]\d|3[01])(?=/)"
    r"|(?<!\d)(?:1970[/_-]?01[/_-]?01|1969[/_-]?12[/_-]?31|0000[/_-]?00[/_-]?00|-?0001[/_-]11[/_-]30|1900[/_-]?01[/_-]?01)(?!\d)"
    r"|(?<!\d)(?P<y2>19[89]\d|20[0-4]\d)(?P<m2>0[1-9]|1[0-2])(?P<d2>0[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<![\d._-])(?:0?[1-9]|[12]\d|3[01])(?P<s>[._-])(?:0?[1-9]|[12]\d|3[01])(?P=s)(?:19[89]\d|20[0-4]\d)(?![\d_]|[.-]\d)"
    r"|(?<![\d._-])(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|[12]\d|3[01])(?:19[89]\d|20[0-4]\d)(?!\d)"
)
_LOOSE = re.compile(r'"(datePublished|dateCreated)"\s*:\s*"([^"]{4,40})"')
_IN_SCRIPT = re.compile(
    r"""["'](?P<name>datePublished|date_published|publish(?:ed)?_?[dD]ate|publish(?:ed)?_?[aA]t|publish(?:ed)?_?[tT]ime"""
    r"""|publication_?[dD]ate|first_?[pP]ublish(?:ed)?(?:_?(?:[dD]ate|[aA]t))?|pub_?[dD]ate|content_date_published)["']"""
    r"""\s*:\s*["'](?P<said>(?:19|20)\d\d-?\d\d-?\d\d[^"'\\]{0,24})["']"""
)
_PUBLISHED_CLASS = re.compile(
    r"(?:^|\s)(?:published|entry-date|dt-published|post-date|pubdate|date-published)(?:$|\s)", re.I
)
LONG_TITLE = 20  # characters
MOST = 1000  # of one kind of element; naming the place of each costs as much as there are of them
_CHANGED_CLASS = re.compile(r"updated|modified|dt-updated", re.I)


def machine_said(
    capture: Capture, tree: Any, chunks: list[Chunk], title: str, around: frozenset[Any], at: int | None
) -> Iterator[Said]:
    """Every assertion of the date by machine, in the order of trust.

    ``around`` is what holds the title, ``at`` the number of the chunk that shows it.
    """
    yield from json_ld_said(tree, title)
    yield from meta_said(tree, around)
    yield from microdata_said(tree, chunks, around, clock_of(chunks, at))
    yield from script_said(tree)
    if not _is_made_of_the_date(capture):
        yield from list(address_said(capture.address)) or named_address_said(tree)
    yield from outside_said(capture)


def _is_made_of_the_date(capture: Capture) -> bool:
    """WordPress makes an address of the date that its export gives: it is no second witness."""
    said = capture.declared.dates.get("wp:post_date", "") if capture.declared else ""
    return bool(said) and not said.startswith("0000")


# --- structured data


def json_ld_said(tree: Any, title: str) -> Iterator[Said]:
    """The day of publication, and an event's beginning, by schema.org; of several nodes that of this title."""
    scripts: list[tuple[list[dict[str, Any]], str, str]] = []
    for script in islice(tree.iter("script"), MOST):
        if "ld+json" not in (script.get("type") or ""):
            continue
        place, text = place_of(script), script.text or ""
        try:
            scripts.append((list(_nodes(json.loads(text, strict=False))), place, text))
        except (ValueError, RecursionError):
            for found in list(_LOOSE.finditer(text))[:1]:
                yield Said("json-ld", found[2], place, "loose")
    is_of_many = len({day for nodes, _, _ in scripts for day in _days_of(nodes)}) > 1
    named = [each for each in scripts if is_of_many and any(_is_of(title, node) for node in each[0])]
    in_head = [each for each in scripts if is_of_many and each[1].startswith("/html/head/")]
    for nodes, place, text in named or in_head or scripts:
        yield from _of_nodes(nodes, place, title, text)


def _days_of(nodes: list[dict[str, Any]]) -> set[str]:
    return {node["datePublished"][:10] for node in nodes if isinstance(node.get("datePublished"), str)}


def _is_of(title: str, node: dict[str, Any]) -> bool:
    """A node that is dated and whose headline is this title, or a long part of it, or holds it."""
    headline, wanted = fold(str(node.get("headline") or node.get("name") or "")), fold(title)
    is_part = min(len(headline), len(wanted)) >= LONG_TITLE and (headline in wanted or wanted in headline)
    return bool(headline) and (headline == wanted or is_part) and isinstance(node.get("datePublished"), str)


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for each in value:
            yield from _nodes(each)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        names = {str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])}
        if names & _OTHER_THINGS:
            return
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(value.get(name))


def _of_nodes(nodes: list[dict[str, Any]], place: str, title: str, text: str) -> Iterator[Said]:
    dated = [node for node in nodes if isinstance(node.get("datePublished"), str)]
    if len(_days_of(dated)) > 1:
        dated = [node for node in dated if _is_of(title, node)] or [
            node for node in dated if "Article" in str(node.get("@type"))
        ]
    if len(_days_of(dated)) == 1:
        yield Said("json-ld", dated[0]["datePublished"], place)
        if isinstance(dated[0].get("dateModified"), str):
            yield Said("changed", dated[0]["dateModified"], place)
    elif not dated:
        created = [node["dateCreated"] for node in nodes if isinstance(node.get("dateCreated"), str)]
        if len(created) == 1:
            yield Said("json-ld", created[0], place, "created")
    for node in nodes:
        start = node.get("startDate")
        if isinstance(start, str) and "Event" in str(node.get("@type")) and start in text:
            yield Said("event-data", start, place)


# --- metadata and microdata


def meta_said(tree: Any, around: frozenset[Any]) -> Iterator[Said]:
    metas = list(islice(tree.iter("meta"), MOST))
    others = _of_other_items(metas, around) | {each for each in metas if is_of_another_thing(each)}
    for meta in metas:
        name = _name_of(meta)
        content = squeezed(meta.get("content") or "")
        if not content or len(content) > 400 or meta in others:
            continue
        if name in PUBLISHED_METAS:
            yield Said("meta", content, f"{place_of(meta)}/@content", name)
        elif name in PLAIN_METAS:
            yield Said("meta", content, f"{place_of(meta)}/@content", f"plain {name}")
        elif name in CHANGED_METAS:
            yield Said("changed", content, f"{place_of(meta)}/@content", name)
        elif name == "parsely-page":
            found = re.search(r'"pub_date"\s*:\s*"([^"]+)"', content)
            if found:
                yield Said("meta", found[1], f"{place_of(meta)}/@content", name)


def _name_of(meta: Any) -> str:
    names = (meta.get(each) for each in ("property", "name", "itemprop", "http-equiv"))
    return next((name for name in names if name), "").strip().lower()


def _of_other_items(metas: list[Any], around: frozenset[Any]) -> set[Any]:
    """Of what microdata mark up in the text as published, all that is not of the item that holds the title."""
    marked = [each for each in metas if each.get("itemprop") and _name_of(each) == "datepublished"]
    if len({(each.get("content") or "")[:10] for each in marked}) < 2:
        return set()
    own = [each for each in marked if _item_of(each) in around]
    return set(marked).difference(own) if own else set()


def is_of_another_thing(element: Any) -> bool:
    """The innermost thing that microdata or RDFa describe around it is a comment or a review."""
    for each in lineage(element):
        if each.get("itemscope") is not None or each.get("typeof"):
            kind = f"{each.get('itemtype') or ''} {each.get('typeof') or ''}".lower()
            names = set(re.split(r"[\s/:#]+", kind))
            return bool(names & _REMARKS) or each.get("itemprop") in ("comment", "review")
    return False


def _item_of(element: Any) -> Any | None:
    """The item of microdata, or the article, in which an element stands."""
    return next(
        (each for each in lineage(element) if each.get("itemscope") is not None or each.tag == "article"),
        None,
    )


def microdata_said(tree: Any, chunks: list[Chunk], around: frozenset[Any], clock: int) -> Iterator[Said]:
    """``itemprop=datePublished``, hAtom's "published", and ``<time>`` where just one day is so marked.

    Of several days the one that is marked in the article that holds the title.
    """
    regions: dict[Any, str] = {}
    for number, chunk in enumerate(chunks):
        regions.setdefault(chunk.element, chunk.region or ("clock" if number < clock else ""))
    found = list(_marked(tree, regions, around))
    for note in ("published", "time"):
        chosen = [(said, element) for said, element in found if said.note == note]
        if len({said.text[:10] for said, _ in chosen}) > 1:
            chosen = [(said, element) for said, element in chosen if _item_of(element) in around]
        if len({said.text[:10] for said, _ in chosen}) == 1:
            yield chosen[0][0]
            return


def _marked(tree: Any, regions: dict[Any, str], around: frozenset[Any]) -> Iterator[tuple[Said, Any]]:
    for element in tree.xpath(
        "//time|//*[@itemprop='datePublished' or @itemprop='dateCreated']|//abbr[@title]"
        "|//*[@property and not(self::meta)]"
    ):
        if element.tag == "meta" or _region(element, regions) or _is_quoted(element, around):
            continue
        in_rdfa = set((element.get("property") or "").lower().split())
        if is_of_another_thing(element) or (element.get("property") and not in_rdfa & _IN_RDFA):
            continue
        marks = f"{element.get('class') or ''} {element.getparent().get('class') or ''}"
        prop = element.get("itemprop") or ""
        if _CHANGED_CLASS.search(marks) and not _PUBLISHED_CLASS.search(marks):
            continue
        is_published = (
            prop == "datePublished"
            or in_rdfa & _IN_RDFA
            or element.get("pubdate") is not None
            or _PUBLISHED_CLASS.search(marks)
        )
        if prop == "dateModified" or (element.tag == "abbr" and not is_published):
            continue
        name = next((name for name in ("datetime", "content", "title") if element.get(name)), "")
        text = squeezed(element.get(name) if name else element.text_content())
        if text and len(text) <= 60 and re.search(r"\d", text):
            place = f"{place_of(element)}/@{name}" if name else place_of(element)
            said = Said(
                "microdata" if is_published else "time", text, place, "published" if is_published else "time"
            )
            yield said, element


def script_said(tree: Any) -> Iterator[Said]:
    """The day that the page's own scripts hold as its publication; nothing where they hold several days."""
    found = [
        Said("script", each[2], place_of(script), each[1])
        for script in tree.iter("script")
        if script.text and "ld+json" not in (script.get("type") or "")
        for each in _IN_SCRIPT.finditer(script.text)
    ]
    if len({said.text[:10] for said in found}) == 1:
        yield found[0]


def _is_quoted(element: Any, around: frozenset[Any]) -> bool:
    """It stands in a quotation that does not hold the title too."""
    return any(each.tag == "blockquote" and each not in around for each in lineage(element))


def _region(element: Any, regions: dict[Any, str]) -> str:
    while element is not None:
        if element in regions:
            return regions[element]
        element = element.getparent()
    return ""


# --- what stands outside the page


def address_said(address: str) -> Iterator[Said]:
    """A year and month, or a day, in the path: /2013/09/, /2013-09-24-title, /20130924."""
    path = unquote(urlsplit(address).path)
    found = list(_ADDRESS.finditer(path))
    if len(found) == 1 and found[0][0] in address:
        yield Said("address", found[0][0], "address")


def named_address_said(tree: Any) -> Iterator[Said]:
    """What the address carries by which the page calls itself, where the one it was retrieved from carries nothing."""
    for element in tree.iter("link", "meta"):
        name = "href" if element.tag == "link" else "content"
        called = (element.get("rel") or element.get("property") or "").lower()
        if called in ("canonical", "og:url") and element.get(name):
            for said in address_said(element.get(name)):
                yield Said("address", said.text, f"{place_of(element)}/@{name}", called)
                return


def outside_said(capture: Capture) -> Iterator[Said]:
    """What an export or a feed declares, what the server said, and when it was retrieved."""
    declared = capture.declared
    for name, text in declared.dates.items() if declared else ():
        yield Said("declared", text, f"declared {name}", name)
    modified = capture.headers.get("last-modified")
    if modified:
        yield Said("last-modified", modified, "header last-modified")
    if capture.retrieved:
        yield Said("capture", capture.retrieved.isoformat(), "retrieved")
    if capture.media_type == "application/pdf":
        yield from pdf_said(capture.content)
