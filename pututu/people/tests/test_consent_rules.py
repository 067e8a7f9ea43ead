"""May an address be written to exactly when somebody agreed, and nobody took it back?"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pututu.people.rules import (
    SERVICE_PURPOSES,
    Act,
    AddressError,
    Basis,
    Happening,
    Permission,
    Purpose,
    Reach,
    Refusal,
    fold_address,
    may_write,
    read_address,
    same_words,
)

NOON = dt.datetime(2026, 3, 15, 12, tzinfo=dt.UTC)
GOOD = Reach()
DAY = dt.timedelta(1)


def told(*acts: str, basis: Basis = Basis.CONSENT) -> list[Happening]:
    return [Happening(Act(act), basis, NOON + number * DAY) for number, act in enumerate(acts)]


@pytest.mark.parametrize(
    ("acts", "answer"),
    [
        ([], Refusal.NEVER_AGREED),
        (["asked"], Refusal.NOT_CONFIRMED),
        (["asked", "given"], Basis.CONSENT),
        (["given", "withdrawn"], Refusal.WITHDRAWN),
        (["given", "withdrawn", "asked"], Refusal.WITHDRAWN),
        (["given", "withdrawn", "asked", "given"], Basis.CONSENT),
        (["withdrawn"], Refusal.WITHDRAWN),
        (["given", "asked"], Basis.CONSENT),
    ],
)
def test_the_last_word_of_the_person_counts(acts: list[str], answer: object):
    found = may_write(Purpose.BULLETINS, told(*acts), GOOD)
    assert (found.basis or found.refusal) == answer
    assert bool(found) == isinstance(answer, Basis)


def test_no_agreement_opens_a_bad_or_suppressed_address():
    agreed = told("given")
    assert may_write(Purpose.BULLETINS, agreed, GOOD)
    assert may_write(Purpose.BULLETINS, agreed, Reach(is_good=False)).refusal == Refusal.BAD_ADDRESS
    assert may_write(Purpose.BULLETINS, agreed, Reach(is_suppressed=True)).refusal == Refusal.SUPPRESSED


def test_what_a_member_must_be_told_is_no_way_in_for_anything_else():
    noted = told("noted", basis=Basis.SERVICE)
    assert may_write(Purpose.MEMBERSHIP, noted, GOOD).basis == Basis.SERVICE
    for purpose in set(Purpose) - SERVICE_PURPOSES:
        assert may_write(purpose, noted, GOOD).refusal == Refusal.NEVER_AGREED


def test_the_soft_opt_in_is_a_switch_and_ends_with_a_word():
    noted = told("noted", basis=Basis.SOFT_OPT_IN)
    assert may_write(Purpose.APPEALS, noted, GOOD).refusal == Refusal.SOFT_OPT_IN_OFF
    assert may_write(Purpose.APPEALS, noted, GOOD, is_soft_opt_in_allowed=True).basis == Basis.SOFT_OPT_IN
    left = [*noted, Happening(Act.WITHDRAWN, Basis.CONSENT, NOON + DAY)]
    assert may_write(Purpose.APPEALS, left, GOOD, is_soft_opt_in_allowed=True).refusal == Refusal.WITHDRAWN


happenings = some.lists(
    some.builds(
        Happening,
        some.sampled_from(Act),
        some.sampled_from(Basis),
        some.integers(0, 1000).map(lambda minutes: NOON + dt.timedelta(minutes=minutes)),
    ),
    max_size=8,
    unique_by=lambda each: each.at,
)


@given(happenings, some.sampled_from(Purpose), some.booleans())
def test_the_order_of_the_rows_makes_no_difference(rows: list[Happening], purpose: Purpose, soft: bool):
    there, back = (
        may_write(purpose, order, GOOD, is_soft_opt_in_allowed=soft) for order in (rows, list(reversed(rows)))
    )
    assert there == back
    assert (there.basis is None) != (there.refusal is None)


@given(happenings, some.sampled_from(Purpose), some.booleans())
def test_after_a_withdrawal_nothing_goes_out_and_being_asked_never_undoes_it(
    rows: list[Happening], purpose: Purpose, soft: bool
):
    later = NOON + dt.timedelta(days=10)
    left = [
        *rows,
        Happening(Act.WITHDRAWN, Basis.CONSENT, later),
        Happening(Act.ASKED, Basis.CONSENT, later + DAY),
    ]
    assert may_write(purpose, left, GOOD, is_soft_opt_in_allowed=soft) == Permission(
        refusal=Refusal.WITHDRAWN
    )


# --- addresses


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("Rosa@Example.ORG", "Rosa@example.org"),
        ("  rosa@example.org ", "rosa@example.org"),
        ("<rosa@example.org>", "rosa@example.org"),
        ("mailto:rosa@example.org", "rosa@example.org"),
        ("rosa+news@mail.example.org.", "rosa+news@mail.example.org"),
        ("o'brien@example.ie", "o'brien@example.ie"),
        ("ñusta@cañón.example", "ñusta@cañón.example"),
        ("用户@例子.example", "用户@例子.example"),
    ],
)
def test_addresses_as_people_type_them(typed: str, tidy: str):
    assert read_address(typed) == tidy
    assert fold_address(typed.upper()) == fold_address(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "rosa",
        "rosa@",
        "@example.org",
        "rosa@example",
        "rosa@@example.org",
        "rosa quispe@example.org",
        "rosa@exa mple.org",
        "rosa@-example.org",
        ".rosa@example.org",
        "rosa.@example.org",
        "rosa@example..org",
        "rosa@example.org, ana@example.org",
        "rosa@example.org\nBcc: all@example.org",
        "=cmd@example.org|x",
        "x" * 65 + "@example.org",
        "rosa@" + "a" * 250 + ".org",
    ],
)
def test_what_is_no_address_is_refused_with_a_sentence(typed: str):
    if typed.startswith("="):
        assert read_address("=cmd@example.org") == "=cmd@example.org"  # odd, but an address
    with pytest.raises(AddressError, match="no e-mail address"):
        read_address(typed)


def test_names_are_compared_without_accents_case_and_punctuation():
    assert same_words("  QUISPE-Mamani,  José ") == same_words("quispe mamani jose")
    assert same_words("José") != same_words("Josefa")
