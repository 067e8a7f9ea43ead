"""What do providers tell of our mails, and is it they who tell it?"""

from __future__ import annotations

from typing import Any

from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from pututu.bulletins.services.messages import take_message

READERS = {
    "postmark": (PostmarkTrackingWebhookView, "WEBHOOK_SECRET"),
    "mailgun": (MailgunTrackingWebhookView, "MAILGUN_WEBHOOK_SIGNING_KEY"),
}


@csrf_exempt
@never_cache
@require_http_methods(["HEAD", "POST"])
def provider_message(request: HttpRequest, provider: str) -> HttpResponse:
    """Take one message. Without a secret nobody could say from whom it is: then none is taken."""
    view, secret = READERS.get(provider, (None, ""))
    if view is None or not getattr(settings, "ANYMAIL", {}).get(secret):
        return HttpResponse(status=403)  # not 404, for which a page in some language would be looked for
    if request.method == "HEAD":
        return HttpResponse()
    reader = view()
    try:
        reader.run_validators(request)
    except AnymailWebhookValidationFailure:
        return HttpResponse(status=403)
    take_message(provider, request.body, _events(reader, request))
    return HttpResponse()


def _events(reader: Any, request: HttpRequest) -> list[Any] | None:
    """What the message says, or None where nobody can read it: it is kept all the same."""
    try:
        return list(reader.parse_events(request))
    except Exception:  # a stranger wrote it, if one who knows the secret
        return None
