"""Is nothing printed that the type lacks, and nobody given a name with holes?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pututu.lib.paper import BY_HAND, or_by_hand, prepare, printable


@pytest.mark.parametrize(
    "name",
    [
        "Łukasz Čapek",
        "Núñez – “Sons”",
        "Ольга Щербакова",
        "Ελένη Παπαδοπούλου",
        "Nguyễn Thị Ánh",
        "İpek Işık",
        "Ch’aska",
    ],
)
def test_latin_greek_and_cyrillic_are_printed_as_they_are_written(name):
    assert printable(name) == name


@pytest.mark.parametrize("name", ["محمد بن سلمان", "王小明", "प्रिया शर्मा", "שלום", "김민수", "Rosa 小明"])
def test_a_name_whose_letters_are_not_there_is_left_to_a_hand(name):
    assert printable(name) == ""
    assert or_by_hand(name) == BY_HAND


def test_what_is_no_letter_is_left_off_and_what_is_apart_is_put_together():
    assert printable("Ana 🌸 Mamani") == "Ana Mamani"
    assert printable("Rosa\u202e Quispe\u200f") == "Rosa Quispe"
    assert printable("Jose\u0301 Nun\u0303ez") == "José Nuñez"
    assert printable("ﬃ Ａ") == "ﬃ A"
    assert or_by_hand("🌸") == BY_HAND
    assert or_by_hand("") == ""


@given(st.text())
def test_whatever_is_printed_is_in_the_type(text):
    assert {ord(sign) for sign in printable(text)} - {10, 9} <= prepare()
