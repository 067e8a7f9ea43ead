"""Where does this installation live, and is it ready to serve?"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent
CLOCK = "PUTUTU_CLOCK"
SETTINGS = "pututu.config.settings"


@dataclass(frozen=True)
class Installation:
    """A data folder and what it was last prepared with."""

    data: Path

    @property
    def stamp(self) -> Path:
        return self.data / "prepared"

    @property
    def is_prepared(self) -> bool:
        """Whether the database and the static files already fit the code as it is now."""
        return self.stamp.exists() and self.stamp.read_text(encoding="ascii") == code_stamp()

    @property
    def has_database(self) -> bool:
        """Whether asking the database would find one, rather than make an empty file."""
        return bool(os.environ.get("DATABASE_URL")) or (self.data / "pututu.sqlite3").exists()

    def mark_prepared(self) -> None:
        self.stamp.write_text(code_stamp(), encoding="ascii")

    def choose(self) -> None:
        """Let this process and those it starts use this installation and Pututu's settings."""
        os.environ["PUTUTU_DATA"] = str(self.data)
        os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS


def code_stamp() -> str:
    """Return a hash over everything that decides about tables and static files: name, size and time of each."""
    patterns = ("config/*.py", "*/migrations/*.py", "*/static/**/*")
    files = [
        ROOT / "requirements" / "run.txt",
        *(path for pattern in patterns for path in PACKAGE.glob(pattern)),
    ]
    database = os.environ.get("DATABASE_URL", "")
    parts = sorted(
        f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files if path.is_file()
    )
    return hashlib.sha256("\n".join([database, *parts]).encode()).hexdigest()
