"""What do the years look like, to whoever keeps the membership or the accounts?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_required

from pututu.lib.tables import csv_lines
from pututu.membership.services.deferred import Deferred, deferred_after, totals
from pututu.membership.services.figures import overview
from pututu.people.models import AccessRecord
from pututu.people.services.access import note_look


@require_safe
@permission_required("membership.view_membership")
def figures(request: HttpRequest) -> HttpResponse:
    """Show members over time, who came and went, who stayed, and what came in. Nobody is named."""
    found = overview(today=timezone.localdate())
    return render(request, "membership/admin/figures.html", {"overview": found})


@require_safe
@permission_required("giving.view_payment")
def in_advance(request: HttpRequest) -> HttpResponseBase:
    """Show the dues received by a day that are for the time after it; the last day of the year before, unasked."""
    day = _day(request.GET.get("day", ""))
    found = list(deferred_after(day))
    note_look(AccessRecord.Act.LISTED, by=request.user, detail=f"dues paid in advance, {day}")
    if request.GET.get("as") == "csv":
        answer = StreamingHttpResponse(csv_lines(_rows(found)), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="dues-in-advance-{day}.csv"'
        return answer
    return render(
        request, "membership/admin/in_advance.html", {"day": day, "found": found, "totals": totals(found)}
    )


def _day(text: str) -> dt.date:
    """The day that was asked for; what is none is the last day of the year before."""
    try:
        day: dt.date = forms.DateField().clean(text)
    except forms.ValidationError:
        return dt.date(timezone.localdate().year - 1, 12, 31)
    return day


def _rows(found: list[Deferred]) -> Iterator[list[object]]:
    yield [
        _("Member"),
        _("Plan"),
        _("From"),
        _("To"),
        _("Received"),
        _("Paid"),
        _("For later"),
        _("Currency"),
    ]
    for each in found:
        yield [
            each.term.membership.holder,
            each.term.plan.slug,
            each.term.first,
            each.term.last,
            each.term.payment.received_on if each.term.payment else "",
            each.paid.plain(),
            each.ahead.plain(),
            each.paid.currency,
        ]
