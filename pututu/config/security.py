"""What may a page of the staff screens load and run?

The strict policy of the settings holds for every page that readers see. Wagtail's own screens still set styles and a
few scripts inline, so they get a policy of their own, which loads nothing from elsewhere either.
"""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse

STAFF_PREFIX = "/admin/"
ACCOUNTS_PREFIX = "/accounts/"
ACCOUNTS_ADDITION = {"img-src": ["data:"]}  # the picture that an authenticator app scans
STAFF_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "media-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "worker-src": [SELF, "blob:"],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
    "object-src": [NONE],
}


class StaffScreensPolicyMiddleware:
    """Hands the staff screens' own policy to django-csp, which writes the header, and lets them frame themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(STAFF_PREFIX):
            # A preview is made by an inner request for the page, which set the readers' policy already.
            response.headers.pop("Content-Security-Policy", None)
            response._csp_replace = STAFF_POLICY  # type: ignore[attr-defined]  # django-csp's own name
            response["X-Frame-Options"] = "SAMEORIGIN"  # the editor frames its preview
        elif request.path.startswith(ACCOUNTS_PREFIX):
            response._csp_update = ACCOUNTS_ADDITION  # type: ignore[attr-defined]  # the same
        return response
