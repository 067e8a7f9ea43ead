"""Which kind of statement file is this, and what does it hold?"""

from __future__ import annotations

from dataclasses import dataclass

from pututu.giving.rules.camt import read_camt
from pututu.giving.rules.lines import Reading, Refused, StatementError, check_size
from pututu.giving.rules.ofx import read_ofx
from pututu.giving.rules.tables import Columns, Table, guess_columns, read_lines, read_table

HEAD = 4096


@dataclass(frozen=True, slots=True)
class Opened:
    """A file, opened: for CSV its ``table``; for OFX and CAMT, which say what is what, the ``reading``."""

    table: Table | None = None
    reading: Reading | None = None

    def read(self, columns: Columns | None, *, currency: str) -> Reading:
        """The lines, by ``columns`` where it is a table. Raises StatementError."""
        if self.reading is not None:
            return self.reading
        assert self.table is not None, "a file is one or the other"
        return read_lines(self.table, columns or guess_columns(self.table), currency=currency)


def open_statement(content: bytes, *, currency: str) -> Opened:
    """Find out what kind of file it is, by what it holds and not by its name. Raises StatementError."""
    check_size(content)
    head = content[:HEAD].lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith(b"%PDF"):
        raise StatementError(Refused.PDF)
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise StatementError(Refused.SPREADSHEET)
    folded = head.upper()
    if folded.startswith(b"OFXHEADER") or b"<OFX>" in folded or b"<?OFX" in folded:
        return Opened(reading=read_ofx(content, currency=currency))
    if folded.startswith(b"<"):
        return Opened(reading=read_camt(content, currency=currency))
    return Opened(table=read_table(content))
