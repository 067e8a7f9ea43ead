"""How is an OFX file read, old (SGML, tags left open) or new (XML)?

Both are read as a run of tags and values, by no parser that knows entities or documents elsewhere.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from pututu.giving.rules.days import NotADay, read_day
from pututu.giving.rules.lines import MAX_LINES, RawLine, Reading, Refused, StatementError, Wrong
from pututu.giving.rules.tables import decode
from pututu.lib.money import MoneyError, read_money

TOKEN = re.compile(r"<(/?)([A-Za-z0-9.]+)>([^<]*)")
WANTED = {"DTPOSTED", "TRNAMT", "NAME", "PAYEE", "MEMO", "CHECKNUM"}


def read_ofx(content: bytes, *, currency: str) -> Reading:
    """Read the transactions of an OFX file. Raises StatementError where it holds none, or another currency."""
    text = decode(content)
    found = re.search(r"<CURDEF>\s*([A-Za-z]{3})", text)
    if found and found[1].upper() != currency:
        raise StatementError(Refused.COLUMNS, found[1].upper())
    reading = Reading()
    for number, fields in _transactions(text):
        _read(reading, number, fields, currency)
        if len(reading.lines) > MAX_LINES:
            raise StatementError(Refused.TOO_MANY)
    if not reading.lines and not reading.troubles:
        raise StatementError(Refused.NO_LINES)
    return reading


def _transactions(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each transaction with the number of the line that it begins on."""
    fields: dict[str, str] | None = None
    began, line, before = 0, 1, 0
    for token in TOKEN.finditer(text):
        line, before = line + text.count("\n", before, token.start()), token.start()
        closing, tag, value = token[1], token[2].upper(), html.unescape(token[3]).strip()
        if tag == "STMTTRN":
            if fields is not None:
                yield began, fields
            fields, began = (None, 0) if closing else ({}, line)
        elif fields is not None and not closing and tag in WANTED:
            fields.setdefault(tag, value)
    if fields is not None:
        yield began, fields


def _read(reading: Reading, number: int, fields: dict[str, str], currency: str) -> None:
    written = fields.get("TRNAMT", "")
    try:
        day = read_day(fields.get("DTPOSTED", ""))
        minor = read_money(_with_cents(written), currency).minor
    except NotADay:
        return reading.trouble(number, Wrong.BAD_DATE, fields.get("DTPOSTED", ""))
    except MoneyError:
        return reading.trouble(number, Wrong.BAD_AMOUNT, written)
    if not minor:
        return reading.trouble(number, Wrong.NO_AMOUNT, written)
    name = fields.get("NAME", fields.get("PAYEE", ""))
    text = " ".join(filter(None, (name, fields.get("MEMO", ""), fields.get("CHECKNUM", ""))))
    reading.lines.append(RawLine(number, day, minor, text, name))
    return None


def _with_cents(written: str) -> str:
    """OFX allows further decimals, all nothing: "36.000"."""
    return re.sub(r"([.,]\d\d)0+$", r"\1", written)
