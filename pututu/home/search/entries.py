"""What of a page goes into the index?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pututu.home.search.words import language_mark, stems

LONGEST_SPAN_IN_YEARS = 10


@dataclass(frozen=True)
class Indexed:
    """The stemmed words of one page, by weight: its title, what stands under it, its body."""

    page_id: int
    title: str
    standfirst: str
    body: str


@dataclass(frozen=True)
class Words:
    """The words of one page as they were written."""

    page_id: int
    language: str
    title: str
    standfirst: str
    body: str
    earliest: dt.date | None
    latest: dt.date | None
    byline: str = ""

    def indexed(self) -> Indexed:
        years = " ".join(str(year) for year in years_between(self.earliest, self.latest))
        return Indexed(
            page_id=self.page_id,
            title=stems(self.title, self.language),
            standfirst=" ".join(
                [
                    stems(self.standfirst, self.language),
                    stems(self.byline, self.language),
                    years,
                    language_mark(self.language),
                ]
            ),
            body=stems(self.body, self.language),
        )


def years_between(earliest: dt.date | None, latest: dt.date | None) -> range:
    """The years in which a date may fall, for searches for a year; none if that says too little."""
    if earliest is None or latest is None or latest.year - earliest.year >= LONGEST_SPAN_IN_YEARS:
        return range(0)
    return range(earliest.year, latest.year + 1)
