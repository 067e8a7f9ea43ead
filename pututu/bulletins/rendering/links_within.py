"""Which links that somebody wrote into an edition lead nowhere on our own site? Nothing is asked of other sites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.http import Http404
from django.test import RequestFactory
from django.urls import Resolver404, resolve
from wagtail.contrib.redirects.models import Redirect
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


def _leads_somewhere(path: str, *, hops: int = 3) -> bool:
    """Whether a page is there, or an address that only leads on to one, as browsers and readers follow it."""
    if _is_there(path) or (not path.endswith("/") and _is_there(f"{path}/")):
        return True
    onward = _leads_on_to(path) if hops else None
    if onward is None:
        return False
    parts = urlsplit(onward)
    is_ours = not parts.netloc or onward.startswith(f"{settings.BASE_URL}/")
    return not is_ours or _leads_somewhere(parts.path, hops=hops - 1)


def _is_there(path: str) -> bool:
    try:
        match = resolve(path)
    except Resolver404:
        return False
    return match.url_name != PAGES or _is_page(path)


def _leads_on_to(path: str) -> str | None:
    """Where an address leads by what editors noted of pages that moved."""
    bare = Redirect.normalise_path(path)
    rows = Redirect.objects.select_related("redirect_page")
    here = rows.filter(Q(site=None) | Q(site__is_default_site=True), old_path=bare)
    found = here.filter(Q(redirect_page=None) | Q(redirect_page__live=True)).order_by("-site").first()
    return found.link if found else None


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
