"""Are dates said as the house says them, and read back as they were said?"""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pututu.lib.dates import HonestDate, from_words
from pututu.lib.tests.edtf_values import dates

SAID = [
    ("2013-12-16", "16 December 2013", "16 de diciembre de 2013"),
    ("2014-01-01", "1 January 2014", "1 de enero de 2014"),
    ("2018-01", "January 2018", "enero de 2018"),
    ("2013", "2013", "2013"),
    ("2013-09-24/2013-09-30", "late September 2013", "fines de septiembre de 2013"),
    ("2013-09-01/2013-09-10", "early September 2013", "principios de septiembre de 2013"),
    ("2013-09-12/2013-09-19", "mid-September 2013", "mediados de septiembre de 2013"),
    (
        "2013-09-24/2013-09-28",
        "between 24 and 28 September 2013",
        "entre el 24 y el 28 de septiembre de 2013",
    ),
    ("2015-03-10/2015-03-22", "between 10 and 22 March 2015", "entre el 10 y el 22 de marzo de 2015"),
    (
        "2015-03-28/2015-04-03",
        "between 28 March and 3 April 2015",
        "entre el 28 de marzo y el 3 de abril de 2015",
    ),
    (
        "2014-12-28/2015-01-03",
        "between 28 December 2014 and 3 January 2015",
        "entre el 28 de diciembre de 2014 y el 3 de enero de 2015",
    ),
    ("2012-08/2012-09", "August–September 2012", "agosto–septiembre de 2012"),
    ("2009-12/2010-01", "December 2009–January 2010", "diciembre de 2009–enero de 2010"),
    ("2003/2005", "2003–2005", "2003–2005"),
    ("[..2013-03-03]", "before 4 March 2013", "antes del 4 de marzo de 2013"),
    ("[..2013-02]", "before March 2013", "antes de marzo de 2013"),
    ("[..2012]", "before 2013", "antes de 2013"),
    ("[2013-03-04..]", "after 3 March 2013", "después del 3 de marzo de 2013"),
    ("2013-03-04/..", "from 4 March 2013", "desde el 4 de marzo de 2013"),
    ("../2013", "until 2013", "hasta 2013"),
    ("2013/", "from 2013, end unknown", "desde 2013, fin desconocido"),
    ("/2013", "until 2013, beginning unknown", "hasta 2013, inicio desconocido"),
    ("1985~", "about 1985", "hacia 1985"),
    ("2003?", "possibly 2003", "posiblemente 2003"),
    ("2003%", "possibly about 2003", "posiblemente hacia 2003"),
    ("2013?-03", "possibly March 2013", "posiblemente marzo de 2013"),
    ("2013-03-04~", "about 4 March 2013", "hacia el 4 de marzo de 2013"),
    ("199X", "1990s", "década de 1990"),
    ("199X~", "about the 1990s", "hacia la década de 1990"),
    ("19XX", "20th century", "siglo XX"),
    ("2011-21", "spring 2011", "primavera de 2011"),
    ("2011-29", "spring 2011 (Southern Hemisphere)", "primavera de 2011 (hemisferio sur)"),
    ("2011-33", "first quarter of 2011", "primer trimestre de 2011"),
    ("2004-06-XX", "June 2004", "junio de 2004"),
    ("2004-XX", "2004", "2004"),
    ("XXXX-12-25", "25 December, year unknown", "25 de diciembre, año desconocido"),
    ("[1667,1668,1670..1672]", "1667, 1668 or 1670–1672", "1667, 1668 o 1670–1672"),
    ("[2012-09,2012-10]", "September 2012 or October 2012", "septiembre de 2012 u octubre de 2012"),
    ("{1960,1961-12}", "1960 and December 1961", "1960 y diciembre de 1961"),
    ("-0043-03-15", "15 March 44 BC", "15 de marzo de 44 a. C."),
    ("0753", "753 AD", "753 d. C."),
    ("Y12345", "12345 AD", "12345 d. C."),
    (
        "Y14901/Y14900S3",
        "between 14901 AD and about 14999 AD",
        "entre 14901 d. C. y hacia 14999 d. C.",
    ),
    ("", "date unknown", "fecha desconocida"),
    ("XXXX-XX", "date unknown", "fecha desconocida"),
]


@pytest.mark.parametrize(("edtf", "english", "spanish"), SAID)
def test_a_date_is_said_in_english_and_in_spanish(edtf: str, english: str, spanish: str) -> None:
    assert HonestDate.parse(edtf).words() == english
    assert HonestDate.parse(edtf).words("es") == spanish


@pytest.mark.parametrize(
    ("language", "said"), [("es-pe", "enero de 2018"), ("es_PE", "enero de 2018"), ("qu", "January 2018")]
)
def test_a_language_without_words_of_its_own_is_answered_in_english(language: str, said: str) -> None:
    assert HonestDate.parse("2018-01").words(language) == said


@settings(max_examples=400)
@given(value=dates, language=st.sampled_from(["en", "es"]))
@example(value=HonestDate.unknown(), language="en")
@example(value=HonestDate.parse("[..9999-12-31]"), language="en")
@example(value=HonestDate.parse("[2013,2014-01..2014-02,2016..]"), language="en")
@example(value=HonestDate.parse("[Y10000,0000-01..0000-02,Y10000..]"), language="en")
@example(value=HonestDate.parse("Y14901/Y14900S3"), language="en")
@example(value=HonestDate.parse("[2012-08-08,2013]"), language="es")
def test_every_phrase_is_read_back_to_the_same_phrase(value: HonestDate, language: str) -> None:
    said = value.words(language)
    assert from_words(said, language=language, stand_ins_allowed=True).words(language) == said


@given(value=dates.filter(lambda value: value.iso() is not None), language=st.sampled_from(["en", "es"]))
def test_a_precise_date_is_read_back_to_the_very_same_edtf(value: HonestDate, language: str) -> None:
    assert from_words(value.words(language), language=language, stand_ins_allowed=True).edtf == value.iso()


def test_reading_back_depends_on_the_words() -> None:
    # The control of the two laws above: a phrase that says something else does not pass them.
    assert from_words("before 5 March 2013").words() != HonestDate.parse("[..2013-03-03]").words()


@given(value=dates)
def test_saying_a_date_never_widens_it_to_a_sharper_one(value: HonestDate) -> None:
    said = from_words(value.words(), stand_ins_allowed=True)
    if value.is_day or said.is_day:
        assert value.is_day == said.is_day
        assert value.earliest == said.earliest


@pytest.mark.parametrize(
    ("edtf", "english", "spanish"),
    [
        ("2018-01", "day not known", "día desconocido"),
        ("2018", "day and month not known", "día y mes desconocidos"),
        ("2013-12-16", "", ""),
        ("2018-01~", "", ""),
        ("2012-08/2012-09", "", ""),
        ("", "", ""),
    ],
)
def test_full_display_remarks_on_the_part_that_is_not_known(edtf: str, english: str, spanish: str) -> None:
    assert HonestDate.parse(edtf).note("en") == english
    assert HonestDate.parse(edtf).note("es") == spanish
