"""Is anything lost, half made or made twice when bringing a site across is killed at any moment?

On the database on which the tests run. Seven deaths by default; ``PUTUTU_KILLS=50`` for as many as one likes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.databases import own_database

KILLS = int(os.environ.get("PUTUTU_KILLS", "7"))
PAGES = 40


def play(folder: Path, *options: str) -> dict[str, Any]:
    with own_database() as url:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "pututu.rescue.tests.killing", str(folder), *options],
            env=os.environ | {"PUTUTU_DATA": str(folder), "DATABASE_URL": url},
            capture_output=True,
            text=True,
            timeout=1800,
            check=False,
        )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    print(found)
    return found


def is_whole(found: dict[str, Any], pages: int) -> bool:
    names = ("pages", "titles", "public", "up_to_date", "linked", "known")
    assert {name: found[name] for name in names} == dict.fromkeys(names, pages)
    assert (found["pictures"], found["picture_files"]) == (pages // 2, pages // 2)
    assert (found["leading_nowhere"], found["half"], found["in_temporary_folder"]) == (0, 0, 0)
    return found["again"] == {}


def test_a_killed_run_is_finished_by_the_next(tmp_path: Path) -> None:
    found = play(tmp_path, "--kills", str(KILLS), "--pages", str(PAGES))
    assert found["kills"] == KILLS
    assert is_whole(found, PAGES)


def test_so_is_a_killed_command(tmp_path: Path) -> None:
    kills = max(2, KILLS // 5)
    found = play(tmp_path, "--kills", str(kills), "--pages", "20", "--by-command")
    assert found["kills"] == kills
    assert is_whole(found, 20)
