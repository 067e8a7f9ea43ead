"""How is a mail handed to a Django mail backend: a provider through django-anymail, the terminal, the outbox?

Providers answer over HTTP. What their answer means is kept as if a mail server had said it: accepted, not now, never.
"""

from __future__ import annotations

from email.utils import formataddr
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection

from pututu.bulletins.providers.contract import NobodyKnows, Unreachable
from pututu.bulletins.rules.ledger import Answer
from pututu.bulletins.rules.mail import Mail

ACCEPTED, NOT_NOW, NEVER = 250, 451, 550
REFUSING = {
    "rejected",
    "invalid",
    "failed",
}  # anymail's words for a recipient that the provider won't write to


class Backend:
    """Django's mail backend of this installation, or the one that is given."""

    def __init__(self, connection: Any = None) -> None:
        self.connection = connection or get_connection()

    def open(self) -> None:
        try:
            self.connection.open()
        except OSError as failure:
            raise Unreachable(f"Mail can't be handed over: {type(failure).__name__}.") from failure

    def close(self) -> None:
        try:
            self.connection.close()
        except OSError:
            return

    def hand_over(self, mail: Mail) -> Answer:
        message = message_for(mail)
        try:
            number = self.connection.send_messages([message])
        except ValueError:
            raise
        except ConnectionRefusedError as failure:
            raise Unreachable(f"Mail can't be handed over: {type(failure).__name__}.") from failure
        except Exception as failure:
            return _answer_of(failure)
        return _status_of(message, number)


def message_for(mail: Mail) -> EmailMultiAlternatives:
    """The mail as Django's backends take it."""
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        formataddr((mail.sender.display_name, mail.sender.addr_spec)),
        [formataddr((mail.to.display_name, mail.to.addr_spec))],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated", **dict(mail.headers)},
    )
    message.attach_alternative(mail.html, "text/html")
    return message


def _status_of(message: EmailMultiAlternatives, number: int | None) -> Answer:
    status = getattr(message, "anymail_status", None)
    if status is None:
        return Answer(ACCEPTED if number else NOT_NOW, "")
    words = ", ".join(sorted(status.status or ()))
    code = NEVER if status.status and status.status <= REFUSING else ACCEPTED
    return Answer(code, words, str(status.message_id or ""))


def _answer_of(failure: Exception) -> Answer:
    """What a provider's error means. One without an answer leaves it open whether the mail went."""
    code = getattr(failure, "status_code", None)
    if code is None or code >= 500:
        raise NobodyKnows(f"The provider gave no clear answer: {type(failure).__name__}.") from failure
    words = f"{type(failure).__name__} {code}"
    return Answer(NOT_NOW if code == 429 else NEVER, words)
