"""How is a date said to a reader, in English and in Spanish?

Every phrase printed here is read back by ``plain``: saying and reading again changes no word.
"""

import re

from pututu.lib.dates.days import days_in_month
from pututu.lib.dates.edtf import End, Interval, Members, Point, Span, Value
from pututu.lib.dates.meaning import Precision, first_day, neighbour, point_of, point_precision, precision
from pututu.lib.dates.vocabulary import THIRDS, VOCABULARIES, Vocabulary, language_code

SHORTEST_THIRD = 6  # days that a span must cover to be called early, mid or late

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def say(value: Value, language: str) -> str:
    """Say a reduced value in ``language`` ("en", "es", "es-pe"; English for any other), within a sentence."""
    code = language_code(language)
    return _Speaker(code, VOCABULARIES[code]).value(value)


def remark(value: Value, language: str) -> str:
    """Give what full display adds to a reduced value: "day not known" for a sure month; "" for most."""
    phrases = VOCABULARIES[language_code(language)].phrases
    if not isinstance(value, Point) or not value.is_precise:
        return ""
    match precision(value):
        case Precision.MONTH:
            return phrases["day not known"]
        case Precision.YEAR:
            return phrases["day and month not known"]
        case _:
            return ""


def third_of_month(start: Point | End, end: Point | End) -> int | None:
    """Give 0, 1 or 2 when two days span six or more of the early, mid or late third of a month; else None."""
    if not (
        isinstance(start, Point) and isinstance(end, Point) and _is_sure_day(start) and _is_sure_day(end)
    ):
        return None
    if (start.year, start.month) != (end.year, end.month):
        return None
    first, last = int(start.day), int(end.day)
    fits = [n for n, (opening, closing) in enumerate(THIRDS) if opening <= first and last <= closing]
    return fits[0] if fits and last - first + 1 >= SHORTEST_THIRD else None


def third_limits(third: int, year: int, month: int) -> tuple[int, int]:
    """Give the first and the last day of that third of a month."""
    first, last = THIRDS[third]
    return first, min(last, days_in_month(year, month))


def roman(number: int) -> str:
    """Write ``number`` (up to 100: centuries) in Roman numerals."""
    written = ""
    for size, letters in _ROMAN:
        count, number = divmod(number, size)
        written += letters * count
    return written


def _is_sure_day(point: Point) -> bool:
    return bool(point.day) and point.is_precise


