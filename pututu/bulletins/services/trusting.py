"""Are those in whose name we write believed by receivers, as far as the DNS tells?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings

from pututu.bulletins.models import Series
from pututu.bulletins.providers import SMTP_BACKENDS
from pututu.bulletins.providers.names import asker
from pututu.bulletins.providers.signing import signer
from pututu.bulletins.rules.findings import Ask, Found, NotAsked
from pututu.bulletins.rules.trust import Sender, look_at_sender
from pututu.lib.dkim import KeyUnusable, public_part


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found of one domain in whose name we write."""

    domain: str
    found: tuple[Found, ...]


def look_at_senders(ask: Ask | None = None) -> list[Looked]:
    """Each domain of ours, that of letters first. Asks the network, for some seconds at most; writes nothing."""
    ask = ask or asker()
    servers = _servers(ask)
    return [
        Looked(domain, tuple(look_at_sender(_sender(domain, servers), ask))) for domain in sender_domains()
    ]


def sender_domains() -> list[str]:
    """The domains that stand in From, in ASCII (RFC 5891), each once; not a machine's number or bare name."""
    addresses = [parseaddr(settings.DEFAULT_FROM_EMAIL)[1]]
    addresses += Series.objects.order_by("slug").values_list("sender_address", flat=True)
    found = dict.fromkeys(map(_domain, addresses))
    return [each for each in found if "." in each and not each.rpartition(".")[2].isdigit()]


def _domain(address: str) -> str:
    try:
        return address.rpartition("@")[2].lower().encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _sender(domain: str, servers: tuple[str, ...]) -> Sender:
    try:
        who = signer()
    except KeyUnusable:
        who = None  # a system check says so
    return Sender(
        domain=domain,
        returns_to=_domain(settings.BOUNCES_TO) or domain,
        signs_for=settings.DKIM_DOMAIN if who else domain,
        selector=settings.DKIM_SELECTOR,
        key=public_part(who.key) if who else "",
        servers=servers,
    )


def _servers(ask: Ask) -> tuple[str, ...]:
    """The addresses of our mail server, where it is one that a name in the DNS leads to."""
    if settings.EMAIL_BACKEND not in SMTP_BACKENDS or "." not in settings.EMAIL_HOST:
        return ()
    try:
        return tuple(_public(ask, settings.EMAIL_HOST))
    except NotAsked:
        return ()


def _public(ask: Ask, host: str) -> Iterator[str]:
    yield from ask(host, "A")
    yield from ask(host, "AAAA")
