"""Has somebody who enters the staff screens shown a second factor?"""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from pututu.accounts.rules import needs_second_factor

STAFF_PREFIX = "/admin/"


class SecondFactorMiddleware:
    """Sends staff without a second factor to the page where they set one up.

    allauth asks for the factor at each sign-in once there is one, but leaves it to the site whether there must be.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(STAFF_PREFIX) and self._is_missing(request):
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)

    def _is_missing(self, request: HttpRequest) -> bool:
        user = request.user
        if not user.is_authenticated or settings.IS_DEMO:
            return False
        may_enter = user.has_perm("wagtailadmin.access_admin")
        return needs_second_factor(is_demo=False, may_enter=may_enter, has_factor=is_mfa_enabled(user))
