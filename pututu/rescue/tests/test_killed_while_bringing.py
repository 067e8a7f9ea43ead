"""Is anything lost, half made or made twice when bringing a site across is killed at any moment?

Five deaths by default; ``PUTUTU_KILLS=50`` for as many as one likes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

KILLS = int(os.environ.get("PUTUTU_KILLS", "5"))
PAGES = 40


def play(folder: Path, *options: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "pututu.rescue.tests.killing", str(folder), *options],
        env=os.environ | {"PUTUTU_DATA": str(folder), "DATABASE_URL": ""},
        capture_output=True,
        text=True,
        timeout=1800,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_killed_run_is_finished_by_the_next(tmp_path: Path) -> None:
    found = play(tmp_path, "--kills", str(KILLS), "--pages", str(PAGES))
    assert found["kills"] == KILLS
    everything = {
        name: found[name] for name in ("pages", "titles", "public", "up_to_date", "linked", "known")
    }
    assert everything == dict.fromkeys(everything, PAGES)
    assert found["pictures"] == PAGES // 2
    assert (found["leading_nowhere"], found["half"], found["again"]) == (0, 0, {})
