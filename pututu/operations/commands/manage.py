"""How does an operator reach Django's own commands?"""

from __future__ import annotations

import os
from pathlib import Path

import click

from pututu.operations.installation import ROOT, Installation


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run one of Django's or Wagtail's own management commands."""
    installation = Installation(Path(os.environ.get("PUTUTU_DATA") or ROOT / "var" / "site"))
    installation.choose()
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(["pututu manage", *arguments])
    except OperationalError as fault:
        if installation.data.is_dir() or installation.has_database:
            raise
        message = f"There is no installation in {installation.data}: start one with ./run serve, or set PUTUTU_DATA."
        raise click.ClickException(message) from fault
