"""Which addresses does a search engine learn of, and how are they written?
(https://www.sitemaps.org/protocol.html)
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from pututu.delivery.rendering.feed import absolute
from pututu.shell.announced import announced_in
from pututu.topics.models import Place, Topic

LONGEST = 50_000  # addresses in one file: the protocol's limit
CHUNK = 1_000
VIEWS = ("archive", "topics", "places", "corrections", "feeds", "bulletins")
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


@dataclass(frozen=True)
class Entry:
    """One address, when it was last published if that is known, and its counterparts by language."""

    url: str
    changed_at: dt.datetime | None = None
    alternates: dict[str, str] = field(default_factory=dict)


def languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def public_pages(request: HttpRequest, language: str) -> PageQuerySet:
    """Every page that readers may see in ``language``, in the order in which they were made."""
    site = Site.find_for_request(request)
    if site is None:
        return Page.objects.none()
    homes = Page.objects.filter(
        translation_key=site.root_page.translation_key, locale__language_code=language
    )
    home = homes.first()
    return (
        Page.objects.live().public().descendant_of(home, inclusive=True).order_by("pk")
        if home
        else Page.objects.none()
    )


def count_of(request: HttpRequest, language: str) -> int:
    """How many files the addresses in ``language`` fill; a language without pages has none."""
    pages = public_pages(request, language).count()
    others = len(view_paths(language)) + len(announced_in(language))
    return -(-(pages + others) // LONGEST) if pages else 0


def entries(request: HttpRequest, language: str, *, number: int) -> Iterator[Entry]:
    """Yield the addresses of file ``number`` (from 1), views after pages, never all in memory at once."""
    pages = public_pages(request, language)
    everything = _chain(_page_entries(pages, request), _view_entries(language), _announced_entries(language))
    return islice(everything, (number - 1) * LONGEST, number * LONGEST)


def _chain(*parts: Iterable[Entry]) -> Iterator[Entry]:
    for part in parts:
        yield from part


def _page_entries(pages: PageQuerySet, request: HttpRequest) -> Iterator[Entry]:
    last = 0
    while chunk := list(pages.filter(pk__gt=last).select_related("locale")[:CHUNK]):
        found = counterparts([page.translation_key for page in chunk], request)
        for page in chunk:
            address = page.get_url(request)
            if address:
                yield Entry(absolute(address), page.last_published_at, found[page.translation_key])
        last = chunk[-1].pk


def counterparts(keys: list[object], request: HttpRequest) -> dict[object, dict[str, str]]:
    """Return the public addresses by language for each translation key; only a page with two has any."""
    found: dict[object, dict[str, str]] = defaultdict(dict)
    for page in Page.objects.live().public().filter(translation_key__in=keys).select_related("locale"):
        address = page.get_url(request)
        if address:
            found[page.translation_key][page.locale.language_code] = absolute(address)
    return defaultdict(dict, {key: each for key, each in found.items() if len(each) > 1})


def view_paths(language: str) -> list[dict[str, str]]:
    """Return the addresses, by language, of every view that the site answers: the archive, and each topic and
    place.
    """
    labels = [("topic", slug) for slug in Topic.objects.values_list("slug", flat=True)]
    labels += [("place", slug) for slug in Place.objects.values_list("slug", flat=True)]
    found = [addresses(name, arguments) for name, *arguments in [*((view,) for view in VIEWS), *labels]]
    return [each for each in found if language in each]


def addresses(name: str, arguments: list[str]) -> dict[str, str]:
    """The address of a view in each language, or nothing where no app answers to its name."""
    found = {}
    for code in languages():
        with override(code):
            try:
                found[code] = reverse(name, args=arguments)
            except NoReverseMatch:
                return {}
    return found


def _view_entries(language: str) -> Iterator[Entry]:
    for found in view_paths(language):
        urls = {code: absolute(path) for code, path in found.items()}
        yield Entry(urls[language], alternates=urls if len(urls) > 1 else {})


def _announced_entries(language: str) -> Iterator[Entry]:
    for found in announced_in(language):
        urls = {code: absolute(path) for code, path in found.paths.items()}
        yield Entry(urls[language], found.at, urls if len(urls) > 1 else {})


def urlset(found: Iterable[Entry]) -> Iterator[str]:
    """Write a sitemap, piece by piece."""
    yield HEAD
    for entry in found:
        yield element(entry)
    yield "</urlset>\n"


def element(entry: Entry) -> str:
    links = dict(entry.alternates)
    if links:
        links["x-default"] = links.get(settings.LANGUAGE_CODE) or next(iter(links.values()))
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(code)} href={quoteattr(url)}/>'
        for code, url in links.items()
    )
    changed = (
        f"<lastmod>{entry.changed_at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>"
        if entry.changed_at
        else ""
    )
    return f"<url><loc>{escape(entry.url)}</loc>{changed}{alternates}</url>\n"


def sitemap_index(urls: Iterable[str]) -> str:
    """Write the list of sitemaps."""
    lines = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>\n" for url in urls)
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    declaration = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{declaration}\n<sitemapindex xmlns="{namespace}">\n{lines}</sitemapindex>\n'
