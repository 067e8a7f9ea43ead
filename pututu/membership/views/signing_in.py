"""How does a member come to their own page without a password?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pututu.membership.forms.public import ChoiceForm, SignInForm
from pututu.membership.services.limits import LINKS_FROM_ONE_PLACE
from pututu.membership.services.links import usable_link
from pututu.membership.services.own_page import ask_sign_in, sign_in
from pututu.membership.views.joining import may_try_token
from pututu.membership.views.session import begin_session, choose_person, end_session
from pututu.people.services.limits import may_try
from pututu.people.views.visitors import TOO_MANY, alternates, own_language, place_of, see_other


@csrf_exempt  # whoever asks for a link has no rights yet
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Take an address; the answer is the same whether it is known or not."""
    form = SignInForm(request.POST or None)
    if not form.is_valid():
        context = {"form": form, "alternates": alternates("me-link")}
        status = 422 if form.is_bound else 200
        return render(request, "membership/me/sign_in.html", context, status=status)
    if not may_try(LINKS_FROM_ONE_PLACE, place_of(request), at=timezone.now()):
        return render(
            request, "people/too_often.html", {"alternates": alternates("me-link")}, status=TOO_MANY
        )
    ask_sign_in(form.cleaned_data["email"], language=own_language(), at=timezone.now())
    return see_other(reverse("me-sent"))


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "membership/me/sent.html", {"alternates": alternates("me-sent")})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def come_in(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button, which signs in: programs that follow the links of mail press none."""
    context = {"alternates": alternates("me-in", token)}
    if not may_try_token(request):
        return render(request, "people/too_often.html", context, status=TOO_MANY)
    if request.method == "POST":
        email = sign_in(token, at=timezone.now())
        if email:
            begin_session(request, email)
            return see_other(reverse("me"))
    elif usable_link(token, at=timezone.now()):
        return render(request, "membership/me/come_in.html", context)
    return render(request, "membership/me/over.html", context, status=410)


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    form = ChoiceForm(request.POST)
    if form.is_valid():
        choose_person(request, form.cleaned_data["person"])
    return see_other(reverse("me"))


@require_POST
def go_out(request: HttpRequest) -> HttpResponse:
    end_session(request)
    return see_other(reverse("me"))
