"""On which day is the time of something over that is kept for a while?

UK GDPR article 5(1)(e): personal data are kept no longer than they are needed for what they were taken for.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum


class Unit(StrEnum):
    """How the time is counted: ``YEAR_ENDS`` are whole calendar years after the year in which something was."""

    DAYS = "days"
    YEARS = "years"
    YEAR_ENDS = "year-ends"


class Fate(StrEnum):
    """What happens with what is over its time."""

    DELETED = "deleted"
    EMPTIED = "emptied"
    ERASED = "erased"
    STAYS = "stays"


def kept_since(today: dt.date, length: int, unit: Unit) -> dt.date:
    """The first day of what is still kept: whatever is of an earlier day is over its time."""
    if unit is Unit.DAYS:
        return today - dt.timedelta(length)
    if unit is Unit.YEAR_ENDS:
        return dt.date(today.year - length, 1, 1)
    try:
        return today.replace(year=today.year - length)
    except ValueError:  # the 29th of February
        return today.replace(year=today.year - length, day=28)
