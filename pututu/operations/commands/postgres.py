"""Where can tests find a PostgreSQL that nobody else uses?"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

# Without autovacuum nobody counts the rows of a test that is about to be rolled back: such a count made the planner
# believe in empty tables and take minutes where it takes milliseconds.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


class PostgresMissing(Exception):
    """There is no PostgreSQL server on this machine, or it does not start."""


def postgres_programs() -> Path | None:
    """Return the folder of the newest installed server's programs, or None."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    found = [folder for folder in folders if (folder / "initdb").exists()]
    return found[-1] if found else None


@contextlib.contextmanager
def temporary_postgres() -> Iterator[str]:
    """Start a server on loopback with an empty cluster; give its URL; stop it and remove the cluster afterwards."""
    programs = postgres_programs()
    if programs is None:
        raise PostgresMissing("install postgresql (apt-get install postgresql).")
    folder = Path(tempfile.mkdtemp(prefix="pututu-postgres-"))
    data = folder / "data"
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        _run(programs, "initdb", "-D", data, "-U", "pututu", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        port = _free_port()
        options = " ".join([f"-p {port} -k {folder} -h 127.0.0.1", *(f"-c {setting}" for setting in FAST)])
        _run(programs, "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgres://pututu@127.0.0.1:{port}/postgres"
        finally:
            _run(programs, "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(programs: Path, program: str, *arguments: object) -> None:
    """Run one of PostgreSQL's programs, as the user postgres when we are root, which it refuses to run as."""
    command = [str(programs / program), *map(str, arguments)]
    identity = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    # The server outlives pg_ctl and would keep a pipe open: what it says goes to a file.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(
            command,
            check=False,
            stdout=said,
            stderr=said,
            cwd="/",
            user=identity.pw_uid if identity else None,
            group=identity.pw_gid if identity else None,
        )
        said.seek(0)
        if done.returncode:
            raise PostgresMissing(f"{program} failed: {said.read().strip()[-300:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
