"""Do rates hold over a restart, at the turn of an hour and when clocks are changed?"""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from pututu.bulletins.rules.rates import Bucket, allowed, capacity, filled, taken

NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
seconds = st.integers(0, 4000)


@given(st.integers(1, 100_000), st.lists(st.tuples(seconds, st.integers(0, 500)), max_size=40))
def test_no_hour_brings_more_than_its_rate_and_one_full_bucket(
    an_hour: int, asks: list[tuple[int, int]]
) -> None:
    bucket, now, sent = filled(None, an_hour, NOW), NOW, 0
    for wait, wanted in asks:
        now += dt.timedelta(seconds=wait)
        bucket = filled(bucket, an_hour, now)
        number = min(wanted, allowed(bucket))
        bucket, sent = taken(bucket, number), sent + number
    hours = (now - NOW) / dt.timedelta(hours=1)
    assert sent * 1000 <= hours * an_hour * 1000 + capacity(an_hour) + 1


def test_a_bucket_fills_again_however_often_it_is_looked_at() -> None:
    bucket, now = taken(filled(None, 60, NOW), 1), NOW
    for _look in range(600):
        now += dt.timedelta(milliseconds=100)
        bucket = filled(bucket, 60, now)
    assert allowed(bucket) == 1


def test_a_clock_that_is_put_back_gives_nothing_and_stops_nothing() -> None:
    empty = Bucket(0, NOW)
    back = filled(empty, 3600, NOW - dt.timedelta(days=1))
    assert allowed(back) == 0
    assert allowed(filled(back, 3600, NOW - dt.timedelta(days=1) + dt.timedelta(seconds=5))) == 5


def test_a_rate_of_one_an_hour_still_lets_one_go() -> None:
    assert allowed(filled(None, 1, NOW)) == 1
