"""How is a mail kept instead of sent?"""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from email import message_from_bytes
from email.message import EmailMessage as Letter
from email.policy import default
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

AT_MOST = 2000
_numbers = itertools.count()


def folder() -> Path:
    return Path(getattr(settings, "OUTBOX", ""))


class Outbox(BaseEmailBackend):
    """Keeps each mail as a file, whole or not at all; only the newest stay."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        folder().mkdir(parents=True, exist_ok=True)
        for message in messages:
            name = f"{time.time_ns():020}-{next(_numbers):06}"
            written = folder() / f"{name}.new"
            written.write_bytes(message.message().as_bytes())
            written.rename(folder() / f"{name}.eml")
        for old in names()[AT_MOST:]:
            (folder() / f"{old}.eml").unlink(missing_ok=True)
        return len(messages)


def names() -> list[str]:
    """The names of the mails that are kept, the newest first."""
    return sorted((path.stem for path in folder().glob("*.eml")), reverse=True)


def read(name: str) -> Letter:
    """The mail of that name. Raises FileNotFoundError."""
    if name not in names():
        raise FileNotFoundError(name)
    found = message_from_bytes((folder() / f"{name}.eml").read_bytes(), policy=default)
    assert isinstance(found, Letter), "the policy makes this kind"
    return found
