"""How does a source that staff gave come across, without a terminal, while the site goes on?

The file lies in ``rescues`` in the data folder. The command ``bring_old_sites``, which the clock calls, looks at what
was given and brings what was asked for; killed, it goes on the next time.
"""

from __future__ import annotations

import hashlib
import shutil
import time
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings

from pututu.rescue.bringing.applying import Done, Into
from pututu.rescue.bringing.keeping import DiskIsFull
from pututu.rescue.bringing.running import Outcome, Source, bring, look
from pututu.rescue.models import RescueRun
from pututu.rescue.shelter import NoSiteYet
from pututu.rescue.sources import UnknownSource
from pututu.rescue.sources.zipped import UnsafeZip, is_wacz, unpack

FIRST = 20
State = RescueRun.State


def folder() -> Path:
    path = Path(settings.MEDIA_ROOT).parent / "rescues"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def path_of(run: RescueRun) -> Path:
    """Where the file lies; its ending is kept, because of a table it is the one sign."""
    return folder() / f"{run.sha256}{Path(run.filename).suffix.lower()[:8]}"


def take(file: Any, *, site: str, by: Any) -> RescueRun:
    """Keep an uploaded file and let it be looked at; nothing half remains."""
    digest = hashlib.sha256()
    draft = folder() / f"draft-{time.time_ns()}"
    try:
        with draft.open("xb") as kept:
            for chunk in file.chunks():
                digest.update(chunk)
                kept.write(chunk)
        run = RescueRun(sha256=digest.hexdigest(), filename=Path(file.name).name[-200:], site=site, by=by)
        draft.replace(path_of(run))
    finally:
        draft.unlink(missing_ok=True)
    run.save()
    return run


def work() -> None:
    """Look at all that was given, and bring across what was asked for."""
    for run in RescueRun.objects.filter(state__in=[State.GIVEN, State.ASKED]).order_by("pk"):
        try:
            _look(run) if run.state == State.GIVEN else _bring(run)
        except (UnknownSource, UnsafeZip, NoSiteYet, DiskIsFull, FileNotFoundError) as fault:
            run.state, run.fault = State.FAILED, str(fault)
        run.save()


def _source(run: RescueRun) -> Source:
    path = path_of(run)
    with path.open("rb") as file:
        is_zip = file.read(2) == b"PK"
    if not is_zip or is_wacz(path):
        return Source((path,), site=run.site)
    unpacked = folder() / f"{run.sha256}.unpacked"
    if not unpacked.exists():
        draft = unpacked.with_suffix(".half")
        shutil.rmtree(draft, ignore_errors=True)
        unpack(path, draft)
        draft.rename(unpacked)
    return Source((unpacked,), site=run.site)


def _look(run: RescueRun) -> None:
    outcome, kinds = Outcome(), Counter[str]()
    first: list[dict[str, str]] = []
    for done in look(_source(run), is_known=True, outcome=outcome):
        kinds[f"{done.decision.act} {done.item.kind}"] += 1
        if len(first) < FIRST:
            first.append(_line(done))
        _progress(run, sum(kinds.values()))
    run.first, run.counts, run.state = first, dict(kinds), State.PLANNED
    run.fault = "\n".join(str(each) for each in outcome.faults[:FIRST])


def _bring(run: RescueRun) -> None:
    outcome = Outcome()
    for number, _done in enumerate(bring(_source(run), Into(section=run.section), outcome=outcome), 1):
        _progress(run, number)
    run.counts, run.state = dict(outcome.acts), State.DONE
    run.fault = "\n".join(str(each) for each in outcome.faults[:FIRST])


def _progress(run: RescueRun, number: int) -> None:
    if number % 50 == 0:
        RescueRun.objects.filter(pk=run.pk).update(number=number)
    run.number = number


def _line(done: Done) -> dict[str, str]:
    item = done.item
    date = item.published.edtf if item.published else ""
    return {
        "title": item.title,
        "kind": str(item.kind),
        "address": item.address,
        "date": date,
        "outcome": item.outcome,
    }
