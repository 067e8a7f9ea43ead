"""Which honest date does a person mean who writes it in plain English or Spanish?

Reads EDTF too, and every phrase that ``words`` prints. What may mean two things is not guessed: the error
names both.
"""

import re
from dataclasses import replace
from functools import lru_cache

from pututu.lib.dates.days import days_in_month
from pututu.lib.dates.edtf import Point, parse
from pututu.lib.dates.errors import DateError
from pututu.lib.dates.honest import HonestDate, refuse_stand_in
from pututu.lib.dates.meaning import neighbour, reduce
from pututu.lib.dates.numeric import read_numeric
from pututu.lib.dates.partial import Partial, complete, is_month_with_short_year, read_partial, short_year
from pututu.lib.dates.standins import refuse_printed_zero
from pututu.lib.dates.surroundings import check_weekday, without_invisible, without_surroundings
from pututu.lib.dates.tokens import Token, tokens
from pututu.lib.dates.words import third_limits
from pututu.lib.telling import gettext_noop
from pututu.lib.text import fold

LONGEST_TEXT = 400
FIRST_QUADRIMESTER = 37  # EDTF's number for the first four months of a year: "early 2013"
HALVES = (40, 41)
THIRDS_OF_DECADE = ((0, 3), (4, 6), (7, 9))
_UNKNOWN = frozenset({
    "", "unknown", "date unknown", "unknown date", "no date", "undated", "n.d.", "nd", "not known",
    "date not known",
        "fecha desconocida", "desconocida", "desconocido", "sin fecha", "s. f.", "s.f.", "s/f", "s.d.",
    "s. d.", "n. d.", "not dated", "fecha no conocida", "n/a", "s/d",
})  # fmt: skip
_LOOKS_LIKE_EDTF = re.compile(r"[\[{?~%0-9XY./-][0-9XYSETZ?~%./,\[\]{}:+ -]*")


def from_words(text: str, *, language: str | None = None, stand_ins_allowed: bool = False) -> HonestDate:
    """Read ``text``, EDTF or plain, in English or Spanish; "" and "date unknown" give the unknown date.

    Raises DateError: "unreadable", "ambiguous" (both readings in ``language``'s words), "no-such-day",
    "reversed", "weekday", and "stand-in" for a day that computers print for no date. Where such a day is true
    history, pass ``stand_ins_allowed``. Two-digit years are read in issue lines only ("Aug - Sep 12").
    """
    value = _read(text, language or "en")
    if not stand_ins_allowed:
        refuse_stand_in(value)
    return value


@lru_cache(maxsize=2048)
def _read(text: str, language: str) -> HonestDate:
    if len(text) > LONGEST_TEXT:
        raise _unreadable(text)
    text = without_invisible(text)
    refuse_printed_zero(text)
    if " ".join(fold(text).split()).strip(" ,;:-[]()") in _UNKNOWN or not text.strip(" .,;:-–—\u00a0\t\n"):
        return HonestDate.unknown()
    as_edtf = _as_edtf(text.strip())
    if as_edtf is not None:
        return as_edtf
    bare, weekday = without_surroundings(text)
    refuse_printed_zero(bare)
    value = read_numeric(bare, language) or _read_phrase(bare, text)
    check_weekday(value, weekday, language)
    return value


def _as_edtf(text: str) -> HonestDate | None:
    """Read EDTF; None where the text is not of that form. A day that does not exist is told at once."""
    if not _LOOKS_LIKE_EDTF.fullmatch(text):
        return None
    try:
        return HonestDate.parse(text)
    except DateError as error:
        if error.code == "unreadable" or re.fullmatch(r"\d{4}-\d{2}", text):
            return None
        raise


def _read_phrase(bare: str, text: str) -> HonestDate:
    row = tokens(bare) or []
    edtf = _single(row) or _list(row)
    if edtf is None:
        raise _told_apart(row) or _unreadable(text)
    return HonestDate.parse(edtf)


def _single(row: list[Token]) -> str | None:
    """Write as EDTF what is no list; None if it is none of the known phrases."""
    if not row:
        return None
    if row[-1].kind == "O":
        return _until_now(row[:-1])
    kind, rest = row[0].kind, row[1:]
    match kind:
        case "<" | "L" | ">" | "E":
            return _limit(kind, rest)
        case "P":
            return _third(row[0].value, rest)
        case "Q":
            return _half_of_month(row[0].value, rest)
        case "S" if row[0].value in HALVES and rest and rest[0].kind == "M":
            return _half_of_month(row[0].value - HALVES[0], rest)
        case "B":
            return _pair(rest, "&")
        case "U":
            return _open(rest, "{}/{}", at_end=True)
        case "F":
            return _pair(rest, "-") or _pair(rest, "U") or _open(rest, "{}/{}", at_end=False)
        case _:
            return _whole(row) or _pair(row, "-")


def _whole(row: list[Token]) -> str | None:
    partial = read_partial(row)
    if partial is None or not partial.has_year or (partial.day is not None and partial.month is None):
        return None
    return partial.edtf()


def _limit(kind: str, row: list[Token]) -> str | None:
    """Before, after, no later, no earlier: a one-of set that is open on one side."""
    limit = _whole(row)
    if limit is None:
        return None
    is_upper = kind in "<L"
    point = reduce(parse(limit))
    if kind in "<>" and isinstance(point, Point):
        # "before about 1985" has no sharp neighbour: 1985 itself stays within.
        beyond = neighbour(point, is_after=not is_upper)
        limit = beyond.text if beyond else limit
    return f"[..{limit}]" if is_upper else f"[{limit}..]"


