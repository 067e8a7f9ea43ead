"""Who publishes what was scheduled, when its time has come, and who does what is due once a day?

A thread of the web server does, once a minute, so that the cheapest machine needs no cron. With several servers let
one of them do it, or none and call ``pututu manage publish_scheduled`` from outside, and once a day those of ``DAILY``.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import threading
import time

from django.core.management import call_command
from django.db import close_old_connections
from django.utils import timezone

from pututu.operations.installation import CLOCK

SECONDS = 60
DAILY = ("await_renewals", "send_reminders")
_done: dict[str, dt.date] = {}

logger = logging.getLogger(__name__)


def start_clock() -> threading.Thread | None:
    """Start the thread where the switch is on; it ends with the process."""
    if os.environ.get(CLOCK) != "1":
        return None
    thread = threading.Thread(target=_run, name="clock", daemon=True)
    thread.start()
    return thread


def _run() -> None:
    while True:
        time.sleep(SECONDS)
        tick()


def tick() -> None:
    """Do what is due; a failure is logged and the next minute tries again."""
    close_old_connections()
    try:
        _do("publish_scheduled")
        _do_daily(timezone.localdate())
    finally:
        close_old_connections()


def _do_daily(today: dt.date) -> None:
    """Run each command of ``DAILY`` that this process has not run today; all of them can be repeated."""
    for command in DAILY:
        if _done.get(command) != today and _do(command):
            _done[command] = today


def _do(command: str) -> bool:
    try:
        call_command(command, verbosity=0)
    except Exception:
        logger.exception("%s failed; it will be tried again in a minute.", command)
        return False
    return True
