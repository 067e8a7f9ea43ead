"""Who does what is due by itself: publishes, asks payment providers, takes what renews by itself, awaits renewals?

A thread of the web server does, so that the cheapest machine needs no cron. With several servers let one of them do
it, or none and call the commands of ``DUE`` from outside (``pututu manage publish_scheduled``, …).
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Mapping
from io import StringIO
from itertools import count

from django.core.management import call_command
from django.db import close_old_connections

from pututu.operations.installation import CLOCK

SECONDS = 60
A_MOMENT = 5  # seconds: somebody looks at the screen
# Each after so many minutes. All of them can be repeated: what was done already is not done again.
DUE = {
    "publish_scheduled": 1,
    "ask_readers": 1,
    "reconcile_payments": 10,
    "take_regular_payments": 60,
    "await_renewals": 60,
    "send_reminders": 60,
}
# A mail server that answers slowly keeps nothing else waiting: mail has a thread of its own.
POST = {"send_bulletins": 1, "take_bounces": 10}
# An old site takes its time too, and whoever gave it waits for it: this is looked after every moment.
LONG = {"bring_old_sites": 1}

logger = logging.getLogger(__name__)


def start_clock() -> threading.Thread | None:
    """Start the threads where the switch is on; they end with the process."""
    if os.environ.get(CLOCK) != "1":
        return None
    threading.Thread(target=_run, args=[POST], name="postman", daemon=True).start()
    threading.Thread(target=_run, args=[LONG, A_MOMENT], name="rescuer", daemon=True).start()
    thread = threading.Thread(target=_run, args=[DUE], name="clock", daemon=True)
    thread.start()
    return thread


def _run(table: Mapping[str, int], seconds: int = SECONDS) -> None:
    rest = seconds
    for minute in count():
        time.sleep(rest)
        rest = seconds if tick(minute, table) else SECONDS


def tick(minute: int = 0, table: Mapping[str, int] = DUE) -> bool:
    """Do what is due, and say whether all of it could be done.

    A failure is logged, keeps nothing else back, and is tried again.
    """
    close_old_connections()
    done = [_do(command) for command, every in table.items() if minute % every == 0]
    close_old_connections()
    return all(done)


def _do(command: str) -> bool:
    try:
        call_command(command, verbosity=0, stdout=StringIO())
    except Exception:
        logger.exception("%s failed; it will be tried again in a minute or more.", command)
        return False
    return True
