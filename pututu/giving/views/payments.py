"""What money came, and how does a treasurer write down what no provider tells of?"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pututu.giving.forms.desk import BookForm, FilterForm, ReasonForm, RefundForm, TakeForm
from pututu.giving.models import Fund, Payment, Refund
from pututu.giving.rules import PartsDontFit, Use
from pututu.giving.services.choices import UnknownChoice, read_choice, take_money
from pututu.giving.services.desk import NotAwaited
from pututu.giving.services.ledger import (
    NotReceived,
    ask_refund,
    cancel_payment,
    fail_refund,
    finish_refund,
    kept,
    share_out,
    uses_of,
)
from pututu.giving.services.lookup import find_people, with_money
from pututu.giving.services.receipts import make_receipt
from pututu.giving.subjects import Subject, describe
from pututu.giving.views.access import back, errors_in_words, looked_through, needs
from pututu.lib.money import Money
from pututu.people.models import AccessRecord
from pututu.people.services import log_access
from pututu.people.services.access import note_look
from pututu.shell.models import SiteSettings

PAGE_LENGTH = 50


@require_safe
@needs("view_payment")
def payments(request: HttpRequest) -> HttpResponse:
    """List payments, newest first, by state, method, use and day."""
    form = FilterForm(request.GET)
    found = _filtered(form.cleaned_data if form.is_valid() else {})
    page = Paginator(found.select_related("payer"), PAGE_LENGTH).get_page(request.GET.get("page"))
    looked_through(request, "payments")
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request, "giving/admin/payments.html", {"form": form, "page": page, "query": query.urlencode()}
    )


def _filtered(said: dict[str, Any]) -> QuerySet[Any]:
    payments = Payment.objects
    found: Any = payments.unassigned() if said.get("unassigned") else payments.all()
    columns = {"state": "state", "method": "method", "since": "asked_on__gte", "until": "asked_on__lte"}
    for name, column in columns.items():
        if said.get(name):
            found = found.filter(**{column: said[name]})
    if said.get("purpose"):
        found = found.filter(shares__purpose=said["purpose"]).distinct()
    return found


@require_safe
@needs("view_payment")
def payment(request: HttpRequest, payment_id: int) -> HttpResponse:
    """Show a payment with what it is for, what went back, where it was seen, and who did what."""
    found: Payment = get_object_or_404(Payment.objects.select_related("payer"), pk=payment_id)
    if found.payer:
        note_look(AccessRecord.Act.SEEN, person=found.payer, by=request.user, detail="payment")
    uses = uses_of(found)
    left = kept(found) if found.state == Payment.State.CONFIRMED else Money(0, found.currency)
    rest = left - Money(sum(uses.values()), found.currency) if left else left
    context = {
        "payment": found,
        "uses": _uses_in_words(found),
        "kept": left,
        "rest": rest,
        "choices": with_money([found.payer])[0].payable if found.payer and rest.minor > 0 else [],
        "funds": Fund.objects.filter(is_open=True),
        "refunds": found.refunds.all(),
        "lines": found.line_uses.select_related("line__account"),
        "records": found.records.select_related("by"),
        "refund_form": RefundForm(
            currency=found.currency, initial={"amount": left.plain(), "key": uuid.uuid4().hex}
        ),
        "key": uuid.uuid4().hex,
    }
    return render(request, "giving/admin/payment.html", context)


def _uses_in_words(found: Payment) -> list[tuple[Use, Money, Subject | None]]:
    uses = uses_of(found)
    about = describe(use.about for use in uses)
    return [
        (use, Money(minor, found.currency), about.get(use.about) if use.about else None)
        for use, minor in uses.items()
    ]


@require_safe
@needs("view_payment")
def receipt(request: HttpRequest, payment_id: int) -> HttpResponse:
    """Give the receipt of a received payment as PDF, in the payer's language."""
    found: Payment = get_object_or_404(Payment.objects.select_related("payer"), pk=payment_id)
    language = found.payer.language if found.payer else settings.LANGUAGE_CODE
    try:
        paper = make_receipt(found, language)
    except NotReceived as error:
        raise Http404 from error
    if found.payer:
        log_access(AccessRecord.Act.EXPORTED, person=found.payer, by=request.user, detail="receipt")
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="receipt-{found.pk:06}.pdf"'
    return answer


