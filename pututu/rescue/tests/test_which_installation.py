"""A database that the program can't work with is told in a sentence before anything is read."""

import subprocess
from pathlib import Path

import pytest

from pututu.rescue.terminal import installation
from tests.running import PUTUTU, environment

LIST = "•  A law on springs\n\n   16 December 2013\n\n   Villages may say no.\n"


def run(data: Path, *words: str, database: str = "") -> tuple[int, str]:
    (data / "list.txt").write_text(LIST, encoding="utf-8")
    done = subprocess.run(
        [PUTUTU, "rescue", str(data / "list.txt"), *words],
        env=environment(data) | {"DATABASE_URL": database},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("words", [(), ("--dry-run",), ("--dry-run", "--json")])
def test_a_database_older_than_the_program_is_told(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "prepared").touch()
    code, told = run(tmp_path, *words)
    assert (code, "Traceback" in told) == (1, False)
    assert "is older than this program: start the site once" in told


def test_a_database_that_does_not_answer_is_told(tmp_path: Path) -> None:
    (tmp_path / "prepared").touch()
    code, told = run(tmp_path, "--dry-run", database="postgres://nobody@127.0.0.1:1/nothing")
    assert (code, "Traceback" in told) == (1, False)
    assert "The database does not answer" in told


def test_a_full_disk_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert not installation._is_full(tmp_path)
    monkeypatch.setattr(installation, "TOO_LITTLE", 1 << 60)
    assert installation._is_full(tmp_path)


def test_a_look_without_a_site_asks_no_database(tmp_path: Path) -> None:
    code, told = run(tmp_path, "--dry-run", database="postgres://nobody@127.0.0.1:1/nothing")
    assert (code, "stories" in told or "story" in told) == (0, True)
