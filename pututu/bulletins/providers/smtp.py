"""How is a mail handed to a mail server?

With the standard library's SMTP client, step by step, because the answer to each step is kept: whether nothing was
handed over, or nobody knows, decides between trying again and asking a person. Sources: RFC 5321 (SMTP), RFC 6152
(8BITMIME), RFC 6531 (SMTPUTF8).
"""

from __future__ import annotations

import contextlib
import smtplib
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass

from pututu.bulletins.providers.contract import NobodyKnows, Unreachable
from pututu.bulletins.providers.writing import needs_utf8, written
from pututu.bulletins.rules.ledger import Answer
from pututu.bulletins.rules.mail import Mail
from pututu.lib.dkim import KeyUnusable, Signer

CLOSING = 421
NOT_POSSIBLE = 550


@dataclass(frozen=True, slots=True)
class Server:
    """Where the mail server is. ``seconds`` is how long any answer may take."""

    host: str
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False
    seconds: float = 20


class Smtp:
    """One connection to a mail server, kept for many mails, and opened anew when it broke."""

    def __init__(self, server: Server, signer: Callable[[], Signer | None] = lambda: None) -> None:
        self.server, self._signer = server, signer
        self._client: smtplib.SMTP | None = None

    def open(self) -> None:
        self._sign_by()
        self._connected()

    def close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                client.quit()

    def hand_over(self, mail: Mail) -> Answer:
        client = self._connected()
        utf8 = needs_utf8(mail)
        if utf8 and not client.has_extn("smtputf8"):
            return Answer(
                NOT_POSSIBLE, "Our mail server can't write to addresses with such letters (SMTPUTF8)."
            )
        signer = self._sign_by()
        letter = written(mail)
        if signer:
            letter = signer.signed(letter, at=int(time.time()))
        refused = self._addressed(client, mail, utf8=utf8)
        return refused or self._given(client, letter)

    def _sign_by(self) -> Signer | None:
        """Who signs, if anybody shall. Without a key that can be used nothing goes: never unsigned in silence."""
        try:
            return self._signer()
        except KeyUnusable as problem:
            raise Unreachable(str(problem)) from problem

    def _connected(self) -> smtplib.SMTP:
        if self._client is not None:
            return self._client
        try:
            self._client = self._connect()
        except (OSError, smtplib.SMTPException) as failure:
            raise Unreachable(f"The mail server can't be reached: {type(failure).__name__}.") from failure
        return self._client

    def _connect(self) -> smtplib.SMTP:
        server, context = self.server, ssl.create_default_context()
        if server.tls:
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.seconds, context=context
            )
        else:
            client = smtplib.SMTP(server.host, server.port, timeout=server.seconds)
        if server.starttls:
            client.starttls(context=context)
        client.ehlo_or_helo_if_needed()
        if server.user:
            client.login(server.user, server.password)
        return client

    def _addressed(self, client: smtplib.SMTP, mail: Mail, *, utf8: bool) -> Answer | None:
        """Say from whom and to whom; return the refusal, if there is one. Nothing is handed over yet."""
        options = ["smtputf8", "body=8bitmime"] if utf8 else []
        try:
            for code, words in (
                client.mail(mail.returns_to or mail.sender.addr_spec, options),
                client.rcpt(mail.to.addr_spec),
            ):
                if not 200 <= code < 300:
                    return self._refused(client, code, words)
        except (OSError, smtplib.SMTPException) as failure:
            self.close()
            raise Unreachable(f"The line to the mail server broke: {type(failure).__name__}.") from failure
        return None

    def _given(self, client: smtplib.SMTP, letter: bytes) -> Answer:
        """Hand the letter over. After the first byte a broken line leaves it open whether it went."""
        try:
            code, words = client.data(letter)
        except smtplib.SMTPDataError as refusal:
            return self._refused(client, refusal.smtp_code, _bytes(refusal.smtp_error))
        except (OSError, smtplib.SMTPException) as failure:
            self.close()
            raise NobodyKnows(f"The line broke before the answer: {type(failure).__name__}.") from failure
        return Answer(code, _readable(words))

    def _refused(self, client: smtplib.SMTP, code: int, words: bytes) -> Answer:
        """Begin anew on the same line, or on a new one where the server closes it."""
        if code == CLOSING:
            self.close()
        else:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                client.rset()
        return Answer(code, _readable(words))


def _bytes(words: bytes | str) -> bytes:
    return words.encode() if isinstance(words, str) else words


def _readable(words: bytes) -> str:
    return words.decode("utf-8", "replace").replace("\n", " ")[:300]
