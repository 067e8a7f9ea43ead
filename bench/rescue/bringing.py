"""Does every address of a large invented site lead somewhere in one step once it came across, and how fast does it?

Run by ``python -m bench.rescue --bring ITEMS`` or ``--illustrated MEGABYTES``, in a process of its own with a database
and folders of its own.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.rescue.peak import peak


def print_brought(write: Callable[[Path], int]) -> None:
    """Bring the archive across that ``write`` writes, which says how many pages are in it; print what was found."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "old.warc.gz"
        pages = write(path)
        environment = {
            **os.environ,
            "PUTUTU_DATA": name,
            "PUTUTU_SECRET_KEY": "of the bench",
            "DJANGO_SETTINGS_MODULE": "pututu.config.settings",
        }
        command = [sys.executable, "-W", "ignore", "-m", "bench.rescue.bringing", str(path), str(pages)]
        subprocess.run(command, env=environment, check=True)


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from tests.factories import make_site

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    make_site(("en", "es"))
    path, pages = Path(sys.argv[1]), int(sys.argv[2])
    acts, seconds = brought(path)
    print(
        f"{pages} pages brought across in {seconds:.0f} s ({pages / seconds:.0f} a second), peak {peak():.0f} MB:"
    )
    print(f"  {dict(acts)}")
    again, seconds = brought(path)
    print(f"  again, {seconds:.0f} s: {dict(again)}")
    for line, number in sorted(steps().items()):
        print(f"  {line}: {number}")


def brought(path: Path) -> tuple[Counter[str], float]:
    from pututu.rescue.bringing.applying import Into
    from pututu.rescue.bringing.running import Outcome, Source, bring, section_named

    outcome, began = Outcome(), time.monotonic()
    into = Into(section=section_named("/news/") or section_named("news"), is_published=True)
    for _done in bring(Source((path,)), into, outcome=outcome):
        pass
    return outcome.acts, time.monotonic() - began


def steps() -> Counter[str]:
    """Ask for every old address as a reader does: how many steps it takes, and to what."""
    from django.test import Client

    from pututu.rescue.bringing.table import rows

    logging.disable(logging.WARNING)
    client, found = Client(SERVER_NAME="localhost"), Counter[str]()
    for row in rows():
        parts = urlsplit(row["address"])
        found[
            f"{row['outcome']}: {_walked(client, f'{parts.path}?{parts.query}' if parts.query else parts.path)}"
        ] += 1
    return found


def _walked(client: Any, path: str) -> str:
    seen = []
    while path not in seen and len(seen) < 5:
        seen.append(path)
        answer = client.get(path)
        if answer.status_code not in (301, 302):
            return f"{answer.status_code} after {len(seen) - 1} steps"
        path = answer["Location"]
    return "a loop" if path in seen else "too many steps"


if __name__ == "__main__":
    main()
