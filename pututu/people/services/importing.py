"""How does a list from elsewhere come in: read, tried, decided, brought in, once, even if the machine stops?

A run belongs to one file, known by its hash. Trying writes a row for each line that says what would happen; bringing
in marks each of them in the same transaction as what it does. So a run that was killed goes on where it stopped, and
nothing comes in twice. The file is read as a stream; it lies in the data folder until it is no longer needed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections.abc import Generator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from pututu.lib.tables import UnreadableTable, read_rows, sniff_delimiter, sniff_encoding
from pututu.people.models import AccessRecord, ImportRow, ImportRun, Person
from pututu.people.rules.rows import (
    Row,
    RowError,
    Terms,
    Verdict,
    Why,
    guess,
    judge,
    may_carry_agreement,
    read_row,
)
from pututu.people.services.access import log_access
from pututu.people.services.bringing import bring_in
from pututu.people.services.bringing_many import (
    Known,
    Told,
    is_plainly_new,
    keys_of,
    says_nothing_new,
    write_down,
)
from pututu.people.services.persons import NoReferenceLeft
from pututu.people.services.recognising import Recognition
from pututu.people.services.recognising import keys_of as hashed_keys

BATCH = 100
SAMPLES = 3
Line = tuple[int, list[str] | None]


class ListMissing(LookupError):
    """The file of a list that is not done is no longer in the data folder."""


def folder() -> Path:
    """Where lists lie while they are brought in: beside the uploads, where no address leads."""
    path = Path(settings.MEDIA_ROOT).parent / "imports"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def path_of(run: ImportRun) -> Path:
    return folder() / f"{run.sha256}.csv"


def take_list(file: Any, *, filename: str, by: Any) -> ImportRun:
    """Keep an uploaded file and begin a run; the same file leads to the run that it has. Raises UnreadableTable."""
    digest = hashlib.sha256()
    draft = folder() / f"draft-{time.time_ns()}"
    with draft.open("xb") as kept:
        for chunk in file.chunks():
            digest.update(chunk)
            kept.write(chunk)
    try:
        return _begin(draft, digest.hexdigest(), filename=filename, by=by)
    finally:
        draft.unlink(missing_ok=True)


def _begin(draft: Path, sha256: str, *, filename: str, by: Any) -> ImportRun:
    with draft.open("rb") as file:
        encoding = sniff_encoding(file)
        head = file.read(65_536).decode(encoding, errors="replace")
    delimiter = sniff_delimiter(head)
    with draft.open("rb") as file:
        headers = next(
            (cells for _line, cells in read_rows(file, encoding=encoding, delimiter=delimiter)), None
        )
    if not headers:
        raise UnreadableTable("The file is empty.")
    draft.rename(folder() / f"{sha256}.csv")
    facts = {
        "filename": filename[:200],
        "encoding": encoding,
        "delimiter": delimiter,
        "headers": headers or [],
        "mapping": {str(index): guess(each) for index, each in enumerate(headers or [])},
        "by": by,
    }
    run, _is_new = ImportRun.objects.get_or_create(sha256=sha256, defaults=facts)
    if run.state == ImportRun.State.DONE and not waiting(run):
        path_of(run).unlink(missing_ok=True)
    return run


def lines_of(run: ImportRun, *, after: int = 0) -> Generator[Line, None, None]:
    """The lines of a run's file below its headings, from behind line ``after``."""
    with path_of(run).open("rb") as file:
        rows = read_rows(file, encoding=run.encoding, delimiter=run.delimiter)
        next(rows, None)
        yield from ((line, cells) for line, cells in rows if line > after)


def samples(run: ImportRun) -> list[list[str]]:
    """The first cells of each column, to recognise it by."""
    with closing(lines_of(run)) as lines:
        rows = [cells or [] for _line, cells in islice(lines, SAMPLES)]
    return [[row[index] for row in rows if index < len(row)] for index in range(len(run.headers))]


@transaction.atomic
def map_columns(run: ImportRun, *, mapping: dict[str, str], terms: dict[str, Any]) -> None:
    """Name what the columns hold, and start trying anew; what was brought in already stays so."""
    run.rows.filter(done_at=None).delete()
    run.mapping, run.terms, run.state = mapping, terms, ImportRun.State.TRYING
    run.save()


def terms_of(run: ImportRun) -> Terms:
    told = run.terms
    day = dt.date.fromisoformat(told["agreed_on"]) if told.get("agreed_on") else None
    return Terms(
        purposes=tuple(told.get("purposes", ())),
        language=told.get("language") or settings.LANGUAGE_CODE,
        wording=told.get("wording", ""),
        agreed_on=day,
        is_day_first=told.get("is_day_first", True),
    )