class _Speaker:
    """Says values in one language."""

    def __init__(self, code: str, vocabulary: Vocabulary) -> None:
        self.code = code
        self.vocabulary = vocabulary

    def value(self, value: Value) -> str:
        match value:
            case None:
                return self.phrase("unknown")
            case Point():
                return self.point(value)
            case Interval():
                return self.interval(value)
            case Members():
                return self.members(value)

    def phrase(self, name: str, **parts: str) -> str:
        said = self.vocabulary.phrases[name].format(**parts)
        return said.replace(" de el ", " del ") if self.code == "es" else said

    # One date

    def point(self, point: Point) -> str:
        if point.is_approximate and point.is_uncertain:
            return self.phrase("both", x=self.bare_with_article(point))
        if point.is_qualified:
            return self.phrase(
                "approximate" if point.is_approximate else "uncertain", x=self.bare_with_article(point)
            )
        return self.bare(point)

    def embedded(self, point: Point) -> str:
        """The point inside a phrase: with its article, and with what qualifies it."""
        return self.point(point) if point.is_qualified else self.bare_with_article(point)

    def bare_with_article(self, point: Point) -> str:
        article = _article_es(point) if self.code == "es" else _article_en(point)
        return f"{article} {self.bare(point)}" if article else self.bare(point)

    def bare(self, point: Point) -> str:
        if point.grouping:
            return self.vocabulary.groupings[point.grouping].format(year=self.year(point))
        if point.month:
            return self.day_and_month(point)
        return self.year(point)

    def day_and_month(self, point: Point) -> str:
        month = self.vocabulary.months[int(point.month) - 1]
        if point.year == "XXXX":
            return self.phrase("no year", x=self.with_day(point, month))
        return self.with_day(point, self.phrase("month", month=month, year=self.year(point)))

    def with_day(self, point: Point, rest: str) -> str:
        return self.phrase("day", day=str(int(point.day)), x=rest) if point.day else rest

    def year(self, point: Point) -> str:
        if point.year.endswith("XX"):
            return self.century(int(point.year[:2]) + 1)
        if point.year.endswith("X"):
            return self.phrase("decade", year=point.year[:3] + "0")
        year = int(point.year)
        if year < 1:
            return self.phrase("bc", year=str(1 - year))
        return str(year) if 1000 <= year <= 9999 else self.phrase("ad", year=str(year))

    def century(self, number: int) -> str:
        if self.code == "es":
            return self.phrase("century", number=roman(number))
        ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return self.phrase("century", number=f"{number}{ending}")

    # Two dates

    def interval(self, value: Interval) -> str:
        match value:
            case Interval(Point() as start, Point() as end):
                return self.span(start, end)
            case Interval(Point() as start, end):
                return self.phrase(
                    "from, end unknown" if end is End.UNKNOWN else "from", x=self.embedded(start)
                )
            case Interval(start, Point() as end):
                name = "until, beginning unknown" if start is End.UNKNOWN else "until"
                return self.phrase(name, x=self.embedded(end))
        raise AssertionError(value)  # edtf refuses an interval without any date

    def span(self, start: Point, end: Point) -> str:
        third = third_of_month(start, end)
        if third is not None:
            return self.vocabulary.thirds[third].format(
                x=self.bare(point_of(first_day(start), Precision.MONTH))
            )
        if start.is_precise and end.is_precise:
            units = {point_precision(start), point_precision(end)}
            if units == {Precision.YEAR}:
                return self.phrase("to", x=self.year(start), y=self.year(end))
            if units == {Precision.MONTH}:
                return self.phrase("to", x=self.shortened(start, end), y=self.bare(end))
            if units == {Precision.DAY}:
                return self.phrase("between", x=self.shortened(start, end), y=self.embedded(end))
        return self.phrase("between", x=self.embedded(start), y=self.embedded(end))

    def shortened(self, start: Point, end: Point) -> str:
        """The first of two days or months, without the year and month that the second names too."""
        if start.year != end.year:
            return self.embedded(start)
        month = self.vocabulary.months[int(start.month) - 1]
        if not start.day:
            return month
        said = str(int(start.day)) if start.month == end.month else self.with_day(start, month)
        return f"el {said}" if self.code == "es" else said

    # Sets

    def members(self, value: Members) -> str:
        said = [self.member(member, is_choice=value.is_choice) for member in value.members]
        if len(said) == 1:
            return said[0]
        joint = self.joint("or" if value.is_choice else "and", before=said[-1])
        return f"{', '.join(said[:-1])} {joint} {said[-1]}"

    def joint(self, name: str, *, before: str) -> str:
        joint = self.vocabulary.phrases[name]
        if self.code == "es" and name == "or" and re.match(r"o|8|11\b", before):
            return "u"
        return "e" if self.code == "es" and name == "and" and before.startswith("i") else joint

    def member(self, member: Point | Span, *, is_choice: bool) -> str:
        match member:
            case Point():
                return self.point(member)
            case Span(Point() as first, Point() as last):
                return self.span(first, last)
            case Span(None, Point() as last):
                return self.before(last) if is_choice else self.phrase("until", x=self.embedded(last))
            case Span(Point() as first, None):
                return self.after(first) if is_choice else self.phrase("from", x=self.embedded(first))
        raise AssertionError(member)  # edtf refuses a span without any date

    def before(self, last: Point) -> str:
        limit = neighbour(last, is_after=True)
        return (
            self.phrase("before", x=self.embedded(limit))
            if limit
            else self.phrase("no later", x=self.embedded(last))
        )

    def after(self, first: Point) -> str:
        limit = neighbour(first, is_after=False)
        return (
            self.phrase("after", x=self.embedded(limit))
            if limit
            else self.phrase("no earlier", x=self.embedded(first))
        )


def _article_en(point: Point) -> str:
    has_article = point_precision(point) in (Precision.DECADE, Precision.CENTURY) or point.grouping >= 33
    return "the" if has_article else ""


def _article_es(point: Point) -> str:
    unit = point_precision(point)
    if unit is Precision.DECADE or (unit is Precision.SEASON and point.grouping in (21, 25, 29)):
        return "la"
    return "el" if point.day or unit in (Precision.SEASON, Precision.CENTURY) else ""
