"""When was something, as exactly as the evidence says and no more?"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property, lru_cache, total_ordering

from pututu.lib.dates import edtf as edtf_form
from pututu.lib.dates.bounds import Limits, limits
from pututu.lib.dates.days import Day, as_date
from pututu.lib.dates.edtf import Members, Point, Value
from pututu.lib.dates.meaning import Precision, points, precision, reduce
from pututu.lib.dates.standins import is_stand_in, refuse_printed_zero, stand_in_day, stand_in_error
from pututu.lib.dates.words import remark, say

_FIRST: Day = (-(10**13), 1, 1)  # beyond the longest year that EDTF is read with here
_LAST: Day = (10**13, 1, 1)


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[Value, Limits]:
    refuse_printed_zero(text)
    value = edtf_form.parse(text)
    return value, limits(value)


@total_ordering
@dataclass(frozen=True, order=False)
class HonestDate:
    """A date kept as EDTF (ISO 8601-2:2019; see ``edtf`` for the levels read); "" is the unknown date.

    Equal when written alike; ordered by ``sort_key``. Making one raises DateError as ``parse`` does.
    """

    edtf: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "edtf", edtf_form.tidy(self.edtf))
        _read(self.edtf)

    @classmethod
    def parse(cls, edtf: str) -> "HonestDate":
        """Give the date that ``edtf`` writes; raises DateError ("unreadable", "no-such-day", "reversed", …).

        Stand-in days that are real days parse: old data must be readable. ``refuse_stand_in`` refuses them.
        """
        return _kept(edtf)

    @classmethod
    def unknown(cls) -> "HonestDate":
        """Give the unknown date."""
        return _kept("")

    @cached_property
    def _value(self) -> Value:
        return _read(self.edtf)[0]

    @cached_property
    def _meaning(self) -> Value:
        return reduce(self._value)

    @property
    def earliest(self) -> dt.date | None:
        """The first day it may mean, strictly; None for no such limit, and outside the years 1 to 9999."""
        return as_date(_read(self.edtf)[1][0])

    @property
    def latest(self) -> dt.date | None:
        """The last day it may mean, strictly; None for no such limit, and outside the years 1 to 9999."""
        return as_date(_read(self.edtf)[1][1])

    @property
    def is_unknown(self) -> bool:
        """Nothing is said: the empty text, and forms without any digit ("XXXX")."""
        return self._meaning is None

    @property
    def is_day(self) -> bool:
        """One sure day."""
        return self.precision is Precision.DAY and not self._is_qualified

    @property
    def is_approximate(self) -> bool:
        return any(point.is_approximate for point in (*points(self._value), *points(self._meaning)))

    @property
    def is_uncertain(self) -> bool:
        return any(point.is_uncertain for point in points(self._value))

    @property
    def _is_qualified(self) -> bool:
        return self.is_approximate or self.is_uncertain

    @cached_property
    def precision(self) -> Precision:
        return precision(self._meaning)

    @property
    def mark(self) -> str:
        """The mark that draws it (the quipu): "day", "month", "span", "two" or "none".

        Filled marks (day, month) are for what is sure to that precision; "two" is for one of several dates, as
        when sources disagree; "none" is for the unknown and for whatever has no first or no last day.
        """
        if self.is_unknown or None in _read(self.edtf)[1]:
            return "none"
        if isinstance(self._meaning, Members) and self._meaning.is_choice:
            return "two"
        if self._is_qualified:
            return "span"
        marks = {Precision.DAY: "day", Precision.MONTH: "month", Precision.MONTHS: "month"}
        return marks.get(self.precision, "span")

    @cached_property
    def sort_key(self) -> tuple[bool, Day, Day, str]:
        """A total order: by the latest possible day, then the earliest, then the text.

        No upper limit sorts after every limit; the unknown date sorts after everything. So what surely ended
        before another began comes first.
        """
        first, last = _read(self.edtf)[1]
        return self.is_unknown, last or _LAST, first or _FIRST, self.edtf

    def __lt__(self, other: "HonestDate") -> bool:
        return self.sort_key < other.sort_key

    @property
    def is_stand_in(self) -> bool:
        """It names a day that computers print for "no date" (31 December 1969)."""
        return is_stand_in(self._value)

    def overlaps(self, first: dt.date, last: dt.date) -> bool:
        """Say whether it may fall from ``first`` to ``last``, both included; False for the unknown date."""
        if self.is_unknown:
            return False
        earliest, latest = _read(self.edtf)[1]
        days = [(day.year, day.month, day.day) for day in (first, last)]
        return (earliest or _FIRST) <= days[1] and days[0] <= (latest or _LAST)

    def words(self, language: str = "en") -> str:
        """Say it for the middle of a sentence: "late September 2013"; in English for unknown languages."""
        return say(self._meaning, language)

    def note(self, language: str = "en") -> str:
        """Give what full display adds: "day not known" after "January 2018"; "" for most."""
        return remark(self._meaning, language)

    def iso(self) -> str | None:
        """Give the value for ``<time datetime>`` and JSON-LD: "2013-12-16", "2018-01", "2013".

        None where HTML has no form for it, or one that would claim more than is known (about, between).
        """
        value = self._meaning
        if not isinstance(value, Point) or not value.is_precise or not 1 <= int(value.year) <= dt.MAXYEAR:
            return None
        return value.text

    def __str__(self) -> str:
        return self.edtf


@lru_cache(maxsize=4096)
def _kept(edtf: str) -> HonestDate:
    return HonestDate(edtf)


def refuse_stand_in(value: HonestDate) -> None:
    """Raise DateError "stand-in", with an explanation, for a date that names a stand-in day."""
    day = stand_in_day(value._value)
    if day:
        raise stand_in_error(day)
