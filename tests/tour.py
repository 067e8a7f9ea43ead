"""Which pages does a reader meet, one of each kind?

Addresses are looked up in the running site, not written down: section names differ by language and group.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from tests.running import RunningSite

# What the English half of the demonstration shows, and from how many elements on it can't be empty.
STORIES = {
    "story with chart and correction": "articles/coca-number-one/",
    "story with table": "articles/poverty-two-series/",
    "undated story": "articles/votes-on-mines/",
    "news": "news/accomarca-sentences/",
}
LISTS = {
    "home": "",
    "news list": "news/",
    "articles list": "articles/",
    "events list": "events/",
    "publications list": "publications/",
    "background list": "background/",
    "archive": "archive/",
    "archive year": "archive/2018/",
    "archive month": "archive/2018/01/",
    "archive undated": "archive/undated/",
    "topics": "topics/",
    "topic": "topics/mining/",
    "places": "places/",
    "corrections": "corrections/",
    "feeds": "feeds/",
    "search, nothing asked": "search/",
    "search with hits": "search/?q=coca",
    "search without hits": "search/?q=xylophone",
    "search narrowed": "search/?q=peru&kind=article&year=2018",
    "not found": "news/nowhere-to-be-found/",
}
ONES = {
    "background": "background/human-rights/",
    "background, long unreviewed": "background/drugs-and-coca/",
    "publication": "publications/reading-the-coca-figures/",
    "event to come": "events/coca-figures-talk/",
    "event past": "events/mining-and-development/",
    "event online": "events/spanish-conversation/",
}
SIGN_IN = "/accounts/login/"


@dataclass(frozen=True)
class Stop:
    """One page of the tour."""

    kind: str
    path: str
    language: str


def english_tour(site: RunningSite) -> list[Stop]:
    own = {**LISTS, **STORIES, **ONES, **{f"event {state}": path for state, path in event_states(site).items()}}
    places = links(site.get("/en/places/").text, r"/en/places/[\w-]+/")
    own["place"] = places[0].removeprefix("/en/")
    return [Stop(kind, f"/en/{path}", "en") for kind, path in own.items()]


def spanish_tour(site: RunningSite) -> list[Stop]:
    """The counterparts of the English tour, where the pages themselves name one."""
    found = []
    for stop in english_tour(site):
        path = counterpart(site, stop.path, "es")
        if path:
            found.append(Stop(stop.kind, path, "es"))
    return found


def counterpart(site: RunningSite, path: str, language: str) -> str:
    """The same page in ``language`` as the language switch names it; empty where there is none."""
    if path.endswith("/nowhere-to-be-found/"):
        return f"/{language}/nowhere-to-be-found/"
    bare, _mark, query = path.partition("?")
    found = re.search(
        rf'<link rel="alternate" hreflang="{language}" href="([^"]+)"', site.get(bare).text
    ) or re.search(rf'<li><a href="([^"]+)" lang="{language}" hreflang="{language}">[^<]*</a></li>', site.get(bare).text)
    if not found:
        return ""
    return urlsplit(unescape(found[1])).path + (f"?{query}" if query else "")


def event_states(site: RunningSite) -> dict[str, str]:
    """One event of each state that the list of events shows."""
    return {}


def links(html: str, pattern: str) -> list[str]:
    return list(dict.fromkeys(re.findall(rf'href="({pattern})"', html)))
