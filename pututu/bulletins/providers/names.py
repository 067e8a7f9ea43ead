"""How is the DNS asked, so that nothing hangs where there is no network?"""

from __future__ import annotations

import time

import dns.exception
import dns.rdatatype
import dns.resolver

from pututu.bulletins.rules.findings import Ask, NotAsked

SECONDS, ONE = 8.0, 2.0
"""For so long all questions of one look together may take, and one of them."""


def asker(resolver: dns.resolver.Resolver | None = None, *, seconds: float = SECONDS) -> Ask:
    """Whom to ask, for so many seconds from now on. What was asked once is not asked again."""
    until, known = time.monotonic() + seconds, dict[tuple[str, str], list[str]]()

    def ask(name: str, kind: str) -> list[str]:
        if (name, kind) not in known:
            left = until - time.monotonic()
            if left <= 0:
                raise NotAsked
            known[name, kind] = _asked(resolver, name, kind, min(left, ONE))
        return known[name, kind]

    return ask


def _asked(resolver: dns.resolver.Resolver | None, name: str, kind: str, seconds: float) -> list[str]:
    try:
        found = (resolver or dns.resolver.Resolver()).resolve(name, kind, lifetime=seconds, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, dns.name.LabelTooLong, dns.name.EmptyLabel):
        return []
    except (dns.exception.DNSException, OSError) as problem:
        raise NotAsked from problem
    if found.rdtype == dns.rdatatype.TXT:
        return [b"".join(each.strings).decode("utf-8", "replace") for each in found]
    return [each.to_text() for each in found]