@require_POST
@needs("change_payment")
def assign(request: HttpRequest, payment_id: int) -> HttpResponse:
    """Say what the rest of a received payment is for."""
    found = get_object_or_404(Payment, pk=payment_id)
    form = BookForm(request.POST, currency=found.currency)
    try:
        if form.is_valid() and form.cleaned_data["amount"]:
            choice = read_choice(form.cleaned_data["choice"])
            share_out(found, choice.parts(form.cleaned_data["amount"].minor), by=request.user)
            messages.success(request, _("Written down."))
    except (UnknownChoice, PartsDontFit, NotReceived):
        messages.error(request, _("That is not there any more. Look at what is proposed now."))
    return redirect("giving:payment", found.pk)


@require_POST
@needs("change_payment")
def give_up(request: HttpRequest, payment_id: int) -> HttpResponse:
    """Say that an awaited payment is not wanted any more."""
    found = get_object_or_404(Payment, pk=payment_id, provider="offline")
    form = ReasonForm(request.POST)
    if form.is_valid() and cancel_payment(found, reason=form.cleaned_data["reason"], by=request.user):
        messages.success(request, _("It is not awaited any more."))
    return redirect("giving:payment", found.pk)


# --- money over the counter


@needs("add_payment")
def take(request: HttpRequest) -> HttpResponse:
    """Write down a cheque or cash: a name, Enter, Enter."""
    currency = SiteSettings.load().currency
    text = request.GET.get("q", "").strip()
    found = find_people(text)
    if request.method == "POST":
        form = TakeForm(request.POST, currency=currency)
        if form.is_valid() and (done := _taken(request, form, currency)):
            return redirect("giving:payment", done.pk)
    else:
        form = TakeForm(currency=currency, initial=_first_guess(found))
    if text:
        note_look(AccessRecord.Act.LISTED, by=request.user, detail="people, to take money")
    context = {"form": form, "q": text, "found": found, "funds": Fund.objects.filter(is_open=True)}
    return render(request, "giving/admin/take.html", context)


def _first_guess(found: list[Any]) -> dict[str, Any]:
    """Who comes first in the list, with what is awaited from them."""
    guess: dict[str, Any] = {"received_on": timezone.localdate(), "method": "cheque", "key": uuid.uuid4().hex}
    if found and found[0].awaited:
        first = found[0].awaited[0]
        guess.update(choice=f"payment:{first.pk}", amount=first.amount.plain())
    elif found and found[0].payable:
        subject = found[0].payable[0]
        guess.update(choice=f"subject:{found[0].person.pk}:{subject.use.about}", amount=subject.price.plain())
    elif found:
        guess.update(choice=f"gift:{found[0].person.pk}")
    return guess


def _taken(request: HttpRequest, form: TakeForm, currency: str) -> Payment | None:
    said = form.cleaned_data
    try:
        done = take_money(
            said["choice"],
            said["amount"],
            method=said["method"],
            received_on=said["received_on"],
            key=said["key"],
            note=said["note"],
            by=request.user,
        )
    except (UnknownChoice, NotAwaited):
        form.add_error(
            None, _("That payment is not awaited any more: it came by another way, or was given up.")
        )
        return None
    messages.success(
        request, _("Received: %(amount)s.") % {"amount": done.amount.words(request.LANGUAGE_CODE)}
    )
    return done


# --- money that goes back


@require_POST
@needs("add_refund")
def refund(request: HttpRequest, payment_id: int) -> HttpResponse:
    """Write down that money is to go back."""
    found = get_object_or_404(Payment, pk=payment_id)
    form = RefundForm(request.POST, currency=found.currency)
    try:
        if form.is_valid():
            said = form.cleaned_data
            ask_refund(
                found,
                said["amount"],
                key=f"staff:{said['key']}",
                asked_on=_today(),
                reason=said["reason"],
                by=request.user,
            )
            messages.success(request, _("Written down. Say so here when the money has gone."))
        else:
            messages.error(request, errors_in_words(form))
    except (NotReceived, PartsDontFit):
        messages.error(request, _("So much of this payment cannot go back."))
    return redirect("giving:payment", found.pk)


def _today() -> dt.date:
    return timezone.localdate()


@require_POST
@needs("change_refund")
def settle_refund(request: HttpRequest, refund_id: int, act: str) -> HttpResponse:
    """Say that money went back, or that it did not."""
    found = get_object_or_404(Refund.objects.select_related("payment"), pk=refund_id)
    if act == "done":
        finish_refund(found, done_on=_today(), by=request.user)
    else:
        fail_refund(found, reason=request.POST.get("reason", "")[:300], by=request.user)
    return back(request, "giving:payment", found.payment_id)
