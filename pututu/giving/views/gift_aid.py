"""What may be claimed back, what was claimed, and who declared it?"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pututu.giving.forms.gift_aid import CloseForm, DeclarationForm, HandInForm
from pututu.giving.models import Claim, Declaration, GiftAidSettings
from pututu.giving.rules.gift_aid import NotClaimable, tax_on
from pututu.giving.services.gift_aid import (
    HandedIn,
    IsOff,
    Judged,
    NothingToClaim,
    close_declaration,
    declare,
    hand_in,
    judged,
    make_claim,
    withdraw_claim,
)
from pututu.giving.services.schedules import as_csv, as_ods, schedules
from pututu.giving.views.access import looked_through, needs
from pututu.lib.money import total
from pututu.people.models import AccessRecord, Person
from pututu.people.services import log_access
from pututu.people.services.access import note_look

FILES = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "ods": (as_ods, "application/vnd.oasis.opendocument.spreadsheet"),
}


@require_safe
@needs("view_claim")
def overview(request: HttpRequest) -> HttpResponse:
    """Show what can be claimed today, what cannot and why, and the claims that were made."""
    found = list(judged(today=timezone.localdate()))
    ready = [each for each in found if each.verdict.declaration]
    looked_through(request, "gift aid")
    context = {
        "is_on": GiftAidSettings.load().is_on,
        "ready": len(ready),
        "gifts": total((each.amount for each in ready), "GBP"),
        "tax": tax_on(each.amount for each in ready),
        "reasons": Counter(str(each.verdict.reason) for each in found if each.verdict.reason).most_common(),
        "claims": Claim.objects.all(),
    }
    return render(request, "giving/admin/gift_aid.html", context)


@require_safe
@needs("view_claim")
def unclaimable(request: HttpRequest, reason: str) -> HttpResponse:
    """List the gifts on which no tax can be claimed for one reason, each with whose it is."""
    if reason not in set(NotClaimable):
        raise Http404
    found = [each for each in judged(today=timezone.localdate()) if each.verdict.reason == reason]
    looked_through(request, f"gift aid, {reason}")
    return render(request, "giving/admin/unclaimable.html", {"reason": reason, "gifts": _in_order(found)})


def _in_order(found: list[Judged]) -> list[Judged]:
    return sorted(found, key=lambda each: (str(each.payment.payer or ""), each.payment.pk))


@require_POST
@needs("add_claim")
def claim_now(request: HttpRequest) -> HttpResponse:
    """Freeze a claim of all that can be claimed today."""
    try:
        claim = make_claim(today=timezone.localdate(), by=request.user)
    except IsOff:
        messages.error(request, _("Gift Aid is switched off. Turn it on under Settings, Gift Aid."))
    except NothingToClaim:
        made = Claim.objects.filter(state=Claim.State.FROZEN).first()
        if made:  # by the first of two clicks, say
            return redirect("giving:claim", made.pk)
        messages.info(request, _("There is nothing to claim."))
    else:
        return redirect("giving:claim", claim.pk)
    return redirect("giving:gift-aid")


@require_safe
@needs("view_claim")
def claim_view(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Show a claim as it was frozen, with its files."""
    claim = get_object_or_404(Claim, pk=claim_id)
    lines = claim.lines.select_related("payment__payer", "declaration__person").order_by("pk")
    looked_through(request, f"gift aid claim {claim.pk}")
    parts = range(1, len(schedules(claim)) + 1)
    context = {"claim": claim, "lines": lines, "parts": parts, "form": HandInForm()}
    return render(request, "giving/admin/claim.html", context)


@require_safe
@needs("view_claim")
def schedule_file(request: HttpRequest, claim_id: int, part: int, form: str) -> HttpResponse:
    """Give one of a claim's schedules as a file."""
    claim = get_object_or_404(Claim, pk=claim_id, names_out_on=None)
    found = schedules(claim)
    if not 1 <= int(part) <= len(found):
        raise Http404
    write, content_type = FILES[form]
    log_access(AccessRecord.Act.EXPORTED, by=request.user, detail=f"gift aid claim {claim.pk}, part {part}")
    response = HttpResponse(write(found[int(part) - 1]), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="gift-aid-{claim.pk}-{part}.{form}"'
    return response


@require_POST
@needs("change_claim")
def hand_in_claim(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Note the day on which a claim was handed in."""
    claim, form = get_object_or_404(Claim, pk=claim_id), HandInForm(request.POST)
    if form.is_valid() and hand_in(claim, on=form.cleaned_data["on"]):
        messages.success(request, _("Noted: handed in."))
    else:
        messages.error(request, _("Nothing was noted. Give the day, and see whether it was noted already."))
    return redirect("giving:claim", claim.pk)


@require_POST
@needs("change_claim")
def withdraw(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Take a claim back that was not handed in."""
    claim = get_object_or_404(Claim, pk=claim_id)
    try:
        withdraw_claim(claim)
    except HandedIn:
        messages.error(request, _("It was handed in: what is wrong with it is put right by the next claim."))
    else:
        messages.success(request, _("Withdrawn. Its gifts can be claimed again."))
    return redirect("giving:claim", claim.pk)


# --- declarations


@needs("add_declaration")
def declarations(request: HttpRequest, uid: Any) -> HttpResponse:
    """Show a person's declarations, and take a new one."""
    person = get_object_or_404(Person.objects.known(), uid=uid)
    form = DeclarationForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        declare(person, by=request.user, **form.facts())
        log_access(AccessRecord.Act.CHANGED, person=person, by=request.user, fields=["gift aid"])
        messages.success(request, _("The declaration is kept, with name and address as they are now."))
        return redirect("giving:declarations", person.uid)
    note_look(AccessRecord.Act.SEEN, person=person, by=request.user, detail="gift aid")
    context = {
        "person": person,
        "form": form,
        "declarations": person.declarations.all(),
        "close": CloseForm(),
    }
    return render(request, "giving/admin/declarations.html", context)


@require_POST
@needs("change_declaration")
def close(request: HttpRequest, declaration_id: int) -> HttpResponse:
    """End a declaration: they moved away from tax, or asked."""
    declaration = get_object_or_404(Declaration.objects.select_related("person"), pk=declaration_id)
    form = CloseForm(request.POST)
    if form.is_valid():
        close_declaration(
            declaration, last=form.cleaned_data["last"], reason=form.cleaned_data["reason"], by=request.user
        )
        log_access(AccessRecord.Act.CHANGED, person=declaration.person, by=request.user, fields=["gift aid"])
        messages.success(request, _("The declaration is closed."))
    else:
        messages.error(request, _("Say from when it ends, and why."))
    return redirect("giving:declarations", declaration.person.uid)
