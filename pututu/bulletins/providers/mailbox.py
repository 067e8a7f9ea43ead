"""How are mails fetched from a mailbox, so that none is lost?

IMAP (RFC 3501, RFC 4315), by the standard library. A mail is taken out of the mailbox by its own number, and only after
whoever asked for it says that it was kept.
"""

from __future__ import annotations

import contextlib
import imaplib
import ssl
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from pututu.bulletins.providers.contract import Unreachable

PORT, SECONDS = 993, 30
AT_ONCE = 500


class Mailbox:
    """A mailbox at ``imaps://user:password@host:port/folder``; to be used in ``with``. Raises Unreachable."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.host, self.port = parts.hostname or "", parts.port or PORT
        self.user, self.password = unquote(parts.username or ""), unquote(parts.password or "")
        self.folder = unquote(parts.path.strip("/")) or "INBOX"
        self._client: Any = None
        self._can: list[bytes] = []

    def __enter__(self) -> Mailbox:
        try:
            self._client = self._connect()
            self._client.login(self.user, self.password)
            self._can = b" ".join(self._client.capability()[1]).upper().split()  # more than before the login
            answer, _words = self._client.select(_quoted(self.folder))
        except (OSError, imaplib.IMAP4.error) as failure:
            self.__exit__()
            raise Unreachable(f"The mailbox can't be opened: {type(failure).__name__}.") from failure
        if answer != "OK":
            self.__exit__()
            raise Unreachable("The mailbox can't be opened: there is no such folder.")
        return self

    def _connect(self) -> Any:
        context = ssl.create_default_context()
        return imaplib.IMAP4_SSL(self.host, self.port, ssl_context=context, timeout=SECONDS)

    def __exit__(self, *_problem: object) -> None:
        client, self._client = self._client, None
        if client is not None:
            with contextlib.suppress(OSError, imaplib.IMAP4.error):
                client.logout()

    def mails(self) -> Iterator[tuple[str, bytes]]:
        """Each mail that is there, with its number. Raises Unreachable."""
        for number in self._said("SEARCH", "UNDELETED")[0].split()[:AT_ONCE]:
            for part in self._said("FETCH", number.decode(), "(BODY.PEEK[])"):
                if isinstance(part, tuple):
                    yield number.decode(), bytes(part[1])

    def remove(self, number: str) -> None:
        """Take one mail out, and no other that somebody marked. Raises Unreachable."""
        self._said("STORE", number, "+FLAGS", r"(\Deleted)")
        if b"UIDPLUS" in self._can:
            self._said("EXPUNGE", number)

    def _said(self, *words: str) -> list[Any]:
        try:
            answer, told = self._client.uid(*words)
        except (OSError, imaplib.IMAP4.error) as failure:
            raise Unreachable(f"The mailbox can't be read: {type(failure).__name__}.") from failure
        if answer != "OK":
            raise Unreachable(f"The mailbox can't be read: {answer}.")
        return [each for each in told if each is not None] or [b""]


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
