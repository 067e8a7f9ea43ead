"""Which processes hand mails over, and which of them are dead?"""

from __future__ import annotations

import datetime as dt
import os
import socket
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from pututu.bulletins.models import Delivery, Worker
from pututu.bulletins.rules.ledger import UNDER_WAY, State, left_by_the_dead

KEEPS_WORKER = {State.IN_DOUBT}  # for a worker that was only silent may still write the answer down
SILENT_FOR = dt.timedelta(minutes=15)  # far longer than any answer of a mail server may take


def begin_work() -> Worker:
    """Note that this process begins to hand mails over."""
    pid = os.getpid()
    return Worker.objects.create(
        host=socket.gethostname()[:100], pid=pid, began=_began(pid), seen_at=timezone.now()
    )


@transaction.atomic
def end_work(worker: Worker) -> int:
    """Note that a worker is done; return how many mails it leaves in doubt (``rules.left_by_the_dead``).

    PostgreSQL may still carry out what a worker asked for last when it is dead already. So its row is waited for, and
    what is claimed is seen to before what is handed over, as a mail goes.
    """
    now, doubtful = timezone.now(), 0
    Worker.objects.select_for_update().filter(pk=worker.pk).first()
    for state in (State.CLAIMED, State.HANDED_OVER):
        left = left_by_the_dead(state)
        rows = Delivery.objects.filter(worker=worker, state=state)
        number = rows.update(state=left, worker=worker if left in KEEPS_WORKER else None, changed_at=now)
        doubtful += number if left is State.IN_DOUBT else 0
    Worker.objects.filter(pk=worker.pk).update(ended_at=now)
    return doubtful


def settle_the_dead() -> int:
    """See to what dead workers left; return how many mails are in doubt. None of those is sent again by itself.

    Also to what was noted of one that had been seen to already: the last wish of a dead one may come late.
    """
    now = timezone.now()
    dead = [worker for worker in Worker.objects.filter(ended_at=None) if not is_alive(worker, now=now)]
    under_way = Delivery.objects.filter(state__in=UNDER_WAY).values("worker")
    late = Worker.objects.filter(ended_at__isnull=False, pk__in=under_way)
    return sum(end_work(worker) for worker in [*dead, *late])


def is_alive(worker: Worker, *, now: dt.datetime) -> bool:
    """Whether a worker may still write an answer down. On this machine the system knows; elsewhere silence tells."""
    if worker.host == socket.gethostname()[:100] and worker.began:
        return _began(worker.pid) == worker.began
    return worker.seen_at > now - SILENT_FOR


def _began(pid: int) -> str:
    """When the process with this number began, in the system's own count; "" where there is none or it can't be told.

    Source: proc(5), the 22nd field of /proc/PID/stat, counted after the name in brackets. A dead one that nobody has
    buried (state Z) is none.
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()[:18]
    return "" if fields[0] == "Z" else f"{boot}:{fields[19]}"
