"""How much memory did a process hold at most, by what the system counted of itself alone?

``python -m bench.rescue.peak FILE rescue …`` runs the command and writes its peak and seconds into FILE. What
``getrusage`` tells of a child begins with what its parent held when it was made; ``VmHWM`` begins with the program.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STATUS = Path("/proc/self/status")


def peak() -> float:
    """The most megabytes of resident memory that this process held since it runs this program (Linux)."""
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def measured(module: str, *words: str, environment: dict[str, str] | None = None) -> tuple[float, float]:
    """Run ``python -m module words…`` in silence; its peak in MB, and its seconds."""
    with tempfile.NamedTemporaryFile("r") as said:
        command = [sys.executable, "-W", "ignore", "-m", __name__, said.name, module, *words]
        done = subprocess.run(
            command,
            env={**os.environ, **(environment or {})},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        told = said.read()
    if not told or done.returncode > 1:  # 1: something was damaged, and told
        raise RuntimeError(done.stderr[-2000:])
    found = json.loads(told)
    return found["peak"], found["seconds"]


def main() -> None:
    import runpy

    into, module, *words = sys.argv[1:]
    began = time.monotonic()
    atexit.register(
        lambda: Path(into).write_text(json.dumps({"peak": peak(), "seconds": time.monotonic() - began}))
    )
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
