"""Which programs from outside Python do the tests need, and are they there?"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pututu.operations.commands.postgres import postgres_programs


@dataclass(frozen=True)
class Program:
    """A program from the system's packages, how to see whether it is there, and what is skipped without it."""

    package: str
    is_there: Callable[[], bool]
    skipped: str


PROGRAMS = (
    Program("gettext", lambda: bool(shutil.which("xgettext")), "the test for messages without a translation"),
    Program(
        "chromium",
        lambda: bool(shutil.which("chromium") or shutil.which("chromium-browser")),
        "the tests in a browser",
    ),
    Program("postgresql", lambda: postgres_programs() is not None, "the tests on PostgreSQL"),
    Program("dovecot-imapd", lambda: Path("/usr/sbin/dovecot").exists(), "the tests with a real mailbox"),
)


def provide_system_packages() -> list[str]:
    """Install what is missing where one may (root with apt-get); return a line for each thing done or skipped."""
    missing = [program for program in PROGRAMS if not program.is_there()]
    if not missing:
        return []
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _install([program.package for program in missing])
    return [_outcome(program) for program in missing]


def _install(packages: list[str]) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    ):
        subprocess.run(command, check=False, env=quiet, stdout=subprocess.DEVNULL)


def _outcome(program: Program) -> str:
    if program.is_there():
        return f"Installed {program.package}."
    return f"Skipping {program.skipped}: install {program.package} (apt-get install {program.package})."
