"""Does a domain say rightly which servers may send for it? (SPF, RFC 7208)"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from pututu.bulletins.rules.findings import Ask, Code, Found, NotAsked

Address = IPv4Address | IPv6Address
MOST_LOOKUPS, MOST_EMPTY = 10, 2  # RFC 7208 4.6.4: beyond these a receiver takes the record for broken
VERSION = re.compile(r"v=spf1(\s|$)", re.IGNORECASE)
NAME = r"[^\s/]*[^\s/.]\.?"
CIDR = r"(?P<four>/\d{1,2})?(?P<six>//\d{1,3})?"
TERM = re.compile(
    rf"""(?P<qualifier>[-+~?])?(?:
        (?P<all>all) | (?P<include>include|exists):(?P<of>{NAME})
        | (?P<host>a|mx|ptr)(?::(?P<at>{NAME}))?{CIDR} | (?P<ip>ip[46]):(?P<net>[0-9a-f.:]+(?:/\d{{1,3}})?)
    )$ | (?P<modifier>[a-z][a-z0-9._-]*)=(?P<value>\S*)$""",
    re.IGNORECASE | re.VERBOSE,
)


class _TooMany(Exception):
    """More names have to be asked for than a receiver asks."""


class _Broken(Exception):
    """A word that no receiver understands, or a record that must be there and is not."""


@dataclass(slots=True)
class _Walk:
    """The records that one record leads to. ``covered`` is whether they name one of the ``servers``."""

    ask: Ask
    servers: frozenset[Address]
    lookups: int = 0
    empty: int = 0
    is_covered: bool = False
    ends: list[str] = field(default_factory=list)

    def count(self) -> None:
        self.lookups += 1
        if self.lookups > MOST_LOOKUPS:
            raise _TooMany

    def asked(self, name: str, kind: str) -> list[str]:
        found = self.ask(name, kind)
        self.empty += not found
        if self.empty > MOST_EMPTY:
            raise _TooMany
        return found

    def record(self, name: str, words: str, *, is_first: bool) -> None:
        redirect = ""
        has_all = False
        for term in words.split()[1:]:
            found = TERM.match(term)
            if found is None:
                raise _Broken(term)
            if found["all"]:
                has_all = True
                self.ends += [found["qualifier"] or "+"] if is_first else []
            elif (found["modifier"] or "").lower() == "redirect":
                redirect = found["value"]
            else:
                self._term(found, name)
        if redirect and not has_all:
            self._follow(redirect, is_first=is_first)

    def _term(self, found: re.Match[str], name: str) -> None:
        if found["ip"]:
            self._net(found["net"], found[0])
        elif found["include"]:
            if found["include"].lower() == "include":
                self._follow(found["of"], is_first=False)
            else:
                self.count()
        elif found["host"]:
            self.count()
            self._hosts(found["host"].lower(), found["at"] or name, found)

    def _follow(self, name: str, *, is_first: bool) -> None:
        self.count()
        if "%" in name:
            return  # a macro: it stands for a name that only a receiver of a mail knows
        records = spf_records(self.ask(name.rstrip("."), "TXT"))
        if len(records) != 1:
            raise _Broken(name)
        self.record(name.rstrip("."), records[0], is_first=is_first)

    def _net(self, words: str, term: str) -> None:
        try:
            net = ip_network(words, strict=False)
        except ValueError as problem:
            raise _Broken(term) from problem
        if f"ip{net.version}" != term.lstrip("+-~?")[:3].lower():
            raise _Broken(term)
        self.is_covered |= any(each in net for each in self.servers if each.version == net.version)

    def _hosts(self, kind: str, name: str, found: re.Match[str]) -> None:
        """The servers that an ``a`` or ``mx`` names; only asked for where it matters whether ours is among them."""
        if not self.servers or kind == "ptr" or "%" in name:
            return
        names = [name] if kind == "a" else [each.split()[-1] for each in self.asked(name, "MX")]
        for host in names[:10]:
            for record, length in (("A", found["four"] or "/32"), ("AAAA", (found["six"] or "//128")[1:])):
                for each in self.ask(host.rstrip("."), record):
                    self._net(f"{each}{length}", "ip4" if record == "A" else "ip6")


def spf_records(texts: Iterable[str]) -> list[str]:
    return [each for each in texts if VERSION.match(each)]


def look_at_spf(domain: str, ask: Ask, servers: Iterable[str] = ()) -> Iterator[Found]:
    """What is wrong with the SPF record of ``domain``; ``servers`` are the addresses of ours, where they are known."""
    try:
        yield from _look(domain, ask, frozenset(ip_address(each) for each in servers))
    except NotAsked:
        yield Found(Code.SPF_UNKNOWN, domain)


def _look(domain: str, ask: Ask, servers: frozenset[Address]) -> Iterator[Found]:
    records = spf_records(ask(domain, "TXT"))
    if len(records) != 1:
        yield Found(Code.SPF_SEVERAL if records else Code.SPF_NONE, domain, str(len(records) or ""))
        return
    walk = _Walk(ask, servers)
    try:
        walk.record(domain, records[0], is_first=True)
    except _TooMany:
        yield Found(Code.SPF_TOO_MANY, domain, str(MOST_LOOKUPS))
        return
    except _Broken as problem:
        yield Found(Code.SPF_SYNTAX, domain, str(problem))
        return
    if "+" in walk.ends:
        yield Found(Code.SPF_ALLOWS_ALL, domain, records[0])
        return
    if not walk.ends or "?" in walk.ends:
        yield Found(Code.SPF_OPEN_END, domain, records[0])
    if servers and not walk.is_covered:
        yield Found(Code.SPF_NOT_OUR_SERVER, domain, ", ".join(sorted(map(str, servers))))
    yield Found(Code.SPF_FINE, domain, records[0])
