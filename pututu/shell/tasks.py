"""Who makes the sizes of pictures, so that neither the one who publishes nor a reader waits?

A thread of the web server does, one picture after the other. Nothing is lost with the process: what is not made yet is
made when somebody looks at it. Commands, which have no such thread, make the sizes at once.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from queue import SimpleQueue

from django.db import close_old_connections

from pututu.media.models import Picture
from pututu.shell.pictures import IN_WORK, lacking, prepare

logger = logging.getLogger(__name__)
_line: SimpleQueue[int] | None = None


def start_making_sizes() -> threading.Thread:
    """Start the thread; it ends with the process."""
    global _line
    _line = SimpleQueue()
    thread = threading.Thread(target=_run, args=(_line,), name="sizes", daemon=True)
    thread.start()
    return thread


def make_sizes(pictures: Iterable[Picture | None]) -> None:
    """Make the files that ``pictures`` lack: soon where there is a thread for it, else at once."""
    wanted = lacking(pictures)
    if _line is None:
        prepare(wanted)
        return
    for picture in wanted:
        IN_WORK.add(picture.pk)
        _line.put(picture.pk)


def _run(line: SimpleQueue[int]) -> None:
    while True:
        make_one(line.get())


def make_one(key: int) -> None:
    """Make the files of one picture; a failure is logged, and readers get them made when they look."""
    close_old_connections()
    try:
        prepare(Picture.objects.filter(pk=key))
    except Exception:
        logger.exception("The sizes of picture %s could not be made.", key)
    finally:
        IN_WORK.discard(key)
        close_old_connections()
