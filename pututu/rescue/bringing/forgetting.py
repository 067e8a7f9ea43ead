"""What becomes of a source that staff had looked at and never asked for: how long does its file lie there?"""

from __future__ import annotations

import datetime as dt
import shutil

from django.utils import timezone

from pututu.rescue.bringing.given import BUSY, folder
from pututu.rescue.models import RescueRun

KEPT = dt.timedelta(days=30)
PLANNED, FAILED = RescueRun.State.PLANNED, RescueRun.State.FAILED


def forget_what_nobody_asked_for() -> None:
    """Delete such files and say so: names of members, readers' comments and drafts may stand in them."""
    for run in RescueRun.objects.filter(state=PLANNED, given_at__lt=timezone.now() - KEPT):
        run.state = FAILED
        run.fault = f"Nobody asked for it within {KEPT.days} days, and its file was deleted. Give it again."
        run.save(update_fields=["state", "fault"])
        is_needed = RescueRun.objects.filter(sha256=run.sha256, state__in=[*BUSY, PLANNED]).exists()
        for each in () if is_needed else folder().glob(f"{run.sha256}*"):
            if each.is_dir():
                shutil.rmtree(each, ignore_errors=True)
            else:
                each.unlink(missing_ok=True)
