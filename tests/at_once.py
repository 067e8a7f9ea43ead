"""How do two acts run at once, so that a test sees whether the second one waits? (PostgreSQL)"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

import pututu.config.urls  # noqa: F401 - read now: while a test runs, other apps than these are not there

APPS = ["pututu.people", "pututu.giving", "pututu.membership"]
"""Only these apps' tables are emptied afterwards: what migrations have put into the others stays for the next test."""
MARKS = [
    pytest.mark.django_db(transaction=True, available_apps=APPS),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def meet_after(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
    """Have two that call ``owner.name`` wait for each other when they have its answer, if both can come so far."""
    meeting, real = threading.Barrier(2, timeout=1.5), getattr(owner, name)

    def looked(*args: Any, **kwargs: Any) -> Any:
        found = real(*args, **kwargs)
        with contextlib.suppress(threading.BrokenBarrierError):
            meeting.wait()
        return found

    monkeypatch.setattr(owner, name, looked)


def meet_before(monkeypatch: pytest.MonkeyPatch, owner: Any, *names: str) -> None:
    """Have two that are about to call any of these wait for each other, if both can come so far."""
    meeting = threading.Barrier(2, timeout=1.5)
    for name in names:
        monkeypatch.setattr(owner, name, _after_meeting(meeting, getattr(owner, name)))


def _after_meeting(meeting: threading.Barrier, act: Callable[..., Any]) -> Callable[..., Any]:
    def met(*args: Any, **kwargs: Any) -> Any:
        with contextlib.suppress(threading.BrokenBarrierError):
            meeting.wait()
        return act(*args, **kwargs)

    return met


def both_at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all acts in threads of their own; return what each answered or raised."""
    found: list[Any] = []

    def do(act: Callable[[], Any]) -> None:
        try:
            found.append(act())
        except Exception as error:
            found.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
