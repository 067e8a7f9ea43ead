"""Who may open which screen of money?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.admin.auth import require_admin_access

from pututu.people.models import AccessRecord
from pututu.people.services.access import note_look

View = Callable[..., HttpResponseBase]


def needs(permission: str) -> Callable[[View], View]:
    """Let only those in who have ``giving.<permission>``."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.has_perm(f"giving.{permission}"):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return require_admin_access(guarded)

    return guard


def looked_through(request: HttpRequest, what: str) -> None:
    """Note that somebody looked through a list of people's money."""
    note_look(AccessRecord.Act.LISTED, by=request.user, detail=what)


def back(request: HttpRequest, otherwise: str, *args: Any) -> HttpResponse:
    """Return to where the form says it came from, if that is of this site, else to a screen of ours."""
    after = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(after, allowed_hosts={request.get_host()}):
        return redirect(after)
    return redirect(otherwise, *args)


def errors_in_words(form: Form) -> str:
    return " ".join(str(error) for errors in form.errors.values() for error in errors)
