"""On which day did a bank book something?

A bank's day is one day of the calendar, never vague: ISO (with or without a time), day and month in figures in the
order that the file keeps, or with the month's name in English or Spanish.
"""

from __future__ import annotations

import datetime as dt
import re


class NotADay(ValueError):
    """A text is no day that a bank could mean."""


MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan ene", "feb", "mar", "apr abr", "may", "jun", "jul", "aug ago", "sep", "oct", "nov", "dec dic"),
        1,
    )
    for name in names.split()
}
ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*|\d{6}.*|\[.*)?")
FIGURES = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})(?:[T ,].*)?")
YEAR_FIRST = re.compile(r"(\d{4})[/. ](\d{1,2})[/. ](\d{1,2})(?:[T ,].*)?")
NAMED = re.compile(r"(\d{1,2})[ \-/.]*([A-Za-z]{3,})\.?[ \-/.,]*(\d{4}|\d{2})")
EARLIEST = 1970
PIVOT = 70  # 69 is 2069 and 70 is 1970, as POSIX reads two figures


def read_day(written: str, *, day_first: bool = True) -> dt.date:
    """Read the day that a bank wrote. Raises NotADay."""
    text = written.strip().strip("'")
    if found := ISO.fullmatch(text) or YEAR_FIRST.fullmatch(text):
        return _day(found[1], found[2], found[3], written)
    if found := FIGURES.fullmatch(text):
        day, month = (found[1], found[2]) if day_first else (found[2], found[1])
        return _day(found[3], month, day, written)
    if (found := NAMED.fullmatch(text)) and found[2][:3].lower() in MONTHS:
        return _day(found[3], str(MONTHS[found[2][:3].lower()]), found[1], written)
    raise NotADay(written)


def _day(year: str, month: str, day: str, written: str) -> dt.date:
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < PIVOT else 1900)
    try:
        found = dt.date(full, int(month), int(day))
    except ValueError as error:
        raise NotADay(written) from error
    if full < EARLIEST:
        raise NotADay(written)
    return found
