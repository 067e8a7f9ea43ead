"""Do the forms of a word meet, in both languages and without accents?"""

from __future__ import annotations

import pytest

from pututu.home.search.words import composed, flat, stem, stems, words


def stemmed(word: str, language: str) -> str:
    return stem(words(word)[0], language)


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("es", ["minería", "mineria", "MINERÍA", "minera", "mineras", "mineros"]),
        ("es", ["corrupción", "corrupcion"]),
        ("es", ["política", "politicas", "político"]),
        ("es", ["elección", "elecciones", "ELECCIONES"]),
        ("es", ["año", "años", "anos"]),
        ("es", ["indígena", "indigenas"]),
        ("en", ["mining", "mine", "mines", "Mined"]),
        ("en", ["Peru", "Peru’s", "Peru's"]),
        ("en", ["election", "elections", "elected"]),
    ],
)
def test_forms_of_one_word_meet(language: str, forms: list[str]) -> None:
    assert len({stemmed(form, language) for form in forms}) == 1


@pytest.mark.parametrize(("one", "other"), [("mine", "mint"), ("peru", "person"), ("right", "river")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert stemmed(one, "en") != stemmed(other, "en")


def test_folding_keeps_every_letter_in_its_place() -> None:
    text = composed("Ñandú, İstanbul, ß, Cooperacciόn, Tʼika, ½ ﬁn")
    assert len(flat(text)) == len(text)
    assert flat("ÁÑÜ") == "anu"


def test_an_unknown_language_keeps_its_words() -> None:
    assert stems("Runasimi rimay", "qu") == "runasimi rimay"
