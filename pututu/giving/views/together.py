"""How does a treasurer book at once all lines that can be one thing only?"""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from pututu.giving.models import LineUse, StatementLine
from pututu.giving.rules import PartsDontFit
from pututu.giving.services.choices import UnknownChoice, book_choice
from pututu.giving.services.desk import NotAwaited, NothingLeft
from pututu.giving.services.proposals import Waiting, queue
from pututu.giving.views.access import looked_through, needs

AT_MOST = 200
WAITING = {"state": StatementLine.State.WAITING, "minor__gt": 0}


@require_http_methods(["GET", "HEAD", "POST"])
@needs("change_statementline")
def together(request: HttpRequest) -> HttpResponse:
    """Show the lines with just one proposal, each with a box; book those whose box is left ticked."""
    if request.method == "POST":
        return _book(request)
    looked_through(request, "statement lines")
    context = {"found": _with_one_proposal(), "key": uuid.uuid4().hex, "at_most": AT_MOST}
    return render(request, "giving/admin/together.html", context)


def _with_one_proposal() -> list[Waiting]:
    rows = StatementLine.objects.filter(**WAITING).select_related("account")[:AT_MOST]
    return [each for each in queue(list(rows)) if each.sole]


def _book(request: HttpRequest) -> HttpResponse:
    """Book what the form shows ticked, to what it showed; what changed meanwhile is left to wait."""
    done = [use for text in request.POST.getlist("book")[:AT_MOST] if (use := _booked(request, text))]
    words = ngettext("%(n)s line is booked.", "%(n)s lines are booked.", len(done))
    messages.success(request, words % {"n": len(done)})
    return redirect(f"{request.path}done/?{'&'.join(f'use={use.pk}' for use in done)}")


def _booked(request: HttpRequest, text: str) -> LineUse | None:
    number, _mark, choice = text.partition(":")
    line = StatementLine.objects.filter(pk=number, **WAITING).first() if number.isdecimal() else None
    key = request.POST.get("key", "")[:40]
    try:
        return book_choice(line, choice, key=key, by=request.user) if line and key else None
    except (UnknownChoice, NothingLeft, NotAwaited, PartsDontFit):
        return None


@require_http_methods(["GET", "HEAD"])
@needs("view_statementline")
def done(request: HttpRequest) -> HttpResponse:
    """Show what was booked at once, each with a button that takes it back."""
    numbers = [each for each in request.GET.getlist("use") if each.isdecimal()][:AT_MOST]
    found: Any = LineUse.objects.filter(pk__in=numbers).select_related("line", "payment__payer")
    looked_through(request, "statement lines")
    return render(request, "giving/admin/together_done.html", {"uses": found})
