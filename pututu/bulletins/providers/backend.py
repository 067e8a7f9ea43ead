"""How is a mail handed to a Django mail backend: a provider through django-anymail, the terminal, the outbox?

Providers answer over HTTP. What their answer means is kept as if a mail server had said it: accepted, not now, never.
An answer that says something of us, such as a wrong key, is none to the mail: it waits. Whoever opens or follows a link
is reported by nobody: that is switched off for each mail.
"""

from __future__ import annotations

from email.utils import formataddr
from typing import Any

from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from requests.exceptions import ConnectionError as NoConnection
from requests.exceptions import ConnectTimeout
from urllib3.exceptions import NewConnectionError

from pututu.bulletins.providers.contract import NobodyKnows, Unreachable
from pututu.bulletins.rules.ledger import Answer
from pututu.bulletins.rules.mail import Mail

ACCEPTED, NOT_NOW, NEVER = 250, 451, 550
REFUSING = {"rejected", "invalid", "failed"}  # anymail's words for one to whom the provider won't write
ABOUT_US = {401, 402, 403, 404}  # a wrong key, an unpaid bill, a domain that is not ours there
ABOUT_US_AT_POSTMARK = {10, 400, 401, 405, 412, 413}  # the sender is not confirmed, the account is closed
LATER = {429, 500, 503}  # of 502 and 504, which something in between answers, nobody knows whether it went


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
            self.connection.open()
            number = self.connection.send_messages([message])
        except AnymailRecipientsRefused:
            return _status_of(message, 0)
        except ValueError:
            raise
        except Exception as failure:
            return _answer_of(failure)
        return _status_of(message, number)


def message_for(mail: Mail) -> EmailMultiAlternatives:
    """The mail as Django's backends take it. Postmark gives it another name, unless it is asked not to."""
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        formataddr((mail.sender.display_name, mail.sender.addr_spec)),
        [formataddr((mail.to.display_name, mail.to.addr_spec))],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated", **dict(mail.headers)},
    )
    message.attach_alternative(mail.html, "text/html")
    if settings.EMAIL_BACKEND.startswith("anymail."):
        _tell_the_provider(message, mail)
    return message


def _tell_the_provider(message: Any, mail: Mail) -> None:
    """What anymail reads: what the provider gives back to us with each of its messages, and that it follows nobody.

    Neither Postmark nor Mailgun lets a mail choose where it returns to: they tell of returned mail by messages.
    """
    message.metadata = {"mail": mail.message_id.strip("<>")}
    message.track_opens = message.track_clicks = False
    if "postmark" in settings.EMAIL_BACKEND:
        message.extra_headers["X-PM-KeepID"] = "true"
        stream = getattr(settings, "BULLETINS_STREAM", "")
        message.esp_extra = {"MessageStream": stream} if stream else {}


def _status_of(message: EmailMultiAlternatives, number: int | None) -> Answer:
    status = getattr(message, "anymail_status", None)
    if status is None:
        return Answer(ACCEPTED if number else NOT_NOW, "")
    words = ", ".join(sorted(each or "" for each in status.status or ()))
    code = NEVER if status.status and status.status <= REFUSING else ACCEPTED
    return Answer(code, words, str(status.message_id or ""))


def _answer_of(failure: Exception) -> Answer:
    """What a provider's error means. One without a clear answer leaves it open whether the mail went."""
    code = getattr(failure, "status_code", None)
    said = _said_by(failure)
    if _was_never_reached(failure):
        raise Unreachable(f"Mail can't be handed over: {type(failure).__name__}.") from failure
    if code in ABOUT_US or (code == 422 and said.get("ErrorCode") in ABOUT_US_AT_POSTMARK):
        raise Unreachable(f"The provider takes nothing from us: it answers {code}.") from failure
    words = f"{code} {said.get('Message') or said.get('message') or ''}".strip()
    if code in LATER:
        return Answer(NOT_NOW, words)
    if code is None or not 400 <= code < 500:
        raise NobodyKnows(
            f"The provider gave no clear answer: {code or type(failure).__name__}."
        ) from failure
    return Answer(NEVER, words)


def _was_never_reached(failure: Exception) -> bool:
    """Whether there was no connection at all, so that nothing was handed over."""
    if isinstance(failure, ConnectionRefusedError | ConnectTimeout):
        return True
    if not isinstance(failure, NoConnection):
        return False
    cause = failure.__cause__
    inner = cause.args[0] if cause is not None and cause.args else None
    return isinstance(getattr(inner, "reason", None), NewConnectionError)


def _said_by(failure: Exception) -> dict[str, Any]:
    response = failure.response if isinstance(failure, AnymailAPIError) else None
    try:
        said = response.json() if response is not None else {}
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
