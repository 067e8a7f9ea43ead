"""Which links that somebody wrote into an edition lead nowhere on our own site? Nothing is asked of other sites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404
from django.test import RequestFactory
from django.urls import Resolver404, resolve
from wagtail.models import Page, Site

from pututu.bulletins.rules.entries import Frozen

LINK = re.compile(r"https?://[^\s<>\"'()\[\]]+")
PAGES = "wagtail_serve"


def dead_links(edition: Frozen) -> Iterator[str]:
    """The addresses of our own in introduction and notes under which there is nothing."""
    for link in dict.fromkeys(LINK.findall(f"{edition.intro} {edition.closing}")):
        address = link.rstrip(".,;:!?")
        if address.startswith(f"{settings.BASE_URL}/") and not _leads_somewhere(urlsplit(address).path):
            yield address


def _leads_somewhere(path: str) -> bool:
    try:
        match = resolve(path)
    except Resolver404:
        return False
    return match.url_name != PAGES or _is_page(path)


def _is_page(path: str) -> bool:
    request = RequestFactory().get(path)
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    parts = [part for part in path.split("/") if part]
    if site is None or not parts:
        return bool(site)
    home = Page.objects.filter(locale__language_code=parts[0], depth=2).first()
    try:
        found = (home or site.root_page).specific.route(request, parts[1:] if home else parts)
    except Http404:
        return False
    return bool(found)
