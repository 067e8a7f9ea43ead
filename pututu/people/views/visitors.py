"""Who is it that fills in a public form: from where, in which language, and where do they go on?"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

TOO_MANY = 429
SEE_OTHER = 303


def own_language() -> str:
    return translation.get_language() or settings.LANGUAGE_CODE


def alternates(name: str, *args: Any) -> dict[str, str]:
    """The address of the same page in each language."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = reverse(name, args=args)
    return found


def place_of(request: HttpRequest) -> str:
    """The network address that a request came from, behind the proxies that there are."""
    return str(get_adapter().get_client_ip(request))


def see_other(url: str) -> HttpResponseRedirect:
    response = HttpResponseRedirect(url)
    response.status_code = SEE_OTHER
    return response
