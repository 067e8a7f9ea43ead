"""How far is a rescue, stage by stage, for whoever looks at the terminal?"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import (
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

Thing = TypeVar("Thing")
WIDTH = 44


class Stages:
    """Shows on stderr each stage with its count; where nobody looks, a line is written when a stage is over."""

    def __init__(self) -> None:
        self.console = Console(stderr=True, highlight=False)
        self._progress = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description:<12}"),
            TextColumn("{task.completed:>6}"),
            TimeElapsedColumn(),
            TextColumn("{task.fields[what]}", style="dim"),
            console=self.console,
            disable=not self.console.is_terminal,
            redirect_stdout=sys.stdout.isatty(),  # else what is printed for a program would land on the screen
        )
        self._task: TaskID | None = None
        self._name = ""
        self.count = 0

    def __enter__(self) -> Stages:
        self._progress.start()
        return self

    def __exit__(self, *_failure: Any) -> None:
        self.close()

    def close(self) -> None:
        """Show what came of the last stage and leave the screen; safe to repeat."""
        self.end()
        self._progress.stop()

    def begin(self, name: str) -> None:
        self.end()
        self._name, self.count = name, 0
        self._task = self._progress.add_task(name, total=None, what="")

    def step(self, what: str = "", *, stage: str = "") -> None:
        """Count one more thing; the first of a ``stage`` begins it."""
        if stage and stage != self._name:
            self.begin(stage)
        self.count += 1
        if self._task is not None:
            self._progress.update(self._task, completed=self.count, what=what[:WIDTH])

    def through(self, things: Iterable[Thing], *, stage: str) -> Iterator[Thing]:
        """Pass the things of a stage on and count them."""
        for thing in things:
            self.step(stage=stage)
            yield thing

    def end(self) -> None:
        if self._task is None:
            return
        self._progress.update(self._task, total=self.count or 1, completed=self.count or 1, what="")
        self._task = None
        if not self.console.is_terminal:
            self.console.print(f"{self._name}: {self.count}")
