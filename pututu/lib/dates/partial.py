"""What date do a few date words stand for, when the rest may be said only once, next door?

"10" in "between 10 and 22 March 2015" and "Aug" in "Aug - Sep 2012" borrow what they lack from their
neighbour.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

from pututu.lib.dates.errors import DateError
from pututu.lib.dates.tokens import Token
from pututu.lib.telling import gettext_noop

ORDERS = {
    "DMY",
    "MDY",
    "YMD",
    "DM",
    "MD",
    "D",
    "MY",
    "YM",
    "M",
    "Y",
    "SY",
    "YS",
    "SYH",
    "HSY",
    "SHY",
    "S",
    "X",
    "C",
    "DMN",
    "MN",
    "DY",
}
LONGEST_WRAP = 6  # months that "November - February 2010" may span across the turn of a year


@dataclass(frozen=True)
class Partial:
    """The parts of one date that are said; None for a part that is not."""

    day: int | None = None
    month: int | None = None
    grouping: int | None = None
    year: int | None = None
    pattern: str = ""  # the year with unspecified digits: a decade, a century, "XXXX"
    qualifier: str = ""

    @property
    def has_year(self) -> bool:
        return self.year is not None or bool(self.pattern)

    def edtf(self) -> str:
        """Write it as EDTF; the year must be known."""
        year = self.pattern or year_text(self.year or 0)
        month = self.grouping or self.month
        parts = [year] + [f"{part:02d}" for part in (month, self.day) if part is not None]
        return "-".join(parts) + self.qualifier


def year_text(year: int) -> str:
    """Write an astronomical year as EDTF does: "0007", "-0001", "Y12345"."""
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04d}" if abs(year) <= 9999 else f"Y{sign}{abs(year)}"


def read_partial(row: list[Token]) -> Partial | None:
    """Read the words of one date; None when they are not one.

    Commas within are passed over, but for one after a year: "2013, January" are two dates of a list.
    """
    if any(one.kind == "Y" and following.kind == "," for one, following in pairwise(row[:-1])):
        return None
    qualifier, rest = _qualifier([token for token in row if token.kind != ","])
    kinds = "".join(token.kind for token in rest)
    if kinds not in ORDERS:
        return None
    values = {token.kind: token.value for token in rest}
    return Partial(
        day=values.get("D"),
        month=values.get("M"),
        grouping=values["S"] + values.get("H", 0) if "S" in values else None,
        year=values.get("Y"),
        pattern=_pattern(values),
        qualifier=qualifier,
    )


def _qualifier(row: list[Token]) -> tuple[str, list[Token]]:
    marks = ""
    while row and row[0].kind in "~?":
        marks, row = marks + row[0].kind, row[1:]
    return ("%" if len(set(marks)) == 2 else marks[:1]), row


def _pattern(values: dict[str, int]) -> str:
    if "X" in values:
        return f"{values['X'] // 10}X"
    if "C" in values and 11 <= values["C"] <= 100:
        return f"{values['C'] - 1:02d}XX"
    return "XXXX" if "N" in values else ""


def is_month_with_short_year(row: list[Token]) -> bool:
    """Say whether ``row`` is a month and a two-digit number ("Sep 12"), which may be a day or a year."""
    return "".join(token.kind for token in row) == "MD"


def short_year(number: int) -> int:
    """Give the year that two digits of an issue line mean: 00 to 49 are 20xx, 50 to 99 are 19xx.

    Support groups of this kind began in the 1960s, and their issue lines do not look ahead.
    """
    return number + (2000 if number <= 49 else 1900)


def complete(left: Partial, right: Partial) -> tuple[Partial, Partial] | None:
    """Lend each of two neighbours what only the other says; None when the year stays unsaid.

    "May / April 2009" is put in order; "December - January 2010" begins in 2009. Raises DateError "reversed".
    """
    if right.day and not right.month and left.month:
        right = replace(right, month=left.month)
    if left.day and not left.month and right.month:
        left = replace(left, month=right.month)
    if right.has_year and not left.has_year:
        return _with_year_of_right(left, right)
    if left.has_year and not right.has_year:
        right = replace(right, year=left.year, pattern=left.pattern)
    return (left, right) if _is_whole(left) and _is_whole(right) else None


def _with_year_of_right(left: Partial, right: Partial) -> tuple[Partial, Partial] | None:
    if right.month is None and right.grouping is None:
        return None  # "January - 2013" is no span: a bare year is nothing to lend
    left = replace(left, year=right.year, pattern=right.pattern)
    if not (_is_whole(left) and _is_whole(right)):
        return None
    if left.month is None or right.month is None or left.month <= right.month or right.year is None:
        return left, right
    if left.day is None and right.day is None and left.month == right.month + 1:
        return right, left
    if right.month + 12 - left.month < LONGEST_WRAP:
        return replace(left, year=right.year - 1), right
    raise DateError(
        gettext_noop("The end lies before the beginning: exchange the two dates."), code="reversed"
    )


def _is_whole(partial: Partial) -> bool:
    return partial.has_year and (partial.day is None or partial.month is not None)
