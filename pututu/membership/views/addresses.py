"""How does a member say that they are reached at another address?"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from pututu.membership.forms.public import NewAddressForm
from pututu.membership.rendering import pages as rendering
from pututu.membership.services import addresses as acts
from pututu.membership.views.joining import may_try_token
from pututu.membership.views.own_page import page_of, person_of
from pututu.membership.views.session import Member, for_members, go_on_at, member_of
from pututu.people.models import Person
from pututu.people.views.visitors import TOO_MANY, alternates, own_language, see_other


@require_POST
@for_members
def ask(request: HttpRequest, member: Member) -> HttpResponse:
    """Take a new address; what is said of it is the same, whoever has it."""
    person, form = person_of(member), NewAddressForm(request.POST)
    if not form.is_valid():
        return page_of(request, member, error=str(form.errors["email"][0]), status=422)
    replaces = person.addresses.filter(pk=form.cleaned_data["replaces"] or 0).first()
    acts.ask_new_address(
        person,
        form.cleaned_data["email"],
        replaces=replaces,
        language=own_language(),
        at=timezone.now(),
    )
    return page_of(
        request, member, said=_("If that address can be written to, a letter with a link is there.")
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the link does; the button does it, for the same person and nobody else."""
    member = member_of(request)
    context: dict[str, Any] = {"alternates": alternates("me-address", token)}
    if not may_try_token(request):
        return render(request, "membership/too_often.html", context, status=TOO_MANY)
    if member is None or member.person is None:
        # No error, which would be logged with the address of the page: its link can still be used.
        return render(request, "membership/me/address_elsewhere.html", context)
    change = acts.usable_change(token, member.person, at=timezone.now())
    if change is None:
        return render(request, "membership/me/over.html", context, status=410)
    if request.method == "POST":
        return _confirm(request, token, member.person)
    context |= {"change": change, "mail": rendering.mail_choices()}
    return render(request, "membership/me/address.html", context)


def _confirm(request: HttpRequest, token: str, person: Person) -> HttpResponse:
    ticked = [each for each in request.POST.getlist("mail") if each in rendering.MAIL]
    email = acts.confirm_address(
        token,
        person,
        {purpose: rendering.wording_of(purpose) for purpose in ticked},
        page=reverse("me"),
        language=own_language(),
        at=timezone.now(),
    )
    if email:
        go_on_at(request, email, has_shown_mailbox=True)
    return see_other(f"{reverse('me')}#addresses")


@require_POST
@for_members
def drop(request: HttpRequest, member: Member) -> HttpResponse:
    """Take an address out; the last one only from the form that says what it means."""
    person, number = person_of(member), request.POST.get("address", "")
    if not number.isdecimal():
        raise Http404
    email = get_object_or_404(person.addresses, pk=number)
    try:
        acts.drop_address(person, email, is_meant=request.POST.get("is_meant") == "yes")
    except acts.LastAddress:
        return page_of(request, member, error=_("This is your only address. Look what it means."), status=422)
    other = person.addresses.order_by("person_emails__order", "pk").first()
    if other and email == member.email:
        go_on_at(request, other, has_shown_mailbox=False)
    return see_other(f"{reverse('me')}#addresses")
