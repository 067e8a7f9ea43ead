"""How does a statement file come in, once, whole, and without what we had already?"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from pututu.giving.models import BankAccount, LineUse, Payment, Statement, StatementLine, Upload
from pututu.giving.rules.batches import in_batches
from pututu.giving.rules.lines import RawLine, Reading, fingerprints, only_references
from pututu.giving.rules.matching import Applied, match_lines
from pututu.giving.rules.statements import open_statement
from pututu.giving.rules.tables import Columns
from pututu.giving.services.expectations import as_line, erased_references, ledger_for
from pututu.giving.services.ledger import confirm_awaited
from pututu.lib.references import find_references

TEXT, PAYER = 500, 200  # so much of a line's words is kept
TROUBLES_KEPT = 500
UPLOADS_KEPT = dt.timedelta(days=1)


def needs_columns(account: BankAccount, content: bytes) -> bool:
    """Whether somebody must say which column is what before this file can be read. Raises StatementError."""
    opened = open_statement(content, currency=account.currency)
    if opened.table is None:
        return False
    return not (account.columns and Columns.from_json(account.columns).fit(opened.table.headings))


@transaction.atomic
def keep_upload(account: BankAccount, *, filename: str, content: bytes) -> Upload:
    """Keep a file until somebody has said which column is what; those that nobody came back to go."""
    Upload.objects.filter(at__lt=timezone.now() - UPLOADS_KEPT).delete()
    return Upload.objects.create(account=account, filename=filename[:200], content=content)


@transaction.atomic
def use_columns(upload: Upload, columns: Columns, *, by: Any) -> Statement:
    """Remember which column is what for the account, and take the file in. Raises StatementError."""
    account = upload.account
    account.columns = columns.as_json()
    statement = take_in(account, filename=upload.filename, content=bytes(upload.content), by=by)
    account.save(update_fields=["columns"])
    upload.delete()
    return statement


@transaction.atomic
def take_in(account: BankAccount, *, filename: str, content: bytes, by: Any) -> Statement:
    """Write down the lines of a file that we had not, and book those beyond doubt; the same file again adds nothing.

    Raises StatementError where the file cannot be read; then nothing is kept of it.
    """
    locked = BankAccount.objects.select_for_update().get(pk=account.pk)
    digest = hashlib.sha256(content).hexdigest()
    found = Statement.objects.filter(account=locked, sha256=digest).first()
    if found:
        return found
    columns = Columns.from_json(account.columns) if account.columns else None
    reading = open_statement(content, currency=locked.currency).read(columns, currency=locked.currency)
    statement = _write(locked, reading, filename=filename, digest=digest, by=by)
    book_beyond_doubt(statement)
    return statement


def _write(account: BankAccount, reading: Reading, *, filename: str, digest: str, by: Any) -> Statement:
    prints = fingerprints(reading.lines)
    known = _known(account, prints)
    erased = erased_references(reading.lines)
    statement = Statement.objects.create(
        account=account,
        filename=filename[:200],
        sha256=digest,
        known=len(known),
        troubles=[[each.number, each.wrong, each.value] for each in reading.troubles[:TROUBLES_KEPT]],
        by=by,
    )
    StatementLine.objects.bulk_create(
        (
            _row(statement, line, mark, erased)
            for line, mark in zip(reading.lines, prints, strict=True)
            if mark not in known
        ),
        batch_size=1000,
    )
    return statement


def _known(account: BankAccount, prints: Sequence[str]) -> set[str]:
    return {
        mark
        for some in in_batches(prints)
        for mark in account.lines.filter(fingerprint__in=some).values_list("fingerprint", flat=True)
    }


def _row(statement: Statement, line: RawLine, mark: str, erased: set[str]) -> StatementLine:
    codes = set(find_references(f"{line.text} {line.payer_text}"))
    if codes & erased:  # money of somebody who was erased waits for a person, and names nobody
        line = replace(line, text=only_references(f"{line.text} {line.payer_text}"), payer_text="")
    return StatementLine(
        account_id=statement.account_id,
        statement=statement,
        fingerprint=mark,
        booked_on=line.booked_on,
        minor=line.minor,
        text=line.text[:TEXT],
        payer_text=line.payer_text[:PAYER],
    )


def book_beyond_doubt(statement: Statement) -> int:
    """Book the lines of a file whose money is beyond doubt; return their number. Inside a transaction."""
    rows = {row.pk: row for row in statement.lines.filter(state=StatementLine.State.WAITING)}
    lines = [as_line(row) for row in rows.values()]
    ledger = ledger_for(statement.account, lines, today=timezone.localdate())
    sure = {each.payment: each for each in match_lines(lines, ledger).values() if isinstance(each, Applied)}
    # Somebody may have booked a payment meanwhile: those that are not awaited any more leave their lines waiting.
    came = confirm_awaited({key: rows[each.line].booked_on for key, each in sure.items()})
    uses = [_use(rows[sure[payment.pk].line], payment, how=str(sure[payment.pk].how)) for payment in came]
    LineUse.objects.bulk_create(uses, batch_size=1000)
    for some in in_batches(use.line_id for use in uses):
        StatementLine.objects.filter(pk__in=some).update(state=StatementLine.State.APPLIED)
    return len(uses)


def _use(row: StatementLine, payment: Payment, *, how: str) -> LineUse:
    return LineUse(line=row, payment=payment, minor=row.minor, how=how)
