"""What does the shell itself answer? Pages by their address; the stylesheet and the icon in the group's colours."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site
from wagtail.views import serve

from pututu.pages.models import BasePage
from pututu.pages.prepared import Given, Prepared
from pututu.pages.querysets import open_to_all
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


def page_view(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with the public page at ``path`` below the front page of the language in force.

    Wagtail finds a page step by step from the root, then asks for the restrictions of each step. Here its whole
    address is asked for at once. What is not found so (a restricted page, an address that a page answers itself,
    a lost one) is left to Wagtail.
    """
    page = public_page_at(path, language=get_language() or "")
    return page.serve(request) if page else serve(request, path)


def public_page_at(path: str, *, language: str) -> Page | None:
    """Find an unrestricted public page, with the picture and language that every page prints, in two queries."""
    roots = [root.root_path for root in Site.get_site_root_paths() if root.language_code == language]
    if len(roots) != 1:
        return None
    rows = AT_ADDRESS.ask(url_path=f"{roots[0]}{path}")
    if not rows:
        return None
    pk, content_type = rows[0]
    kind = ContentType.objects.get_for_id(content_type).model_class() or Page
    beside = ["locale", "picture"] if issubclass(kind, BasePage) else ["locale"]
    page: Page = kind._default_manager.select_related(*beside).get(pk=pk)
    return page


AT_ADDRESS = Prepared(
    lambda: open_to_all(Page.objects.filter(url_path=Given("url_path", models.TextField()))).values_list(
        "pk", "content_type_id"
    )[:1]
)
