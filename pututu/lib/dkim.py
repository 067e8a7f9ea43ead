"""How does a mail carry a signature by which its receiver knows that it is ours?

DKIM (RFC 6376) by rsa-sha256, relaxed/relaxed. The key is OpenSSL's to use: in plain Python a signature takes longer
than all else about a mail. Signed is what RFC 6376 5.4.1 names, and what a mail program acts on: List-Unsubscribe and
List-Unsubscribe-Post (RFC 8058 4), Feedback-ID. What a receiver shows is signed once more than it is there, so that a
second From or Subject put in on the way breaks the signature (RFC 6376 8.15).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

SIGNED_AND_CLOSED = ("from", "to", "cc", "subject", "reply-to", "sender")
SIGNED = (
    "date",
    "message-id",
    "in-reply-to",
    "references",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "content-language",
    "auto-submitted",
    "list-id",
    "list-help",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "list-subscribe",
    "list-post",
    "list-owner",
    "list-archive",
    "feedback-id",
)
BITS, FEWEST_BITS = 2048, 1024  # RFC 8301 3.2: shorter ones are no good, and these are to be had
LINE = 72


class KeyUnusable(OSError):
    """The private key can't be used. The message is a sentence that says why, and holds nothing of the key."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: ``selector`` names the key within ``domain``, as its DNS record does."""

    domain: str
    selector: str
    key: rsa.RSAPrivateKey

    def signed(self, mail: bytes, *, at: int) -> bytes:
        """The mail, its lines ended by CR LF, with its signature before it. ``at`` is in seconds since 1970 (UTC)."""
        head, body = _taken_apart(mail)
        found = _headers(head)
        names = list(_names_to_sign(found))
        unsigned = self._header(names, body, at)
        covered = b"".join(_covered(names, found)) + _relaxed("dkim-signature", unsigned)
        signature = self.key.sign(covered, padding.PKCS1v15(), hashes.SHA256())
        return b"DKIM-Signature:" + unsigned + _folded(base64.b64encode(signature)) + b"\r\n" + mail

    def _header(self, names: list[str], body: bytes, at: int) -> bytes:
        """The header but for its name and the signature itself, which comes last."""
        digest = base64.b64encode(hashlib.sha256(_relaxed_body(body)).digest()).decode()
        tags = (
            f" v=1; a=rsa-sha256; c=relaxed/relaxed; d={self.domain};",
            f" s={self.selector}; t={at};",
            *_wrapped(names),
            f" bh={digest};",
            " b=",
        )
        return "\r\n".join(tags).encode("ascii")


def _wrapped(names: list[str]) -> Iterator[str]:
    line = " h="
    for number, name in enumerate(names):
        word = name + (":" if number + 1 < len(names) else ";")
        if len(line) + len(word) > LINE:
            yield line
            line = " "
        line += word
    yield line


def _folded(words: bytes) -> bytes:
    return b"\r\n ".join(words[place : place + LINE] for place in range(0, len(words), LINE))


def _taken_apart(mail: bytes) -> tuple[bytes, bytes]:
    head, _gap, body = mail.partition(b"\r\n\r\n")
    return head, body


def _headers(head: bytes) -> dict[str, list[bytes]]:
    """The values of each header in the order in which they stand."""
    found: dict[str, list[bytes]] = defaultdict(list)
    for line in re.split(rb"\r\n(?![ \t])", head):
        name, _colon, value = line.partition(b":")
        found[name.decode("ascii", "replace").strip().lower()].append(value)
    return found


def _names_to_sign(found: dict[str, list[bytes]]) -> Iterator[str]:
    for name in SIGNED_AND_CLOSED:
        yield from [name] * (len(found.get(name, ())) + 1)
    for name in SIGNED:
        yield from [name] * len(found.get(name, ()))


def _covered(names: list[str], found: dict[str, list[bytes]]) -> Iterator[bytes]:
    """The headers as they are signed: of several with one name the last comes first, of none nothing (5.4.2)."""
    left = {name: list(values) for name, values in found.items()}
    for name in names:
        if left.get(name):
            yield _relaxed(name, left[name].pop()) + b"\r\n"


def _relaxed(name: str, value: bytes) -> bytes:
    """RFC 6376 3.4.2."""
    return name.encode("ascii") + b":" + re.sub(rb"[ \t]+", b" ", value.replace(b"\r\n", b"")).strip(b" ")


def _relaxed_body(body: bytes) -> bytes:
    """RFC 6376 3.4.4."""
    tidy = body.replace(b"\t", b" ")
    while b"  " in tidy:  # three times as quick as a pattern
        tidy = tidy.replace(b"  ", b" ")
    tidy = tidy.replace(b" \r\n", b"\r\n").rstrip(b" ")
    bare = tidy.rstrip(b"\r\n")
    return bare + b"\r\n" if bare else b""


# --- keys


def read_signer(path: Path, *, selector: str, domain: str) -> Signer:
    """The signer whose private key lies at ``path`` in PEM. Raises KeyUnusable."""
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except OSError as problem:
        raise KeyUnusable(f"The DKIM key {path} can't be read: {problem.strerror}.") from problem
    except (ValueError, TypeError, UnsupportedAlgorithm) as problem:
        raise KeyUnusable(f"The DKIM key {path} is no private key in PEM without a password.") from problem
    if not isinstance(key, rsa.RSAPrivateKey):
        raise KeyUnusable(f"The DKIM key {path} is not of the kind that all receivers know, RSA.")
    if key.key_size < FEWEST_BITS:
        raise KeyUnusable(f"The DKIM key {path} has {key.key_size} bits; receivers want {BITS}.")
    return Signer(domain, selector, key)


def make_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=BITS)


def key_as_pem(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def public_part(key: rsa.RSAPrivateKey) -> str:
    """The public key as it stands behind ``p=`` in DNS."""
    der = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return base64.b64encode(der).decode()


def record_for(key: rsa.RSAPrivateKey) -> str:
    """What the DNS record says by which receivers check our signatures (RFC 6376 3.6.1)."""
    return f"v=DKIM1; k=rsa; p={public_part(key)}"
