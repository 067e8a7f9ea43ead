"""Is text folded, shortened and timed as its callers rely on?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pututu.lib.text import fold, reading_minutes, running_text, shorten


def test_folding_takes_off_case_and_accents() -> None:
    assert fold("Cooperación MÁS\u00a0Ñuñoa") == "cooperacion mas nunoa"
    assert fold("peña") != fold("pera")


@given(st.text())
def test_folding_twice_changes_nothing_for_common_letters(text: str) -> None:
    plain = "".join(letter for letter in text if letter.isascii())
    assert fold(fold(plain)) == fold(plain)


@pytest.mark.parametrize(("words", "minutes"), [(0, 0), (1, 1), (238, 1), (239, 2), (1000, 5)])
def test_reading_time_is_rounded_up_to_whole_minutes(words: int, minutes: int) -> None:
    assert reading_minutes("palabra " * words, "es-pe") == minutes


def test_a_text_is_cut_after_a_whole_word() -> None:
    assert shorten("The coca story, told again", 16) == "The coca story…"
    assert shorten("The coca story", 14) == "The coca story"
    assert shorten("The\n  coca  story", 40) == "The coca story"
    assert shorten("Desaparecidos", 6) == "Desap…"


def test_a_limit_that_leaves_no_room_is_refused() -> None:
    with pytest.raises(ValueError, match="one character"):
        shorten("word", 0)


@given(text=st.text(), limit=st.integers(1, 80))
def test_a_shortened_text_keeps_its_limit_and_begins_as_before(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit
    assert " ".join(text.split()).startswith(short.removesuffix("…").rstrip()) or "…" in text


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Coca figures: three\r\nmeasures, three answers", "Coca figures: three measures, three answers"),
        ("In each\r\ncase, by one measure.\r\nA guide.", "In each case, by one measure.\nA guide."),
        ("In that year Peru and\r\nColombia had less.", "In that year Peru and Colombia had less."),
        ("Contents\r\nWho measures what, and how", "Contents\nWho measures what, and how"),
        ("consul\ufffe\r\ntation and consul\u0002\ntation", "consultation and consultation"),
        ("One.\r\n\r\nTwo.", "One.\n\nTwo."),
        ("", ""),
        ("\x00", ""),
    ],
)  # fmt: skip
def test_the_lines_of_a_printed_page_are_joined_to_paragraphs(printed: str, read: str):
    assert running_text(printed) == read
