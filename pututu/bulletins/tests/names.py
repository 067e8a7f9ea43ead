"""A real name server on this machine, which knows what a test tells it, by UDP and TCP."""

from __future__ import annotations

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.resolver
import dns.rrset

Records = dict[tuple[str, str], list[str]]


class Names:
    """``records`` by name and type, in the words of a zone file. ``is_mute`` never answers; ``asked`` counts."""

    def __init__(self, port: int, records: Records) -> None:
        self.port, self.records = port, records
        self.is_mute, self.fails, self.asked = False, set[str](), list[str]()

    @property
    def resolver(self) -> dns.resolver.Resolver:
        found = dns.resolver.Resolver(configure=False)
        found.nameservers, found.port = ["127.0.0.1"], self.port
        return found

    def txt(self, name: bytes | str, timeout: int = 5) -> bytes | None:
        """As dkimpy asks."""
        wanted = name.decode() if isinstance(name, bytes) else name
        try:
            answer = self.resolver.resolve(wanted, "TXT", lifetime=timeout)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return None
        return b"".join(answer[0].strings)

    def answer(self, packet: bytes, *, is_udp: bool) -> bytes:
        query = dns.message.from_wire(packet)
        question = query.question[0]
        name, kind = str(question.name).rstrip(".").lower(), dns.rdatatype.to_text(question.rdtype)
        self.asked.append(f"{name} {kind}")
        reply = dns.message.make_response(query)
        reply.flags |= dns.flags.RA
        if name in self.fails:
            reply.set_rcode(dns.rcode.SERVFAIL)
            return reply.to_wire()
        found = self.records.get((name, kind), [])
        if found:
            reply.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *found))
        elif not any(known == name for known, _kind in self.records):
            reply.set_rcode(dns.rcode.NXDOMAIN)
        wire = reply.to_wire()
        if is_udp and len(wire) > 512:
            reply.answer.clear()
            reply.flags |= dns.flags.TC
            wire = reply.to_wire()
        return wire


@contextmanager
def names(records: Mapping[tuple[str, str], list[str]]) -> Iterator[Names]:
    """Serve these records until the end of the block."""
    known = Names(0, {name: list(said) for name, said in records.items()})

    class Udp(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            packet, line = self.request
            if not known.is_mute:
                line.sendto(known.answer(packet, is_udp=True), self.client_address)

    class Tcp(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            length = self.rfile.read(2)
            if len(length) == 2 and not known.is_mute:
                wire = known.answer(self.rfile.read(struct.unpack("!H", length)[0]), is_udp=False)
                self.wfile.write(struct.pack("!H", len(wire)) + wire)

    udp, tcp = _both(Udp, Tcp)
    known.port = udp.server_address[1]
    for server in (udp, tcp):
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    try:
        yield known
    finally:
        for server in (udp, tcp):
            server.shutdown()
            server.server_close()


def _both(udp: Any, tcp: Any) -> tuple[Any, Any]:
    """A server by UDP and one by TCP at the same port."""
    for _try in range(50):
        first = socketserver.ThreadingUDPServer(("127.0.0.1", 0), udp)
        try:
            return first, socketserver.ThreadingTCPServer(("127.0.0.1", first.server_address[1]), tcp)
        except OSError:
            first.server_close()
    raise OSError("No port is free for both.")


def no_names() -> dns.resolver.Resolver:
    """A resolver whose server is not there."""
    found = dns.resolver.Resolver(configure=False)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        found.nameservers, found.port = ["127.0.0.1"], probe.getsockname()[1]
    return found


def quoted(words: str) -> str:
    """Words as a zone file has them: in pieces of 255 signs."""
    return " ".join(f'"{words[at : at + 255]}"' for at in range(0, len(words), 255))
