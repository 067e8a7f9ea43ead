"""What is somebody told whose disk is full, or where nothing can be written, and what should they do?

Whatever was in hand is given up whole: a batch of pages by its transaction, a file by being taken away. The next run,
with room, goes on from there.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError

from pututu.rescue.dating import shelf

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NO_RIGHT = {errno.EROFS, errno.EACCES, errno.EPERM}
OF_DATABASES = (
    "disk is full",
    "disk i/o error",
    "readonly database",
    "unable to open database file",
    "no space left on device",
    "could not extend file",
)


class DiskIsFull(Exception):
    """Something can't be kept; the message says where, and what to do."""


@contextmanager
def told_when_full() -> Iterator[None]:
    """Raise DiskIsFull in place of what the system, the database or the shelf raises for want of room or rights."""
    try:
        yield
    except shelf.Fault as fault:
        raise DiskIsFull(
            f"What is read waits in the temporary folder {tempfile.gettempdir()} and finds no room ({fault}). "
            "Make room in it, or name another folder with TMPDIR, and run again: what came so far is kept."
        ) from fault
    except OperationalError as fault:
        if not any(words in str(fault).lower() for words in OF_DATABASES):
            raise
        raise DiskIsFull(
            f"The database can't be written ({str(fault).strip()}). Make room on its disk and run again: "
            "what came so far is kept."
        ) from fault
    except OSError as fault:
        if fault.errno not in NO_ROOM | NO_RIGHT:
            raise
        raise DiskIsFull(told(fault)) from fault


def told(fault: OSError) -> str:
    """A sentence about a file that can't be written."""
    where = os.fsdecode(fault.filename) if fault.filename else "A file"
    remedy = "Make room" if fault.errno in NO_ROOM else "Let Pututu write there"
    return f"{where} can't be written ({fault.strerror}). {remedy} and run again: what came so far is kept."
