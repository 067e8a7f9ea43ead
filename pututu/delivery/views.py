"""What do robots ask for, and how does a reader find the feeds?"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, override
from django.views.decorators.http import require_safe

from pututu.delivery.querysets import public_pages
from pututu.delivery.rendering import sitemap as maps
from pututu.delivery.rendering.feed import FORMATS, Choice, absolute, kind_title
from pututu.lib.text import fold
from pututu.pages.listing import Tag
from pututu.shell.announced import announced_in
from pututu.shell.models import SiteSettings
from pututu.topics.models import Topic

VALID_FOR = dt.timedelta(days=180)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The list of sitemaps: one or more for each language."""
    found = [
        absolute(reverse("sitemap-part", args=[language, number]))
        for language in maps.languages()
        for number in range(1, maps.count_of(request, language) + 1)
    ]
    return HttpResponse(maps.sitemap_index(found), content_type="application/xml")


@require_safe
def sitemap_part(request: HttpRequest, language: str, number: int) -> StreamingHttpResponse:
    """The addresses in one language, 50,000 to a file, streamed."""
    if language not in maps.languages() or not 1 <= number <= maps.count_of(request, language):
        raise Http404(gettext("There is no such sitemap."))
    found = maps.entries(request, language, number=number)
    return StreamingHttpResponse(maps.urlset(found), content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Readers' pages are for everyone; the staff's are for no robot."""
    closed = [reverse("wagtailadmin_home"), "/accounts/", *search_paths()]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        f"Sitemap: {absolute(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def search_paths() -> list[str]:
    """The search in each language: its pages are as many as there are words."""
    found = []
    for language in maps.languages():
        with override(language):
            try:
                found.append(reverse("search"))
            except NoReverseMatch:
                return []
    return found


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole in the site (RFC 9116); nobody can be told where the group has no public
    address.
    """
    group = SiteSettings.load(request_or_site=request)
    if not group.email:
        raise Http404(gettext("The group has given no public e-mail address."))
    lines = [
        f"Contact: mailto:{group.email}",
        f"Expires: {(timezone.now() + VALID_FOR).astimezone(dt.UTC):%Y-%m-%dT00:00:00Z}",
        f"Preferred-Languages: {', '.join(maps.languages())}",
        f"Canonical: {absolute(request.path)}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def feeds_page(request: HttpRequest) -> HttpResponse:
    """Every feed that can be followed in the language of the address, and what a feed is."""
    language = get_language() or settings.LANGUAGE_CODE
    topics = Topic.objects.prefetch_related("names").filter(
        pages__live=True, pages__locale__language_code=language
    )
    kinds = public_pages(language).order_by("kind").values_list("kind", flat=True).distinct()
    tags = [Tag(topic.slug, topic.name(language), topic.get_absolute_url()) for topic in topics.distinct()]
    context: dict[str, Any] = {
        "title": gettext("Follow us"),
        "everything": row(Choice(language), gettext("All pages")),
        "kinds": [
            row(Choice(language, kind=kind), kind_title(kind))
            for kind in dict.fromkeys([*kinds, *(each.kind for each in announced_in(language))])
            if kind
        ],
        "topics": [
            row(Choice(language, topic=tag), tag.name) for tag in sorted(tags, key=lambda tag: fold(tag.name))
        ],
        "alternates": maps.addresses("feeds", []),
    }
    return render(request, "delivery/feeds.html", context)


def row(choice: Choice, title: str) -> dict[str, Any]:
    """One line of the page of feeds: what is followed, and its address in each format; a topic has a calendar
    too.
    """
    slug = choice.topic.slug if choice.topic else ""
    return {
        "title": title,
        "feeds": [(form, choice.path(form)) for form in FORMATS],
        "slug": slug,
        "kind": choice.kind,
    }
