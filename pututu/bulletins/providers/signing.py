"""With what is mail signed that leaves by SMTP, bulletins and all other?

Where signing is asked for (``DKIM_KEY``), a key that can't be used stops the mail: it never goes unsigned in silence.
"""

from __future__ import annotations

import smtplib
import time
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from pututu.lib.dkim import Signer, read_signer


def signer() -> Signer | None:
    """Who signs, or None where signing is not asked for. Raises KeyUnusable."""
    if not settings.DKIM_KEY:
        return None
    return _kept(settings.DKIM_KEY, settings.DKIM_SELECTOR, settings.DKIM_DOMAIN)


@lru_cache(maxsize=4)
def _kept(path: str, selector: str, domain: str) -> Signer:
    """Read once: to read and prove a key takes longer than to sign with it. A new key needs a new start."""
    return read_signer(Path(path), selector=selector, domain=domain)


class SignedSmtp(EmailBackend):
    """Django's own way by SMTP, for letters and all that are no bulletins; each mail is signed. Raises KeyUnusable."""

    def _send(self, email_message: EmailMessage) -> bool:
        who = signer()
        recipients = email_message.recipients()
        if not recipients or who is None or self.connection is None:
            return bool(super()._send(email_message))  # type: ignore[misc]  # the stubs leave it out
        encoding = email_message.encoding or settings.DEFAULT_CHARSET
        letter = email_message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's own
        try:
            self.connection.sendmail(
                sanitize_address(email_message.from_email, encoding),
                [sanitize_address(each, encoding) for each in recipients],
                who.signed(letter, at=int(time.time())),
            )
        except smtplib.SMTPException:
            if not self.fail_silently:
                raise
            return False
        return True
