"""Is what comes often known among more things than can be remembered, and is every count of few things exact?"""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from pututu.rescue.dating.counts import Counts


@given(st.lists(st.integers(0, 30)))
def test_of_few_things_every_count_is_exact(things):
    counts = Counts[int]()
    for each in things:
        counts.update([each])
    assert all(counts[each] == n for each, n in Counter(things).items())
    assert counts[31] == 0


@given(st.lists(st.integers(0, 200), max_size=400), st.integers(3, 20))
def test_of_many_a_count_is_never_too_high_and_too_low_by_what_it_says(things, most):
    counts = Counts[int](most)
    for each in things:
        counts.update([each])
    for each, n in Counter(things).items():
        assert n - counts.forgotten <= counts[each] <= n


def test_what_stands_on_every_twentieth_page_is_known_among_ten_times_too_many():
    counts, chance = Counts[int](1000), random.Random(2)
    for page in range(10_000):
        counts.update({chance.randrange(10**9), *([7] if page % 20 == 0 else [])})
    assert counts[7] > 480
    assert counts.forgotten < 20
