"""Do the date lines that old sites really print give their date, and nothing more?"""

import pytest

from pututu.rescue.dateline import read_date_line


@pytest.mark.parametrize(
    ("printed", "label", "edtf"),
    [
        ("17 August 2019", "", "2019-08-17"),
        ("08 April 2019", "", "2019-04-08"),
        ("16 DECEMBER 2013", "", "2013-12-16"),
        ("Update 129. 30 September 2008", "Update 129", "2008-09-30"),
        ("UPDATE 133. May / April 2009", "UPDATE 133", "2009-04/2009-05"),
        ("102. 29 February 2004", "102", "2004-02-29"),
        ("153. Aug - Sep 12", "153", "2012-08/2012-09"),
        ("150 . Feb - Mar 2012", "150", "2012-02/2012-03"),
        ("Peru News 065. 31 May 2011", "Peru News 065", "2011-05-31"),
        (". 24 March 2014", "", "2014-03-24"),
        ("16.12.2013", "", "2013-12-16"),
        ("May 2011", "", "2011-05"),
    ],
)
def test_a_date_line_gives_its_date(printed: str, label: str, edtf: str) -> None:
    found = read_date_line(printed)
    assert found.value is not None
    assert (found.printed, found.label, found.value.edtf, found.fault) == (printed, label, edtf, "")


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("31 December 1969", "stand-in"),
        ("30 November -1", "stand-in"),
        ("Update 12. 31 December 1969", "stand-in"),
        ("Open University", "unreadable"),
        ("29 February 2003", "no-such-day"),
        ("03/04/2013", "ambiguous"),
        ("", "unknown"),
        ("undated", "unknown"),
    ],
)
def test_a_line_without_a_date_says_why(printed: str, code: str) -> None:
    found = read_date_line(printed)
    assert (found.value, found.code) == (None, code)
    assert found.fault.endswith(".")
    assert found.is_stand_in == (code == "stand-in")
