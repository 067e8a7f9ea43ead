"""What is a line of a bank statement, whatever file it came in, and have we had it already?"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from pututu.lib.references import ANYWHERE, find_references, is_reference, show_reference

MAX_BYTES = 10 * 1024 * 1024
MAX_LINES = 50_000
SHOWN = 80  # so much of what is wrong is shown


class Wrong(StrEnum):
    """What can be wrong with one line; the words for it are the screens' matter."""

    NO_DATE = "no-date"
    BAD_DATE = "bad-date"
    NO_AMOUNT = "no-amount"
    BAD_AMOUNT = "bad-amount"
    TWO_AMOUNTS = "two-amounts"
    SHORT = "short"
    CURRENCY = "currency"


class Refused(StrEnum):
    """Why a whole file is no statement that we can read."""

    EMPTY = "empty"
    TOO_BIG = "too-big"
    TOO_MANY = "too-many-lines"
    PDF = "pdf"
    SPREADSHEET = "spreadsheet"
    NO_TABLE = "no-table"
    BROKEN = "broken"
    UNSAFE = "unsafe"
    NO_LINES = "no-lines"
    COLUMNS = "columns"


class StatementError(ValueError):
    """A file cannot be read at all; ``why`` says which way, ``where`` the place as far as it is known."""

    def __init__(self, why: Refused, where: str = "") -> None:
        super().__init__(f"{why}: {where}" if where else str(why))
        self.why, self.where = why, where


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line as the bank wrote it: ``minor`` above nothing came in, below went out; ``number`` counts in the file."""

    number: int
    booked_on: dt.date
    minor: int
    text: str
    payer_text: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A line that could not be read: which one, what is wrong, and what stood there."""

    number: int
    wrong: Wrong
    value: str = ""


@dataclass(slots=True)
class Reading:
    """What a file held: the lines, and the troubles with those that could not be read."""

    lines: list[RawLine] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)

    def trouble(self, number: int, wrong: Wrong, value: str = "") -> None:
        self.troubles.append(Trouble(number, wrong, value.strip()[:SHOWN]))


def check_size(content: bytes) -> None:
    """Refuse what is empty or too big before anything is done with it. Raises StatementError."""
    if not content.strip():
        raise StatementError(Refused.EMPTY)
    if len(content) > MAX_BYTES:
        raise StatementError(Refused.TOO_BIG)


def fingerprints(lines: Iterable[RawLine]) -> list[str]:
    """By what each line is known again in a later file, in order.

    Lines that are the same in all are told apart by their number among those: six times £11 on one day are six, and a
    file that holds the day again adds none.
    """
    seen: Counter[tuple[str, int, str, str]] = Counter()
    found = []
    for line in lines:
        facts = (line.booked_on.isoformat(), line.minor, _plain(line.text), _plain(line.payer_text))
        seen[facts] += 1
        found.append(hashlib.sha256("\x1f".join([*map(str, facts), str(seen[facts])]).encode()).hexdigest())
    return found


def _plain(text: str) -> str:
    """Without what a bank changes from one download to the next: capitals and runs of spaces."""
    return " ".join(text.split()).casefold()


def only_references(text: str) -> str:
    """What is left of a bank's text when nothing may name anybody: the payment references in it."""
    return " ".join(show_reference(code) for code in find_references(text))


# What stands in a bank's text beside the payer's name: kinds of transfer, dates, numbers.
KINDS = {"BGC", "BAC", "BACS", "FPI", "FPS", "STO", "SO", "CR", "CREDIT", "REF", "FASTER", "PAYMENT", "FROM"}


def payer_words(text: str, payer_text: str = "") -> str:
    """The words that stay the same when somebody pays again: without codes, numbers, dates and kinds of transfer.

    Where the bank names the payer in a column of its own, that; else all it wrote.
    """
    plain = unicodedata.normalize("NFKC", payer_text.strip() or text).upper()
    for hit in list(ANYWHERE.finditer(plain)):
        if is_reference(re.sub(r"[\s./-]", "", hit[1])):
            plain = plain.replace(hit[1], " ")
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*(?![\w])", re.sub(r"\w*\d\w*", " ", plain))
    return " ".join(word for word in words if word not in KINDS)[:200]
