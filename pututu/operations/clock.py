"""Who does what is due by itself: publishes, asks payment providers, takes what renews by itself, awaits renewals?

A thread of the web server does, so that the cheapest machine needs no cron. With several servers let one of them do
it, or none and call the commands of ``DUE`` from outside (``pututu manage publish_scheduled``, …).
"""

from __future__ import annotations

import logging
import os
import threading
import time
from io import StringIO
from itertools import count

from django.core.management import call_command
from django.db import close_old_connections

from pututu.operations.installation import CLOCK

SECONDS = 60
# Each after so many minutes. All of them can be repeated: what was done already is not done again.
DUE = {
    "publish_scheduled": 1,
    "reconcile_payments": 10,
    "take_regular_payments": 60,
    "await_renewals": 60,
    "send_reminders": 60,
}

logger = logging.getLogger(__name__)


def start_clock() -> threading.Thread | None:
    """Start the thread where the switch is on; it ends with the process."""
    if os.environ.get(CLOCK) != "1":
        return None
    thread = threading.Thread(target=_run, name="clock", daemon=True)
    thread.start()
    return thread


def _run() -> None:
    for minute in count():
        time.sleep(SECONDS)
        tick(minute)


def tick(minute: int = 0) -> None:
    """Do what is due; a failure is logged, keeps nothing else back, and is tried again."""
    close_old_connections()
    for command, every in DUE.items():
        if minute % every == 0:
            _do(command)
    close_old_connections()


def _do(command: str) -> None:
    try:
        call_command(command, verbosity=0, stdout=StringIO())
    except Exception:
        logger.exception("%s failed; it will be tried again in a minute or more.", command)
