"""What did providers tell us, and what of it could not be dealt with?"""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from pututu.giving.models import ProviderEvent
from pututu.giving.services.events import handle, reconcile
from pututu.giving.views.access import needs

PAGE_LENGTH = 50


@require_safe
@needs("view_providerevent")
def events(request: HttpRequest) -> HttpResponse:
    """List messages, newest first, or only those that could not be dealt with."""
    only_failed = request.GET.get("show") == "failed"
    found = ProviderEvent.objects.filter(handled_at=None) if only_failed else ProviderEvent.objects.all()
    page = Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page"))
    return render(request, "giving/admin/events.html", {"page": page, "only_failed": only_failed})


@require_POST
@needs("change_providerevent")
def replay(request: HttpRequest, event_id: int) -> HttpResponse:
    """Act on a message again."""
    event = get_object_or_404(ProviderEvent, pk=event_id)
    if handle(event):
        messages.success(request, _("Dealt with."))
    else:
        messages.error(request, event.failure)
    return redirect("giving:events")


@require_POST
@needs("change_providerevent")
def reconcile_now(request: HttpRequest) -> HttpResponse:
    """Ask providers for all that may have changed without a word."""
    done = reconcile()
    words = ngettext("%(n)s payment was asked for.", "%(n)s payments were asked for.", done.asked)
    messages.success(request, words % {"n": done.asked})
    if done.failed:
        failed = ngettext(
            "%(n)s failed and is tried again.", "%(n)s failed and are tried again.", done.failed
        )
        messages.error(request, failed % {"n": done.failed})
    return redirect("giving:events")
