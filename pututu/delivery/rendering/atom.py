"""How is a feed written in Atom (RFC 4287)?"""

from __future__ import annotations

import datetime as dt
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from pututu.delivery.rules import Feed, Item

ATOM = "http://www.w3.org/2005/Atom"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# The Library of Congress's name for "a date written in EDTF". No reader takes it for a day, as it would
# dcterms:issued.
EDTF = "http://id.loc.gov/datatypes/edtf"
CONTENT_TYPE = "application/atom+xml"
register_namespace("atom", ATOM)


def atom(feed: Feed) -> bytes:
    """Return ``feed`` as an Atom document in UTF-8."""
    root = Element("feed", {"xmlns": ATOM, XML_LANG: feed.language})
    add(root, "id", feed.addresses["atom"])
    add(root, "title", feed.title)
    if feed.subtitle:
        add(root, "subtitle", feed.subtitle)
    add(root, "updated", instant(feed.updated))
    add(SubElement(root, "author"), "name", feed.author)
    SubElement(root, "link", rel="self", type=CONTENT_TYPE, href=feed.addresses["atom"])
    SubElement(root, "link", rel="alternate", type="text/html", hreflang=feed.language, href=feed.home_url)
    for item in feed.items:
        add_entry(root, item)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def add_entry(root: Element, item: Item) -> None:
    """Add one item; ``published`` is left out unless its day is sure."""
    entry = SubElement(root, "entry", {XML_LANG: item.language})
    add(entry, "id", item.id)
    add(entry, "title", item.title)
    SubElement(entry, "link", rel="alternate", type="text/html", hreflang=item.language, href=item.url)
    add(entry, "updated", instant(item.updated))
    if item.published:
        add(entry, "published", instant(item.published))
    add(SubElement(entry, "author"), "name", item.author)
    for category in item.categories:
        SubElement(entry, "category", term=category.term, label=category.label, scheme=category.scheme)
    if item.date.edtf:
        words = item.date.words(item.language)
        SubElement(entry, "category", term=item.date.edtf, label=words, scheme=EDTF)
    if item.summary:
        add(entry, "summary", item.summary)


def add(parent: Element, name: str, text: str) -> Element:
    """Add an element that holds ``text``, which is escaped as it is written."""
    element = SubElement(parent, name)
    element.text = text
    return element


def instant(moment: dt.datetime) -> str:
    """Write an instant as RFC 3339 does, to the second, in UTC."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
