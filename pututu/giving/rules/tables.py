"""How is a bank's CSV file read, whatever its separator, encoding and columns?"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pututu.giving.rules.days import NotADay, read_day
from pututu.giving.rules.lines import MAX_LINES, RawLine, Reading, Refused, StatementError, Wrong
from pututu.lib.money import MoneyError, read_money

SEPARATORS = ",;\t|"
LOOKED_AT = 40  # so many rows at the head of a file say what it is like


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a bank's files is what, by its heading (or "1", "2", … in files without headings).

    Either ``amount`` is one signed column, or ``paid_in`` and ``paid_out`` are two. ``day_first`` is about 03/04/2026.
    """

    date: str
    amount: str = ""
    paid_in: str = ""
    paid_out: str = ""
    text: tuple[str, ...] = ()
    payer: str = ""
    day_first: bool = True

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "text": list(self.text)}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Columns:
        return cls(**{**kept, "text": tuple(kept.get("text", ()))})

    @property
    def is_enough(self) -> bool:
        return bool(self.date and (self.amount or self.paid_in))

    @property
    def named(self) -> set[str]:
        every = {self.date, self.amount, self.paid_in, self.paid_out, self.payer, *self.text}
        return every - {""}

    def fit(self, headings: Sequence[str]) -> bool:
        return self.named <= set(headings)


@dataclass(frozen=True, slots=True)
class Table:
    """A file as rows of cells, each with the number of its line; ``headings`` are unique."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def cells(self, row: tuple[str, ...]) -> dict[str, str]:
        return dict(zip(self.headings, row, strict=False))


# --- bytes to rows


def decode(content: bytes) -> str:
    """Read bytes as the text that banks write: UTF-8 or UTF-16 with their marks, UTF-8, else Windows-1252."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def read_table(content: bytes) -> Table:
    """Split a CSV file into headings and rows. Raises StatementError where it is none."""
    text = decode(content)
    if "\x00" in text:
        raise StatementError(Refused.NO_TABLE)
    rows = list(_rows(text, _separator(text)))
    if not rows or max(len(row) for _number, row in rows[:LOOKED_AT]) < 3:
        raise StatementError(Refused.NO_TABLE)
    at = _heading_at(rows)
    if at is None:
        width = max(len(row) for _number, row in rows)
        return Table(tuple(str(number + 1) for number in range(width)), tuple(rows))
    return Table(_unique(rows[at][1]), tuple(rows[at + 1 :]))


def _separator(text: str) -> str:
    """The separator by which most of the first rows have the same number of cells, at least three."""

    def agreement(mark: str) -> int:
        widths = Counter(len(row) for row in csv.reader(text.splitlines()[:LOOKED_AT], delimiter=mark))
        return max((times * width for width, times in widths.items() if width >= 3), default=0)

    return max(SEPARATORS, key=agreement)


