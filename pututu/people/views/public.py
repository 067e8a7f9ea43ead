"""How does somebody confirm what they agreed to, or change it, without signing in?

The signed link is the proof. No cookie is set and none is asked for, so the forms need no token against forgery: who
hasn't the link can't make the request. A GET changes nothing, whatever a mail scanner opens.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from pututu.people.models import EmailAddress, Person
from pututu.people.rendering import FREE_PURPOSES, PURPOSE_HINTS, purpose_name
from pututu.people.rules import Act
from pututu.people.services.asking import (
    LinkExpired,
    ask_consent,
    asked_by,
    confirm_consent,
    whose_preferences,
)
from pututu.people.services.consent import last_word, permission, record_consent, withdraw_consent
from pututu.people.views.visitors import alternates


def private(response: HttpResponse) -> HttpResponse:
    """Keep the address of a page with a signed link from search engines and from whatever is linked to."""
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def answer(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return private(render(request, f"people/{template}.html", context, status=status))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_view(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is to be confirmed; write it down when the button is pressed."""
    try:
        rows = confirm_consent(token) if request.method == "POST" else asked_by(token)
    except LinkExpired:
        return answer(request, "link_expired", {}, status=410)
    context = {
        "names": [purpose_name(row.purpose) for row in rows],
        "wording": rows[0].wording,
        "address": rows[0].email.address,
        "is_done": request.method == "POST",
        "alternates": alternates("consent-confirm", token),
    }
    return answer(request, "confirm", context)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences_view(request: HttpRequest, token: str) -> HttpResponse:
    """Show what somebody gets at an address, and change it."""
    try:
        person, email, is_fresh = whose_preferences(token)
    except LinkExpired:
        return answer(request, "link_expired", {}, status=410)
    said = ""
    if request.method == "POST":
        said = change(person, email, request, is_fresh=is_fresh)
    context = {
        "address": email.address,
        "name": person.name,
        "choices": choices(person, email),
        "said": said,
        "alternates": alternates("preferences", token),
    }
    return answer(request, "preferences", context)


def choices(person: Person, email: EmailAddress) -> list[dict[str, object]]:
    return [
        {
            "purpose": purpose,
            "name": purpose_name(purpose),
            "hint": PURPOSE_HINTS[purpose],
            "is_on": bool(permission(person, email, purpose)),
        }
        for purpose in FREE_PURPOSES
    ]


def change(person: Person, email: EmailAddress, request: HttpRequest, *, is_fresh: bool) -> str:
    """Withdraw what was unticked, agree to what was ticked, and say so in a sentence."""
    wanted = set() if "nothing" in request.POST else set(request.POST.getlist("purpose"))
    page, language = request.path.split("/preferences/")[0] + "/preferences/", translation.get_language()
    unwanted = [each for each in FREE_PURPOSES if each not in wanted]
    if "nothing" not in request.POST:
        unwanted = [each for each in unwanted if last_word(person, email, each) is not None]
    withdraw_consent(person, email, unwanted, page=page, language=language)
    new = [each for each in FREE_PURPOSES if each in wanted and not permission(person, email, each)]
    if new and not is_fresh:
        ask_consent(person, email, new, wording=wording_of(new), page=page, language=language)
        return _("Saved. We sent a mail: what you ticked anew begins when you confirm it there.")
    agree(person, email, new, page=page, language=language)
    return _("Saved.")


def agree(person: Person, email: EmailAddress, purposes: Iterable[str], *, page: str, language: str) -> None:
    for purpose in purposes:
        record_consent(
            person,
            email,
            purpose,
            act=Act.GIVEN,
            wording=wording_of([purpose]),
            page=page,
            language=language,
        )


def wording_of(purposes: Iterable[str]) -> str:
    names = ", ".join(purpose_name(each) for each in purposes)
    return _("Please send me: %(names)s.") % {"names": names}
