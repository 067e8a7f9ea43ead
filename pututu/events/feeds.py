"""Who asks for a calendar, and which events are in it?"""

from __future__ import annotations

import hashlib
from itertools import chain
from urllib.parse import urljoin

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.text import slugify
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe
from wagtail.models import Site

from pututu.events.models import EventPage
from pututu.events.querysets import EventQuerySet
from pututu.events.rendering import CalendarHead, calendar
from pututu.shell.models import SiteSettings
from pututu.topics.models import Topic

PAST_EVENTS = 500
MINUTES_FRESH = 15


@require_safe
def whole_calendar(request: HttpRequest) -> HttpResponse:
    """Every event in the language of the address: all that are to come, and the last 500 that are past."""
    return respond(request, public_events(), name=gettext("Events"), file="events")


@require_safe
def topic_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The events on one topic; a topic that doesn't exist is not found, one without events is an empty
    calendar.
    """
    topic = get_object_or_404(Topic.objects.prefetch_related("names"), slug=slug)
    name = topic.name(get_language() or settings.LANGUAGE_CODE)
    return respond(request, public_events().about(topic=slug), name=name, file=slug)


@require_safe
def event_calendar(request: HttpRequest, path: str) -> HttpResponse:
    """The calendar file of the one event whose page is at ``path``."""
    site = Site.find_for_request(request)
    home = site.root_page.localized if site else None
    found = public_events().filter(url_path=f"{home.url_path}{path}") if home else EventPage.objects.none()
    event = found.first()
    if not event or not event.get_schedule().sure_day:
        raise Http404(gettext("There is no event with a sure day at this address."))
    return respond(request, found, name=event.title, file=slugify(event.slug) or "event")


def public_events() -> EventQuerySet:
    found: EventQuerySet = EventPage.objects.live().public().in_language(get_language() or "").for_lists()
    return found


def respond(request: HttpRequest, events: EventQuerySet, *, name: str, file: str) -> HttpResponse:
    """Send ``events`` as a calendar, or 304 to whoever has it already."""
    language = get_language() or settings.LANGUAGE_CODE
    now = timezone.now()
    group = SiteSettings.load(request_or_site=request)
    chosen = chain(events.soonest_first(now), events.past(now).newest_first()[:PAST_EVENTS])
    head = CalendarHead(f"{group.name}: {name}", urljoin(settings.BASE_URL, request.path), language)
    response = HttpResponse(calendar(chosen, head), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{file}.ics"'
    response["ETag"] = quote_etag(_fingerprint(response.content))
    patch_cache_control(response, public=True, max_age=60 * MINUTES_FRESH)
    found = get_conditional_response(request, etag=response["ETag"], response=response)
    return found or response


def _fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
