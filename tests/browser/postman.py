"""Which mail server do the journeys send to, and how is a worker killed in the middle of sending?"""

from __future__ import annotations

import signal
import subprocess
import time
from collections import Counter
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from tests.running import PUTUTU, RunningSite, environment, free_port


class PostOffice:
    """A real mail server on this machine, which keeps what it takes."""

    def __init__(self, *, seconds: float = 0.0) -> None:
        self.mails: list[EmailMessage] = []
        self.seconds = seconds
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        found = message_from_bytes(envelope.content, policy=default)
        assert isinstance(found, EmailMessage)
        self.mails.append(found)
        time.sleep(self.seconds)
        return "250 2.0.0 Taken"

    def __enter__(self) -> PostOffice:
        self.controller.start()
        return self

    def __exit__(self, *_failure: object) -> None:
        self.controller.stop()

    @property
    def address(self) -> str:
        return f"smtp://127.0.0.1:{self.controller.port}?tls=false"

    @property
    def twice(self) -> list[str]:
        """The names of mails that came more than once."""
        return [
            name for name, number in Counter(mail["Message-ID"] for mail in self.mails).items() if number > 1
        ]


def worker(site: RunningSite, office: PostOffice, command: str = "send_bulletins") -> subprocess.Popen[bytes]:
    """A process that hands over what is due, or writes to those who asked, as a timer would start it."""
    told = {"PUTUTU_EMAIL_URL": office.address, "PUTUTU_BASE_URL": site.address, "PUTUTU_CLOCK": "0"}
    return subprocess.Popen(
        [PUTUTU, "manage", command],
        env=environment(site.data) | told,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def killed_in_the_middle(site: RunningSite, office: PostOffice, *, after: int) -> None:
    """Let a worker hand over so many mails, and kill it."""
    process = worker(site, office)
    until = time.monotonic() + 60
    while len(office.mails) < after and process.poll() is None and time.monotonic() < until:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert len(office.mails) >= after, "it was killed too early"


def done(site: RunningSite, office: PostOffice, command: str = "send_bulletins") -> None:
    """Let a worker do all that is due."""
    assert worker(site, office, command).wait(timeout=120) == 0
