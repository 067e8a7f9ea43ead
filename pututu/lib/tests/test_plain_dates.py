"""Are the dates read that people and old sites really write, and is nothing guessed?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pututu.lib.dates import DateError, HonestDate, from_words
from pututu.lib.tests.edtf_values import dates

READ = [
    ("16 December 2013", "2013-12-16"),
    ("16 DECEMBER 2013", "2013-12-16"),
    ("08 April 2019", "2019-04-08"),
    ("16th December 2013", "2013-12-16"),
    ("December 16, 2013", "2013-12-16"),
    ("16-Dec-2013", "2013-12-16"),
    ("Monday, 16 December 2013", "2013-12-16"),
    ("Mon, 16 Dec 2013 10:00:00 +0000", "2013-12-16"),
    ("2013-12-16 10:30", "2013-12-16"),
    (". 24 March 2014", "2014-03-24"),
    ("24\u00a0March\u00a02014", "2014-03-24"),
    ("1º de enero de 2014", "2014-01-01"),
    ("16 de diciembre de 2013", "2013-12-16"),
    ("5 de setiembre de 2013", "2013-09-05"),
    ("lunes 16 de diciembre del 2013", "2013-12-16"),
    ("diciembre de 2013", "2013-12"),
    ("Dic. 2013", "2013-12"),
    ("Sept 2012", "2012-09"),
    ("2013", "2013"),
    ("2013-12", "2013-12"),
    ("2013/09", "2013-09"),
    ("09/2013", "2013-09"),
    ("16/12/2013", "2013-12-16"),
    ("12/16/2013", "2013-12-16"),
    ("16.12.2013", "2013-12-16"),
    ("5/5/2013", "2013-05-05"),
    ("2013/12/16", "2013-12-16"),
    ("Aug - Sep 2012", "2012-08/2012-09"),
    ("Aug – Sep 12", "2012-08/2012-09"),
    ("Aug - Sep 98", "1998-08/1998-09"),
    ("Feb - Mar 2012", "2012-02/2012-03"),
    ("May / April 2009", "2009-04/2009-05"),
    ("Dec - Jan 2010", "2009-12/2010-01"),
    ("2012-13", "2012/2013"),
    ("2003-2005", "2003/2005"),
    ("late September 2013", "2013-09-21/2013-09-30"),
    ("late February 2013", "2013-02-21/2013-02-28"),
    ("a fines de setiembre de 2013", "2013-09-21/2013-09-30"),
    ("c. 1985", "1985~"),
    ("ca 1985", "1985~"),
    ("about 1985", "1985~"),
    ("c1985", "1985~"),
    ("perhaps 2003", "2003?"),
    ("before 4 March 2013", "[..2013-03-03]"),
    ("before the 1990s", "[..1989]"),
    ("after March 2013", "[2013-04..]"),
    ("no later than 2013", "[..2013]"),
    ("before about 1985", "[..1985~]"),
    ("since 2013", "2013/.."),
    ("between 10 and 22 March 2015", "2015-03-10/2015-03-22"),
    ("10–22 March 2015", "2015-03-10/2015-03-22"),
    ("March 10–22, 2015", "2015-03-10/2015-03-22"),
    ("del 3 al 5 de marzo de 2013", "2013-03-03/2013-03-05"),
    ("28 December - 3 January 2015", "2014-12-28/2015-01-03"),
    ("30 November – 1 December 2013", "2013-11-30/2013-12-01"),
    ("2013-09-24 – 2013-09-30", "2013-09-24/2013-09-30"),
    ("from 2003 to 2005", "2003/2005"),
    ("Spring 2011", "2011-21"),
    ("primavera de 2011", "2011-21"),
    ("fall 2011", "2011-23"),
    ("Q1 2011", "2011-33"),
    ("1990s", "199X"),
    ("the 1990s", "199X"),
    ("los años 1990", "199X"),
    ("siglo XX", "19XX"),
    ("December 2013 or January 2014", "[2013-12,2014-01]"),
    ("2014 or before 2010", "[..2009,2014]"),
    ("January 2018, day not known", "2018-01"),
    ("early 2013", "2013-37"),
    ("mid-2013", "2013-38"),
    ("a fines del 2013", "2013-39"),
    ("early 1990s", "1990/1993"),
    ("a mediados de los años 80", "1984/1986"),
    ("late 1980s", "1987/1989"),
    ("start of March 2013", "2013-03-01/2013-03-10"),
    ("segunda quincena de febrero de 2012", "2012-02-16/2012-02-29"),
    ("first half of March 2013", "2013-03-01/2013-03-15"),
    ("II semestre 2013", "2013-41"),
    ("1er trimestre de 2013", "2013-33"),
    ("2do semestre 2013", "2013-41"),
    ("3rd quarter 2013", "2013-35"),
    ("primavera austral de 2013", "2013-29"),
    ("southern spring 2013", "2013-29"),
    ("by 16 December 2013", "[..2013-12-16]"),
    ("on or before March 2013", "[..2013-03]"),
    ("on or after March 2013", "[2013-03..]"),
    ("not before 2013", "[2013..]"),
    ("2013 – present", "2013/.."),
    ("from March 2013 to the present", "2013-03/.."),
    ("desde 2013 hasta la fecha", "2013/.."),
    ("the '90s", "199X"),
    ("the nineties", "199X"),
    ("la década de los noventa", "199X"),
    ("los años 80", "198X"),
    ("16 and 17 December 2013", "{2013-12-16,2013-12-17}"),
    ("16 & 17 December 2013", "{2013-12-16,2013-12-17}"),
    ("16, 17 y 18 de diciembre de 2013", "{2013-12-16,2013-12-17,2013-12-18}"),
    ("30 November or 1 December 2013", "[2013-11-30,2013-12-01]"),
    ("primero de enero de 2014", "2014-01-01"),
    ("lun. 16 dic. 2013", "2013-12-16"),
    ("mar. 2013", "2013-03"),
    ("16/dic/2013", "2013-12-16"),
    ("2013-Dec-16", "2013-12-16"),
    ("Jan-2013", "2013-01"),
    ("ene/2013", "2013-01"),
    ("febr. 2013", "2013-02"),
    ("Tue Dec 17 19:00:00 2013", "2013-12-17"),
    ("March 2013?", "2013-03?"),
    ("16 December 2013 (?)", "2013-12-16?"),
    ("1985 (approx.)", "1985~"),
    ("marzo de 2013, aprox.", "2013-03~"),
    ("circa. 1985", "1985~"),
    ("ca.1985", "1985~"),
    ("1999-00", "1999/2000"),
    ("2013–14", "2013/2014"),
    ("“16 December 2013”", "2013-12-16"),
    ("\ufeff16\u200bDecember 2013\u200e", "2013-12-16"),
    ("１６ December ٢٠١٣", "2013-12-16"),
    ("16 December 2013, 7.30pm", "2013-12-16"),
    ("16 de diciembre de 2013, 7:30 p. m.", "2013-12-16"),
    ("Posted on 16 December 2013", "2013-12-16"),
    ("[n.d.]", ""),
    ("n/a", ""),
    ("unknown", ""),
    ("Date Unknown", ""),
    ("sin fecha", ""),
    ("", ""),
    ("  \u00a0", ""),
    ("-", ""),
    ("2013?-03", "2013?-03"),
    ("[1667, 1668]", "[1667,1668]"),
]


@pytest.mark.parametrize(("text", "edtf"), READ)
def test_plain_forms_are_read(text: str, edtf: str) -> None:
    assert from_words(text).edtf == edtf
    assert from_words(text, language="es").edtf == edtf


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("03/04/2013", ("3 April 2013", "4 March 2013")),
        ("2009/10", ("October 2009", "2009–2010")),
        ("2003–05", ("May 2003", "2003–2005")),
        ("Sep 12", ("September 2012", "12 September 2012")),
        ("16 Dec 13", ("four digits",)),
        ("16/12/13", ("four digits",)),
    ],
)
def test_what_may_mean_two_things_is_not_guessed(text: str, readings: tuple[str, ...]) -> None:
    with pytest.raises(DateError) as caught:
        from_words(text)
    assert caught.value.code == "ambiguous"
    assert all(reading in caught.value.message for reading in readings)


def test_both_readings_are_named_in_the_language_of_the_reader() -> None:
    with pytest.raises(DateError, match="3 de abril de 2013 or 4 de marzo de 2013"):
        from_words("03/04/2013", language="es")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Open University", "unreadable"),
        ("Update 129. 30 September 2008", "unreadable"),
        ("first", "unreadable"),
        ("16 December", "unreadable"),
        ("March", "unreadable"),
        ("January - 2013", "unreadable"),
        ("between 2013 and 2015?", "unreadable"),
        ("the twenties", "unreadable"),
        ("los años 20", "unreadable"),
        ("early 20th century", "unreadable"),
        ("mar. 17 dic. 2013", "unreadable"),
        ("entre el 10 y el 22 de marzo", "unreadable"),
        ("29 February 2003", "no-such-day"),
        ("31/02/2013", "no-such-day"),
        ("31 de setiembre de 2013", "no-such-day"),
        ("sáb 16 dic 2013", "weekday"),
        ("12:30", "unreadable"),
        ("9999999", "unreadable"),
        ("between 2013", "unreadable"),
        ("?", "unreadable"),
        ("x" * 500, "unreadable"),
        ("16 16 December 2013", "unreadable"),
        ("30 February 2013", "no-such-day"),
        ("February 29, 2013", "no-such-day"),
        ("2013-02-30", "no-such-day"),
        ("30/02/2013", "no-such-day"),
        ("2013-09-30/2013-09-24", "reversed"),
        ("between 22 and 10 March 2015", "reversed"),
        ("Saturday 16 December 2013", "weekday"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(text: str, code: str) -> None:
    with pytest.raises(DateError) as caught:
        from_words(text)
    assert caught.value.code == code
    assert caught.value.message.endswith(".")


@given(text=st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_date_error_and_no_other(text: str) -> None:
    try:
        value = from_words(text)
    except DateError:
        return
    assert isinstance(value, HonestDate)


@given(value=dates)
def test_a_stored_date_shown_for_editing_is_read_as_itself(value: HonestDate) -> None:
    assert from_words(value.edtf, stand_ins_allowed=True) == value
