"""What can be asked of Pututu from a terminal?

Exit codes: 0 done, 1 refused or failed with a sentence that says why, 2 called wrongly (click's own).
"""

from __future__ import annotations

import os

import click

from pututu import __version__
from pututu.config.faults import faults
from pututu.operations.commands.check import check
from pututu.operations.commands.manage import manage
from pututu.operations.commands.serve import demo, serve
from pututu.operations.commands.testing import test
from pututu.rescue.commands import rescue


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pututu")
def main() -> None:
    """Pututu: the software behind a country support group."""
    if found := list(faults(os.environ)):
        raise click.ClickException("\n".join(found))


for command in (demo, serve, rescue, check, test, manage):
    main.add_command(command)
