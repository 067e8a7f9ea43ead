"""Is every text a question, and every address a way to narrow it?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pututu.home.search.query import LONGEST_QUESTION, MOST_TERMS, Question, Term, read_query


def test_words_in_quotation_marks_stay_together() -> None:
    assert read_query('"human rights" coca', "en").terms == (
        Term(("human", "rights")),
        Term(("coca",), is_open=True),
    )


def test_only_the_last_word_may_go_on_and_not_in_quotation_marks() -> None:
    assert [term.is_open for term in read_query("coca corrup", "en").terms] == [False, True]
    assert not read_query('coca "corrup"', "en").terms[-1].is_open
    assert not read_query("elections 2016", "en").terms[-1].is_open


def test_small_words_are_left_out_unless_there_are_no_others() -> None:
    assert [term.words for term in read_query("the rights of the people", "en").terms] == [
        ("rights",),
        ("people",),
    ]
    assert [term.words for term in read_query("the of", "en").terms] == [("the",), ("of",)]


def test_a_long_text_is_cut_to_what_can_be_searched() -> None:
    assert len(read_query("word " * 10_000, "en").terms) == 1
    assert len(read_query(" ".join(f"w{n}" for n in range(5000)), "en").terms) == MOST_TERMS
    assert len(Question.read({"q": "x" * 10_000}, language="en", languages=("en",)).text) == LONGEST_QUESTION


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    for term in read_query(text, "es").terms:
        assert all(term.words)
        assert all(term.stems("es"))


def test_an_address_survives_being_read_and_written() -> None:
    asked = Question(
        text="coca", language="es", kind="news", topic="drugs", place="puno", year=2013, is_by_date=True
    )
    address = asked.address(own_language="en")
    values = dict(pair.split("=") for pair in address.removeprefix("?").split("&"))
    assert Question.read(values, language="en", languages=("en", "es")) == asked


def test_what_makes_no_sense_in_an_address_is_passed_over() -> None:
    values = {"q": "coca", "kind": "a b", "year": "²013", "lang": "xx", "sort": "?", "topic": "../etc"}
    assert Question.read(values, language="en", languages=("en", "es")) == Question(
        text="coca", language="en"
    )
    control = {"q": "coca", "kind": "news", "year": "2013"}
    assert Question.read(control, language="en", languages=("en",)).year == 2013
