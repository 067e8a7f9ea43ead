"""Which day comes before and after which, in any year of the proleptic Gregorian calendar?

ISO 8601-1:2019 counts years astronomically: year 0 is 1 BC, year -1 is 2 BC. ``datetime.date`` knows
years 1 to 9999 only, so days are plain ``(year, month, day)`` tuples here, which sort as days do.
"""

import datetime as dt

Day = tuple[int, int, int]

MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap(year: int) -> bool:
    """Say whether the astronomical ``year`` has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """Give how many days ``month`` (1 to 12) of ``year`` has."""
    return 29 if month == 2 and is_leap(year) else MONTH_LENGTHS[month - 1]


def day_after(day: Day) -> Day:
    """Give the day after ``day``."""
    year, month, number = day
    if number < days_in_month(year, month):
        return year, month, number + 1
    return (*month_after(year, month), 1)


def day_before(day: Day) -> Day:
    """Give the day before ``day``."""
    year, month, number = day
    if number > 1:
        return year, month, number - 1
    year, month = month_before(year, month)
    return year, month, days_in_month(year, month)


def month_after(year: int, month: int) -> tuple[int, int]:
    """Give year and month of the month after ``month`` of ``year``."""
    return (year, month + 1) if month < 12 else (year + 1, 1)


def month_before(year: int, month: int) -> tuple[int, int]:
    """Give year and month of the month before ``month`` of ``year``."""
    return (year, month - 1) if month > 1 else (year - 1, 12)


def as_date(day: Day | None) -> dt.date | None:
    """Give ``day`` as ``datetime.date``; None for no day and for years outside 1 to 9999."""
    return dt.date(*day) if day and dt.MINYEAR <= day[0] <= dt.MAXYEAR else None
