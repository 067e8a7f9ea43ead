"""How is a feed written in JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)?"""

from __future__ import annotations

import json
from typing import Any

from pututu.delivery.rendering.atom import instant
from pututu.delivery.rules import Feed, Item

CONTENT_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed) -> bytes:
    """Return ``feed`` as a JSON document in UTF-8."""
    found = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home_url,
        "feed_url": feed.addresses["json"],
        "description": feed.subtitle,
        "language": feed.language,
        "authors": [{"name": feed.author, "url": feed.home_url}],
        "items": [item_fields(item) for item in feed.items],
    }
    return json.dumps(present(found), ensure_ascii=False).encode()


def item_fields(item: Item) -> dict[str, Any]:
    """Return one item; ``date_published`` is left out unless its day is sure, ``_honest_date`` always tells
    what is known.
    """
    return present(
        {
            "id": item.id,
            "url": item.url,
            "title": item.title,
            "content_text": item.summary or item.title,
            "date_published": instant(item.published) if item.published else None,
            "date_modified": instant(item.updated),
            "authors": [{"name": item.author}],
            "tags": [category.label for category in item.categories],
            "language": item.language,
            "_honest_date": {"edtf": item.date.edtf, "words": item.date.words(item.language)},
        }
    )


def present(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that have a value."""
    return {name: value for name, value in fields.items() if value not in (None, "", [])}
