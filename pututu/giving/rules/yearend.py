"""What came in a year, by month, and what of it went back?"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pututu.lib.tables import guarded


@dataclass(frozen=True, slots=True)
class Movement:
    """Money for one use that came (above nothing) or went back (below) on a day."""

    on: dt.date
    minor: int
    what: str
    method: str
    fund: str = ""
    is_refund: bool = False


@dataclass(slots=True)
class Row:
    """One line of the year's table: a use by a method, with its twelve months. Amounts in minor units."""

    what: str
    method: str
    fund: str
    is_refund: bool = False
    months: list[int] = field(default_factory=lambda: [0] * 12)

    @property
    def total(self) -> int:
        return sum(self.months)


def by_month(movements: Iterable[Movement], *, first: dt.date) -> list[Row]:
    """The year that begins with the month of ``first``, a row for each use, method and fund, in their order.

    What lies outside of the year is left out; so all rows together are what came in it less what went back in it.
    """
    rows: dict[tuple[str, str, str, bool], Row] = {}
    for each in movements:
        month = (each.on.year - first.year) * 12 + each.on.month - first.month
        if not 0 <= month < 12:
            continue
        key = (each.what, each.fund, each.method, each.is_refund)
        rows.setdefault(key, Row(each.what, each.method, each.fund, each.is_refund)).months[month] += (
            each.minor
        )
    return [rows[key] for key in sorted(rows)]


def totals(rows: Iterable[Row]) -> list[int]:
    """What each of the twelve months comes to."""
    sums: dict[int, int] = defaultdict(int)
    for row in rows:
        for month, minor in enumerate(row.months):
            sums[month] += minor
    return [sums[month] for month in range(12)]


def safe_cells(cells: Iterable[str]) -> Iterator[str]:
    """Cells that no spreadsheet takes for a formula: such a text gets an apostrophe before it (OWASP, CSV injection).

    Plain amounts, which may begin with a hyphen, stay as they are.
    """
    for cell in cells:
        is_amount = cell.lstrip("-").replace(".", "", 1).isdigit()
        yield cell if is_amount else guarded(cell)
