"""How does mail leave the house?"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

EUROPE = "https://api.eu.mailgun.net/v3"
NO_TRACKING = {"SEND_DEFAULTS": {"track_opens": False, "track_clicks": False}, "REQUESTS_TIMEOUT": 20}
WEBHOOK_USER = "pututu"


def _postmark(parts: SplitResult, options: dict[str, str], secret: str) -> dict[str, Any]:
    """Postmark signs no messages: whoever sends them must name a user and a password."""
    known = {"POSTMARK_SERVER_TOKEN": unquote(parts.username or "")}
    known |= {"WEBHOOK_SECRET": f"{WEBHOOK_USER}:{secret}"} if secret else {}
    return {
        "EMAIL_BACKEND": "anymail.backends.postmark.EmailBackend",
        "ANYMAIL": NO_TRACKING | known,
        "BULLETINS_STREAM": options.get("stream", ""),
    }


def _mailgun(parts: SplitResult, options: dict[str, str], secret: str) -> dict[str, Any]:
    known = {"MAILGUN_API_KEY": unquote(parts.username or ""), "MAILGUN_SENDER_DOMAIN": parts.hostname}
    known |= {"MAILGUN_WEBHOOK_SIGNING_KEY": secret} if secret else {}
    known |= {"MAILGUN_API_URL": EUROPE} if options.get("region") == "eu" else {}
    return {"EMAIL_BACKEND": "anymail.backends.mailgun.EmailBackend", "ANYMAIL": NO_TRACKING | known}


PROVIDERS = {"postmark": _postmark, "mailgun": _mailgun}
PLAIN = "django.core.mail.backends.smtp.EmailBackend"
SIGNED = "pututu.bulletins.providers.signing.SignedSmtp"


def mail(
    url: str,
    *,
    sender: str,
    outbox: Path | None = None,
    is_signed: bool = False,
    webhook_secret: str = "",
) -> dict[str, Any]:
    """Return Django's mail settings for ``smtp://user:password@host:port?tls=true``, or of a provider.

    Without a URL mail is kept in the folder ``outbox``, and without one of those it is printed.
    """
    settings: dict[str, Any] = {"DEFAULT_FROM_EMAIL": sender, "SERVER_EMAIL": sender, "BULLETINS_STREAM": ""}
    if not url and outbox:
        return settings | {"EMAIL_BACKEND": "pututu.operations.outbox.backend.Outbox", "OUTBOX": str(outbox)}
    if not url:
        return settings | {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    if parts.scheme in PROVIDERS:
        return settings | PROVIDERS[parts.scheme](parts, options, webhook_secret)
    return settings | {
        "EMAIL_BACKEND": SIGNED if is_signed else PLAIN,
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or 587,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": options.get("tls", "true") == "true" and parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }
