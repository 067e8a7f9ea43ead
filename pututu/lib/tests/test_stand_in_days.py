"""Are the days refused that computers print for "no date", and no others?"""

import pytest

from pututu.lib.dates import DateError, HonestDate, from_words, refuse_stand_in

STAND_INS = [
    "31 December 1969",
    "31 DECEMBER 1969",
    "Wednesday, December 31, 1969",
    "31/12/1969",
    "1969-12-31",
    "1969-12-31T19:00:00-05:00",
    "1970-01-01",
    "1 January 1970",
    "1 de enero de 1970",
    "1970-01-01T00:00:00Z",
    "1970-01-01 01:00:00+01:00",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "1970-01-01~",
    "Wed Dec 31 19:00:00 1969",
    "Thu Jan 1 00:00:00 UTC 1970",
    "1970-01-01/1970-01-14",
    "1969-12-31/1970-02-03",
    "1960/1970-01-01",
    "between 31 December 1969 and 4 May 1970",
    "[1970-01-01,1985]",
    "[..1969-12-31]",
    "0000-00-00",
    "0000-00-00 00:00:00",
    "0000-00-00T00:00:00Z",
    "00/00/0000",
    "30 November -1",
    "30 November -0001",
    "30 de noviembre de -1",
    "Wed, 30 Nov -0001 00:00:00 +0000",
    "-0001-11-30",
    "-0001-11-30 00:00:00",
    "Nov 30, -0001",
    "November 30, -1",
    "Sunday, November 30, -0001",
    "30-Nov--0001",
    "30/11/-0001",
    "11/30/-0001",
    "30.11.-0001",
    "30 November 0000",
    "Nov 30, 0000",
    "0002-11-30",
    "0000-01-01",
    "1 January 1601",
    "1753-01-01",
    "31 December 9999",
    "2013/9999-12-31",
    "0001-01-01",
    "0001-01-01T00:00:00Z",
    "1 January 1900",
    "1900-01-01",
    "30 December 1899",
    "31 December 1899",
]

TRUE_DATES = [
    "1969",
    "1970",
    "1969-12",
    "December 1969",
    "January 1970",
    "30 December 1969",
    "2 January 1970",
    "1970-01-02",
    "1900",
    "1900-01",
    "2 January 1900",
    "30 November 1",
    "30 November 2001",
    "30 November – 1 December 2013",
    "30 November -1 December 2013",
    "late December 1969",
    "early January 1970",
    "primera quincena de enero de 1970",
    "second half of December 1969",
    "before 1970",
    "197X",
    "1 January 1971",
    "1 January 1980",
    "1600",
    "1753-01",
    "November 30, 2001",
    "30/11/2001",
    "Nov 30 – Dec 1, 2013",
    "31 December 2013",
]


@pytest.mark.parametrize("text", STAND_INS)
def test_stand_in_days_are_refused_with_a_reason(text: str) -> None:
    with pytest.raises(DateError) as caught:
        from_words(text)
    assert caught.value.code == "stand-in"
    assert "leave the date empty" in caught.value.message


@pytest.mark.parametrize("text", [text for text in TRUE_DATES if text != "30 November 1"])
def test_their_neighbours_and_coarser_dates_are_fine(text: str) -> None:
    assert not from_words(text).is_stand_in
    refuse_stand_in(from_words(text))


def test_a_day_in_a_short_year_is_unreadable_and_no_stand_in() -> None:
    with pytest.raises(DateError) as caught:
        from_words("30 November 1")
    assert caught.value.code != "stand-in"


def test_the_reason_names_the_day_and_says_what_to_do() -> None:
    with pytest.raises(DateError) as caught:
        from_words("31 December 1969")
    assert caught.value.message == (
        "31 December 1969 is what a computer prints for a zero date. Nobody wrote that day: leave the date"
        " empty (“date unknown”) and keep the old line as evidence."
    )


def test_a_true_first_of_january_can_be_said_by_who_knows_it() -> None:
    value = from_words("1 January 1970", stand_ins_allowed=True)
    assert value.edtf == "1970-01-01"
    assert value.is_stand_in


def test_a_stored_stand_in_parses_and_is_refused_by_the_gate() -> None:
    value = HonestDate.parse("1969-12-31")
    assert value.is_stand_in
    with pytest.raises(DateError, match="zero date"):
        refuse_stand_in(value)


def test_the_zero_of_a_database_does_not_even_parse() -> None:
    with pytest.raises(DateError, match="no date"):
        HonestDate.parse("0000-00-00")
    assert HonestDate.parse("0000").words() == "1 BC"
