"""Are EDTF texts read as the specification says, and bounded, ordered and marked as the house says?"""

import datetime as dt
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pututu.lib.dates import DateError, HonestDate, Precision
from pututu.lib.tests.edtf_values import dates

D = dt.date

BOUNDS = [
    # Level 0
    ("1985-04-12", D(1985, 4, 12), D(1985, 4, 12)),
    ("1985-04", D(1985, 4, 1), D(1985, 4, 30)),
    ("1985", D(1985, 1, 1), D(1985, 12, 31)),
    ("1985-04-12T23:20:30Z", D(1985, 4, 12), D(1985, 4, 12)),
    ("1985-04-12T23:20:30-04:30", D(1985, 4, 12), D(1985, 4, 12)),
    ("1964/2008", D(1964, 1, 1), D(2008, 12, 31)),
    ("2004-02-01/2005", D(2004, 2, 1), D(2005, 12, 31)),
    # Level 1
    ("Y170000002", None, None),
    ("2001-21", D(2001, 1, 1), D(2001, 12, 31)),
    ("1984?", D(1984, 1, 1), D(1984, 12, 31)),
    ("2004-06-11%", D(2004, 6, 11), D(2004, 6, 11)),
    ("201X", D(2010, 1, 1), D(2019, 12, 31)),
    ("20XX", D(2000, 1, 1), D(2099, 12, 31)),
    ("2004-XX", D(2004, 1, 1), D(2004, 12, 31)),
    ("1985-04-XX", D(1985, 4, 1), D(1985, 4, 30)),
    ("1985-XX-XX", D(1985, 1, 1), D(1985, 12, 31)),
    ("1985-04-12/..", D(1985, 4, 12), None),
    ("1985-04/", D(1985, 4, 1), None),
    ("../1985-04-12", None, D(1985, 4, 12)),
    ("/1985", None, D(1985, 12, 31)),
    ("-1985", None, None),
    # Level 2
    ("Y-17E7", None, None),
    ("1950S2", D(1900, 1, 1), D(1999, 12, 31)),
    ("2001-25", D(2001, 3, 1), D(2001, 6, 22)),
    ("2001-34", D(2001, 4, 1), D(2001, 6, 30)),
    ("2001-39", D(2001, 9, 1), D(2001, 12, 31)),
    ("2001-40", D(2001, 1, 1), D(2001, 6, 30)),
    ("[1667,1668,1670..1672]", D(1667, 1, 1), D(1672, 12, 31)),
    ("[..1760-12-03]", None, D(1760, 12, 3)),
    ("[1760-12..]", D(1760, 12, 1), None),
    ("{1960,1961-12}", D(1960, 1, 1), D(1961, 12, 31)),
    ("{..1984}", None, D(1984, 12, 31)),
    ("2004-06~-11", D(2004, 6, 11), D(2004, 6, 11)),
    ("2004-?06-11", D(2004, 6, 11), D(2004, 6, 11)),
    ("?2004-06-~11", D(2004, 6, 11), D(2004, 6, 11)),
    ("156X-12-25", D(1560, 12, 25), D(1569, 12, 25)),
    ("19XX-02-29", D(1904, 2, 29), D(1996, 2, 29)),
    ("2013-XX-31", D(2013, 1, 31), D(2013, 12, 31)),
    ("1984-1X", D(1984, 10, 1), D(1984, 12, 31)),
    ("XXXX-12-XX", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("edtf", "earliest", "latest"), BOUNDS)
def test_bounds_are_strict(edtf: str, earliest: dt.date | None, latest: dt.date | None) -> None:
    value = HonestDate.parse(edtf)
    assert (value.earliest, value.latest) == (earliest, latest)
    assert value.edtf == edtf


REFUSED = [
    ("2013-02-30", "no-such-day"),
    ("2013-02-29", "no-such-day"),
    ("2013-13", "no-such-day"),
    ("2013-00", "no-such-day"),
    ("2013-20", "no-such-day"),
    ("2013-42", "no-such-day"),
    ("2013-02-3X", "no-such-day"),
    ("2013-09-30/2013-09-24", "reversed"),
    ("2013/2012", "reversed"),
    ("[2013..2012]", "reversed"),
    ("0000-00-00", "stand-in"),
    ("Y1E999999999", "not-supported"),
    ("Y" + "9" * 60, "not-supported"),
    *(
        (text, "unreadable")
        for text in (
            "13",
            "213",
            "2013-1",
            "2013-1-1",
            "2013-9-24",
            "20131216",
            "16 December 2013",
            "-0000",
            "Y2013",
            "Y12345-01",
            "2013-21-05",
            "2013?~",
            "1984u",
            "open/2013",
            "/",
            "../..",
            "/..",
            "2013/2014/2015",
            "[2013",
            "[2013}",
            "[]",
            "[..]",
            "[2013,..2012]",
            "[2013..,2015]",
            "2013-12-16T10:00",
            "2013-12-16T25:00:00Z",
            "1950S9",
            "195XS2",
            "2013 -12",
            "X",
            "２０１３",
        )
    ),
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_is_not_edtf_is_refused_with_a_code_and_a_sentence(text: str, code: str) -> None:
    with pytest.raises(DateError) as caught:
        HonestDate.parse(text)
    assert caught.value.code == code
    assert caught.value.message == str(caught.value)
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize(
    "text", ["2012-02-29", "2013-09-24/2013-09-30", "[..2012,2013]", "[2013,2015..]", "0000"]
)
def test_the_neighbours_of_what_is_refused_are_read(text: str) -> None:
    assert HonestDate.parse(text).edtf == text


def test_spaces_that_mean_nothing_are_left_out() -> None:
    assert HonestDate.parse(" [1667, 1668] ") == HonestDate.parse("[1667,1668]")


def test_a_date_cannot_be_made_from_what_is_no_date() -> None:
    assert HonestDate("2013-12").edtf == "2013-12"
    with pytest.raises(DateError):
        HonestDate("2013-99")


@given(text=st.text(max_size=40) | st.text("0123456789XYSE?~%./,-[]{}T:Z ", max_size=30))
def test_any_text_is_read_or_refused_with_a_date_error(text: str) -> None:
    try:
        value = HonestDate.parse(text)
    except DateError:
        return
    assert value.edtf == text.strip() or "," in text


MARKS = [
    ("2013-12-16", "day", Precision.DAY),
    ("2018-01", "month", Precision.MONTH),
    ("2012-08/2012-09", "month", Precision.MONTHS),
    ("2013-09-24/2013-09-30", "span", Precision.SPAN),
    ("2013", "span", Precision.YEAR),
    ("2011-21", "span", Precision.SEASON),
    ("199X", "span", Precision.DECADE),
    ("19XX", "span", Precision.CENTURY),
    ("2013-12-16~", "span", Precision.DAY),
    ("2018-01?", "span", Precision.MONTH),
    ("2012-08?/2012-09", "span", Precision.MONTHS),
    ("[2013,2015]", "two", Precision.SET),
    ("[2013-03-10,2015-01?]", "two", Precision.SET),
    ("{2013,2015}", "span", Precision.SET),
    ("[2013-03-01..2013-03-09]", "span", Precision.SPAN),
    ("[2013,2015..]", "none", Precision.SET),
    ("[..2013-03-03]", "none", Precision.SPAN),
    ("2013/..", "none", Precision.SPAN),
    ("", "none", Precision.UNKNOWN),
    ("XXXX", "none", Precision.UNKNOWN),
    ("2013-12-16/2013-12-16", "day", Precision.DAY),
]


@pytest.mark.parametrize(("edtf", "mark", "precision"), MARKS)
def test_the_mark_is_filled_only_for_what_is_sure(edtf: str, mark: str, precision: Precision) -> None:
    value = HonestDate.parse(edtf)
    assert (value.mark, value.precision) == (mark, precision)
    assert value.is_day == (mark == "day")


ISO = [
    ("2013-12-16", "2013-12-16"),
    ("2018-01", "2018-01"),
    ("2013", "2013"),
    ("1985-04-XX", "1985-04"),
    ("2013-12-16T10:00:00Z", "2013-12-16"),
    *(
        (vague, None)
        for vague in (
            "2013-12-16~",
            "2013?",
            "201X",
            "2011-21",
            "2012-08/2012-09",
            "[..2013-03-03]",
            "[2013,2014]",
            "-0043-03-15",
            "0000",
            "Y12345",
            "1950S2",
            "XXXX-12-25",
            "",
        )
    ),
]


@pytest.mark.parametrize(("edtf", "iso"), ISO)
def test_machines_are_told_no_more_than_is_known(edtf: str, iso: str | None) -> None:
    assert HonestDate.parse(edtf).iso() == iso


@settings(max_examples=400)
@given(one=dates, other=dates)
def test_order_agrees_with_the_bounds_and_is_total(one: HonestDate, other: HonestDate) -> None:
    if one.latest and other.earliest and one.latest < other.earliest:
        assert one.sort_key < other.sort_key
        assert one < other
    assert (one == other) + (one < other) + (one > other) == 1
    assert (one.sort_key == other.sort_key) == (one.edtf == other.edtf)


def test_the_unknown_sorts_after_everything_and_years_beyond_the_calendar_keep_their_place() -> None:
    written = [
        "Y-12345",
        "-0043-03-15",
        "[..2013-03-03]",
        "2013-03-04",
        "2013-09-24/2013-09-30",
        "2013",
        "2018-01",
        "Y12345",
        "2011-05/..",
        "",
    ]
    assert [value.edtf for value in sorted(map(HonestDate.parse, reversed(written)))] == written


@given(value=dates)
def test_the_earliest_day_is_never_after_the_latest(value: HonestDate) -> None:
    if value.earliest and value.latest:
        assert value.earliest <= value.latest


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2013-03-01", True),
        ("2013-02-28", False),
        ("2013-03-31", True),
        ("2013-04-01", False),
        ("2013", True),
        ("2012-08/2013-03", True),
        ("2012", False),
        ("[..2013-03-03]", True),
        ("[..2013-02-28]", False),
        ("2013-04/..", False),
        ("2013-03-31/..", True),
        ("", False),
        ("XXXX", False),
        ("Y-12345/..", True),
    ],
)
def test_a_date_overlaps_the_days_in_which_it_may_fall(edtf: str, expected: bool) -> None:
    assert HonestDate.parse(edtf).overlaps(D(2013, 3, 1), D(2013, 3, 31)) is expected


