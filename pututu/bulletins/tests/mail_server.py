"""A real mail server (aiosmtpd) on this machine, which keeps what it takes and answers as a test says."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller


class MailServer:
    """``taken`` are the letters as they came over the line; ``refusing`` are its words to a recipient."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.taken: list[bytes] = []
        self.recipients: list[str] = []
        self.refusing: dict[str, str] = {}

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.refusing:
            return self.refusing[address]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Fine"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.taken.append(envelope.content)
        self.recipients += envelope.rcpt_tos
        return "250 2.0.0 Taken"


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        server = MailServer(found.getsockname()[1])
    controller = Controller(server, hostname="127.0.0.1", port=server.port, decode_data=False)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
