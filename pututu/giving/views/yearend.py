"""What came in a year, for the accounts?"""

from __future__ import annotations

import datetime as dt

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pututu.giving.forms.desk import YearForm
from pututu.giving.rules.yearend import totals
from pututu.giving.services.yearend import as_csv, months_from, year_from
from pututu.giving.views.access import needs
from pututu.lib.money import Money
from pututu.shell.models import SiteSettings

BYTE_ORDER_MARK = "\ufeff"  # by it spreadsheets know that the file is UTF-8


@require_safe
@needs("view_payment")
def year(request: HttpRequest) -> HttpResponse:
    """Show the twelve months from a chosen one, or give them as CSV."""
    form = YearForm(request.GET or None, initial={"year": timezone.localdate().year, "month": 1})
    first, currency = _first(form), SiteSettings.load().currency
    rows = year_from(first, currency=currency)
    if request.GET.get("as") == "csv":
        answer = HttpResponse(
            BYTE_ORDER_MARK + as_csv(rows, first=first, currency=currency),
            content_type="text/csv; charset=utf-8",
        )
        answer["Content-Disposition"] = f'attachment; filename="income-{first:%Y-%m}.csv"'
        return answer
    sums = totals(rows)
    context = {
        "form": form,
        "first": first,
        "months": months_from(first),
        "rows": [(row, _money([*row.months, row.total], currency)) for row in rows],
        "sums": _money([*sums, sum(sums)], currency),
    }
    return render(request, "giving/admin/year.html", context)


def _first(form: forms.Form) -> dt.date:
    said = form.cleaned_data if form.is_valid() else form.initial
    return dt.date(said["year"], said["month"], 1)


def _money(minors: list[int], currency: str) -> list[Money]:
    return [Money(minor, currency) for minor in minors]
