"""Who asks for a feed, and in which format?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from pututu.delivery.querysets import public_pages
from pututu.delivery.rendering import atom, json_feed, rss
from pututu.delivery.rendering.feed import KIND_TITLES, Choice, front_page_address, make_feed
from pututu.delivery.rules import Feed
from pututu.pages.listing import Tag
from pututu.shell.models import SiteSettings
from pututu.topics.models import Label, Place, Topic

FRESH_FOR = 15 * 60  # seconds
WRITERS: dict[str, tuple[Callable[[Feed], bytes], str]] = {
    "atom": (atom.atom, atom.CONTENT_TYPE),
    "rss": (rss.rss, rss.CONTENT_TYPE),
    "json": (json_feed.json_feed, json_feed.CONTENT_TYPE),
}
AnyLabel = TypeVar("AnyLabel", bound=Label)


@require_safe
def feed(request: HttpRequest, form: str) -> HttpResponse:
    """Everything in the language of the address."""
    return respond(request, Choice(language()), form)


@require_safe
def topic_feed(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    return respond(request, Choice(language(), topic=tag(Topic, slug)), form)


@require_safe
def place_feed(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    return respond(request, Choice(language(), place=tag(Place, slug)), form)


@require_safe
def kind_feed(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """One kind of page: one that is known by name, or that some page is of."""
    if kind not in KIND_TITLES and not public_pages(language()).of_kind(kind).exists():
        raise Http404(gettext("There is no such kind of page."))
    return respond(request, Choice(language(), kind=kind), form)


def language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def tag(model: type[AnyLabel], slug: str) -> Tag:
    label = get_object_or_404(model, slug=slug)
    return Tag(slug=slug, name=label.name(language()), url=label.get_absolute_url())


def respond(request: HttpRequest, choice: Choice, form: str) -> HttpResponse:
    """Write the feed, or answer 304 to whoever has it already."""
    write, content_type = WRITERS[form]
    group = SiteSettings.load(request_or_site=request)
    found = make_feed(choice, group=group, home_url=front_page_address(request))
    response = HttpResponse(write(found), content_type=f"{content_type}; charset=utf-8")
    response["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["Last-Modified"] = http_date(found.updated.timestamp())
    patch_cache_control(response, public=True, max_age=FRESH_FOR)
    conditional = get_conditional_response(
        request, etag=response["ETag"], last_modified=int(found.updated.timestamp()), response=response
    )
    return conditional or response
