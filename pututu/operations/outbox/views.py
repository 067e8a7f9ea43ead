"""How does staff read what would have been sent?"""

from __future__ import annotations

from email.message import EmailMessage

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access

from pututu.operations.outbox import backend

ROWS = 50


def _read(name: str) -> EmailMessage:
    if not settings.IS_DEMO:
        raise Http404
    try:
        return backend.read(name)
    except FileNotFoundError as missing:
        raise Http404 from missing


@require_admin_access
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The mails, the newest first."""
    if not settings.IS_DEMO:
        raise Http404
    page = Paginator(backend.names(), ROWS).get_page(request.GET.get("page"))
    rows = [(name, backend.read(name)) for name in page]
    context = {"title": _("Outbox"), "page": page, "rows": rows, "query": ""}
    return render(request, "operations/outbox/list.html", context)


@require_admin_access
@require_safe
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: its headers, its page and its plain text."""
    mail = _read(name)
    plain = mail.get_body(("plain",))
    context = {
        "title": mail["Subject"],
        "subtitle": mail["To"],
        "name": name,
        "headers": mail.items(),
        "text": plain.get_content() if plain else "",
        "has_page": mail.get_body(("html",)) is not None,
    }
    return render(request, "operations/outbox/letter.html", context)


@require_admin_access
@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """The page of a mail alone, for its frame; its links open outside of the frame."""
    found = _read(name).get_body(("html",))
    if found is None:
        raise Http404
    return HttpResponse(found.get_content().replace("<head>", '<head><base target="_top">', 1))
