"""What do staff decide about a membership, and how is it asked?"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_required

from pututu.giving.models import Payment
from pututu.membership.forms import staff as asked
from pututu.membership.models import Decision, Membership
from pututu.membership.rules import AlreadyForLife, Status
from pututu.membership.services import terms as acts
from pututu.membership.services.own_page import add_to_household, take_from_household
from pututu.membership.services.plans import put_on_plan
from pututu.membership.services.registering import register_membership
from pututu.membership.views.staff import membership_or_404
from pututu.people.models import Person

Act = Callable[[Membership, dict[str, Any], Any], object]


def _decide(
    request: HttpRequest, uid: uuid.UUID, form_class: type[forms.Form], act: Act, *, title: str
) -> HttpResponse:
    """Ask with a form and carry out one act; what speaks against it is said on the form."""
    membership = membership_or_404(uid)
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(membership, form.cleaned_data, request.user)
        except AlreadyForLife:
            form.add_error(None, _("This membership has no end: nothing can be added."))
        except acts.TooManyPeople:
            form.add_error(None, _("More people belong than the plan is for."))
        else:
            messages.success(request, _("Saved."))
            return redirect("membership:membership", membership.uid)
    context = {"form": form, "title": title, "subtitle": membership.holder.name, "membership": membership}
    return render(request, "membership/admin/form.html", context)


@permission_required("membership.change_membership")
def end_view(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    def act(membership: Membership, said: dict[str, Any], by: Any) -> object:
        return acts.end_membership(membership, **{**said, "status": Status(said["status"])}, by=by)

    return _decide(request, uid, asked.EndForm, act, title=_("End the membership"))


@permission_required("membership.change_membership")
def override_view(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    def act(membership: Membership, said: dict[str, Any], by: Any) -> object:
        return acts.override_status(membership, **{**said, "status": Status(said["status"])}, by=by)

    return _decide(request, uid, asked.OverrideForm, act, title=_("Say what the status is, for a time"))


@permission_required("membership.change_membership")
def grant_view(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    def act(membership: Membership, said: dict[str, Any], by: Any) -> object:
        return acts.grant_term(membership, **said, by=by)

    return _decide(request, uid, asked.GrantForm, act, title=_("Give a term without money"))


@permission_required("membership.change_membership")
def plan_view(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    def act(membership: Membership, said: dict[str, Any], by: Any) -> object:
        return put_on_plan(membership, said["plan"], on=timezone.localdate(), by=by)

    return _decide(request, uid, asked.ChangePlanForm, act, title=_("Change the plan"))


@permission_required("membership.change_membership")
def people_view(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Add somebody by name, or take somebody out."""
    out = asked.TakeOutForm(request.POST)
    if out.is_valid():
        person_id = out.cleaned_data["take_out"]
        take_from_household(membership_or_404(uid), person_id=person_id, on=timezone.localdate())
        return redirect("membership:membership", uid)

    def act(membership: Membership, said: dict[str, Any], by: Any) -> object:
        return add_to_household(membership, name=said["name"], on=timezone.localdate(), by=by)

    return _decide(request, uid, asked.PeopleForm, act, title=_("Somebody else belongs too"))


@permission_required("membership.add_membership")
def apply_view(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Write a membership down for somebody who is known, as from a paper form."""
    holder = get_object_or_404(Person.objects.known(), uid=uid)
    form = asked.ApplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            membership = register_membership(
                holder,
                said["plan"],
                key=said["key"],
                method=said["method"],
                on=said["on"],
                others=form.names,
                giver=said["giver"],
                by=request.user,
            )
        except acts.TooManyPeople:
            form.add_error("others", _("More people belong than the plan is for."))
        else:
            messages.success(request, _("Saved."))
            return redirect("membership:membership", membership.uid)
    context = {"form": form, "title": _("Write a membership down"), "subtitle": holder.name}
    return render(request, "membership/admin/form.html", context)


@permission_required("membership.change_membership")
@require_POST
def revoke_view(request: HttpRequest, pk: int) -> HttpResponse:
    decision = get_object_or_404(Decision.objects.select_related("membership__holder"), pk=pk)
    acts.revoke_decision(decision, by=request.user)
    return redirect("membership:membership", decision.membership.uid)


@permission_required("membership.change_membership")
@require_POST
def honour_view(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Give the term all the same; a second press changes nothing."""
    payment = get_object_or_404(Payment, uid=uid)
    term = acts.honour_payment(payment, decided_by=request.user)
    if term is None:
        messages.error(request, _("This money can’t buy a term: the treasurer puts it to another use."))
        return redirect("membership:waiting")
    messages.success(request, _("The term is given."))
    return redirect("membership:membership", term.membership.uid)
