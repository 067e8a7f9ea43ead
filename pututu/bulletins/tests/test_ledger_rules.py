"""What does an answer mean, and does every mail of an issue stand somewhere, once?"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pututu.bulletins.rules.ledger import (
    TRIES,
    Answer,
    Balance,
    State,
    balance_of,
    left_by_the_dead,
    outcome_of,
)

NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (250, "accepted"),
        (251, "accepted"),
        (421, "deferred"),
        (450, "deferred"),
        (550, "refused"),
        (554, "refused"),
    ],
)
def test_the_code_of_the_server_decides(code: int, state: str) -> None:
    assert outcome_of(Answer(code), tries=1, now=NOW).state == state


def test_what_is_deferred_waits_longer_each_time_and_not_for_ever() -> None:
    pauses = []
    for tries in range(1, TRIES):
        found = outcome_of(Answer(450), tries=tries, now=NOW)
        assert found.next_try_at
        pauses.append(found.next_try_at - NOW)
    assert pauses == sorted(pauses)
    assert pauses[0] >= dt.timedelta(minutes=30)
    assert outcome_of(Answer(450), tries=TRIES, now=NOW).state is State.REFUSED


def test_a_code_that_is_none_of_smtp_loses_nothing() -> None:
    assert outcome_of(Answer(0), tries=1, now=NOW).state is State.DEFERRED


def test_only_what_was_handed_over_is_in_doubt_when_a_worker_dies() -> None:
    assert left_by_the_dead(State.CLAIMED) is State.WAITING
    assert left_by_the_dead(State.HANDED_OVER) is State.IN_DOUBT
    assert all(left_by_the_dead(state) is state for state in State if state not in ("claimed", "handed-over"))


@given(st.lists(st.sampled_from(list(State)), max_size=200))
def test_every_mail_counts_once_wherever_it_stands(states: list[State]) -> None:
    counts = {state: states.count(state) for state in set(states)}
    assert balance_of(len(states), counts).is_even


def test_a_balance_that_misses_somebody_is_not_even() -> None:
    assert not Balance(3, accepted=2).is_even
    assert not Balance(2, accepted=2, waiting=1).is_even


def test_an_issue_is_finished_when_only_people_have_something_to_decide() -> None:
    assert Balance(3, accepted=1, in_doubt=1, set_aside=1).is_finished
    assert not Balance(3, accepted=2, deferred=1).is_finished
