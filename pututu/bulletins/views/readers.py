"""How do readers leave, or change what they get, from a link in a mail?

The signed link is the proof: nobody signs in and no cookie is set, so no token against forgery is asked for. A GET
changes nothing, whatever a mail scanner opens; the one-click address of RFC 8058 acts on POST alone.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from pututu.bulletins.forms import ChoicesForm
from pututu.bulletins.models import Choice, Delivery
from pututu.bulletins.services.choosing import NobodyThere, choice_for, choose, leave_series, reader_of
from pututu.bulletins.services.subscribing import ask_for_series
from pututu.people.services.asking import preferences_url
from pututu.people.views.visitors import alternates, own_language

PAGE = "bulletin"


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one_click(request: HttpRequest, token: str) -> HttpResponse:
    """Leave the series at once where a mail program asks by POST (RFC 8058); show the page where a person comes."""
    if request.method != "POST":
        return leave(request, token)
    try:
        delivery, person, email = reader_of(token)
    except NobodyThere:
        return HttpResponse(
            status=200
        )  # whoever is gone gets nothing more; a mail program can't do anything else
    leave_series(person, email, delivery.issue.series, page="one-click", language=delivery.language)
    return HttpResponse(status=200)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether somebody wants to leave, and why; take them off when they say so."""
    try:
        delivery, person, email = reader_of(token)
    except NobodyThere:
        return _answer(request, "gone", {}, status=410)
    if request.method == "POST":
        why = request.POST.get("why", "")
        leave_series(
            person, email, delivery.issue.series, page=PAGE, why=why, language=translation.get_language()
        )
    return _answer(
        request, "leave", _about(delivery, "bulletin-leave", token, is_done=request.method == "POST")
    )


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest, token: str) -> HttpResponse:
    """Show what somebody chose of a series, and change it."""
    try:
        delivery, person, email = reader_of(token)
    except NobodyThere:
        return _answer(request, "gone", {}, status=410)
    series = delivery.issue.series
    kept = choice_for(person, email, series)
    if request.method == "POST" and "again" in request.POST:
        _ask_again(delivery, kept)
        return _answer(request, "asked", {"alternates": alternates("bulletins-asked")})
    form = ChoicesForm(request.POST or None, initial=ChoicesForm.chosen(kept), series=series)
    is_saved = request.method == "POST" and form.is_valid()
    if is_saved:
        wanted = form.cleaned_data
        kept = choose(
            person,
            email,
            series,
            languages=wanted["languages"],
            topics=wanted["topics"],
            paused_until=form.paused_until(timezone.localdate()),
        )
    context = {
        "form": form,
        "chosen": ChoicesForm.chosen(kept),
        "choice": kept,
        "is_saved": is_saved,
        "preferences": preferences_url(person, email),
    }
    return _answer(request, "choices", context | _about(delivery, "bulletin-choices", token))


def _ask_again(delivery: Delivery, kept: Choice) -> None:
    """Ask by a letter whether somebody who left wants the series again: the link of an old mail is not enough."""
    ask_for_series(
        kept.person,
        kept.email,
        [delivery.issue.series],
        languages=kept.languages,
        topics=[topic.slug for topic in kept.topics.all()] if kept.pk else [],
        page=reverse("bulletins"),
        language=own_language(),
    )


def _about(delivery: Delivery, name: str, token: str, **more: Any) -> dict[str, Any]:
    series = delivery.issue.series
    return {
        "series": series.wording(translation.get_language() or "en"),
        "address": delivery.email.address if delivery.email else "",
        "token": token,
        "alternates": {language: _in(language, name, token) for language in series.languages},
        **more,
    }


def _in(language: str, name: str, token: str) -> str:
    with translation.override(language):
        return reverse(name, args=[token])


def _answer(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    response = render(request, f"bulletins/{template}.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
