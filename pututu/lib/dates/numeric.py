"""Which date do numbers alone stand for ("16/12/2013", "2013/09"), and when may they stand for two?"""

import re

from pututu.lib.dates.errors import DateError
from pututu.lib.dates.honest import HonestDate
from pututu.lib.telling import gettext_noop

_DAY_AND_MONTH = re.compile(r"(?P<a>\d{1,2})(?P<sign>[./-])(?P<b>\d{1,2})(?P=sign)(?P<year>\d{4}|\d{2})")
_MONTH = re.compile(r"(?P<month>\d{1,2})[./-](?P<year>\d{4})")
_YEARS = re.compile(r"(?P<year>\d{4}) ?[–—] ?(?P<month>\d{2})")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<sign>[./-])(?P<month>\d{1,2})(?:(?P=sign)(?P<day>\d{1,2}))?")


def read_numeric(text: str, language: str) -> HonestDate | None:
    """Read a date of numbers; None where ``text`` is not of that form.

    Raises DateError "ambiguous" naming both readings, in ``language``'s words, and "no-such-day".
    """
    if found := _DAY_AND_MONTH.fullmatch(text):
        return _day_and_month(found, language)
    if found := _MONTH.fullmatch(text):
        return HonestDate.parse(f"{found['year']}-{int(found['month']):02d}")
    if found := _YEARS.fullmatch(text):
        return _years(found, language)
    if found := _YEAR_FIRST.fullmatch(text):
        return _year_first(found, language)
    return None


def _day_and_month(found: re.Match[str], language: str) -> HonestDate:
    first, second, year = int(found["a"]), int(found["b"]), found["year"]
    if len(year) == 2:
        raise DateError(
            gettext_noop("“%(text)s”: write the year with four digits."), code="ambiguous", text=found[0]
        )
    if first > 12 or first == second:
        return HonestDate.parse(f"{year}-{second:02d}-{first:02d}")
    if second > 12:
        return HonestDate.parse(f"{year}-{first:02d}-{second:02d}")
    raise _ambiguous(
        found[0], f"{year}-{second:02d}-{first:02d}", f"{year}-{first:02d}-{second:02d}", language
    )


def _year_first(found: re.Match[str], language: str) -> HonestDate:
    year, month = found["year"], int(found["month"])
    if found["day"]:
        return HonestDate.parse(f"{year}-{month:02d}-{int(found['day']):02d}")
    if month == (int(year) + 1) % 100 and len(found["month"]) == 2:
        span = f"{year}/{int(year) + 1:04d}"
        if not 1 <= month <= 12:
            return HonestDate.parse(span)  # "2012-13" and "1999-00" can only be two years
        raise _ambiguous(found[0], f"{year}-{month:02d}", span, language)
    return HonestDate.parse(f"{year}-{month:02d}")


def _years(found: re.Match[str], language: str) -> HonestDate:
    """Read "2003–05", whose long dash speaks for two years and whose number may be a month."""
    first, month = int(found["year"]), int(found["month"])
    last = first // 100 * 100 + month
    span = f"{first:04d}/{last if last > first else last + 100:04d}"
    if not 1 <= month <= 12:
        return HonestDate.parse(span)
    raise _ambiguous(found[0], f"{first:04d}-{month:02d}", span, language)


def _ambiguous(text: str, one: str, other: str, language: str) -> DateError:
    said = [HonestDate.parse(edtf).words(language) for edtf in (one, other)]
    return DateError(
        gettext_noop("“%(text)s” may mean %(one)s or %(other)s: write the one that is meant in words."),
        code="ambiguous",
        text=text,
        one=said[0],
        other=said[1],
    )
