"""By whose clock do staff read and set hours?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.users.models import UserProfile

from pututu.shell.models import SiteSettings

STAFF_PREFIX = "/admin/"


class GroupsClockMiddleware:
    """Lets the staff screens go by the group's time zone, unless an account has chosen one of its own.

    Wagtail asks the account's profile for the zone and falls back on the server's, which is no one's: UTC.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(STAFF_PREFIX) and request.user.is_authenticated:
            go_by_the_group(request.user)
        return self.get_response(request)


def go_by_the_group(user: Any) -> None:
    """Give ``user``, for this request only, a profile with the group's zone where it has none of its own.

    Wagtail fetches the profile anew wherever it saves it, so the group's zone never becomes the account's.
    """
    profile = UserProfile.get_for_user(user)
    profile.current_time_zone = profile.current_time_zone or SiteSettings.load().time_zone
    user.wagtail_userprofile = profile
