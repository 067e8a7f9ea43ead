"""How does a source that staff gave come across, without a terminal, while the site goes on?

The file lies in ``rescues`` in the data folder until it was brought across. The command ``bring_old_sites``, which the
clock calls, looks at what was given and brings what was asked for; killed, or where the disk is full, it goes on the
next time. What a death left in the folder is taken away after an hour.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import time
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from wagtail.models import Page

from pututu.rescue.bringing.applying import Done, Into
from pututu.rescue.bringing.keeping import AN_HOUR
from pututu.rescue.bringing.room import DiskIsFull, told_when_full
from pututu.rescue.bringing.running import MOST_FAULTS, Outcome, Source, Watch, bring, look
from pututu.rescue.bringing.taking_back import take_back
from pututu.rescue.capture import Unreadable
from pututu.rescue.deciding import Act
from pututu.rescue.models import RescueRun
from pututu.rescue.shelter import NoSiteYet
from pututu.rescue.sources import UnknownSource
from pututu.rescue.sources.zipped import UnsafeZip, is_wacz, unpack

FIRST = 20
LONGEST_NAME = 150  # bytes of a file's name
State, Stage = RescueRun.State, RescueRun.Stage
BUSY = (State.GIVEN, State.ASKED, State.UNDOING)
MOMENT = 1.0  # seconds between two notes of how far a run is
LOG = logging.getLogger(__name__)
NEEDED = (State.GIVEN, State.PLANNED, State.ASKED)


def folder() -> Path:
    path = Path(settings.MEDIA_ROOT).parent / "rescues"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def path_of(run: RescueRun) -> Path:
    """Where the file lies; its ending is kept, because of a table it is the one sign."""
    return folder() / f"{run.sha256}{Path(run.filename).suffix.lower()[:8]}"


def take(
    file: Any, *, by: Any, site: str = "", section: Page | None = None, is_published: bool = False
) -> RescueRun:
    """Keep an uploaded file and let it be looked at; nothing half remains. Raises DiskIsFull."""
    digest = hashlib.sha256()
    draft = folder() / f"draft-{time.time_ns()}"
    try:
        with told_when_full(), draft.open("xb") as kept:
            for chunk in file.chunks():
                digest.update(chunk)
                kept.write(chunk)
        run = RescueRun(
            sha256=digest.hexdigest(),
            filename=Path(file.name).name[-200:],
            site=site,
            by=by,
            section=section,
            is_published=is_published,
        )
        draft.replace(path_of(run))
    finally:
        draft.unlink(missing_ok=True)
    run.save()
    return run


def ask(run: RescueRun, *, by: Any, is_undo: bool = False) -> bool:
    """Ask for a run to be brought across, or taken back, in the background; False where it is not the time for it."""
    before, after = (State.DONE, State.UNDOING) if is_undo else (State.PLANNED, State.ASKED)
    asked = RescueRun.objects.filter(pk=run.pk, state=before)
    return bool(asked.update(state=after, stage="", number=0, by=by))


def work() -> list[str]:
    """Look at all that was given, bring across what was asked for, and take back what was to be taken back.

    Gives a sentence of each that waits for room on the disk.
    """
    waiting = []
    acts = {State.GIVEN: _look, State.ASKED: _bring, State.UNDOING: _take_back}
    for run in RescueRun.objects.filter(state__in=acts).order_by("pk"):
        try:
            with told_when_full():
                acts[State(run.state)](run)
        except DiskIsFull as fault:
            run.fault = f"{fault} It goes on by itself then."
            waiting.append(f"{run.filename}: {run.fault}")
        except (UnknownSource, UnsafeZip, NoSiteYet) as fault:
            run.state, run.fault = State.FAILED, str(fault)
        except FileNotFoundError:
            run.state, run.fault = State.FAILED, "Its file is no longer here. Give it again."
        except DatabaseError:
            raise
        except Exception as fault:  # one bad source must not keep those behind it waiting for ever
            LOG.exception("A source of the old site failed: %s", run.filename)
            told = (
                f"It failed in a way that nobody foresaw ({type(fault).__name__}). What came so far is kept."
            )
            run.state, run.fault = State.FAILED, told
        run.save()
        _forget(run.sha256)
    _sweep()
    return waiting


def _forget(sha256: str) -> None:
    """What was brought across, or can't be, needs its file no more: who wrote comments on the old site stands in it."""
    if not RescueRun.objects.filter(sha256=sha256, state__in=NEEDED).exists():
        for each in folder().glob(f"{sha256}*"):
            _remove(each)


