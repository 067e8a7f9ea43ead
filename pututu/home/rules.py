"""Which years does a span touch, which addresses look alike?"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher

LONGEST_SPAN_SHOWN = 10  # years; a longer span makes no year of its own appear, but for its first and last
SHORTEST_WORD = 3
SHORTEST_BEGINNING = 6
LIKE_ENOUGH = 0.6


def count_by_year(spans: Iterable[tuple[int, int, int]]) -> dict[int, int]:
    """Count in which years things may fall, newest first: ``spans`` are (first year, last year, how many)."""
    rows = list(spans)
    years: set[int] = set()
    for first, last, _count in rows:
        years |= set(range(first, last + 1)) if last - first < LONGEST_SPAN_SHOWN else {first, last}
    counts = Counter({year: sum(n for first, last, n in rows if first <= year <= last) for year in years})
    return dict(sorted(counts.items(), reverse=True))


def bounds_of(year: int, month: int | None = None) -> tuple[dt.date, dt.date]:
    """The first and the last day of a year, or of a month."""
    if month is None:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    return dt.date(year, month, 1), dt.date(year, month, monthrange(year, month)[1])


def months_between(earliest: dt.date, latest: dt.date, *, year: int) -> range:
    """The months of ``year`` in which a date between the two may fall."""
    first = earliest.month if earliest.year == year else 1 if earliest.year < year else 13
    last = latest.month if latest.year == year else 12 if latest.year > year else 0
    return range(first, last + 1)


def words_of_address(path: str) -> str:
    """The words that the last part of an address was made of: "new index" for ``/en/new-index.html``."""
    last = path.rstrip("/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return " ".join("".join(letter if letter.isalnum() else " " for letter in last).split())[:80]


def most_alike(asked: str, slugs: Iterable[str], *, most: int = 5) -> list[str]:
    """Those of ``slugs`` that look most like ``asked``, or hold one of its words whole, the likest first."""
    judge = SequenceMatcher(b=asked)
    room = len(asked) + 2  # a beginning with a letter or two too few is like the beginning of the whole
    words = {word for word in asked.split("-") if len(word) > SHORTEST_WORD}
    found: list[tuple[float, str]] = []
    for slug in set(slugs):
        judge.set_seq1(slug if len(asked) < SHORTEST_BEGINNING else slug[:room])
        may_be_like = judge.real_quick_ratio() > LIKE_ENOUGH and judge.quick_ratio() > LIKE_ENOUGH
        likeness = judge.ratio() if may_be_like else 0.0
        shared = len(words.intersection(slug.split("-")))
        if likeness > LIKE_ENOUGH or shared:
            found.append((-likeness - shared, slug))
    return [slug for _likeness, slug in sorted(found)[:most]]
