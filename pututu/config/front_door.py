"""Where does somebody go who gives no more than the site's name?"""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language_from_request
from django.views.decorators.vary import vary_on_headers

from pututu.shell.rendering import surroundings


@vary_on_headers("Accept-Language")
def front_door(request: HttpRequest) -> HttpResponse:
    """Send a reader to the front page in the language that the browser asks for, else in the site's own."""
    homes = surroundings(page=None).homes
    if not homes:
        return HttpResponseRedirect(reverse("first-start"))
    wanted = get_language_from_request(request)
    home = next((each for each in homes if each.language == wanted), homes[0])
    return HttpResponseRedirect(home.url)


def staff_sign_in(request: HttpRequest) -> HttpResponse:
    """Send staff to the one sign-in there is; Wagtail's own would pass by the second factor."""
    after = request.GET.get("next", "")
    query = f"?{urlencode({'next': after})}" if after else ""
    return HttpResponseRedirect(reverse(settings.LOGIN_URL) + query)
