"""What does a mail that came back say, and of which of ours?

Sources: RFC 3464 (a mail server says what became of a mail), RFC 3463 (status codes: 5.x.x never, 4.x.x not now), RFC
5965 (a reader complained). Some programs write as they like: those that are known are read too. What is none of these,
or cannot be read, is said to be so: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import Message
from enum import StrEnum

from flufl.bounce import all_failures


class Kind(StrEnum):
    """What a returned mail means for the address."""

    HARD = "hard"
    SOFT = "soft"
    COMPLAINT = "complaint"
    LEFT = "left"
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
    name_there: str = ""  # the name that a provider gave to our mail
    to: tuple[str, ...] = ()
    subject: str = ""
    is_automatic: bool = False


STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
REPLY = re.compile(r"\b([45])\d\d\b")
ADDRESS = re.compile(r"[^\s<>;,:\"]+@[^\s<>;,:\"]+")
MESSAGE_ID = re.compile(rb"^message-id:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
ARRIVED_AT = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
ENDED = "failed"
NOBODY_THERE = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"}  # 5.1.7 and 5.1.8 speak of the sender's address
FULL = "5.2.2"
REPLY_NOT_NOW = re.compile(r"\b4\d\d[ -]|\bquota\b|\bfull\b", re.IGNORECASE)
POLICY = ("4.7.", "5.7.")
FEEDBACK = {"abuse", "fraud", "virus", "opt-out", "opt-out-list"}


def read_report(raw: bytes) -> Report:
    """Read a mail that came to the address for returned mail."""
    mail = message_from_bytes(raw)
    found = _delivery(mail) or _feedback(mail) or _by_habit(mail) or Report(Kind.UNREAD)
    to = tuple(address for name in ARRIVED_AT for line in mail.get_all(name, []) for address in _in(line))
    return replace(
        found,
        message_id=_tidy(_original(mail, raw)),
        address=_tidy(found.address),
        to=to,
        subject=_tidy(mail["Subject"]),
        is_automatic=answers_by_itself(mail),
    )


def answers_by_itself(mail: Message) -> bool:
    """Whether no person and no mail program acting for one wrote it: an absence note, a report (RFC 3834 2, 5)."""
    how = re.split(r"[;(\s]", str(mail["Auto-Submitted"] or "no").strip().lower())[0]
    is_answer = bool(mail["In-Reply-To"] or mail["References"])
    return (
        how in {"auto-replied", "auto-notified"}
        or (how != "no" and is_answer)
        or str(mail["Return-Path"] or "").strip() == "<>"
        or str(mail["Precedence"] or "").strip().lower() == "auto_reply"
        or any(
            mail[name] is not None for name in ("X-Auto-Response-Suppress", "X-Autoreply", "X-Autorespond")
        )
        or mail.get_content_type() == "multipart/report"
    )


def _by_habit(mail: Message) -> Report | None:
    """What flufl.bounce (Mailman's) knows of programs that write as they like; asked where no standard is kept."""
    try:
        not_now, never = all_failures(mail)
    except Exception:  # it stumbles over mails without a sender, and who knows what else strangers write
        return None
    addresses = sorted(never) or sorted(not_now)
    if not addresses:
        return None
    words = _line_about(mail, addresses[0])
    kind = Kind.HARD if never and REPLY_NOT_NOW.search(words) is None else Kind.SOFT
    status = STATUS.search(words)
    return Report(
        kind_of_status(status[0]) if status else kind,
        status[0] if status else "",
        words,
        addresses[0].decode("utf-8", "replace"),
    )


def _line_about(mail: Message, address: bytes) -> str:
    """The words that stand with the address, up to the next empty line."""
    for part in mail.walk():
        raw = part.get_payload(decode=True)
        if isinstance(raw, bytes) and address in raw:
            return _tidy(re.split(rb"\r?\n\r?\n", raw[raw.index(address) :])[0].decode("utf-8", "replace"))
    return ""


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
    kind = kind_of_status(status) if failed else Kind.OTHER
    return Report(kind, status, words, _address(block["Original-Recipient"], block["Final-Recipient"]))


def kind_of_status(status: str) -> Kind:
    """5.7 is what the receiver thinks of us, and 5.2.2 a mailbox that is full (RFC 3463 3.3, 3.8)."""
    if status.startswith(POLICY):
        return Kind.OTHER
    return {"5": Kind.HARD, "4": Kind.SOFT}.get("4" if status == FULL else status[:1], Kind.UNREAD)


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
