"""How is a claim written out for HMRC's schedule spreadsheet?

The columns stand in the order of HMRC's own sheet ("Schedule spreadsheet to claim back tax on Gift Aid donations"),
which must not be changed: its rows are copied from these files and pasted there, a thousand at most in each.
"""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from odfdo import Cell, Document, Row, Table

from pututu.giving.models import Claim
from pututu.giving.rules.gift_aid import in_schedules
from pututu.giving.rules.yearend import safe_cells

HEAD = (
    "Item",
    "Title",
    "First name",
    "Last name",
    "House name or number",
    "Postcode",
    "Aggregated donations",
    "Sponsored event",
    "Donation date (DD/MM/YY)",
    "Amount",
)


def schedules(claim: Claim) -> list[list[tuple[str, ...]]]:
    """The lines of each schedule that the claim needs, numbered from 1 in each; empty boxes stay empty."""
    return [
        [
            (
                str(item),
                row["title"],
                row["first_name"],
                row["last_name"],
                row["house"],
                row["postcode"],
                "",
                "",
                row["date"],
                row["amount"],
            )
            for item, row in enumerate(rows, start=1)
        ]
        for rows in in_schedules(claim.rows)
    ]


def as_csv(lines: list[tuple[str, ...]]) -> bytes:
    """One schedule as CSV: UTF-8 with a byte order mark, as spreadsheets expect it, CRLF (RFC 4180)."""
    written = io.StringIO()
    csv.writer(written).writerows([HEAD, *(safe_cells(line) for line in lines)])
    return written.getvalue().encode("utf-8-sig")


def as_ods(lines: list[tuple[str, ...]]) -> bytes:
    """One schedule as an OpenDocument spreadsheet; amounts are numbers, all else is text, dates included."""
    document = Document("spreadsheet")
    document.body.clear()
    table = Table("Gift Aid schedule")
    for line in (HEAD, *lines):
        table.append_row(_row(line))
    document.body.append(table)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _row(line: tuple[str, ...]) -> Row:
    row = Row()
    for text in line[:-1]:
        row.append_cell(Cell(text, cell_type="string") if text else Cell())
    amount = line[-1]
    is_number = amount[:1].isdigit()
    row.append_cell(Cell(Decimal(amount), text=amount) if is_number else Cell(amount, cell_type="string"))
    return row
