"""How does a test get a site that really runs, with a web server and files of its own?

A kind of installation is prepared once for all processes of a test run, behind a lock, and copied for each site that
is started from it: what one test writes, another never sees.
"""

from __future__ import annotations

import fcntl
import gzip
import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

PUTUTU = Path(sys.executable).with_name("pututu")
SECONDS_TO_PREPARE = 400
SECONDS_TO_START = 60


@dataclass(frozen=True)
class Answer:
    """What the server sent for one request, redirects not followed; ``body`` is unpacked, ``size`` is as sent."""

    url: str
    status: int
    headers: http.client.HTTPMessage
    body: bytes
    size: int

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def content_type(self) -> str:
        return self.headers.get_content_type()


@dataclass(frozen=True)
class RunningSite:
    """A site on a port of this machine, and the folder that it keeps its data in."""

    data: Path
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def password(self) -> str:
        """The password that the demonstration made for its staff."""
        return (self.data / "sign-in.txt").read_text(encoding="utf-8").rpartition(":")[2].strip()

    @property
    def first_start_code(self) -> str:
        return (self.data / "first-start-code").read_text(encoding="ascii").strip()

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.ask("GET", url, headers=headers)

    def ask(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        """Send one request without keeping cookies; ``url`` is a path or an address of this site."""
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body=body, headers=dict(headers or {}))
            response = connection.getresponse()
            sent = response.read()
        finally:
            connection.close()
        packed = response.headers.get("Content-Encoding") == "gzip"
        return Answer(
            url=path,
            status=response.status,
            headers=response.headers,
            body=gzip.decompress(sent) if packed else sent,
            size=len(sent),
        )


def prepared(command: str, shared: Path) -> Path:
    """Prepare the data that ``pututu demo`` or ``pututu serve`` begins with, unless another process has done it."""
    folder = shared / command
    shared.mkdir(parents=True, exist_ok=True)
    with (shared / f"{command}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run(
            [PUTUTU, command, "--no-serve"],
            env=environment(folder),
            check=False,
            capture_output=True,
            text=True,
            timeout=SECONDS_TO_PREPARE,
        )
    if done.returncode:
        raise RuntimeError(f"pututu {command} could not prepare a site:\n{done.stderr}")
    return folder


@contextmanager
def running(command: str, shared: Path, own: Path) -> Iterator[RunningSite]:
    """Serve a copy of a prepared installation in the folder ``own``; both end with the block."""
    copy_installation(prepared(command, shared), own)
    port = free_port()
    log = own.with_suffix(".log")
    with log.open("wb") as output:
        server = subprocess.Popen(
            [PUTUTU, command, "--port", str(port)],
            env=environment(own) | {"PUTUTU_CLOCK": "0"},  # whatever is due is done when a test says so
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
    try:
        wait_until_it_answers(RunningSite(own, port), server, log)
        yield RunningSite(own, port)
    finally:
        server.terminate()
        server.wait(timeout=20)
        shutil.rmtree(own, ignore_errors=True)


def environment(data: Path) -> dict[str, str]:
    """This process's environment without anything said about an installation, but where the data lies."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PUTUTU_", "DATABASE_URL", "DJANGO_", "PYTEST_"))
    }
    return {**kept, "PUTUTU_DATA": str(data)}


def copy_installation(source: Path, target: Path) -> None:
    """Copy the database; pictures and static files, which nothing writes in place, are linked."""

    def copy(path: str, goal: str) -> str:
        if "sqlite3" in Path(path).name or Path(path).parent == source:
            return shutil.copy2(path, goal)
        os.link(path, goal)
        return goal

    shutil.copytree(source, target, copy_function=copy)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_it_answers(site: RunningSite, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and server.poll() is None:
        try:
            if site.get("/icon.svg").status == http.HTTPStatus.OK:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"The site did not start:\n{log.read_text(encoding='utf-8', errors='replace')}")