# --- trying, and bringing in


def advance(run: ImportRun, *, seconds: float | None = None) -> bool:
    """Try or bring in batch after batch until the end, or until ``seconds`` are over; whether it came to the end.

    Raises ListMissing.
    """
    until = time.monotonic() + seconds if seconds is not None else None
    is_trying = run.state == ImportRun.State.TRYING
    if not is_trying and run.state != ImportRun.State.APPLYING:
        return True
    if not path_of(run).exists():
        raise ListMissing("The file of this list is gone: upload it once more, and the list goes on.")
    act = _try_batch if is_trying else _apply_batch
    with closing(lines_of(run, after=_last_line(run, is_trying=is_trying))) as lines:
        while batch := list(islice(lines, BATCH)):
            act(run, batch)
            if until is not None and time.monotonic() > until:
                return False
    _finish(run)
    return True


def _last_line(run: ImportRun, *, is_trying: bool) -> int:
    """The line behind which there is something to do."""
    if is_trying:
        return run.rows.order_by("-line").values_list("line", flat=True).first() or 0
    first_open = run.rows.filter(done_at=None).exclude(verdict=Verdict.REFUSE)
    first_open = first_open.exclude(verdict=Verdict.DECIDE, choice="")
    return (first_open.order_by("line").values_list("line", flat=True).first() or 1) - 1


def _finish(run: ImportRun) -> None:
    state = ImportRun.State.TRIED if run.state == ImportRun.State.TRYING else ImportRun.State.DONE
    ImportRun.objects.filter(pk=run.pk, state=run.state).update(state=state)
    run.refresh_from_db()
    if run.state == ImportRun.State.DONE and not waiting(run):
        path_of(run).unlink(missing_ok=True)


def waiting(run: ImportRun) -> int:
    """How many lines wait for somebody to decide."""
    return run.rows.filter(verdict=Verdict.DECIDE, done_at=None).count()


def _read(run: ImportRun, cells: list[str] | None) -> Row:
    if cells is None:
        raise RowError(Why.UNREADABLE)
    return read_row(cells, run.mapping, terms_of(run), today=timezone.localdate())


@transaction.atomic
def _try_batch(run: ImportRun, batch: list[Line]) -> None:
    """Say of each line what would happen with it; a line that has its word already keeps it."""
    ImportRun.objects.select_for_update().get(pk=run.pk)
    told = set(run.rows.filter(line__in=[line for line, _cells in batch]).values_list("line", flat=True))
    rows: dict[int, Row | RowError] = {}
    for line, cells in batch:
        if line not in told:
            try:
                rows[line] = _read(run, cells)
            except RowError as problem:
                rows[line] = problem
    recognition = Recognition([row for row in rows.values() if isinstance(row, Row)], run=run)
    made = [_tried(run, line, row, recognition) for line, row in rows.items()]
    ImportRow.objects.bulk_create(made)


def _tried(run: ImportRun, line: int, row: Row | RowError, recognition: Recognition) -> ImportRow:
    if isinstance(row, RowError):
        return ImportRow(run=run, line=line, verdict=Verdict.REFUSE, why=row.why, text=row.text)
    key, name_key = hashed_keys(row)
    judgement = judge(row, recognition.known(row))
    recognition.remember(row, line)
    why = judgement.why
    if why is None and row.standing == "agreed" and not may_carry_agreement(row, terms_of(run)):
        why = Why.NOTHING_CARRIED
    meant = judgement.candidate
    return ImportRow(
        run=run,
        line=line,
        key=key,
        name_key=name_key,
        verdict=judgement.verdict,
        why=why or "",
        person_id=meant.person if meant else None,
        same_as=meant.line if meant else None,
    )


def begin_bringing_in(run: ImportRun, *, by: Any) -> None:
    """Let a run that was tried be brought in; again after further decisions."""
    states = [ImportRun.State.TRIED, *([ImportRun.State.DONE] if waiting(run) else [])]
    if ImportRun.objects.filter(pk=run.pk, state__in=states).update(state=ImportRun.State.APPLYING):
        log_access(AccessRecord.Act.ADDED, by=by, detail=f"list {run.pk}")
    run.refresh_from_db()


