"""Is the passage under a result the telling one, as written, and safe to print?"""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from pututu.home.search.query import read_query
from pututu.home.search.snippets import LENGTH, Finder
from pututu.home.search.words import composed


def snippet(question: str, text: str, language: str = "en") -> str:
    return Finder(read_query(question, language), language).snippet(text)


def test_a_word_far_into_a_long_text_is_found_and_shown_between_whole_words() -> None:
    text = "lorem ipsum dolor. " * 2000 + "The mines of the south are old. " + "sit amet. " * 5000
    found = snippet("mining", text)
    assert "The <mark>mines</mark> of the south" in found
    assert len(found) < LENGTH + 60
    assert found.startswith("… ")
    assert found.endswith(" …")


def test_the_passage_with_more_of_the_words_is_chosen() -> None:
    text = "A mine. " + "x " * 300 + "The water of the mine."
    assert "<mark>water</mark>" in snippet("mine water", text)


def test_a_text_without_the_words_has_no_passage() -> None:
    assert snippet("coca", "Only rivers here.") == ""
    assert snippet("", "Only rivers here.") == ""
    assert snippet("rivers", "Only rivers here.") != ""


def test_paragraphs_are_parted_and_not_run_together() -> None:
    assert "London · The <mark>mine</mark>" in snippet("mine", "London\nThe mine")


def test_a_long_text_full_of_hits_stays_quick() -> None:
    assert "<mark>" in snippet("mine", "mine " * 50_000)


@given(st.text(max_size=200), st.text(max_size=20))
def test_nothing_but_marks_is_markup_and_the_words_are_those_of_the_text(text: str, question: str) -> None:
    text = composed(text)
    marked = Finder(read_query(question, "es"), "es").marked(text)
    without = marked.replace("<mark>", "").replace("</mark>", "")
    assert not re.search("[<>]", without)
    assert unescape(without) == text.replace("\n", " · ")
