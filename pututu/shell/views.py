"""What does the shell itself answer? The stylesheet and the icon, in the group's colours."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pututu.shell.models import SiteSettings
from pututu.shell.styles import stylesheet

FOR_EVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"


@require_safe
def stylesheet_view(request: HttpRequest, digest: str) -> HttpResponse:
    """Answer the stylesheet; an old address gets the present one, so that no kept page is ever bare."""
    style = stylesheet(SiteSettings.load(request_or_site=request).accents)
    response = HttpResponse(style.text, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = FOR_EVER if digest == style.digest else "no-cache"
    return response


@require_safe
def icon_view(request: HttpRequest) -> HttpResponse:
    """A knot on a cord, in the group's accent."""
    accents = SiteSettings.load(request_or_site=request).accents
    response = render(request, "shell/icon.svg", {"accents": accents}, content_type="image/svg+xml")
    response["Cache-Control"] = A_DAY
    return response
