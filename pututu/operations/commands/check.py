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
    Installation(Path(os.environ.get("PUTUTU_DATA") or ROOT / "var" / "site")).choose()
    import django
    from django.core import checks

    django.setup()
    found = checks.run_checks(include_deployment_checks=True, databases=["default"])
    rows = [{"id": each.id, "level": each.level, "message": each.msg, "hint": each.hint} for each in found]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, default=str, indent=2))
    else:
        for each in found:
            click.echo(str(each))
        click.echo(f"{len(found)} to see to." if found else "Nothing to see to.")
    sys.exit(1 if any(each.level >= checks.WARNING for each in found) else 0)