def test_approximate_and_uncertain_are_told_apart() -> None:
    told = {
        text: (HonestDate.parse(text).is_approximate, HonestDate.parse(text).is_uncertain)
        for text in (
            "1985",
            "1985~",
            "1985?",
            "1985%",
            "2013?-03",
            "2004-06/2004-08~",
            "1950S2",
        )
    }
    assert told == {
        "1985": (False, False),
        "1985~": (True, False),
        "1985?": (False, True),
        "1985%": (True, True),
        "2013?-03": (False, True),
        "2004-06/2004-08~": (True, False),
        "1950S2": (True, False),
    }


def test_a_date_is_a_value_that_can_be_kept_in_sets_and_pickled() -> None:
    value = HonestDate.parse("2013-09-24/2013-09-30")
    value.words()
    assert {value, HonestDate("2013-09-24/2013-09-30")} == {value}
    assert pickle.loads(pickle.dumps(value)) == value


@given(value=dates)
def test_bounds_agree_with_a_second_opinion(value: HonestDate) -> None:
    edtf = pytest.importorskip("edtf", reason="the second opinion is not installed")
    # Known to differ by choice: seasons, significant years, patterns, open ends.
    if value.precision not in (Precision.DAY, Precision.MONTH, Precision.YEAR) or "S" in value.edtf:
        return
    if (
        not value.earliest
        or any(sign in value.edtf for sign in "X/[{T")
        or value.is_approximate
        or value.is_uncertain
    ):
        return
    other = edtf.parse_edtf(value.edtf)
    assert value.earliest == D(*other.lower_strict()[:3])
    assert value.latest == D(*other.upper_strict()[:3])
