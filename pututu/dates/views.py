"""What does a date mean that somebody is typing?"""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET
from wagtail.admin.auth import require_admin_access

from pututu.dates.widgets import meaning


@require_GET
@require_admin_access
def meaning_view(request: HttpRequest) -> JsonResponse:
    """Answer ``?text=…`` with the EDTF and the words that it stands for, or with the reason why it is refused."""
    return JsonResponse(meaning(request.GET.get("text", "")))