def _rows(text: str, mark: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        for row in reader:
            cells = tuple(cell.strip() for cell in row)
            if any(cells):
                yield reader.line_num, cells
            if reader.line_num > MAX_LINES * 4:
                raise StatementError(Refused.TOO_MANY)
    except csv.Error as error:
        raise StatementError(Refused.BROKEN, str(reader.line_num)) from error


def _heading_at(rows: Sequence[tuple[int, tuple[str, ...]]]) -> int | None:
    """Where the row of headings stands: banks may put the account's name above it; None where there is none."""
    for at, (_number, row) in enumerate(rows[:LOOKED_AT]):
        words = {_fold(cell) for cell in row}
        if words & DATES and len([cell for cell in row if cell]) >= 3:
            return at
        if _is_day(row[0], day_first=True) and len(row) >= 3:
            return None
    return None


def _unique(headings: Sequence[str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    found = []
    for number, heading in enumerate(headings, start=1):
        name = heading or str(number)
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(found)


# --- which column is what

# The headings of Barclays, HSBC, Lloyds, NatWest and RBS, Santander, Nationwide, the Co-operative Bank, Monzo, Starling
# and CAF Bank, as their downloads carry them, and plain words for the same. Earlier ones count before later ones.
DATES = {"date", "transaction date", "date of transaction", "posting date", "booking date", "completed date"}
AMOUNTS = ("amount", "amount (gbp)", "value", "debit/credit", "transaction amount", "amount gbp")
INS = ("paid in", "credit amount", "money in", "credit", "paid in (gbp)", "receipts", "in")
OUTS = ("paid out", "debit amount", "money out", "debit", "paid out (gbp)", "payments", "out")
PAYERS = ("name", "counter party", "counterparty", "payer")
TEXTS = (
    "transaction description",
    "description",
    "merchant/description",
    "memo",
    "narrative",
    "details",
    "transaction details",
    "reference",
    "notes and #tags",
)


def _fold(heading: str) -> str:
    return " ".join(heading.replace("£", "").replace("()", "").split()).casefold()


def guess_columns(table: Table) -> Columns:
    """What each column seems to be; the volunteer confirms it once. Not ``is_enough`` where nothing is recognised."""
    if table.headings and table.headings[0] == "1":
        return _guess_without_headings(table)
    by_word = {_fold(heading): heading for heading in reversed(table.headings)}

    def first(words: Sequence[str]) -> str:
        return next((by_word[word] for word in words if word in by_word), "")

    paid_in = first(INS)
    date = first([word for word in by_word if word in DATES])
    return Columns(
        date=date,
        amount="" if paid_in and first(OUTS) else first(AMOUNTS),
        paid_in=paid_in if first(OUTS) else "",
        paid_out=first(OUTS) if paid_in else "",
        text=tuple(by_word[word] for word in TEXTS if word in by_word),
        payer=first(PAYERS),
        day_first=_is_day_first(table, date),
    )


def _guess_without_headings(table: Table) -> Columns:
    """HSBC's plain file: day, text, amount."""
    row = table.rows[0][1]
    days = [at for at, cell in enumerate(row) if _is_day(cell, day_first=True)]
    amounts = [at for at, cell in enumerate(row) if at not in days and _is_amount(cell)]
    texts = [at for at, cell in enumerate(row) if cell and at not in days and at not in amounts]
    return Columns(
        date=table.headings[days[0]] if days else "",
        amount=table.headings[amounts[0]] if amounts else "",
        text=tuple(table.headings[at] for at in texts),
        day_first=_is_day_first(table, table.headings[days[0]]) if days else True,
    )


def _is_day_first(table: Table, date: str) -> bool:
    """Whether 03/04 is in April: so it is in Britain, unless some day could only be read the other way."""
    cells = [table.cells(row).get(date, "") for _number, row in table.rows]
    return not any(
        _is_day(cell, day_first=False) and not _is_day(cell, day_first=True) for cell in cells if cell
    )


def _is_day(cell: str, *, day_first: bool) -> bool:
    try:
        read_day(cell, day_first=day_first)
    except NotADay:
        return False
    return True


def _is_amount(cell: str) -> bool:
    return bool(re.search(r"\d", cell)) and bool(re.fullmatch(r"[-+(]?[£€$]?\s?[\d,.]+\)?", cell))


# --- rows to lines


def read_lines(table: Table, columns: Columns, *, currency: str) -> Reading:
    """Read the rows by their ``columns``; what cannot be read is a trouble, and the rest goes on.

    Raises StatementError where the columns are not those of the file.
    """
    if not columns.is_enough or not columns.fit(table.headings):
        raise StatementError(Refused.COLUMNS, ", ".join(sorted(columns.named - set(table.headings))))
    if len(table.rows) > MAX_LINES:
        raise StatementError(Refused.TOO_MANY)
    reading = Reading()
    for number, row in table.rows:
        _read_row(reading, number, table.cells(row), columns, currency)
    return reading


def _read_row(reading: Reading, number: int, cells: dict[str, str], columns: Columns, currency: str) -> None:
    written = cells.get(columns.date, "")
    if not written:
        return reading.trouble(number, Wrong.NO_DATE, " ".join(cells.values()))
    try:
        day = read_day(written, day_first=columns.day_first)
    except NotADay:
        return reading.trouble(number, Wrong.BAD_DATE, written)
    try:
        minor = _minor(cells, columns, currency)
    except _Bad as bad:
        return reading.trouble(number, bad.wrong, bad.value)
    text = " ".join(filter(None, (cells.get(name, "") for name in columns.text)))
    reading.lines.append(RawLine(number, day, minor, text, cells.get(columns.payer, "")))
    return None


class _Bad(ValueError):
    def __init__(self, wrong: Wrong, value: str) -> None:
        super().__init__(value)
        self.wrong, self.value = wrong, value


def _minor(cells: dict[str, str], columns: Columns, currency: str) -> int:
    """What came in (above nothing) or went out (below). Raises _Bad."""
    if columns.amount:
        found = _amount(cells.get(columns.amount, ""), currency)
    else:
        came, went = (_amount(cells.get(name, ""), currency) for name in (columns.paid_in, columns.paid_out))
        if came and went:
            raise _Bad(Wrong.TWO_AMOUNTS, f"{cells.get(columns.paid_in)} / {cells.get(columns.paid_out)}")
        found = came if came else -abs(went or 0)
    if not found:
        raise _Bad(Wrong.NO_AMOUNT, " ".join(cells.values()))
    return found


def _amount(written: str, currency: str) -> int:
    """Minor units; an empty cell is none. Raises _Bad."""
    if not written or written in ("-", "–"):
        return 0
    try:
        return read_money(written, currency).minor
    except MoneyError as error:
        raise _Bad(Wrong.BAD_AMOUNT, written) from error
