"""How does a letter to a member leave the house? As all letters do (``people.services.mail``), with words of ours."""

from __future__ import annotations

from typing import Any

from django.core.mail import EmailMultiAlternatives

from pututu.people.services import mail
from pututu.people.services.mail import absolute, drain

__all__ = ["absolute", "compose", "drain", "post"]


def post(to: str, letter: str, *, language: str, **words: Any) -> None:
    """Send ``membership/mail/<letter>.txt`` once the transaction is committed."""
    mail.post(to, f"membership/mail/{letter}.txt", language=language, **words)


def compose(to: str, letter: str, *, language: str, **words: Any) -> EmailMultiAlternatives:
    """Return ``membership/mail/<letter>.txt`` in ``language``, as plain text and as simple HTML."""
    return mail.compose(to, f"membership/mail/{letter}.txt", language=language, **words)
