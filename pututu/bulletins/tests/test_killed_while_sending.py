"""Is anything lost or sent twice when the worker is killed at any moment?

On the database on which the tests run: SQLite in a folder of its own, or another database on the same PostgreSQL.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.databases import own_database


def play(folder: Path, *options: str) -> dict[str, Any]:
    """Let ``killing`` play in a folder and a database of its own."""
    with own_database() as url:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "pututu.bulletins.tests.killing", str(folder), *options],
            env=os.environ | {"PUTUTU_DATA": str(folder), "DATABASE_URL": url},
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_two_hundred_deaths_lose_nobody_and_write_to_nobody_twice(tmp_path: Path) -> None:
    found = play(tmp_path, "--kills", "200", "--readers", "1000")
    assert found["kills"] == 200
    assert found["kills_between_mails"] >= 100, "most deaths fall into the sending"
    assert (found["lost"], found["twice"], found["said_accepted_but_never_taken"]) == (0, 0, 0)
    assert found["in_doubt_by_one_kill"] <= 1
    assert found["even"]
    assert found["mails"] >= 1000


def test_a_mailer_that_sends_again_what_is_in_doubt_writes_twice(tmp_path: Path) -> None:
    """The control: the same deaths catch a worker that takes a dead one's mail up again by itself."""
    found = play(tmp_path, "--kills", "25", "--readers", "300", "--requeue", "--slow")
    assert found["twice"] > 0
