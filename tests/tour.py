"""Which pages does a reader meet, one of each kind?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from tests.running import RunningSite

DEMONSTRATION = {
    "home": "",
    "news list": "news/",
    "articles list": "articles/",
    "events list": "events/",
    "publications list": "publications/",
    "background list": "background/",
    "news": "news/accomarca-sentences/",
    "story with picture, chart, sources and correction": "articles/coca-number-one/",
    "story with table": "articles/poverty-two-series/",
    "undated story": "articles/votes-on-mines/",
    "background": "background/human-rights/",
    "background, long unreviewed": "background/poverty-and-inequality/",
    "publication": "publications/reading-the-coca-figures/",
    "event to come": "events/coca-figures-talk/",
    "event moved": "events/annual-general-meeting/",
    "event cancelled": "events/spanish-conversation/",
    "event past": "events/mining-and-development/",
    "topics": "topics/",
    "topic": "topics/mining/",
    "places": "places/",
    "place": "places/vraem/",
    "archive": "archive/",
    "archive year": "archive/2018/",
    "archive month": "archive/2018/01/",
    "archive undated": "archive/undated/",
    "search, nothing asked": "search/",
    "search with hits": "search/?q=coca",
    "search without hits": "search/?q=xylophone",
    "search narrowed": "search/?q=peru&kind=article&year=2018",
    "corrections": "corrections/",
    "feeds": "feeds/",
    "bulletins": "bulletins/",
    "bulletins, asked for": "bulletins/asked/",
    "issue of a bulletin": "bulletins/weekly/2/",
    "join": "join/",
    "give": "give/",
    "a member's own page, before the link": "me/",
    "not found": "news/nowhere-to-be-found/",
}
NEW_SITE = (
    *(
        "home",
        "topics",
        "places",
        "archive",
        "archive undated",
        "search, nothing asked",
        "search without hits",
    ),
    *("corrections", "feeds", "not found"),
)
SIGN_IN = "/accounts/login/"
FIRST_START = "/start/"


@dataclass(frozen=True)
class Stop:
    """One page of the tour."""

    kind: str
    path: str
    language: str = "en"


def tour_of_demonstration(site: RunningSite) -> list[Stop]:
    """Every kind of page in English, and in Spanish where the page itself names its counterpart."""
    english = [Stop(kind, f"/en/{path}") for kind, path in DEMONSTRATION.items()]
    spanish = [Stop(stop.kind, path, "es") for stop in english if (path := counterpart(site, stop.path))]
    return [*english, *spanish, Stop("sign-in", SIGN_IN)]


def tour_of_new_site(site: RunningSite) -> list[Stop]:
    """What stands on a site where nothing has been written yet."""
    languages = ("en", "es")
    english = [f"/en/{DEMONSTRATION[kind]}" for kind in NEW_SITE]
    fixed = [Stop(kind, path) for kind, path in zip(NEW_SITE, english, strict=True)]
    fixed += [Stop(kind, counterpart(site, path), "es") for kind, path in zip(NEW_SITE, english, strict=True)]
    sections = [
        Stop(f"section {number}", path, code)
        for code in languages
        for number, path in enumerate(section_paths(site, code), start=1)
    ]
    return [*fixed, *sections, Stop("sign-in", SIGN_IN)]


def section_paths(site: RunningSite, language: str) -> list[str]:
    """The addresses in the main navigation of a front page."""
    navigation = re.search(r'<nav class="masthead-nav".*?</nav>', site.get(f"/{language}/").text, re.DOTALL)
    return re.findall(r'href="([^"]+)"', navigation[0]) if navigation else []


def counterpart(site: RunningSite, path: str, language: str = "es") -> str:
    """The same page in ``language`` as its head or its language switch names it; empty where there is none."""
    if path.endswith("/nowhere-to-be-found/"):
        return f"/{language}/nowhere-to-be-found/"
    bare, _mark, query = path.partition("?")
    html = site.get(bare).text
    found = re.search(rf'<link rel="alternate" hreflang="{language}" href="([^"]+)"', html)
    found = found or re.search(
        rf'<li><a href="([^"]+)" lang="{language}" hreflang="{language}">[^<]*</a></li>', html
    )
    return urlsplit(unescape(found[1])).path + (f"?{query}" if query else "") if found else ""