def _third(third: int, row: list[Token]) -> str | None:
    """Early, mid or late: days of a month, four months of a year, the years of a decade."""
    partial = read_partial(row)
    if partial is None or partial.day or partial.grouping or partial.qualifier:
        return None
    if partial.month is None:
        return _third_of_years(third, partial)
    if partial.year is None:
        return None
    first, last = third_limits(third, partial.year, partial.month)
    return f"{partial.edtf()}-{first:02d}/{partial.edtf()}-{last:02d}"


def _third_of_years(third: int, partial: Partial) -> str | None:
    if partial.year is not None:
        return replace(partial, grouping=FIRST_QUADRIMESTER + third).edtf()
    if not re.fullmatch(r"\d{3}X", partial.pattern):
        return None
    first, last = THIRDS_OF_DECADE[third]
    return f"{partial.pattern[:3]}{first}/{partial.pattern[:3]}{last}"


def _half_of_month(half: int, row: list[Token]) -> str | None:
    """The first fifteen days of a month, or the rest ("segunda quincena de marzo")."""
    partial = read_partial(row)
    if partial is None or partial.month is None or partial.year is None or partial.day or partial.qualifier:
        return None
    first, last = (16, days_in_month(partial.year, partial.month)) if half else (1, 15)
    return f"{partial.edtf()}-{first:02d}/{partial.edtf()}-{last:02d}"


def _until_now(row: list[Token]) -> str | None:
    """From a date without an end: "2013 to the present", "desde 2013 hasta la fecha"."""
    if row and row[0].kind == "F":
        row = row[1:]
    if row and row[-1].kind in "-U":
        row = row[:-1]
    return _open(row, "{}/{}", at_end=False)


def _open(row: list[Token], form: str, *, at_end: bool) -> str | None:
    is_unknown = bool(row) and row[-1].kind == "Z"
    written = _whole(row[:-1] if is_unknown else row)
    if written is None:
        return None
    other = "" if is_unknown else ".."
    return form.format(other, written) if at_end else form.format(written, other)


def _pair(row: list[Token], joint: str) -> str | None:
    """Two dates with ``joint`` between them; what one lacks the other lends."""
    for place, token in enumerate(row):
        if token.kind != joint:
            continue
        left, right = read_partial(row[:place]), read_partial(row[place + 1 :])
        if left and right:
            pair = complete(left, _issue_year(left, right, row[place + 1 :]))
            return f"{pair[0].edtf()}/{pair[1].edtf()}" if pair else None
    return None


def _issue_year(left: Partial, right: Partial, row: list[Token]) -> Partial:
    """Read "Sep 12" in "Aug - Sep 12" as a month of 2012: a day there would need a day on the left too."""
    if left == Partial(month=left.month) and is_month_with_short_year(row) and right.day and right.day >= 10:
        return Partial(month=right.month, year=short_year(right.day))
    return right


def _list(row: list[Token]) -> str | None:
    """One of several dates ("or") or all of several ("and")."""
    for joint, brackets in (("|", "[]"), ("&", "{}")):
        for place, token in enumerate(row):
            if token.kind == joint:
                last = _member(row[place + 1 :])
                before = _members(_lent(row[:place], row[place + 1 :])) if last else None
                if last and before:
                    return brackets[0] + ",".join(sorted([*before, last], key=_place_in_set)) + brackets[1]
    return None


def _lent(row: list[Token], last: list[Token]) -> list[Token]:
    """Lend the month and year of the last of several days to those that lack them: "16, 17 and 18 March 2013"."""
    if "".join(token.kind for token in last) != "DMY" or any(token.kind not in "D,M" for token in row):
        return row
    month, year = last[1:]
    lent: list[Token] = []
    for token in reversed(row):
        if token.kind == "M":
            month = token
        elif token.kind == "D":
            lent = [token, month, year, *lent]
        else:
            lent = [token, *lent]
    return lent


def _members(row: list[Token]) -> list[str] | None:
    """Split ``row`` at its commas into members."""
    whole = _member(row)
    if whole:
        return [whole]
    for place, token in enumerate(row):
        if token.kind == ",":
            first, rest = _member(row[:place]), _members(row[place + 1 :])
            if first and rest:
                return [first, *rest]
    return None


def _member(row: list[Token]) -> str | None:
    written = _single(row)
    if written is None:
        return None
    if written[0] in "[{":
        return written[1:-1]
    return written.replace("..", "").replace("/", "..") if "/" in written else written


def _place_in_set(member: str) -> int:
    """EDTF wants "..1760" first and "1762.." last; all others keep their order."""
    return -1 if member.startswith("..") else int(member.endswith(".."))


def _told_apart(row: list[Token]) -> DateError | None:
    """Name both readings of a day and month without a sure year."""
    kinds = "".join(token.kind for token in row)
    if kinds not in ("MD", "DMD"):
        return None
    return DateError(
        gettext_noop(
            "A two-digit year may be taken for a day, and a day without a year may be any year's: write the year"
            " with four digits, as in “September 2012” or “12 September 2012”."
        ),
        code="ambiguous",
    )


def _unreadable(text: str) -> DateError:
    """Give the error for a text in which no date can be read."""
    shown = text.strip() if len(text.strip()) <= 80 else text.strip()[:79] + "…"
    return DateError(
        gettext_noop(
            "“%(text)s” cannot be read as a date. Write it like “16 December 2013”, “January 2018”, “2013” or"
            " “between 10 and 22 March 2015”, or leave it empty when nobody knows."
        ),
        code="unreadable",
        text=shown,
    )
