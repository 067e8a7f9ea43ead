"""How does the site come up, as the demonstration or as a group's own?"""

from __future__ import annotations

import os
import shutil
import socket
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from pututu.operations.installation import CLOCK, ROOT, Installation

DEMONSTRATION = ROOT / "var" / "demo"
LOADED = "sign-in.txt"  # written last, when the whole demonstration is there
console = Console(stderr=True, highlight=False)


@click.command()
@click.option("--reset", is_flag=True, help="Throw the demonstration's data away and start over.")
@click.option("--port", default=8000, show_default=True, help="Port on 127.0.0.1.")
@click.option("--no-serve", is_flag=True, help="Prepare the demonstration, but don't serve it.")
def demo(*, reset: bool, port: int, no_serve: bool) -> None:
    """Serve the demonstration: the Peru Support Group, on this machine only."""
    installation = Installation(Path(os.environ.get("PUTUTU_DATA") or DEMONSTRATION))
    _clear(installation.data, reset=reset)
    os.environ["PUTUTU_DEMO"] = "1"
    os.environ.setdefault("PUTUTU_BASE_URL", f"http://127.0.0.1:{port}")
    installation.choose()
    if not installation.is_prepared:
        _prepare(installation, with_demonstration=True)
    (installation.data / "address").write_text(os.environ["PUTUTU_BASE_URL"], encoding="utf-8")
    sign_in = installation.data / "sign-in.txt"
    console.print(f"\nThe site:     http://127.0.0.1:{port}/\nStaff screens: http://127.0.0.1:{port}/admin/")
    console.print(sign_in.read_text(encoding="utf-8") if sign_in.exists() else "")
    if not no_serve:
        _listen("127.0.0.1", port)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--no-serve", is_flag=True, help="Prepare the installation, but don't serve it.")
def serve(*, host: str, port: int, no_serve: bool) -> None:
    """Serve a group's own site; an empty installation begins with the first-start page."""
    installation = Installation(Path(os.environ.get("PUTUTU_DATA") or ROOT / "var" / "site"))
    os.environ.setdefault("PUTUTU_BASE_URL", f"http://{host}:{port}")
    installation.choose()
    if not installation.is_prepared:
        _prepare(installation, with_demonstration=False)
    code = installation.data / "first-start-code"
    if code.exists():
        address = f"{os.environ['PUTUTU_BASE_URL']}/start/"
        console.print(f"\nThis installation is empty. Open {address} and give this code, which works once:")
        console.print(f"\n    {code.read_text(encoding='ascii')}\n")
    else:
        console.print(f"\nThe site: {os.environ['PUTUTU_BASE_URL']}/")
    if not no_serve:
        _listen(host, port)


def _clear(data: Path, *, reset: bool) -> None:
    """Remove a demonstration that is to start over, or whose first start was interrupted; never anything else.

    Raises click.ClickException for a folder that is no demonstration's.
    """
    if not data.exists() or not any(data.iterdir()) or ((data / LOADED).exists() and not reset):
        return
    if data != DEMONSTRATION and not (data / LOADED).exists():
        raise click.ClickException(f"{data} holds something that is no demonstration; nothing was touched.")
    console.print(
        "Removing the old demonstration" if reset else "Starting over: the first start was interrupted"
    )
    shutil.rmtree(data)


class Progress:
    """Says what is being done: a line for each stage, and at a terminal how far it has come."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.status = console.status("")
        self.stage = ""

    def __enter__(self) -> Progress:
        self.status.__enter__()
        return self

    def __exit__(self, *failure: Any) -> None:
        self.status.__exit__(*failure)

    def __call__(self, text: str) -> None:
        stage = text.partition(":")[0]
        if stage != self.stage:
            self.stage = stage
            self.console.print(f"{stage} …")
        self.status.update(text)


def _prepare(installation: Installation, *, with_demonstration: bool) -> None:
    """Set Django up and bring the installation in line with the code; imports come late, they take seconds."""
    from pututu.operations.prepare import prepare

    try:
        installation.data.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise click.ClickException(
            f"The data folder {installation.data} can't be made: {fault.strerror}. Set PUTUTU_DATA to another one."
        ) from fault
    with Progress(console) as report:
        prepare(report)
        if with_demonstration:
            from pututu.operations.demonstration.loader import load_demonstration

            load_demonstration(
                ROOT / "demonstration", report=report, sign_in=installation.data / "sign-in.txt"
            )
        else:
            from pututu.operations.first_start import offer_first_start

            offer_first_start(installation.data)
    installation.mark_prepared()


def _listen(host: str, port: int) -> None:
    """Become the web server. Press Ctrl+C to stop it."""
    _refuse_taken_port(host, port)
    os.environ.setdefault(CLOCK, "1")
    console.print("Press Ctrl+C to stop.")
    granian = Path(sys.executable).with_name("granian")
    arguments = [
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        "1",
        "--blocking-threads",
        "4",
        "--backpressure",
        "64",
        "--no-ws",
        "--log-level",
        "warning",
        "pututu.config.wsgi:application",
    ]
    os.execv(granian, [str(granian), *arguments])


def _refuse_taken_port(host: str, port: int) -> None:
    """Say it when another program listens there already: granian would share the port with it, silently."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as fault:
            message = f"Port {port} on {host} can't be had: {fault.strerror}. Choose another with --port."
            raise click.ClickException(message) from fault
