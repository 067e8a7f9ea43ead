"""What does a reader who follows every link find?"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import html5lib

from tests.running import Answer, RunningSite

MOST_ADDRESSES = 3000
A_SEARCH = re.compile(r"/(?:search|buscar)/\?")
LOADED = {"img": "src", "script": "src", "source": "src", "iframe": "src", "use": "href"}
LOADING_RELATIONS = {"stylesheet", "icon", "preload", "manifest", "modulepreload"}


@dataclass
class SeenPage:
    """An HTML page as it was sent, and its elements."""

    answer: Answer
    address: str
    errors: list[str]
    root: Any

    @classmethod
    def of(cls, answer: Answer, address: str) -> SeenPage:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        root = parser.parse(answer.body, transport_encoding="utf-8")
        errors = [f"{code} at {place}" for place, code, _values in parser.errors]
        return cls(answer, address, errors, root)

    @cached_property
    def ids(self) -> list[str]:
        return [each.get("id") for each in self.root.iter() if each.get("id")]

    @cached_property
    def links(self) -> set[str]:
        """Addresses that a reader can go to from here: links, and forms that only ask."""
        found = {each.get("href") for each in self.root.iter("a") if each.get("href")}
        found |= {each.get("href") for each in self.root.iter("link") if each.get("href")}
        found |= {each.get("action") for each in self.root.iter("form") if each.get("action")}
        return {urljoin(self.address, link) for link in found}

    @cached_property
    def loaded(self) -> set[str]:
        """Addresses that a browser fetches by itself."""
        found = set()
        for each in self.root.iter():
            if not isinstance(each.tag, str):
                continue
            tag = each.tag.rpartition("}")[2]
            if tag in LOADED and each.get(LOADED[tag]):
                found.add(each.get(LOADED[tag]))
            if each.get("srcset"):
                found |= {choice.split()[0] for choice in each.get("srcset").split(",")}
            if tag == "link" and LOADING_RELATIONS & set((each.get("rel") or "").split()):
                found.add(each.get("href"))
        return {urljoin(self.address, link) for link in found}

    def texts(self, tag: str) -> list[str]:
        return ["".join(each.itertext()).strip() for each in self.root.iter(tag)]

    def relations(self, relation: str) -> dict[str, str]:
        """The addresses of ``<link rel>``, by hreflang (or by "" without one)."""
        return {
            each.get("hreflang") or "": each.get("href")
            for each in self.root.iter("link")
            if relation in (each.get("rel") or "").split() and not each.get("type")
        }


@dataclass
class Crawl:
    """All that was reached from the front door of a site, each address once."""

    site: RunningSite
    answers: dict[str, Answer] = field(default_factory=dict)
    pages: dict[str, SeenPage] = field(default_factory=dict)
    came_from: dict[str, str] = field(default_factory=dict)
    targets: dict[str, set[str]] = field(default_factory=dict)

    def run(self) -> Crawl:
        waiting = deque([f"{self.site.address}/"])
        while waiting and len(self.answers) < MOST_ADDRESSES:
            address = waiting.popleft()
            if address in self.answers:
                continue
            for found, mark in self.visit(address):
                self.came_from.setdefault(found, address)
                self.targets.setdefault(found, set()).add(mark)
                waiting.append(found)
        return self

    def visit(self, address: str) -> Iterator[tuple[str, str]]:
        """Fetch one address; yield those of this site that it leads to, each with its fragment."""
        answer = self.answers[address] = self.site.get(address, {"Accept-Encoding": "gzip"})
        if answer.status in (301, 302):
            yield urljoin(address, answer.headers["Location"]), ""
        if answer.content_type != "text/html" or answer.status != 200:
            return
        page = self.pages[address] = SeenPage.of(answer, address)
        for link in sorted(page.links | page.loaded):
            bare, mark = urldefrag(link)
            if self.is_own(bare) and not self.is_deep_in_search(address, bare):
                yield bare, mark

    def is_own(self, address: str) -> bool:
        return urlsplit(address).netloc == urlsplit(self.site.address).netloc

    @staticmethod
    def is_deep_in_search(address: str, link: str) -> bool:
        """Whether a search leads on to a narrower one: of those there is no end."""
        return bool(A_SEARCH.search(address) and A_SEARCH.search(link))
