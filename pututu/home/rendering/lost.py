"""Which pages are near an address that leads nowhere?"""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import F, Q
from django.urls import Resolver404, resolve, translate_url
from django.utils.translation import override
from wagtail.models import Page

from pututu.home.listing import Brief
from pututu.home.rules import most_alike, words_of_address
from pututu.pages.listing import RETRACTION

MOST_CANDIDATES = 300


def in_own_words(path: str, language: str) -> str:
    """Return the address in ``language``'s own words for one written in another's, or "" where there is none."""
    rest = path.removeprefix(f"/{language}/")
    for code, _name in settings.LANGUAGES:
        if code == language or rest == path:
            continue
        with override(code):
            found = translate_url(f"/{code}/{rest}", language) if is_a_view(f"/{code}/{rest}") else path
        if found not in (path, f"/{code}/{rest}"):
            return found
    return ""


def is_a_view(path: str) -> bool:
    """Whether an address is that of a view, which has words of its own, and not left to the pages."""
    try:
        return resolve(path).url_name != "wagtail_serve"
    except Resolver404:
        return False


def near_addresses(path: str, language: str) -> list[Brief]:
    """Return up to five pages whose address resembles the last part of ``path``; the work is bounded."""
    words = words_of_address(path).lower().split()
    if not words:
        return []
    beginnings = [Q(slug__startswith=words[0][:3])] if len(words[0]) > 2 else []
    within = [Q(slug__icontains=word) for word in words[:5] if len(word) > 3]
    if not beginnings + within:
        return []
    public = Page.objects.live().public().filter(locale__language_code=language, depth__gt=2)
    near = public.filter(reduce(or_, beginnings + within)).order_by("-pk")
    slugs = most_alike("-".join(words), near.values_list("slug", flat=True)[:MOST_CANDIDATES])
    named = public.filter(slug__in=slugs).annotate(noted=F("basepage__corrected_as"))
    pages = {page.slug: page for page in named if page.url}
    found = [pages[slug] for slug in slugs if slug in pages]
    return [Brief(page.title, page.url, "", is_retracted=page.noted == RETRACTION) for page in found]
