"""How is one address asked for, so that no machine of our own network answers and no site is hurried?

Where an address leads is looked up once, and that very machine is asked (a name that changes between looking and asking
leads nowhere else). Only machines of the public internet are asked, also after a redirection. robots.txt is obeyed
(RFC 9309), and between two questions to a site lies a pause.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

import urllib3

from pututu.rescue.sources.media import LARGEST

AGENT = "Pututu-rescue"
PAUSE = 1.0
SECONDS = 30.0
REDIRECTIONS = 5
ROBOTS_AT_MOST = 512 * 1024

Resolve = Callable[[str, int], Iterable[str]]


class NotFetched(Exception):
    """An address was not fetched; the message says why, for a person."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: the address asked, the status, the headers as they came, the body unpacked."""

    address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes

    @property
    def leads_to(self) -> str:
        """The absolute address to which it redirects; "" where it doesn't."""
        to = next((value for name, value in self.headers if name.lower() == "location"), "")
        return urljoin(self.address, to) if to and 300 <= self.status < 400 else ""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a machine, as the system knows them. Raises NotFetched."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotFetched(f"There is no machine of the name “{host}”.") from error
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def is_public(number: str) -> bool:
    """Whether a machine's address is of the public internet; one of IPv4 within IPv6 counts as what it leads to."""
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not address.is_multicast


@dataclass
class Asker:
    """Asks sites, each with a pause between two questions (``pause``, in seconds)."""

    pause: float = PAUSE
    resolve: Resolve = resolve
    may_ask: Callable[[str], bool] = is_public
    _last: dict[str, float] = field(default_factory=dict)
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)

    def get(self, address: str) -> Answer:
        """Ask for one address, redirections as they are. Raises NotFetched, where robots.txt says no too."""
        if not self._robots_of(address).can_fetch(AGENT, address):
            raise NotFetched("The site’s robots.txt asks that this be left alone.")
        return self._ask(address, LARGEST)

    def _robots_of(self, address: str) -> RobotFileParser:
        """What a site asks of those who fetch; all is allowed where it has no robots.txt, nothing while it fails."""
        scheme, host = urlsplit(address)[:2]
        site = urlunsplit((scheme, host, "", "", ""))
        if site not in self._robots:
            self._robots[site] = self._read_robots(f"{site}/robots.txt")
        return self._robots[site]

    def _read_robots(self, address: str) -> RobotFileParser:
        rules = RobotFileParser()
        answer = self._ask(address, ROBOTS_AT_MOST)
        for _hop in range(REDIRECTIONS):
            if not answer.leads_to:
                break
            answer = self._ask(answer.leads_to, ROBOTS_AT_MOST)
        if answer.status >= 500:
            raise NotFetched("The site’s robots.txt can’t be had just now, so nothing is asked.")
        said = answer.content.decode("utf-8", "replace") if answer.status == 200 else ""
        rules.parse(said.splitlines())
        return rules

    def _ask(self, address: str, at_most: int) -> Answer:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
            raise NotFetched(f"“{address[:80]}” is no address of a page.")
        try:
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError as error:
            raise NotFetched(f"“{address[:80]}” has no port that there is.") from error
        number = self._machine(parts.hostname, port)
        self._wait(parts.hostname)
        try:
            return self._answer(address, number, port, at_most)
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise NotFetched(f"It could not be fetched ({type(error).__name__}).") from error

    def _machine(self, host: str, port: int) -> str:
        numbers = list(self.resolve(host, port))
        if not numbers or not all(self.may_ask(number) for number in numbers):
            raise NotFetched(f"“{host}” is no machine of the public internet.")
        return numbers[0]

    def _wait(self, host: str) -> None:
        ready = self._last.get(host, 0.0) + self.pause
        time.sleep(max(0.0, ready - time.monotonic()))
        self._last[host] = time.monotonic()

    def _answer(self, address: str, number: str, port: int, at_most: int) -> Answer:
        parts = urlsplit(address)
        host = parts.hostname or ""
        named = {"timeout": urllib3.Timeout(total=SECONDS), "retries": False}
        pool = (
            urllib3.HTTPSConnectionPool(number, port, server_hostname=host, assert_hostname=host, **named)  # type: ignore[arg-type]  # the stubs know the keywords one by one
            if parts.scheme == "https"
            else urllib3.HTTPConnectionPool(number, port, **named)  # type: ignore[arg-type]  # as above
        )
        with pool:
            wanted = urlunsplit(("", "", parts.path or "/", parts.query, ""))
            sent = {"Host": parts.netloc, "User-Agent": AGENT, "Accept-Encoding": "gzip"}
            answer = pool.request("GET", wanted, headers=sent, redirect=False, preload_content=False)
            content = _body(answer, at_most)
            return Answer(address, answer.status, tuple(answer.headers.items()), content)


def _body(answer: urllib3.BaseHTTPResponse, at_most: int) -> bytes:
    """The body, unpacked. Raises NotFetched where it is more than ``at_most`` bytes, or comes too slowly."""
    kept, until = bytearray(), time.monotonic() + SECONDS
    for chunk in answer.stream(65_536, decode_content=True):
        kept += chunk
        if len(kept) > at_most:
            raise NotFetched(f"It has more than {at_most >> 20} MB.")
        if time.monotonic() > until:
            raise NotFetched(f"It took more than {SECONDS:.0f} seconds.")
    return bytes(kept)
