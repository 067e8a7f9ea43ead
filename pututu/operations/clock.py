"""Who publishes what was scheduled, when its time has come?

A thread of the web server does, once a minute, so that the cheapest machine needs no cron. With several servers let
one of them do it, or none and call ``pututu manage publish_scheduled`` from outside.
"""

from __future__ import annotations

import logging
import os
import threading
import time

from django.core.management import call_command
from django.db import close_old_connections

from pututu.operations.installation import CLOCK

SECONDS = 60

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
    """Publish and take down what is due; a failure is logged and the next minute tries again."""
    close_old_connections()
    try:
        call_command("publish_scheduled", verbosity=0)
    except Exception:
        logger.exception("Scheduled pages could not be published; it will be tried again in a minute.")
    finally:
        close_old_connections()
