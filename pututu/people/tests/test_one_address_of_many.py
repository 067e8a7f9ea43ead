"""Is a list with very many people at one address judged as if all of them were looked at, and as fast as any other?"""

from __future__ import annotations

import random
import time

import pytest

from pututu.people.rules import same_words
from pututu.people.rules.rows import Candidate, Known, Row, judge
from pututu.people.services.recognising import Crowd, Recognition

NAMES = ("Ana Mamani", "ANA MÁMANI", "Luis Quispe", "Eva Ruiz", "ana@example.org")


@pytest.mark.parametrize("seed", range(200))
def test_the_few_of_a_crowd_who_decide_do_so_as_all_of_it_would(seed: int) -> None:
    chance = random.Random(seed)
    everybody = [Candidate(at, chance.choice(NAMES)) for at in range(chance.randrange(7))]
    crowd = Crowd()
    for each in everybody:
        crowd.add(each, same_words(each.name))
    for name in NAMES:
        row = Row(name=name, email="ana@example.org", has_own_name=name != "ana@example.org")
        few = crowd.those_who_decide(same_words(name))
        assert judge(row, Known(at_address=tuple(few))) == judge(row, Known(at_address=tuple(everybody)))


@pytest.mark.django_db
def test_ten_times_as_many_people_at_one_address_take_about_ten_times_as_long() -> None:
    short, long = (seconds_for(number) for number in (400, 4000))
    assert long < 40 * short  # looked at by each other it would be a hundred times


def seconds_for(number: int) -> float:
    rows = [Row(name=f"Person {at}", email="house@example.org", has_own_name=True) for at in range(number)]
    recognition = Recognition(rows)
    begun = time.process_time()
    for line, row in enumerate(rows):
        judge(row, recognition.known(row))
        recognition.remember(row, line)
    return time.process_time() - begun
