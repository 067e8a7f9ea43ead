"""Does a code in a bank's line name one person, or nobody?"""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pututu.lib.references import (
    LENGTHS,
    LONG,
    SHORT,
    SIGNS,
    check_sign,
    find_references,
    is_reference,
    make_reference,
    show_reference,
)

codes = some.builds(
    lambda seed, places: make_reference(random.Random(seed).choice, places),
    some.integers(0, 2**64),
    some.sampled_from([SHORT, LONG]),
)


@given(codes)
def test_a_code_is_found_in_whatever_a_bank_makes_of_it(code: str):
    shown = show_reference(code)
    for line in (
        code,
        shown,
        shown.lower(),
        f"STO {shown} SMITH J",
        f"SUBS{code}2026",
        " ".join(code),
        f"a/{code[:3]}.{code[3:]}\n",
    ):
        assert code in find_references(line), line


@given(codes, some.integers(0, 63), some.sampled_from(SIGNS))
def test_one_wrong_sign_makes_it_no_code(code: str, at: int, sign: str):
    at %= len(code)
    wrong = code[:at] + sign + code[at + 1 :]
    assert is_reference(wrong) == (wrong == code)


@given(codes)
def test_two_signs_exchanged_make_it_no_code(code: str):
    for one, other in combinations(range(len(code)), 2):
        signs = list(code)
        signs[one], signs[other] = signs[other], signs[one]
        exchanged = "".join(signs)
        assert is_reference(exchanged) == (exchanged == code)


def test_signs_that_look_alike_are_never_both_in_use():
    for alike in ("0ODQ", "1IL", "2Z", "4A", "5S", "6G", "8B", "UV"):
        assert len(set(alike) & set(SIGNS)) <= (2 if alike == "0ODQ" else 1)
    assert len(set(SIGNS)) == 19, "a prime number of signs is what the check needs"


@pytest.mark.parametrize(
    "text", ["", "MEMBERSHIP 2026", "KM7-XQ3", "0000000", "FRENCHY", "ÀÉÎ", "９９９９９９９"]
)
def test_words_and_numbers_are_no_codes(text: str):
    assert find_references(text) == ()


def test_two_codes_in_a_line_are_both_found_and_one_written_twice_once():
    one, other = (make_reference(random.Random(seed).choice) for seed in (1, 2))
    assert find_references(f"{one} AND {show_reference(other)} {one}") == (one, other)


def test_full_width_letters_are_read_as_what_they_mean():
    code = make_reference(random.Random(3).choice)
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    assert find_references(wide) == (code,)


@given(
    codes.filter(lambda code: len(code) == max(LENGTHS)), codes.filter(lambda code: len(code) == min(LENGTHS))
)
def test_no_code_is_part_of_a_longer_one(long: str, short: str):
    assert find_references(long) == (long,)
    assert short not in long
    assert find_references(f"{short} A {long}") == (short, long)


def test_a_code_of_eight_signs_is_shown_in_two_halves():
    code = make_reference(random.Random(4).choice, LONG)
    assert show_reference(code) == f"{code[:4]}-{code[4:]}"
    assert not is_reference(code[:-1])


@pytest.mark.parametrize("places", [SHORT, LONG])
def test_every_payload_has_one_check_sign(places: tuple[str, ...]):
    payload = "".join(signs[0] for signs in places)
    right = check_sign(payload)
    assert [sign for sign in SIGNS if is_reference(payload + sign)] == [right]
