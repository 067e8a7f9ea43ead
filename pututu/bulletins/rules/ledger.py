"""What becomes of one mail, and do the numbers of an issue add up?

A mail is claimed by a worker, handed over to a mail server, and answered. Between handing over and writing the answer
down a worker may die: then nobody knows, and the mail is *in doubt* until a person decides. Sources: RFC 5321 4.2.1
(replies: 2yz accepted, 4yz not now, 5yz never) and 4.5.4.1 (try again after at least half an hour, for days).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where one mail stands."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    HANDED_OVER = "handed-over"
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    IN_DOUBT = "in-doubt"
    SUPPRESSED = "suppressed"
    SET_ASIDE = "set-aside"


TO_BE_SENT = frozenset({State.WAITING, State.DEFERRED})
UNDER_WAY = frozenset({State.CLAIMED, State.HANDED_OVER})
ENDED = frozenset({State.ACCEPTED, State.REFUSED, State.SUPPRESSED})
FOR_A_PERSON = frozenset({State.IN_DOUBT, State.SET_ASIDE})

TRIES = 6
PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (30, 60, 180, 360, 720))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a mail server said of one mail: its reply code, its words, and its own name for the mail, if any."""

    code: int
    words: str = ""
    name_there: str = ""

    @property
    def is_accepted(self) -> bool:
        return 200 <= self.code < 300

    @property
    def is_for_now(self) -> bool:
        """Whether the server may think otherwise later. A code that is none of SMTP's counts so: nothing is lost."""
        return not self.is_accepted and not 500 <= self.code < 600


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is written down after an answer; ``next_try_at`` only for what is tried again."""

    state: State
    next_try_at: dt.datetime | None = None


def outcome_of(answer: Answer, *, tries: int, now: dt.datetime) -> Outcome:
    """Decide what an answer means for a mail that was tried ``tries`` times, this time included."""
    if answer.is_accepted:
        return Outcome(State.ACCEPTED)
    if answer.is_for_now and tries < TRIES:
        return Outcome(State.DEFERRED, now + PAUSES[min(tries, len(PAUSES)) - 1])
    return Outcome(State.REFUSED)


def left_by_the_dead(state: State) -> State:
    """What a mail is after its worker died: one that was never handed over waits again, another is in doubt."""
    return {State.CLAIMED: State.WAITING, State.HANDED_OVER: State.IN_DOUBT}.get(state, state)


@dataclass(frozen=True, slots=True)
class Balance:
    """How many mails of an issue stand where. ``frozen`` is the list as it was when sending began."""

    frozen: int
    accepted: int = 0
    refused: int = 0
    deferred: int = 0
    in_doubt: int = 0
    suppressed: int = 0
    set_aside: int = 0
    waiting: int = 0

    @property
    def is_even(self) -> bool:
        """The law: everybody on the list is accounted for, once."""
        return self.frozen == (
            self.accepted
            + self.refused
            + self.deferred
            + self.in_doubt
            + self.suppressed
            + self.set_aside
            + self.waiting
        )

    @property
    def answered(self) -> int:
        """Those that the program has done with; what a person must decide counts among them."""
        return self.frozen - self.waiting - self.deferred

    @property
    def is_finished(self) -> bool:
        """Nothing is left that the program does by itself; what a person must decide may be."""
        return self.is_even and not self.waiting and not self.deferred


def balance_of(frozen: int, counts: Mapping[str, int]) -> Balance:
    """Add up the states of an issue's mails; what is under way waits for its answer, and counts as waiting."""
    return Balance(
        frozen,
        accepted=counts.get(State.ACCEPTED, 0),
        refused=counts.get(State.REFUSED, 0),
        deferred=counts.get(State.DEFERRED, 0),
        in_doubt=counts.get(State.IN_DOUBT, 0),
        suppressed=counts.get(State.SUPPRESSED, 0),
        set_aside=counts.get(State.SET_ASIDE, 0),
        waiting=sum(counts.get(state, 0) for state in (State.WAITING, *UNDER_WAY)),
    )
