"""How does a treasurer book the lines that wait?"""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pututu.giving.forms.desk import BookForm, ReasonForm
from pututu.giving.models import Fund, KnownPayer, LineUse, StatementLine
from pututu.giving.rules import PartsDontFit
from pututu.giving.rules.lines import payer_words
from pututu.giving.services.choices import UnknownChoice, book_choice
from pututu.giving.services.desk import (
    NotAwaited,
    NothingLeft,
    forget_payer,
    set_aside,
    take_up_again,
    undo_booking,
)
from pututu.giving.services.lookup import find_people
from pututu.giving.services.proposals import queue
from pututu.giving.views.access import back, errors_in_words, looked_through, needs

PAGE_LENGTH = 20
SHOWN: dict[str, dict[str, Any]] = {
    "in": {"state": StatementLine.State.WAITING, "minor__gt": 0},
    "out": {"state": StatementLine.State.WAITING, "minor__lt": 0},
    "aside": {"state": StatementLine.State.SET_ASIDE},
    "booked": {"state": StatementLine.State.APPLIED},
}


@require_safe
@needs("view_statementline")
def lines(request: HttpRequest) -> HttpResponse:
    """Show the lines that wait, each with why, and with what it may be at one press."""
    shown = request.GET.get("show", "in")
    rows = StatementLine.objects.filter(**SHOWN.get(shown, SHOWN["in"])).select_related("account")
    page = Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    looked_through(request, "statement lines")
    context = {
        "page": page,
        "waiting": queue(list(page.object_list)),
        "shown": shown,
        "key": uuid.uuid4().hex,
    }
    return render(request, "giving/admin/lines.html", context)


@require_safe
@needs("view_statementline")
def line(request: HttpRequest, line_id: int) -> HttpResponse:
    """Show one line with all that was and may be booked from it; ``q`` looks for whom it may be from."""
    found = _line(line_id)
    text = request.GET.get("q", "").strip()
    (waiting,) = queue([found])
    context = {
        "waiting": waiting,
        "line": found,
        "uses": found.uses.select_related("payment__payer", "by"),
        "q": text,
        "found": find_people(text),
        "funds": Fund.objects.filter(is_open=True),
        "key": uuid.uuid4().hex,
        "known": found.account.known_payers.filter(
            words=payer_words(found.text, found.payer_text)
        ).select_related("person"),
    }
    looked_through(request, "statement line")
    return render(request, "giving/admin/line.html", context)


def _line(line_id: int) -> StatementLine:
    return get_object_or_404(StatementLine.objects.select_related("account"), pk=line_id)


@require_POST
@needs("change_statementline")
def book(request: HttpRequest, line_id: int) -> HttpResponse:
    """Book a line to what was picked."""
    found = _line(line_id)
    form = BookForm(request.POST, currency=found.account.currency)
    if form.is_valid():
        _book(request, found, form.cleaned_data)
    else:
        messages.error(request, errors_in_words(form))
    return back(request, "giving:line", found.pk)


def _book(request: HttpRequest, found: StatementLine, said: dict[str, Any]) -> None:
    amount = said["amount"]
    try:
        use = book_choice(
            found,
            said["choice"],
            minor=amount.minor if amount else None,
            key=said["key"],
            by=request.user,
            is_remembered=said["remember"],
        )
    except UnknownChoice:
        messages.error(request, _("That is not there any more. Look at what is proposed now."))
    except (NothingLeft, PartsDontFit):
        messages.error(request, _("The line does not hold so much money that is not booked."))
    except NotAwaited:
        messages.error(
            request, _("That payment is not awaited any more: it came by another way, or was given up.")
        )
    else:
        who = use.payment.payer.name if use.payment.payer else _("somebody unknown")
        messages.success(request, _("Booked as money from %(name)s.") % {"name": who})


@require_POST
@needs("change_statementline")
def aside(request: HttpRequest, line_id: int) -> HttpResponse:
    """Set a line aside, for a reason."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why: others will wonder."))
        return back(request, "giving:line", line_id)
    try:
        set_aside(_line(line_id), reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Set aside."))
    except NothingLeft:
        messages.error(request, _("The line is booked: undo that first."))
    return back(request, "giving:lines")


@require_POST
@needs("change_statementline")
def again(request: HttpRequest, line_id: int) -> HttpResponse:
    """Let a line that was set aside wait again."""
    take_up_again(_line(line_id), by=request.user)
    return back(request, "giving:line", line_id)


@require_POST
@needs("change_statementline")
def undo(request: HttpRequest, use_id: int) -> HttpResponse:
    """Take a booking back, for a reason."""
    use = get_object_or_404(LineUse.objects.select_related("line"), pk=use_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why: others will wonder."))
    elif undo_booking(use, by=request.user, reason=form.cleaned_data["reason"]):
        messages.success(request, _("Taken back. The line waits again."))
    return back(request, "giving:line", use.line_id)


@require_POST
@needs("change_statementline")
def forget(request: HttpRequest, known_id: int) -> HttpResponse:
    """Unbind the bank's words from a person."""
    known = KnownPayer.objects.filter(pk=known_id).first()
    if known:
        forget_payer(known, by=request.user)
    return back(request, "giving:lines")
