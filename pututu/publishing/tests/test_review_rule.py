"""When is a background page too long unread?"""

import datetime as dt

import pytest

from pututu.lib.dates import HonestDate
from pututu.publishing.rules import is_review_overdue

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("edtf", "overdue"),
    [
        ("2024-11-22", True),
        ("2024-11-23", False),
        ("2024-11", False),  # its last day is less than two years back
        ("2024-10", True),
        ("2024", False),
        ("2023", True),
        ("", False),
        ("[2020-01-01..]", False),
    ],
)
def test_a_review_is_overdue_when_even_its_latest_possible_day_is(edtf: str, overdue: bool) -> None:
    assert is_review_overdue(HonestDate.parse(edtf), today=TODAY) is overdue


def test_a_leap_day_has_a_day_two_years_before() -> None:
    assert is_review_overdue(HonestDate.parse("2022-02-27"), today=dt.date(2024, 2, 29))
    assert not is_review_overdue(HonestDate.parse("2022-02-28"), today=dt.date(2024, 2, 29))
