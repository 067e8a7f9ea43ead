"""What does a payer see of the demonstration provider, and where do providers send their messages?"""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from pututu.giving.models import DemonstrationPayment
from pututu.giving.providers import NobodyTakesIt
from pututu.giving.providers.contract import BadSignature
from pututu.giving.providers.demonstration import DEMONSTRATION, choices_for, decide, message_about
from pututu.giving.services.events import handle, keep_messages

MOST_BYTES = 1024 * 1024
AT_ONCE = 5  # more wait for the reconciliation: a provider that waits for our answer sends it all again


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demonstration(request: HttpRequest, reference: str) -> HttpResponse:
    """Look like a provider's page where one pays; marked as a demonstration, with a choice of what shall happen."""
    remote = DemonstrationPayment.objects.filter(reference=reference).first() if settings.IS_DEMO else None
    if remote is None:
        raise Http404
    if request.method == "POST":
        choice = request.POST.get("choice", "")
        if choice in choices_for(remote):
            return _decided(request, remote, choice)
    open_ = remote.state == DemonstrationPayment.State.OPEN
    context = {"remote": remote, "choices": choices_for(remote), "is_open": open_}
    return render(request, "giving/demonstration.html", context)


def _decided(request: HttpRequest, remote: DemonstrationPayment, choice: str) -> HttpResponse:
    """Do what the payer chose, send the message of it on the way that real ones come, and bring the payer back."""
    was_open = remote.state == DemonstrationPayment.State.OPEN
    found = decide(remote.reference, choice, now=timezone.now()) or remote
    if was_open:
        _take(DEMONSTRATION.slug, *message_about(found))
    safe = url_has_allowed_host_and_scheme(found.return_url, allowed_hosts={request.get_host()})
    answer = HttpResponse(status=303)
    answer["Location"] = found.return_url if safe else "/"
    return answer


@csrf_exempt
@require_POST
def messages_of(request: HttpRequest, slug: str) -> HttpResponse:
    """Take what a provider sends: keep it, act on a few, answer; 400 for a wrong signature or provider."""
    if len(request.body) > MOST_BYTES:
        return HttpResponse(status=413)
    try:
        _take(slug, request.body, dict(request.headers))
    except (NobodyTakesIt, BadSignature):
        return HttpResponseBadRequest()
    return HttpResponse(status=204)


def _take(slug: str, body: bytes, headers: dict[str, str]) -> None:
    for event in keep_messages(slug, body, headers)[:AT_ONCE]:
        handle(event)
