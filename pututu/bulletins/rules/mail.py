"""What is one mail, before it is written for the line?"""

from __future__ import annotations

from dataclasses import dataclass, field
from email.headerregistry import Address


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail, whole: both parts say the same. ``headers`` stand beside From, To, Subject, Date and Message-ID."""

    message_id: str
    sender: Address
    to: Address
    subject: str
    text: str
    html: str
    headers: tuple[tuple[str, str], ...] = field(default=())
    returns_to: str = ""  # where a refusal that comes later goes: the envelope's sender
