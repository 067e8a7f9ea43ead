"""Which lists of pages help staff to keep the site in order?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Locale

from pututu.pages.board import originals, rows, waiting
from pututu.pages.models import BasePage
from pututu.pages.services import decline_translation, mark_translation_current, resume_translation

BOARD_LENGTH = 25


@require_admin_access
def translation_board(request: HttpRequest) -> HttpResponse:
    """Show, per story and language: original, current, stale, missing or deliberately none."""
    locales = list(Locale.objects.order_by("pk"))
    only_waiting = request.GET.get("show") == "waiting"
    found = waiting(locales) if only_waiting else originals()
    page = Paginator(found.newest_first(), BOARD_LENGTH).get_page(request.GET.get("page"))
    context = {
        "rows": rows(page.object_list, locales),
        "locales": locales,
        "page": page,
        "only_waiting": only_waiting,
    }
    return render(request, "pages/admin/translation_board.html", context)


ACTS: dict[str, Callable[..., None]] = {
    "current": mark_translation_current,
    "decline": decline_translation,
    "resume": resume_translation,
}


@require_POST
@require_admin_access
def translation_act(request: HttpRequest, page_id: int, act: str) -> HttpResponse:
    """Carry out one of ``ACTS`` on a page and return to the board."""
    page = get_object_or_404(BasePage, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    words = {} if act == "current" else {"language": request.POST.get("language", "")}
    ACTS[act](page, user=request.user, **words)
    after = request.POST.get("next", "")
    return redirect(
        after if after.startswith(reverse("pages:translation-board")) else "pages:translation-board"
    )


class DraftsReportView(PageReportView):
    """The pages with changes that are not public yet, the longest waiting first."""

    page_title = _("Changes that are not public")
    header_icon = "doc-empty"
    index_url_name = "pages:drafts-report"
    index_results_url_name = "pages:drafts-report-results"

    def get_queryset(self) -> Any:
        return BasePage.objects.filter(has_unpublished_changes=True).order_by(
            "latest_revision_created_at", "title"
        )


class UndatedReportView(PageReportView):
    """The public pages whose date nobody knows, or whose date is open at one end."""

    page_title = _("Pages without a sure date")
    header_icon = "date"
    index_url_name = "pages:undated-report"
    index_results_url_name = "pages:undated-report-results"

    def get_queryset(self) -> Any:
        return BasePage.objects.live().undated().exclude(kind="background").order_by("title")


class UnexplainedReportView(PageReportView):
    """The public pages whose date is less than a sure day, with no word on how it is known."""

    page_title = _("Dates without evidence")
    header_icon = "help"
    index_url_name = "pages:unexplained-report"
    index_results_url_name = "pages:unexplained-report-results"

    def get_queryset(self) -> Any:
        return BasePage.objects.live().vaguely_dated().filter(date_evidence__isnull=True).order_by("title")
