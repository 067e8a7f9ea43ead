"""How is a table read that some other program wrote, and how is one written that no spreadsheet executes?

CSV as it is met: UTF-8 with and without a byte order mark, UTF-16, Windows-1252; commas, semicolons, tabs or bars.
Files are read as streams: a million rows take no more memory than one.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

DELIMITERS = ",;\t|"
CHUNK = 1 << 20
LONGEST_CELL = 131_072
MOST_IN_A_CELL = 64 << 20  # for who asks for more than that
FEW_ZEROS = 0.01  # of a text's bytes: more of them are another encoding, or none
csv.field_size_limit(MOST_IN_A_CELL)
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, full-width signs too: OWASP, "CSV Injection"."""


class UnreadableTable(ValueError):
    """A file is no table; the message is a sentence for a person."""


def sniff_encoding(file: BinaryIO, *, may_hold_zeros: bool = False) -> str:
    """Name the encoding of a file, reading it from its beginning to its end. Raises UnreadableTable.

    ``may_hold_zeros``: a stray byte of zero does not yet make it none; the cells are read without it.
    """
    few = FEW_ZEROS if may_hold_zeros else 0.0
    head = file.read(4)
    file.seek(0)
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if _decodes(file, "utf-8", few):
        return "utf-8"
    if _decodes(file, "cp1252", few):
        return "cp1252"
    raise UnreadableTable("This is no text. Save the table as CSV, with UTF-8 as its encoding.")


def _decodes(file: BinaryIO, encoding: str, few_zeros: float) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := file.read(CHUNK):
            if chunk.count(0) > few_zeros * len(chunk):
                return False
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        file.seek(0)
    return True


def sniff_delimiter(text: str) -> str:
    """Name the sign that divides the cells of a table's first lines: the one that parts all of them alike."""
    lines = text.splitlines()[:10]
    counts = {
        sign: [len(row) for row in csv.reader(lines, delimiter=sign) if any(row)] for sign in DELIMITERS
    }
    return max(DELIMITERS, key=lambda sign: _evenness(counts[sign]))


def _evenness(lengths: list[int]) -> tuple[int, int]:
    """How many rows are as long as the first, and how long that is; one column is no table."""
    if not lengths or lengths[0] < 2:
        return (0, 0)
    return (sum(length == lengths[0] for length in lengths), lengths[0])


def read_rows(
    file: BinaryIO, *, encoding: str, delimiter: str, longest: int = LONGEST_CELL
) -> Iterator[tuple[int, list[str] | None]]:
    """Yield each row with the number of its first line (from 1); None in place of a row that can't be read.

    Empty rows are left out; their lines are counted. No cell has more than ``longest`` characters.
    """
    text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    reader = csv.reader(text, delimiter=delimiter)
    try:
        while True:
            line = reader.line_num + 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield line, None
                continue
            cells = [cell.replace("\0", "").strip() for cell in row]
            if any(cells):
                yield line, (cells if max(map(len, row)) <= longest else None)
    finally:
        if not file.closed:
            text.detach()


# --- writing


def guarded(cell: object) -> str:
    """The text of a cell; what a spreadsheet would execute is led by an apostrophe."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(DANGEROUS) else text


class _Line:
    """A file that hands back what is written to it, so that rows can be sent one by one."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Write rows as CSV, a line each, every cell guarded; a byte order mark leads, for spreadsheets."""
    writer = csv.writer(_Line())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([guarded(cell) for cell in row])
