"""Who answers somebody who asks for an address of the old site?

Nothing is looked up unless nothing else answers: one question, and only after a "not found". The front door answers
every query ("/?p=12"), so there a query is looked up first.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import translation

from pututu.rescue.bringing.answering import Answer, answer_for

FRONT_DOORS = frozenset({"/", *(f"/{code}/" for code, _name in settings.LANGUAGES)})


class OldAddressesMiddleware:
    """Lead from old addresses to new ones for good (301), or say that and why a page is gone (410)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path in FRONT_DOORS and request.META.get("QUERY_STRING"):
            return self._old(request) or self.get_response(request)
        response = self.get_response(request)
        return (self._old(request) or response) if response.status_code == 404 else response

    def _old(self, request: HttpRequest) -> HttpResponse | None:
        if request.method not in ("GET", "HEAD"):
            return None
        answer = answer_for(request.get_full_path(), host=request.META.get("HTTP_HOST", ""))
        if answer.url:
            return HttpResponsePermanentRedirect(_in_one_step(request, answer))
        return _gone(request, answer.gone) if answer.gone else None


def _in_one_step(request: HttpRequest, answer: Answer) -> str:
    """Who asks by the old site's name, where that is not the new one's, is led to the new one at once."""
    is_own = request.META.get("HTTP_HOST", "") == urlsplit(settings.BASE_URL).netloc
    is_elsewhere = answer.is_by_old_name and not is_own and answer.url.startswith("/")
    return settings.BASE_URL.rstrip("/") + answer.url if is_elsewhere else answer.url


def _gone(request: HttpRequest, reason: str) -> HttpResponse:
    language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    with translation.override(language):
        return render(request, "rescue/gone.html", {"reason": reason, "alternates": {}}, status=410)
