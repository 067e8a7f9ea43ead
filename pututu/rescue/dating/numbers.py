"""Between which days does an item lie by its number, where numbers and days rise together?

``article-694.html`` came after 693 and before 695 only on a site that counts on, and "Update 129" after 128. So the
monotony of each series is measured first; where it does not hold, nothing is said.
"""

from __future__ import annotations

import bisect
import datetime as dt
import re
from array import array
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from pututu.lib.text import fold

FEWEST = 8
RISING = 0.95
OF_DAY = 24  # bits that hold a day
LAST_DAY = (1 << OF_DAY) - 1
WITNESSES = 2  # dated neighbours on each side, so that one that is out of order does no harm

_ISSUE = re.compile(
    r"\W*(?P<series>(?:[^\W\d]\S*\s+){0,4}?(?:updates?|news-?letters?|bulletins?|issues?|news|bolet[ií]n(?:es)?|noticias"
    r"|edici[oó]n|informativo|circular|n[uú]mero))\.?,?\s*(?:no\.?|n[º°]|n[uú]m\.?|number|issue|#)?\s*"
    r"(?P<number>\d{1,4})(?![\d/-]|\s*[a-z]{3})",
    re.I,
)
_NUMBER = re.compile(r"(?<![\d])\d{1,9}(?![\d])")


def numbered(address: str) -> tuple[str, int] | None:
    """The series of an address and its number in it: the last number of the query, else of the path; None for none.

    Numbers that are a date's, and offsets of list pages, count nothing.
    """
    parts = urlsplit(address)
    if re.search(r"(?:position|page|paged|offset|start)=", parts.query):
        return None
    if re.search(r"/(?:19|20)\d\d/\d{1,2}(?:/|$)", parts.path):
        return None
    text = f"{parts.path}?{parts.query}" if parts.query else parts.path
    found = list(_NUMBER.finditer(text))
    if not found:
        return None
    last = found[-1]
    return f"{text[: last.start()]}#{text[last.end() :]}" if len(found) == 1 or parts.query else _worded(
        text, last
    ), int(last[0])


def issue_of(*texts: str) -> tuple[str, int] | None:
    """The series of an issue and its number in it: of "Peru Update 129. 30 September 2008" (peru update, 129)."""
    for found in filter(None, map(_ISSUE.match, texts)):
        if not 1900 <= int(found["number"]) < 2100:
            return f"issue {' '.join(fold(found['series']).split())}", int(found["number"])
    return None


def _worded(text: str, last: re.Match[str]) -> str:
    return re.sub(r"[^/]*$", "", text[: last.start()]) + "#"


class Near(NamedTuple):
    """A dated neighbour: its day, and the number of its page among the readings."""

    day: dt.date
    page: int


class Series:
    """The dated numbers of every series, with day and page in sixteen bytes: there may be a million of them."""

    def __init__(self) -> None:
        self._dated: dict[str, array[int]] = defaultdict(lambda: array("Q"))
        self._pages: dict[str, array[int]] = defaultdict(lambda: array("Q"))
        self._sorted: dict[str, tuple[array[int], array[int]]] = {}
        self._dropped: frozenset[dt.date] = frozenset()

    def add(self, found: tuple[str, int] | None, day: dt.date, page: int = 0) -> None:
        if found:
            self._dated[found[0]].append(found[1] << OF_DAY | day.toordinal())
            self._pages[found[0]].append(page)

    def drop(self, days: frozenset[dt.date]) -> None:
        """Forget days that turned out to be those of an import."""
        self._dropped = days

    def bounds(self, found: tuple[str, int] | None) -> tuple[Near, Near] | None:
        """The neighbours between whose days a number lies; None where its series does not rise or ends there."""
        if not found or found[0] not in self._dated:
            return None
        rising, pages = self._rising(found[0])
        place = bisect.bisect_left(rising, found[1] << OF_DAY)
        around = range(max(0, place - WITNESSES), min(len(rising), place + WITNESSES + 1))
        before = [Near(_day(rising[n]), pages[n]) for n in around if n < place]
        near = [n for n in around if n >= place and rising[n] >> OF_DAY != found[1]]
        after = [Near(_day(rising[n]), pages[n]) for n in near][:WITNESSES]
        if len(before) < WITNESSES or len(after) < WITNESSES:
            return None
        first, last = min(before), max(after)
        return (first, last) if first.day <= last.day else None

    def _rising(self, name: str) -> tuple[array[int], array[int]]:
        if name not in self._sorted:
            dated, pages = self._dated[name], self._pages[name]
            order = [n for n in range(len(dated)) if _day(dated[n]) not in self._dropped]
            order.sort(key=dated.__getitem__)  # of one number and day, pages stay in their order
            series = array("Q", (dated[n] for n in order))
            kept = array("Q", (place for place in range(len(series)) if not _is_told_again(series, place)))
            series, told = array("Q", (series[n] for n in kept)), array("Q", (pages[order[n]] for n in kept))
            is_one = is_rising([each & LAST_DAY for each in series])
            self._sorted[name] = (series, told) if is_one else (array("Q"), array("Q"))
        return self._sorted[name]


def _is_told_again(series: array[int], n: int) -> bool:
    """Whether the one that follows in order has the same number."""
    return n + 1 < len(series) and series[n] >> OF_DAY == series[n + 1] >> OF_DAY


def _day(each: int) -> dt.date:
    return dt.date.fromordinal(each & LAST_DAY)


def is_rising(days: Sequence[Any]) -> bool:
    """Whether days rise with their numbers: of neighbours nearly all, and of any two far apart too."""
    if len(days) < FEWEST or days[0] == days[-1]:
        return False
    steps = [one <= other for one, other in pairwise(days)]
    half = len(days) // 2
    far = [one <= other for one, other in zip(days[:half], days[half:], strict=False)]
    return sum(steps) >= RISING * len(steps) and sum(far) >= RISING * len(far)
