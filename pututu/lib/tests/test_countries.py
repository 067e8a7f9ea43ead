"""Are countries read as people write them, and named as readers and post offices want them?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pututu.lib.countries import ALSO, NAMES, countries_in, country_name, postal_country, read_country
from pututu.lib.country_names import COUNTRIES


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("GB", "GB"),
        ("gbr", "GB"),
        ("U.K.", "GB"),
        ("Reino Unido", "GB"),
        (" Scotland ", "GB"),
        ("peru", "PE"),
        ("PERÚ", "PE"),
        ("España", "ES"),
        ("espana", "ES"),
        ("Bosnia & Herzegovina", "BA"),
        ("St. Lucia", "LC"),
        ("Cote d'Ivoire", "CI"),
        ("Burma", "MM"),
        ("EE. UU.", "US"),
        ("Ruritania", ""),
        ("ZZ", ""),
        ("", ""),
    ],
)
def test_a_country_is_read_by_its_name_in_english_or_spanish_or_by_its_code(text, code):
    assert read_country(text) == code


def test_every_name_and_code_is_read_back_and_none_means_two_countries():
    for code, three, english, spanish in COUNTRIES:
        for text in (code, three, english, spanish, english.upper()):
            assert read_country(text) == code, text
    for code, words in ALSO.items():
        for text in words.split(";"):
            assert read_country(text) == code, text


def test_they_stand_in_the_order_in_which_their_readers_seek_them():
    english, spanish = ([name for _code, name in countries_in(each)] for each in ("en", "es-PE"))
    assert english.index("Åland Islands") < english.index("Albania") < english.index("Zimbabwe")
    assert (
        spanish.index("Alemania") < spanish.index("Bélgica") < spanish.index("Benín") < spanish.index("Perú")
    )
    assert len(english) == len(spanish) == len(NAMES["en"]) == 250


def test_a_language_without_names_has_the_english_ones_and_an_unknown_code_stays_itself():
    assert country_name("PE", "fr") == "Peru"
    assert country_name("PE", "es") == "Perú"
    assert country_name("QQ", "en") == "QQ"


def test_an_envelope_names_the_country_in_english_and_in_capitals_and_only_abroad():
    assert postal_country("DE", home="GB") == "GERMANY"
    assert postal_country("GB", home="DE") == "UNITED KINGDOM"
    assert postal_country("GB", home="GB") == postal_country("", home="GB") == ""


@given(st.text())
def test_nothing_that_somebody_writes_breaks_the_reading(text):
    assert read_country(text) in {"", *NAMES["en"]}
