"""Who takes our mails here?"""

from __future__ import annotations

from django.conf import settings

from pututu.bulletins.providers.backend import Backend
from pututu.bulletins.providers.contract import Channel
from pututu.bulletins.providers.signing import signer
from pututu.bulletins.providers.smtp import Server, Smtp

SMTP_BACKENDS = {
    "django.core.mail.backends.smtp.EmailBackend",
    "pututu.bulletins.providers.signing.SignedSmtp",
}


def channel() -> Channel:
    """A new connection to whoever takes this installation's mails."""
    if settings.EMAIL_BACKEND not in SMTP_BACKENDS:
        return Backend()
    return Smtp(
        Server(
            settings.EMAIL_HOST,
            settings.EMAIL_PORT,
            user=settings.EMAIL_HOST_USER,
            password=settings.EMAIL_HOST_PASSWORD,
            starttls=settings.EMAIL_USE_TLS,
            tls=settings.EMAIL_USE_SSL,
            seconds=settings.EMAIL_TIMEOUT or 20,
        ),
        signer,
    )
