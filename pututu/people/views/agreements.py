"""How do staff keep somebody's addresses, and what they agreed to?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_required

from pututu.people.forms import AddressForm, AgreementForm, ReopenForm, StateForm
from pututu.people.models import AccessRecord, EmailAddress, Person
from pututu.people.rendering import receipt
from pututu.people.services.access import log_access
from pututu.people.services.consent import (
    NotTheirsToLift,
    note_agreement,
    reopen_address,
    suppression_of,
)
from pututu.people.services.persons import give_address, set_address_state, take_address
from pututu.people.views.records import known_person


@permission_required("people.change_person")
def add_address_view(request: HttpRequest, uid: Any) -> HttpResponse:
    person = known_person(uid)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        give_address(person, form.cleaned_data["email"])
        log_access(AccessRecord.Act.CHANGED, person=person, by=request.user, fields=["addresses"])
        return redirect("people:person", person.uid)
    title = _("A further address of %(name)s") % {"name": person}
    return render(request, "people/admin/form.html", {"form": form, "title": title, "person": person})


@require_POST
@permission_required("people.change_person")
def take_address_view(request: HttpRequest, uid: Any, pk: int) -> HttpResponse:
    person = known_person(uid)
    take_address(person, get_object_or_404(EmailAddress, pk=pk, people=person))
    log_access(AccessRecord.Act.CHANGED, person=person, by=request.user, fields=["addresses"])
    messages.success(request, _("The address was taken off. What was agreed at it stays on record."))
    return redirect("people:person", person.uid)


@permission_required("people.change_person")
def state_view(request: HttpRequest, uid: Any, pk: int) -> HttpResponse:
    """Say that an address bounced or works again."""
    person = known_person(uid)
    email = get_object_or_404(EmailAddress, pk=pk, people=person)
    form = StateForm(request.POST or None, initial={"state": email.state, "reason": email.state_reason})
    if request.method == "POST" and form.is_valid():
        set_address_state(
            email,
            form.cleaned_data["state"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            person=person,
        )
        return redirect("people:person", person.uid)
    context = {"form": form, "title": email.address, "person": person}
    return render(request, "people/admin/form.html", context)


@permission_required("people.change_person")
def reopen_view(request: HttpRequest, uid: Any, pk: int) -> HttpResponse:
    """Let an address be written to again, where its owner asked for that and staff may do it."""
    person = known_person(uid)
    email = get_object_or_404(EmailAddress, pk=pk, people=person)
    closed = suppression_of(email.address)
    if closed is None:
        return redirect("people:person", person.uid)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and reopened(request, person, email, form):
        return redirect("people:person", person.uid)
    facts = {"why": closed.get_reason_display(), "day": date_format(closed.since, "DATE_FORMAT")}
    said = _("Closed since %(day)s: %(why)s. What was agreed and withdrawn stays as it is.") % facts
    title = _("Let mail go to %(address)s again") % {"address": email.address}
    context = {"form": form, "title": title, "person": person, "explanation": said}
    return render(request, "people/admin/form.html", context | {"button": _("Let mail go there again")})


def reopened(request: HttpRequest, person: Person, email: EmailAddress, form: ReopenForm) -> bool:
    try:
        reopen_address(person, email, reason=form.cleaned_data["reason"], by=request.user)
    except NotTheirsToLift:
        form.add_error(
            None,
            _(
                "Whoever was erased comes back by joining themselves; an address that complained stays closed."
            ),
        )
        return False
    messages.success(request, _("The address is open again. It is written down."))
    return True


@permission_required("people.change_person")
def agreement_view(request: HttpRequest, uid: Any) -> HttpResponse:
    """Write down what somebody told staff of mail."""
    person = known_person(uid)
    form = AgreementForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        note_agreement(
            person,
            said["email"],
            said["purposes"],
            is_agreed=said["act"] == AgreementForm.AGREED,
            wording=said["wording"],
            page=said["page"],
            on=said["on"],
            key=str(said["key"]),
            by=request.user,
        )
        log_access(AccessRecord.Act.CHANGED, person=person, by=request.user, fields=["consent"])
        return redirect("people:person", person.uid)
    title = _("What %(name)s said of mail") % {"name": person}
    return render(request, "people/admin/form.html", {"form": form, "title": title, "person": person})


@permission_required("people.view_person")
def receipt_view(request: HttpRequest, uid: Any, form: str) -> HttpResponse:
    """All that somebody agreed to and took back, as a text or JSON file."""
    person = known_person(uid)
    log_access(AccessRecord.Act.EXPORTED, person=person, by=request.user, detail="consent")
    told = receipt(person)
    if form == "json":
        answer: HttpResponse = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})
    else:
        answer = render(
            request, "people/receipt.txt", {"told": told}, content_type="text/plain; charset=utf-8"
        )
    answer["Content-Disposition"] = f'attachment; filename="consent-{person.reference}.{form}"'
    return answer
