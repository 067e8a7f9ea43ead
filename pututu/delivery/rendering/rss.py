"""How is a feed written in RSS 2.0 (https://www.rssboard.org/rss-specification)?"""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime
from html import escape
from xml.etree.ElementTree import Element, SubElement, tostring

from pututu.delivery.rendering.atom import ATOM, EDTF, add, instant
from pututu.delivery.rules import Feed, Item

CONTENT_TYPE = "application/rss+xml"
CREATOR = "dc:creator"


def rss(feed: Feed) -> bytes:
    """Return ``feed`` as an RSS document in UTF-8."""
    spaces = {"xmlns:atom": ATOM, "xmlns:dc": "http://purl.org/dc/elements/1.1/"}
    root = Element("rss", {"version": "2.0", **spaces})
    channel = SubElement(root, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", feed.home_url)
    add(channel, "description", feed.subtitle or feed.title)
    add(channel, "language", feed.language)
    add(channel, "lastBuildDate", mail_date(feed.updated))
    SubElement(channel, "atom:link", rel="self", type=CONTENT_TYPE, href=feed.addresses["rss"])
    for item in feed.items:
        add_item(channel, item)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def add_item(channel: Element, item: Item) -> None:
    """Add one item; ``pubDate`` is left out unless its day is sure.

    Readers take a description, and some a title, for HTML: what is only words there must not come alive.
    """
    entry = SubElement(channel, "item")
    add(entry, "title", item.title.replace("<", "&lt;"))
    add(entry, "link", item.url)
    add(entry, "guid", item.id).set("isPermaLink", "false")
    if item.summary:
        add(entry, "description", escape(item.summary, quote=False))
    if item.published:
        add(entry, "pubDate", mail_date(item.published))
    add(entry, "atom:updated", instant(item.updated))
    add(entry, CREATOR, item.author)
    for category in item.categories:
        add(entry, "category", category.label).set("domain", category.scheme)
    if item.date.edtf:
        add(entry, "category", item.date.edtf).set("domain", EDTF)


def mail_date(moment: dt.datetime) -> str:
    """Write an instant as RFC 5322 does, in UTC."""
    return format_datetime(moment.astimezone(dt.UTC))
