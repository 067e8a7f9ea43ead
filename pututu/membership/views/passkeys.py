"""How does a member sign in by a passkey, and keep theirs?

A script of ours carries what is asked to the device and its answer back; without one the mailed link stands.
"""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from pututu.membership.services import passkeys as acts
from pututu.membership.services.limits import PASSKEYS_FROM_ONE_PLACE
from pututu.membership.views.own_page import person_of
from pututu.membership.views.session import Member, begin_session_of, for_members
from pututu.people.services.limits import may_try
from pututu.people.views.visitors import TOO_MANY, place_of, see_other
from pututu.shell.models import SiteSettings

STATE = "member-passkey"
LONGEST = 20_000


def _site(request: HttpRequest) -> acts.Site:
    host = request.get_host()
    return acts.Site(SiteSettings.load().name, host.rpartition(":")[0] or host, f"{request.scheme}://{host}")


def _read(request: HttpRequest) -> dict[str, Any]:
    """What the script sent; nothing for what is no JSON object, or too long to be one of ours."""
    try:
        said = json.loads(request.body) if len(request.body) <= LONGEST else {}
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _refused(status: int = 400) -> JsonResponse:
    """The same words for every reason."""
    return JsonResponse({"error": _("That did not work. The link by e-mail does.")}, status=status)


def _may_sign_in(request: HttpRequest) -> bool:
    """Whether the request is a page's of ours; who signs in has no rights yet and carries no token against forgery."""
    return request.headers.get("Origin") == _site(request).origin


@csrf_exempt
@never_cache
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Say what a device is asked: the same for everybody."""
    if not _may_sign_in(request):
        return _refused(403)
    if not may_try(PASSKEYS_FROM_ONE_PLACE, place_of(request), at=timezone.now()):
        return _refused(TOO_MANY)
    return JsonResponse(acts.ask_to_sign_in(_site(request), at=timezone.now()))


@csrf_exempt
@never_cache
@require_POST
def come_in(request: HttpRequest) -> HttpResponse:
    """Take the device's answer and let its owner in."""
    if not _may_sign_in(request):
        return _refused(403)
    try:
        person = acts.sign_in_by(_read(request).get("credential"), _site(request), at=timezone.now())
    except acts.NotAccepted:
        return _refused()
    return JsonResponse({"go_to": reverse("me")}) if begin_session_of(request, person) else _refused()


# --- one's own


@require_POST
@for_members
def ask_for_new(request: HttpRequest, member: Member) -> HttpResponse:
    """Say what a device is asked that makes a passkey for this member."""
    asked, state = acts.ask_for_new(person_of(member), _site(request), at=timezone.now())
    request.session[STATE] = state
    return JsonResponse(asked)


@require_POST
@for_members
def add(request: HttpRequest, member: Member) -> HttpResponse:
    """Keep what the device made; what it was asked can be answered once."""
    state, said = request.session.pop(STATE, None), _read(request)
    if not state:
        return _refused()
    try:
        acts.add_passkey(
            person_of(member),
            _site(request),
            state,
            said.get("credential"),
            name=str(said.get("name", "")),
            at=timezone.now(),
        )
    except acts.NotAccepted:
        return _refused()
    return JsonResponse({"go_to": f"{reverse('me')}#passkeys"})


@require_POST
@for_members
def change(request: HttpRequest, member: Member, number: int) -> HttpResponse:
    """Name one anew, or take it out."""
    if request.POST.get("act") == "remove":
        acts.remove_passkey(person_of(member), number)
    else:
        acts.rename_passkey(person_of(member), number, request.POST.get("name", ""))
    return see_other(f"{reverse('me')}#passkeys")
