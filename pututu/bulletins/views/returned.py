"""Which mails came back, what do they say, and what can the program not read?"""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pututu.bulletins.models import ReturnedMail
from pututu.bulletins.rules.returned import Kind
from pututu.bulletins.services.returning import settle_returned
from pututu.bulletins.views.access import needs
from pututu.people.models import AccessRecord
from pututu.people.services import log_access

ROWS = 50


@needs("view_delivery")
@require_safe
def returned_list(request: HttpRequest) -> HttpResponse:
    """All that came back, those of an issue, or those that say one thing; that somebody looked is noted."""
    kind, issue = request.GET.get("kind", ""), _uuid(request.GET.get("issue", ""))
    rows = ReturnedMail.objects.select_related("delivery__issue__series", "delivery__person", "email")
    rows = rows.defer("raw").filter(**_filters(kind, issue))
    log_access(AccessRecord.Act.LISTED, by=request.user, detail="returned mail")
    context = {
        "title": _("Returned mail"),
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "kind": kind,
        "issue": issue or "",
        "kinds": ReturnedMail.Kinds.choices,
        "query": "&".join(f"{name}={value}" for name, value in (("kind", kind), ("issue", issue)) if value),
    }
    return render(request, "bulletins/admin/returned.html", context)


def _filters(kind: str, issue: uuid.UUID | None) -> dict[str, Any]:
    chosen: dict[str, Any] = {"kind": kind} if kind in Kind.__members__.values() else {}
    return chosen | ({"delivery__issue__uid": issue} if issue else {})


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@needs("view_delivery")
@require_safe
def raw(request: HttpRequest, pk: int) -> HttpResponse:
    """The mail as it came, as a file: it is a stranger's, so no browser shows it."""
    row = get_object_or_404(ReturnedMail, pk=pk)
    log_access(
        AccessRecord.Act.SEEN,
        person=row.delivery.person if row.delivery else None,
        by=request.user,
        detail="returned mail",
    )
    is_mail = row.source == "mail"
    kind, ending = ("message/rfc822", "eml") if is_mail else ("application/json", "json")
    answer = HttpResponse(bytes(row.raw), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="returned-{pk}.{ending}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@needs("change_delivery")
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that somebody looked at what the program can't read."""
    if not settle_returned(get_object_or_404(ReturnedMail, pk=pk)):
        messages.warning(request, _("It was decided already."))
    return redirect("bulletins:returned")
