"""What do the years look like, to whoever keeps the membership?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_required

from pututu.membership.services.figures import overview


@require_safe
@permission_required("membership.view_membership")
def figures(request: HttpRequest) -> HttpResponse:
    """Show members over time, who came and went, who stayed, and what came in. Nobody is named."""
    found = overview(today=timezone.localdate())
    return render(request, "membership/admin/figures.html", {"overview": found})
