"""Is money applied by itself only where there is no doubt at all?"""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pututu.giving.rules.matching import (
    Applied,
    Awaited,
    Candidate,
    How,
    Ledger,
    Line,
    Waits,
    Why,
    match_lines,
    rank,
)
from pututu.lib.references import make_reference

dice = random.Random(7)
CODES = [make_reference(dice.choice) for _each in range(6)]
ROSA, HUGO, INES = 1, 2, 3
WHO = {CODES[0]: ROSA, CODES[1]: HUGO, CODES[2]: INES}
WORDS = {"QUISPE R": frozenset({ROSA}), "THE HOUSE": frozenset({ROSA, HUGO})}


def ledger(*awaited: Awaited, paid=()) -> Ledger:
    people = {each.payer for each in awaited}
    return Ledger(
        WHO,
        WORDS,
        {who: tuple(each for each in awaited if each.payer == who) for who in people},
        {ROSA: frozenset(paid)},
    )


def outcome(line: Line, *awaited: Awaited, paid=()):
    return match_lines([line], ledger(*awaited, paid=paid))[line.key]


DUE = Awaited(70, ROSA, 3600)


def test_a_reference_and_the_exact_amount_are_beyond_doubt():
    line = Line(1, 3600, f"R QUISPE {CODES[0]} BGC")
    assert outcome(line, DUE) == Applied(1, 70, ROSA, How.REFERENCE)


def test_remembered_words_and_the_exact_amount_are_too():
    assert outcome(Line(1, 3600, "QUISPE R 15MAR 40-01-02"), DUE) == Applied(1, 70, ROSA, How.KNOWN_PAYER)


def test_the_same_amount_asked_from_somebody_else_does_not_matter():
    other = Awaited(71, HUGO, 3600)
    assert outcome(Line(1, 3600, CODES[0]), DUE, other) == Applied(1, 70, ROSA, How.REFERENCE)


@pytest.mark.parametrize(
    ("line", "awaited", "why"),
    [
        (Line(1, -3600, CODES[0]), [DUE], Why.OUT),
        (Line(1, 3600, "R QUISPE"), [DUE], Why.NOBODY),
        (Line(1, 3600, f"{CODES[0]} {CODES[1]}"), [DUE], Why.TWO_PEOPLE),
        (Line(1, 3600, "THE HOUSE"), [DUE], Why.SHARED_WORDS),
        (Line(1, 3000, CODES[0]), [DUE], Why.ANOTHER_AMOUNT),
        (Line(1, 3600, CODES[0]), [], Why.NOTHING_AWAITED),
        (Line(1, 3600, CODES[0]), [DUE, Awaited(72, ROSA, 3600)], Why.SEVERAL_AWAITED),
        (Line(1, 3600, CODES[3]), [DUE], Why.NOBODY),  # a code that is nobody's
    ],
)
def test_whatever_leaves_a_doubt_waits_and_says_why(line, awaited, why):
    found = outcome(line, *awaited)
    assert isinstance(found, Waits)
    assert found.why == why


def test_money_of_an_amount_that_came_already_is_called_so():
    assert outcome(Line(1, 3600, CODES[0]), paid=[3600]).why == Why.PAID_ALREADY
    assert outcome(Line(1, 3500, CODES[0]), paid=[3600]).why == Why.NOTHING_AWAITED


def test_two_lines_for_one_payment_both_wait():
    lines = [Line(1, 3600, CODES[0]), Line(2, 3600, CODES[0])]
    assert {each.why for each in match_lines(lines, ledger(DUE)).values()} == {Why.TWO_LINES}


lines = some.lists(
    some.builds(
        Line,
        some.integers(1, 10**6),
        some.sampled_from([-3600, 1200, 3600]),
        some.sampled_from([*CODES[:4], "QUISPE R", "THE HOUSE", f"{CODES[0]} {CODES[1]}", "", "nobody"]),
    ),
    unique_by=lambda line: line.key,
    max_size=12,
)
dues = some.lists(
    some.builds(
        Awaited,
        some.integers(1, 10**6),
        some.sampled_from([ROSA, HUGO, INES]),
        some.sampled_from([1200, 3600]),
    ),
    unique_by=lambda due: due.key,
    max_size=8,
)


@given(lines, dues)
def test_no_payment_is_two_lines_and_no_line_is_two_payments(shown, awaited):
    found = match_lines(shown, ledger(*awaited))
    applied = [each for each in found.values() if isinstance(each, Applied)]
    assert set(found) == {line.key for line in shown}
    assert len({each.payment for each in applied}) == len(applied) == len({each.line for each in applied})


@given(lines, dues, some.randoms())
def test_the_order_of_lines_makes_no_difference(shown, awaited, chance):
    shuffled = list(shown)
    chance.shuffle(shuffled)
    assert match_lines(shown, ledger(*awaited)) == match_lines(shuffled, ledger(*awaited))


@given(lines, dues)
def test_what_is_applied_is_exact_and_has_no_rival(shown, awaited):
    book = ledger(*awaited)
    minors = {line.key: line.minor for line in shown}
    for each in match_lines(shown, book).values():
        if isinstance(each, Applied):
            rivals = [due for due in book.awaited[each.person] if due.minor == minors[each.line]]
            assert [due.key for due in rivals] == [each.payment]
            assert minors[each.line] > 0


def test_the_likeliest_comes_first_and_strangers_not_at_all():
    line = Line(1, 3600, "MS R QUISPE SO")
    offered = [
        Candidate("stranger", HUGO, "Hugo Blanco", 3600),
        Candidate("other-amount", ROSA, "Rosa Quispe", 2000),
        Candidate("may-pay", ROSA, "Rosa Quispe", 3600, is_asked=False),
        Candidate("exact", ROSA, "Rosa Quispe", 3600),
        Candidate("named", INES, "Inés Flores", 1200),
    ]
    assert [each.key for each in rank(line, offered, named=[INES])] == [
        "named",
        "exact",
        "may-pay",
        "other-amount",
    ]
