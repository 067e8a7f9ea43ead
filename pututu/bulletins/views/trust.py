"""Is our sender trusted?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pututu.bulletins.rendering.trust import told
from pututu.bulletins.services.trusting import look_at_senders
from pututu.bulletins.views.access import needs


@needs("view_issue")
@never_cache
@require_safe
def sender(request: HttpRequest) -> HttpResponse:
    """What the DNS says of each domain in whose name we write; asked now, for some seconds at most."""
    looked = [
        {"domain": each.domain, "found": [told(found) for found in each.found]} for each in look_at_senders()
    ]
    context = {"title": _("Is our sender trusted?"), "looked": looked}
    return render(request, "bulletins/admin/sender.html", context)
