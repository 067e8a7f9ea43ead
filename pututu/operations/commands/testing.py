"""Does everything hold: style, types, walls, and what the tests say, on both databases?"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import click
from rich.console import Console

from pututu.operations.commands.postgres import PostgresMissing, temporary_postgres
from pututu.operations.commands.system_packages import provide_system_packages
from pututu.operations.installation import ROOT

console = Console(highlight=False)
BIN = Path(sys.executable).parent

CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("style", ("ruff", "check", ".")),
    ("layout", ("ruff", "format", "--check", ".")),
    ("spelling", ("codespell", "pututu", "docs", "README.md", "CHANGELOG.md")),
    ("types", ("mypy", "pututu")),
    ("walls", ("lint-imports",)),
    ("dependencies", ("deptry", ".")),
    ("migrations", ("pututu", "manage", "makemigrations", "--check", "--dry-run")),
)


@click.command()
@click.option("--quick", is_flag=True, help="Only the checks and the tests on SQLite without a browser.")
@click.argument("pytest_arguments", nargs=-1, type=click.UNPROCESSED)
def test(*, quick: bool, pytest_arguments: tuple[str, ...]) -> None:
    """Run linters, types, walls and every test, on SQLite and on PostgreSQL."""
    os.chdir(ROOT)
    os.environ["PUTUTU_DATA"] = str(ROOT / "var" / "test")
    os.environ.pop("DATABASE_URL", None)
    if not quick:
        for line in provide_system_packages():
            console.print(line)
    failed = [name for name, command in CHECKS if not _passes(name, command)]
    tests = ("pytest", "-n", "2", "--dist", "loadfile", *pytest_arguments)
    if not _passes("tests on SQLite", (*tests, "-m", "not browser") if quick else tests):
        failed.append("tests on SQLite")
    if not quick and not _passes_on_postgres(tests):
        failed.append("tests on PostgreSQL")
    console.print(f"\nFailed: {', '.join(failed)}" if failed else "\nEverything holds.")
    sys.exit(1 if failed else 0)


def _passes(name: str, command: tuple[str, ...]) -> bool:
    """Run one tool of the environment, showing what it prints; true when it exits with 0."""
    console.print(f"\n[bold]{name}[/bold]: {' '.join(command)}")
    began = time.monotonic()
    done = subprocess.run([str(BIN / command[0]), *command[1:]], check=False)
    console.print(
        f"{name}: {'passed' if done.returncode == 0 else 'FAILED'} in {time.monotonic() - began:.0f} s"
    )
    return done.returncode == 0


def _passes_on_postgres(tests: tuple[str, ...]) -> bool:
    """Run the suite again, without the browser, on a PostgreSQL of its own that is thrown away afterwards."""
    try:
        with temporary_postgres() as url:
            os.environ["DATABASE_URL"] = url
            return _passes("tests on PostgreSQL", (*tests, "-m", "not browser"))
    except PostgresMissing as missing:
        console.print(f"Skipping the tests on PostgreSQL: {missing}")
        return True
    finally:
        os.environ.pop("DATABASE_URL", None)
