"""What does a mail that came back say, and of which of ours?

Sources: RFC 3464 (a mail server says what became of a mail), RFC 3463 (status codes: 5.x.x never, 4.x.x not now), RFC
5965 (a reader complained). What is neither, or cannot be read, is said to be so: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import Message
from enum import StrEnum


class Kind(StrEnum):
    """What a returned mail means for the address."""

    HARD = "hard"
    SOFT = "soft"
    COMPLAINT = "complaint"
    OTHER = "other"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Report:
    """What was read: the address it is about, the server's words, and by what our mail may be known again."""

    kind: Kind
    status: str = ""
    words: str = ""
    address: str = ""
    message_id: str = ""
    to: tuple[str, ...] = ()


STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
REPLY = re.compile(r"\b([45])\d\d\b")
ADDRESS = re.compile(r"[^\s<>;,:\"]+@[^\s<>;,:\"]+")
MESSAGE_ID = re.compile(rb"^message-id:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
ARRIVED_AT = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
ENDED = "failed"
NOBODY_THERE = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"}  # 5.1.7 and 5.1.8 speak of the sender's address
POLICY = ("4.7.", "5.7.")
FEEDBACK = {"abuse", "fraud", "virus", "opt-out", "opt-out-list"}


def read_report(raw: bytes) -> Report:
    """Read a mail that came to the address for returned mail."""
    mail = message_from_bytes(raw)
    found = _delivery(mail) or _feedback(mail) or Report(Kind.UNREAD)
    to = tuple(address for name in ARRIVED_AT for line in mail.get_all(name, []) for address in _in(line))
    return replace(found, message_id=_tidy(_original(mail, raw)), address=_tidy(found.address), to=to)


def _in(line: object) -> list[str]:
    return ADDRESS.findall(str(line))


def _blocks(mail: Message, kind: str) -> Iterator[Message]:
    """The blocks of headers within the parts of a kind; some programs write such a part as plain text."""
    for part in mail.walk():
        if part.get_content_type() != kind:
            continue
        inside = part.get_payload()
        for block in inside if isinstance(inside, list) else [message_from_bytes(str(inside).encode())]:
            if isinstance(block, Message):
                yield block


def _delivery(mail: Message) -> Report | None:
    """The first recipient of whom a mail server says something (RFC 3464 2.3); one who failed comes first."""
    blocks = [block for block in _blocks(mail, "message/delivery-status") if block["Action"]]
    failed = [block for block in blocks if str(block["Action"]).strip().lower() == ENDED]
    if not blocks:
        return None
    block = (failed or blocks)[0]
    words = _tidy(block["Diagnostic-Code"] or block["Status"])
    status = _status(str(block["Status"] or ""), words)
    kind = _kind(status) if failed else Kind.OTHER
    return Report(kind, status, words, _address(block["Original-Recipient"], block["Final-Recipient"]))


def _kind(status: str) -> Kind:
    return {"5": Kind.HARD, "4": Kind.SOFT}.get(status[:1], Kind.UNREAD)


def _status(said: str, words: str) -> str:
    """The status, or what the words say of it where a program left it out."""
    found = STATUS.search(said) or STATUS.search(words)
    if found:
        return found[0]
    reply = REPLY.search(words)
    return f"{reply[1]}.0.0" if reply else ""


def kind_of_refusal(code: int, words: str) -> Kind:
    """What it means for the address that our mail server refused a mail to it at once (RFC 3463 3.2, 3.8).

    A mailbox or domain that is not there is that, for good. What is refused by policy, ours or theirs, is not the
    address's doing; neither is what only a bare reply code says, for servers refuse unwelcome senders with it.
    """
    found = STATUS.match(words.strip())
    status = found[0] if found else ""
    if status in NOBODY_THERE and 500 <= code < 600:
        return Kind.HARD
    is_policy = status.startswith(POLICY)
    return Kind.SOFT if 400 <= code < 500 and not is_policy else Kind.OTHER


def _feedback(mail: Message) -> Report | None:
    """What a mailbox's operator tells of a reader's complaint (RFC 5965 3)."""
    for block in _blocks(mail, "message/feedback-report"):
        said = str(block["Feedback-Type"] or "").strip().lower()
        kind = Kind.COMPLAINT if said in FEEDBACK else Kind.OTHER
        return Report(kind, "", said, _address(block["Original-Rcpt-To"], _to_of_the_original(mail)))
    return None


def _to_of_the_original(mail: Message) -> str:
    inside = [part["To"] for part in mail.walk() if part["Message-ID"] and part["To"] and part is not mail]
    return str(inside[-1]) if inside else ""


def _address(*lines: object) -> str:
    return next(
        (address for line in lines if line for address in _in(str(line).partition(";")[2] or line)), ""
    )


def _original(mail: Message, raw: bytes) -> str:
    """The name of our mail: in the part that gives it back, whole or its headers, or anywhere below."""
    own = str(mail["Message-ID"] or "").strip()
    names = [each.decode("ascii", "replace") for each in MESSAGE_ID.findall(raw)]
    return next((name for name in reversed(names) if name != own), "")


def _tidy(words: object) -> str:
    """Words as a database takes them: no signs that are none, however they were written."""
    said = str(words or "").encode("utf-8", "replace").decode("utf-8")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in said).split())[:300]
