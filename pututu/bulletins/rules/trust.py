"""Do the records of a sender's domain let receivers believe that a mail is from it?

Sources: RFC 6376 3.6.1 and RFC 8301 (DKIM), RFC 7489 6.3 and 3.1 (DMARC, alignment), RFC 5321 5.1 and RFC 7505 (where
mail for a domain goes). SPF stands in ``rules.spf``.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from pututu.bulletins.rules.findings import Ask, Code, Found, NotAsked
from pututu.bulletins.rules.spf import look_at_spf
from pututu.lib.dkim import BITS, FEWEST_BITS

POLICIES = {"none", "quarantine", "reject"}


@dataclass(frozen=True, slots=True)
class Sender:
    """Of whom is asked: the domain in From, that to which returned mail goes, and who signs.

    ``key`` is our public key as DNS has it, "" where we don't sign. ``servers`` are our mail servers' addresses.
    """

    domain: str
    returns_to: str
    signs_for: str = ""
    selector: str = ""
    key: str = ""
    servers: tuple[str, ...] = ()


def look_at_sender(sender: Sender, ask: Ask) -> list[Found]:
    """All that is found, first what stands first in a receiver's eyes."""
    return [
        *look_at_spf(sender.returns_to, ask, sender.servers),
        *_or_unknown(look_at_dkim, Code.DKIM_UNKNOWN, sender, ask),
        *_or_unknown(look_at_dmarc, Code.DMARC_UNKNOWN, sender, ask),
        *_or_unknown(look_at_mx, Code.MX_UNKNOWN, sender, ask),
    ]


def _or_unknown(
    look: Callable[[Sender, Ask], Iterator[Found]], code: Code, sender: Sender, ask: Ask
) -> Iterator[Found]:
    try:
        yield from look(sender, ask)
    except NotAsked:
        yield Found(code, sender.domain)


def tags(record: str) -> dict[str, str]:
    """The tags of a record, their names in small letters (RFC 6376 3.2)."""
    pairs = (part.partition("=") for part in record.split(";") if part.strip())
    return {name.strip().lower(): "".join(value.split()) for name, _is, value in pairs}


# --- DKIM


def look_at_dkim(sender: Sender, ask: Ask) -> Iterator[Found]:
    name = f"{sender.selector}._domainkey.{sender.signs_for}"
    records = [each for each in ask(name, "TXT") if "p=" in each.replace(" ", "")]
    if not records:
        yield Found(Code.DKIM_NONE if sender.key else Code.DKIM_ELSEWHERE, name)
        return
    if len(records) > 1:
        yield Found(Code.DKIM_SEVERAL, name, str(len(records)))
        return
    yield from _look_at_key(name, tags(records[0]), sender)


def _look_at_key(name: str, said: dict[str, str], sender: Sender) -> Iterator[Found]:
    if said.get("v", "DKIM1") != "DKIM1" or said.get("k", "rsa") != "rsa":
        yield Found(Code.DKIM_BROKEN, name, said.get("k", "") or said.get("v", ""))
        return
    if not said["p"]:
        yield Found(Code.DKIM_REVOKED, name)
        return
    bits = _bits(said["p"])
    if bits is None:
        yield Found(Code.DKIM_BROKEN, name, "p=")
    elif bits < FEWEST_BITS:
        yield Found(Code.DKIM_WEAK, name, str(bits))
    elif sender.key and said["p"] != sender.key:
        yield Found(Code.DKIM_OTHER_KEY, name)
    else:
        if bits < BITS:
            yield Found(Code.DKIM_SHORT, name, str(bits))
        if "y" in said.get("t", "").split(":"):
            yield Found(Code.DKIM_TESTING, name)
        yield Found(Code.DKIM_FINE, name, str(bits))


def _bits(written: str) -> int | None:
    """How many bits the RSA key has, or None for what is no such key."""
    try:
        key = load_der_public_key(base64.b64decode(written, validate=True))
    except (ValueError, binascii.Error):
        return None
    return key.key_size if isinstance(key, RSAPublicKey) else None


# --- DMARC


def look_at_dmarc(sender: Sender, ask: Ask) -> Iterator[Found]:
    for domain in _upwards(sender.domain):
        name = f"_dmarc.{domain}"
        records = [each for each in ask(name, "TXT") if tags(each).get("v", "").upper() == "DMARC1"]
        if len(records) > 1:
            yield Found(Code.DMARC_SEVERAL, name, str(len(records)))
            return
        if records:
            yield from _look_at_policy(name, domain, records[0], sender)
            return
    yield Found(Code.DMARC_NONE, f"_dmarc.{sender.domain}")


def _upwards(domain: str) -> Iterator[str]:
    """The domain, then those above it, to the last that somebody may have registered."""
    labels = domain.split(".")
    for place in range(max(1, len(labels) - 1)):
        yield ".".join(labels[place:])


def _look_at_policy(name: str, domain: str, record: str, sender: Sender) -> Iterator[Found]:
    said = tags(record)
    if not record.lower().lstrip().startswith("v") or said.get("p", "").lower() not in POLICIES:
        yield Found(Code.DMARC_SYNTAX, name, record)
        return
    strict = said.get("adkim", "r")
    by_dkim = not sender.key or is_aligned(sender.signs_for, sender.domain, domain, strict)
    by_spf = is_aligned(sender.returns_to, sender.domain, domain, said.get("aspf", "r"))
    if not by_dkim and not by_spf:
        yield Found(Code.DMARC_UNALIGNED, name, sender.domain)
    if said["p"].lower() == "none":
        yield Found(Code.DMARC_WATCHES, name, record)
    yield Found(Code.DMARC_FINE, name, record)


def is_aligned(domain: str, sender: str, organisation: str, how: str) -> bool:
    """Whether a domain that signs, or takes returned mail, speaks for the sender's: the same, or of one house."""
    if how.lower() == "s":
        return domain == sender
    return all(each == organisation or each.endswith(f".{organisation}") for each in (domain, sender)) or (
        domain.endswith(f".{sender}") or sender.endswith(f".{domain}") or domain == sender
    )


# --- where returned mail goes


def look_at_mx(sender: Sender, ask: Ask) -> Iterator[Found]:
    hosts = [each.split()[-1].rstrip(".") for each in ask(sender.returns_to, "MX")]
    named = [each for each in hosts if each]
    if named or (
        not hosts and (ask(sender.returns_to, "A") or ask(sender.returns_to, "AAAA"))
    ):  # RFC 5321 5.1: without MX the host itself
        yield Found(Code.MX_FINE, sender.returns_to, ", ".join(named))
    else:
        yield Found(Code.MX_NONE, sender.returns_to)
