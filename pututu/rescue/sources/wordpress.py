"""What does a WordPress export hold? (WXR 1.0 to 1.2: an RSS file with WordPress's own names in it.)

Comments with their writers' addresses, and what visitors sent by forms, are not read. The dates are taken as they are
written, GMT first: which of them is one, "0000-00-00 00:00:00" is none, is judged later.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from pututu.rescue.capture import Capture, Declared, Found, Unreadable
from pututu.rescue.sources.entries import entries_of, local_name, namespace, text_of
from pututu.rescue.sources.media import HTML

WORDPRESS = "http://wordpress.org/export/"
KINDS = {"post", "page", "attachment"}


def read_wordpress(path: Path) -> Iterator[Found]:
    """Give posts, pages and attachments of an export, in whatever state; other kinds are told and left out."""
    with path.open("rb") as file:
        yield from _found(file, path.name)


def _found(file: IO[bytes], name: str) -> Iterator[Found]:
    writers: dict[str, str] = {}
    number = 0
    for entry in entries_of(file, ("author", "item"), name):
        if isinstance(entry, Unreadable):
            yield entry
        elif local_name(entry) == "author" and namespace(entry).startswith(WORDPRESS):
            facts = _facts(entry)
            writers[facts.get("author_login", "")] = facts.get("author_display_name", "")
        elif local_name(entry) == "item":
            number += 1
            yield _entry(entry, f"{name}, item {number}", writers)


def _facts(entry: Any) -> dict[str, str]:
    """The texts of an entry by the local names of its elements; of two of one name, the first that says something."""
    facts: dict[str, str] = {}
    for child in entry:
        said, label = text_of(child), local_name(child)
        if label == "encoded":
            label = "excerpt" if "excerpt" in namespace(child) else "content"
        if said and label != "comment":
            facts.setdefault(label, said)
    return facts


def _entry(entry: Any, source: str, writers: dict[str, str]) -> Found:
    facts = _facts(entry)
    kind = facts.get("post_type", "post")
    address = facts.get("attachment_url") if kind == "attachment" else facts.get("link")
    address = address or facts.get("link") or facts.get("guid") or ""
    if kind not in KINDS:
        return Unreadable(
            f"{source} ({facts.get('title', kind)})", f"A “{kind}” of WordPress is no page.", ""
        )
    if not address.startswith(("http://", "https://")):
        return Unreadable(
            f"{source} ({facts.get('title', '')})", "It has no address.", "Add its link to the export."
        )
    return Capture(
        address=address,
        content=facts.get("content", "").encode(),
        media_type="application/octet-stream" if kind == "attachment" else HTML,
        source=source,
        declared=Declared(
            kind=kind,
            title=facts.get("title", ""),
            standfirst=facts.get("excerpt", ""),
            author=writers.get(facts.get("creator", "")) or facts.get("creator", ""),
            state="password" if facts.get("post_password") else facts.get("status", ""),
            slug=facts.get("post_name", ""),
            topics=_topics(entry),
            dates=_dates(facts),
        ),
    )


def _dates(facts: dict[str, str]) -> dict[str, str]:
    """The best first, as WordPress means them (emdash-cms/emdash#326): in GMT, the feed's, then by the site's clock."""
    named = {"wp:post_date_gmt": "post_date_gmt", "pubDate": "pubDate", "wp:post_date": "post_date"}
    return {label: facts[name] for label, name in named.items() if name in facts}


def _topics(entry: Any) -> tuple[str, ...]:
    labels = [text_of(child) for child in entry if local_name(child) == "category"]
    return tuple(dict.fromkeys(label for label in labels if label and label != "Uncategorized"))
