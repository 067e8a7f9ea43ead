"""Is whoever paid found by what a treasurer types?"""

from __future__ import annotations

import pytest

from pututu.giving.services.lookup import find_people
from tests.belonging import ask_for, make_membership, make_person

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    return [each.person.name for each in find_people(text)]


def test_names_are_found_without_accents_case_and_punctuation():
    make_person("María Núñez-O’Brien", "maria@example.org")
    for text in (
        "nunez",
        "NÚÑEZ",
        "maria obrien nunez"[:5],
        "o'brien",
        "Núñez-O",
        "maria@exam",
        "maría maria@",
    ):
        assert found(text) == ["María Núñez-O’Brien"], text
    for text in ("nunes", "=", "''", " ", "", "maria quispe"):
        assert found(text) == [], text


def test_a_reference_finds_its_person_however_it_is_written():
    person = make_person("Ana")
    code = person.reference
    for text in (code, f"{code[:3]}-{code[3:]}".lower(), f"{code[:3]} {code[3:]}"):
        assert found(text) == ["Ana"], text


def test_who_is_awaited_comes_first():
    make_person("Rosa Alba")
    ask_for(make_membership(holder=make_person("Rosa Zea")))
    assert found("rosa") == ["Rosa Zea", "Rosa Alba"]