def _sweep() -> None:
    """Take away what no run needs and nobody writes: what is left of uploads and runs that were killed."""
    needed = set(RescueRun.objects.filter(state__in=NEEDED).values_list("sha256", flat=True))
    for each in folder().iterdir():
        if each.name.partition(".")[0] not in needed and each.stat().st_mtime < time.time() - AN_HOUR:
            _remove(each)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _source(run: RescueRun) -> Source:
    path = path_of(run)
    with path.open("rb") as file:
        is_zip = file.read(2) == b"PK"
    if not is_zip or is_wacz(path):
        return Source((_named(run, path),), site=run.site)
    unpacked, told = folder() / f"{run.sha256}.unpacked", folder() / f"{run.sha256}.left-out"
    if not unpacked.exists():
        draft = unpacked.with_suffix(".half")
        shutil.rmtree(draft, ignore_errors=True)
        if left := unpack(path, draft):
            told.write_text(json.dumps([[each.source, each.fault] for each in left[:MOST_FAULTS]]))
        draft.rename(unpacked)
    faults = json.loads(told.read_text()) if told.exists() else []
    left_out = tuple(Unreadable(source, fault) for source, fault in faults)
    return Source((unpacked,), site=run.site, left_out=left_out)


def _named(run: RescueRun, path: Path) -> Path:
    """A file under the name that its giver knows: faults say it, and items of scraped text have it in their address."""
    name = Path(run.filename)
    stem = name.stem.encode()[:LONGEST_NAME].decode(errors="ignore").strip(". ") or run.sha256[:12]
    named = folder() / f"{run.sha256}.named" / f"{stem}{name.suffix[:16]}"
    named.parent.mkdir(exist_ok=True)
    if not named.exists():
        named.hardlink_to(path)
    return named


class Progress(Watch):
    """Writes down how far a run is, for those who look at its screen, every moment."""

    def __init__(self, run: RescueRun) -> None:
        self.run, self._next = run, 0.0

    def read(self) -> None:
        self.step(Stage.READING)

    def dated(self) -> None:
        self.step(Stage.DATING)

    def step(self, stage: RescueRun.Stage) -> None:
        """One more thing of a stage is done."""
        run = self.run
        run.number = run.number + 1 if stage == run.stage else 1
        run.stage = stage
        if time.monotonic() >= self._next:
            RescueRun.objects.filter(pk=run.pk).update(stage=stage, number=run.number)
            self._next = time.monotonic() + MOMENT


def _look(run: RescueRun) -> None:
    progress, kinds = Progress(run), Counter[str]()
    outcome, first, rest = Outcome(watch=progress), list[dict[str, str]](), list[dict[str, str]]()
    for done in look(_source(run), is_known=True, outcome=outcome):
        kinds[f"{done.decision.act} {done.item.kind}"] += 1
        shown = rest if done.decision.act is Act.REFUSE else first
        if len(shown) < FIRST:
            shown.append(_line(done))
        progress.step(Stage.COMPARING)
    run.first, run.counts, run.state = [*first, *rest][:FIRST], dict(kinds), State.PLANNED
    run.fault = "\n".join(str(each) for each in outcome.faults[:FIRST])


def _bring(run: RescueRun) -> None:
    progress, kinds = Progress(run), Counter[str]()
    outcome = Outcome(watch=progress)
    for done in bring(_source(run), into_of(run), outcome=outcome):
        kinds[f"{done.decision.act} {done.item.kind}"] += 1
        progress.step(Stage.WRITING)
    run.counts, run.state = dict(kinds), State.DONE
    run.fault = "\n".join(str(each) for each in outcome.faults[:FIRST])


def into_of(run: RescueRun) -> Into:
    """Where a run goes by the rights that its giver has now: into a section only as who may add there."""
    rights = run.section.permissions_for_user(run.by) if run.section and run.by else None
    may_add = bool(rights and rights.can_add_subpage())
    is_published = run.is_published and may_add and bool(rights and rights.can_publish_subpage())
    return Into(section=run.section if may_add else None, is_published=is_published, run=run)


def _take_back(run: RescueRun) -> None:
    progress = Progress(run)
    for _row in take_back(run, by=run.by):
        progress.step(Stage.DELETING)
    run.state = State.UNDONE


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
