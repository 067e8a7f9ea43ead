"""What has to be done before an installation can serve readers?

Imported only once the installation is chosen, because it sets Django up.
"""

from __future__ import annotations

from collections.abc import Callable

import django
from django.core.management import call_command

Report = Callable[[str], None]


def prepare(report: Report) -> None:
    """Bring database, static files and message catalogues in line with the code; safe to repeat."""
    django.setup()
    report("Preparing the database")
    call_command("migrate", interactive=False, verbosity=0)
    report("Gathering style sheets, fonts and scripts")
    call_command("collectstatic", interactive=False, verbosity=0, clear=False)
