"""How does mail leave the house?"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

PLAIN = "django.core.mail.backends.smtp.EmailBackend"
SIGNED = "pututu.bulletins.providers.signing.SignedSmtp"


def mail(url: str, *, sender: str, outbox: Path | None = None, is_signed: bool = False) -> dict[str, Any]:
    """Return Django's mail settings for ``smtp://user:password@host:port?tls=true``.

    Without a URL mail is kept in the folder ``outbox``, and without one of those it is printed.
    """
    settings: dict[str, Any] = {"DEFAULT_FROM_EMAIL": sender, "SERVER_EMAIL": sender}
    if not url and outbox:
        return settings | {"EMAIL_BACKEND": "pututu.operations.outbox.backend.Outbox", "OUTBOX": str(outbox)}
    if not url:
        return settings | {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
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