@transaction.atomic
def _apply_batch(run: ImportRun, batch: list[Line]) -> None:
    """Bring in the lines that nothing speaks against, each once, and mark them."""
    ImportRun.objects.select_for_update().get(pk=run.pk)
    cells = dict(batch)
    open_rows = run.rows.filter(line__in=list(cells), done_at=None).exclude(verdict=Verdict.REFUSE)
    rows: list[Told] = []
    for told in open_rows.exclude(verdict=Verdict.DECIDE, choice=""):
        try:
            rows.append((told, _read(run, cells[told.line])))
        except RowError as problem:
            _refuse(told, problem.why)
    while rows:
        rows = _apply_some(run, rows)


def _apply_some(run: ImportRun, rows: list[Told]) -> list[Told]:
    """Bring in rows together up to the first that must be looked at by itself, and that one; return the rest."""
    known, terms = Known.of(row for _told, row in rows), terms_of(run)
    new: list[Told] = []
    marked: list[ImportRow] = []
    seen: set[str] = set()
    for at, (told, row) in enumerate(rows):
        is_apart = seen.isdisjoint(keys_of(row))
        seen |= keys_of(row)
        if is_apart and is_plainly_new(told, row, known):
            new.append((told, row))
            continue
        if is_apart and _is_known_already(told, row, known, terms):
            marked.append(told)
            continue
        _mark([*marked, *_write_new(run, new)])
        _apply_one(run, told, row)
        return rows[at + 1 :]
    _mark([*marked, *_write_new(run, new)])
    return []


def _is_known_already(told: ImportRow, row: Row, known: Known, terms: Terms) -> bool:
    """Whether a row is about somebody who is known, and changes nothing; it is then pointed at them."""
    judgement = known.judgement(row)
    key = judgement.candidate.person if judgement.candidate else None
    person = known.people.get(key or 0)
    is_sure = judgement.verdict == Verdict.MATCH and not told.choice and told.person_id in (None, key)
    if person is None or not is_sure or not says_nothing_new(row, person, known, terms):
        return False
    told.person = person
    return True


def _write_new(run: ImportRun, some: list[Told]) -> list[ImportRow]:
    """Write new people down together, and return their rows; where that fails, one by one: each gets its own word."""
    try:
        with transaction.atomic():
            write_down(some, terms=terms_of(run), source=source_of(run), by=run.by)
    except (IntegrityError, NoReferenceLeft):
        for told, row in some:
            _apply_one(run, told, row)
        return []
    return [told for told, _row in some]


def _mark(rows: list[ImportRow]) -> None:
    for told in rows:
        told.done_at = timezone.now()
    columns = ["person", "done_at"]  # all of these rows are there; to write them anew is the quickest way
    ImportRow.objects.bulk_create(rows, update_conflicts=True, update_fields=columns, unique_fields=["id"])


def _apply_one(run: ImportRun, told: ImportRow, row: Row) -> None:
    try:
        with transaction.atomic():
            _apply(run, told, row)
    except (RowError, IntegrityError, NoReferenceLeft) as problem:
        told.person = None
        _refuse(told, getattr(problem, "why", Why.FAILED))


def _refuse(told: ImportRow, why: Why) -> None:
    told.verdict, told.why = Verdict.REFUSE, why
    told.save()


def source_of(run: ImportRun) -> str:
    return f"{run.filename} ({run.at:%Y-%m-%d})"


def _apply(run: ImportRun, told: ImportRow, row: Row) -> None:
    """Judge a row by what is known now, and write it down unless it waits for somebody."""
    judgement = judge(row, Recognition([row]).known(row))
    meant = judgement.candidate.person if judgement.candidate else None
    if judgement.verdict == Verdict.REFUSE:
        raise RowError(judgement.why or Why.FAILED)
    if judgement.verdict == Verdict.DECIDE and not told.choice:
        told.verdict, told.why, told.person_id = Verdict.DECIDE, judgement.why or "", meant
        told.save()
        return
    if told.choice != ImportRow.Choice.LEAVE:
        is_same = judgement.verdict == Verdict.MATCH or told.choice == ImportRow.Choice.SAME
        person = Person.objects.filter(pk__in=[told.person_id or meant]).first() if is_same else None
        told.person = bring_in(row, person, terms=terms_of(run), source=source_of(run), by=run.by)
    told.done_at = timezone.now()
    told.save()


@transaction.atomic
def drop_list(run: ImportRun) -> None:
    """Give a list up that nothing was brought in from, with its file."""
    if not run.rows.exclude(done_at=None).exists():
        path_of(run).unlink(missing_ok=True)
        run.delete()
