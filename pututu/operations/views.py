"""How does a group begin on an empty installation?"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pututu.accounts.models import User
from pututu.operations import first_start
from pututu.operations.forms import FirstStartForm
from pututu.operations.services import found_site

MOST_TRIES = 10
LOCK_SECONDS = 600


@never_cache
@require_http_methods(["GET", "POST"])
def first_start_view(request: HttpRequest) -> HttpResponse:
    """Ask for the group and its first account, found the site, and send its founder to sign in."""
    data = Path(settings.MEDIA_ROOT).parent
    if not first_start.is_open(data):
        return redirect("front-door")
    form = FirstStartForm(request.POST or None)
    if form.is_valid() and _code_fits(form, data):
        _found(form, data)
        messages.success(request, _("The site is yours. Sign in to write its first story."))
        return redirect("account_login")
    return render(request, "operations/first_start.html", {"form": form})


def _code_fits(form: FirstStartForm, data: Path) -> bool:
    """Whether the code is right; after ten wrong ones nobody may try for ten minutes."""
    cache.add("first-start-tries", 0, LOCK_SECONDS)
    if cache.get("first-start-tries", 0) >= MOST_TRIES:
        form.add_error("code", _("Too many wrong codes. Wait ten minutes, or start the site anew."))
        return False
    if first_start.code_is_right(data, form.cleaned_data["code"]):
        return True
    cache.incr("first-start-tries")
    form.add_error("code", _("This is not the code that the terminal shows."))
    return False


@transaction.atomic
def _found(form: FirstStartForm, data: Path) -> None:
    address = urlsplit(settings.BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    found_site(form.group(), host=address.hostname or "localhost", port=port)
    facts = form.cleaned_data
    User.objects.create_superuser(facts["staff_email"], facts["password"], name=facts["staff_name"])
    if not first_start.close(data):
        raise Http404  # somebody else was faster; the transaction takes all of this back
