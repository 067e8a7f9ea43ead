"""Which installation does the rescue work on, and is it ready for it?"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import click

TOO_LITTLE = 1 << 20  # bytes on a disk with which no database works


def choose_installation(names: tuple[str, ...] = ("site", "demo")) -> Path:
    """The data folder that PUTUTU_DATA names; without it the first of ``names`` that was started once."""
    checkout = Path(__file__).resolve().parents[3]
    homes = [checkout / "var" / name for name in names]
    found = next((home for home in homes if (home / "prepared").exists()), homes[0])
    os.environ.setdefault("PUTUTU_DATA", str(found))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pututu.config.settings")
    data = Path(os.environ["PUTUTU_DATA"])
    if (data / "address").exists():  # where the demonstration was last served
        os.environ.setdefault("PUTUTU_BASE_URL", (data / "address").read_text(encoding="utf-8"))
    return data


def has_site(data: Path) -> bool:
    return (data / "prepared").exists()


def need_site(data: Path, *, is_dry: bool) -> None:
    if not is_dry and not has_site(data):
        raise click.ClickException(
            f"There is no site in {data} yet: start one (./run serve), or add --dry-run."
        )


def set_up(data: Path) -> None:
    """Set Django up; where there is a site, its database must answer and be as new as the program."""
    import django

    django.setup()
    if has_site(data):
        _need_database(data)


def _is_full(data: Path) -> bool:
    return shutil.disk_usage(data).free < TOO_LITTLE


def _need_database(data: Path) -> None:
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except OperationalError as fault:
        reason = str(fault).strip().splitlines()[0]
        remedy = "Its disk is full: make room and run again." if _is_full(data) else "See ./run check."
        raise click.ClickException(f"The database does not answer: {reason}. {remedy}") from fault
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise click.ClickException(
            f"The database of {data} is older than this program: start the site once (./run serve, or ./run demo for"
            " the demonstration), which brings it up to date."
        )
