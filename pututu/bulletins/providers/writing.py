"""How is a mail written so that every mail program reads it?

RFC 5322 (form), 2045 and 2047 (MIME), 6532 (letters of all scripts in headers, where an address needs them). Headers
are written by the standard library's policies, and what is the same for many mails once. Bodies are quoted-printable:
no line is too long (RFC 5322 2.1.1), and no server has to know eight bits. A line break in a header is refused, for it
would write headers of its own.
"""

from __future__ import annotations

import binascii
import datetime as dt
import hashlib
from collections.abc import Iterator
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from functools import lru_cache

from pututu.bulletins.rules.mail import Mail

AUTO_SUBMITTED = "auto-generated"  # RFC 3834 5: nobody's absence note answers it
LINE = 78


def needs_utf8(mail: Mail) -> bool:
    """Whether an address has letters before its @ that only SMTPUTF8 carries; a domain can be written in ASCII."""
    return not mail.to.username.isascii()


def written(mail: Mail) -> bytes:
    """The mail as it goes over the line, each line ended by CR LF. Raises ValueError for a bad header."""
    boundary = "=_" + hashlib.sha256(mail.message_id.encode()).hexdigest()[:32]
    utf8 = needs_utf8(mail)
    head = b"".join(_header(name, value, utf8=utf8) for name, value in _headers(mail, boundary))
    edge = f"--{boundary}".encode()
    parts = (_part("plain", mail.text), _part("html", mail.html))
    return head + b"\r\n" + b"".join(edge + b"\r\n" + part for part in parts) + edge + b"--\r\n"


def _headers(mail: Mail, boundary: str) -> Iterator[tuple[str, str]]:
    yield "From", str(mail.sender)
    yield "To", str(mail.to)
    yield "Subject", mail.subject
    yield "Date", format_datetime(dt.datetime.now(dt.UTC))
    yield "Message-ID", mail.message_id
    yield "Auto-Submitted", AUTO_SUBMITTED
    yield from mail.headers
    yield "MIME-Version", "1.0"
    yield "Content-Type", f'multipart/alternative; boundary="{boundary}"'


def _header(name: str, value: str, *, utf8: bool) -> bytes:
    """One header. What needs no folding and no encoding is written as it is."""
    is_plain = value.isascii() and value.isprintable()
    if is_plain and (" " not in value or len(name) + 2 + len(value) <= LINE):
        return f"{name}: {value}\r\n".encode("ascii")
    return _folded(name, value, utf8)


@lru_cache(maxsize=2048)
def _folded(name: str, value: str, utf8: bool) -> bytes:
    policy = SMTPUTF8 if utf8 else SMTP
    known, header = policy.header_store_parse(name, value)
    return policy.fold_binary(known, header)


def _part(kind: str, words: str) -> bytes:
    body = binascii.b2a_qp(words.replace("\r\n", "\n").encode(), istext=True).replace(b"\n", b"\r\n")
    head = f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return head.encode("ascii") + body + b"\r\n"
