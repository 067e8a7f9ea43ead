"""What became of every old address, as a table for people and for programs?"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from pututu.rescue.bringing.answering import told_outcome
from pututu.rescue.models import OldAddress

COLUMNS = ("address", "outcome", "to", "reason", "seen")


def rows() -> Iterator[dict[str, str]]:
    """Every address, the unresolved first."""
    found = OldAddress.objects.select_related("item__page", "picture", "document", "section")
    for row in found.order_by("-outcome", "host", "path").iterator(chunk_size=500):
        outcome, to, reason = told_outcome(row)
        address = f"http://{row.host}{row.path}" if row.host else row.path
        yield dict(zip(COLUMNS, (address, outcome, to, reason, str(row.seen)), strict=True))


def as_csv(table: Iterator[dict[str, str]]) -> Iterator[str]:
    """The table line by line; a cell that a spreadsheet would reckon out is marked as text."""
    for cells in ({name: name for name in COLUMNS}, *table):
        line = io.StringIO()
        csv.writer(line).writerow([_plain(cells[name]) for name in COLUMNS])
        yield line.getvalue()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def as_lines(table: Iterator[dict[str, str]], counts: Counter[str]) -> Iterator[str]:
    """The unresolved, each with its reason, then how many addresses have which outcome."""
    for cells in table:
        counts[cells["outcome"]] += 1
        if cells["outcome"] == "unresolved":
            yield f"? {cells['address']}\n    {cells['reason']}"
    yield ", ".join(f"{counts[name]} {name}" for name in ("same", "redirect", "gone", "unresolved")) + "."
