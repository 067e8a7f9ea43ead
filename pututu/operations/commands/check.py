"""Is this installation fit for the public?"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from pututu.operations.installation import ROOT, Installation


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def check(*, as_json: bool) -> None:
    """Run every system check, those for production included; exit 1 when something is missing."""
    installation = Installation(Path(os.environ.get("PUTUTU_DATA") or ROOT / "var" / "site"))
    installation.choose()
    import django
    from django.core import checks

    django.setup()
    found = checks.run_checks(include_deployment_checks=True, databases=_databases(installation))
    rows = [{"id": each.id, "level": each.level, "message": each.msg, "hint": each.hint} for each in found]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, default=str, indent=2))
    else:
        for each in found:
            click.echo(str(each))
        click.echo(f"{len(found)} to see to." if found else "Nothing to see to.")
    sys.exit(1 if any(each.level >= checks.WARNING for each in found) else 0)


def _databases(installation: Installation) -> list[str] | None:
    """The databases to look into: none that is not there or does not answer, which a check of its own says."""
    from django.db import OperationalError, connection

    if not installation.has_database:
        return None
    try:
        connection.ensure_connection()
    except OperationalError:
        return None
    return ["default"]
