"""How far is each witness of a date believed, and what becomes of witnesses that differ?"""

from __future__ import annotations

import zlib
from dataclasses import replace

import pytest

from pututu.rescue.capture import Capture
from pututu.rescue.dating.claims import Witness, claim_of, claims_of
from pututu.rescue.dating.clocks import may_be_the_day_beside
from pututu.rescue.dating.quotes import is_found
from pututu.rescue.dating.verdict import CERTAIN, Verdict, judge
from pututu.rescue.daysaid import days_in
from pututu.rescue.reading.page import read_page
from pututu.rescue.reading.record import Said

TEXT = "The villagers say that the river has run brown since the mine was opened. Nobody has answered. " * 4
LINE = "<p class='date'>24 September 2013</p>"


def capture(
    at: str = "", head: str = "", *, address: str = "http://a.example/s", lang: str = "en"
) -> Capture:
    """A page with ``at`` between its title and its text, and ``head`` in its head."""
    page = (
        f"<html lang='{lang}'><head><title>Water</title>{head}</head><body><div class='menu'><a href='/'>Home</a></div>"
        f"<article><h1>Water</h1>{at}<p>{TEXT}</p></article></body></html>"
    )
    return Capture(address=address, content=page.encode(), media_type="text/html", source="record 1")


def judged(given: Capture) -> Verdict:
    found = judge(claims_of(read_page(given)), given.address)
    assert all(is_found(quote, given) for quote in found.evidence)
    return found


def day(given: Capture) -> str | None:
    found = judged(given).published
    return found.edtf if found else None


def is_certain(given: Capture) -> bool:
    return judged(given).confidence >= CERTAIN


def meta(said: str) -> str:
    return f"<meta property='article:published_time' content='{said}'>"


# --- where a line stands


@pytest.mark.parametrize(
    "at",
    [
        "<p>24 September 2013</p>",
        "<p>By Rosa Quispe, Lima</p><p>24 September 2013</p>",
        "<ul><li>Photo: AP</li><li>Lima</li><li><span>Date:</span></li><li>24 September 2013</li></ul>",
        "<p>Rosa Quispe, Lima, 24 September 2013, five minutes</p>",
    ],
)
def test_a_line_with_hardly_a_word_between_it_and_the_title_is_certain(at: str) -> None:
    assert (day(capture(at)), is_certain(capture(at))) == ("2013-09-24", True)
    assert is_certain(capture(f"<p>{TEXT}</p>{at}")) is ("Date:" in at)


def test_lines_of_one_build_with_several_days_are_of_a_list_and_date_nothing() -> None:
    teasers = "".join(f"<div class='row'><p class='date'>{n} May 2016</p></div>" for n in (2, 3, 4))
    assert day(capture(f"<p>{TEXT}</p>{teasers}")) is None
    one = "<div class='row'><p class='date'>2 May 2016</p></div>"
    assert day(capture(f"<p>{TEXT}</p>{one}")) == "2016-05-02"


def test_what_is_called_a_date_right_above_the_title_is_its_own_also_in_an_aside() -> None:
    page = capture().content.replace(b"<h1>", b"<aside><p class='datetime'>24 September 2013</p></aside><h1>")
    assert (
        day(Capture(address="http://a.example/s", content=page, media_type="text/html", source="r"))
        == "2013-09-24"
    )
    link = page.replace(b"<p class='datetime'>", b"<a href='/other'>").replace(
        b"</p></aside>", b"</a></aside>"
    )
    assert (
        day(Capture(address="http://a.example/s", content=link, media_type="text/html", source="r")) is None
    )


def test_another_day_far_below_does_not_make_the_line_at_the_title_unsure() -> None:
    other = "<p>Press release, 3 May 2017</p>"
    assert is_certain(capture(f"{LINE}<p>{TEXT}</p>{other}"))
    assert not is_certain(capture("<p>24 September 2013</p><p>3 May 2017</p>"))


def test_a_line_that_looks_less_like_a_date_or_names_only_a_month_does_not_vie_with_the_one_at_the_title() -> (
    None
):
    assert is_certain(capture(f"{LINE}<p>The council of Puno, 3 May 2017</p>"))
    assert is_certain(capture("<p>24 September 2013</p><p>August 2012</p>"))
    assert not is_certain(capture(f"{LINE}<p class='date'>3 May 2017</p>"))


# --- clocks


@pytest.mark.parametrize(
    ("said", "address", "language", "beside"),
    [
        ("2013-09-24T02:10:00Z", "http://a.example/", "en", True),
        ("2013-09-24T12:10:00Z", "http://a.example/", "en", False),
        ("2013-09-24T02:10:00Z", "http://a.example/", "de", False),
        ("2013-09-24T22:10:00Z", "http://a.example/", "de", True),
        ("2013-09-24T02:10:00+00:00", "http://a.org.uk/", "en", False),
        ("2013-09-24T04:10:00Z", "http://a.org.pe/", "es", True),
        ("2013-09-24T06:10:00Z", "http://a.org.pe/", "es", False),
        ("2013-09-24T02:10:00-05:00", "http://a.example/", "en", False),
    ],
)
def test_an_hour_in_utc_may_be_of_the_day_beside_only_by_a_clock_of_the_site(
    said: str, address: str, language: str, beside: bool
) -> None:
    assert may_be_the_day_beside(said, address, language) is beside


def test_an_hour_of_the_night_is_sure_only_with_one_who_speaks_by_the_sites_clock() -> None:
    night = meta("2013-09-25T02:10:00Z")
    assert not is_certain(capture(head=night))
    assert is_certain(capture(head=meta("2013-09-25T12:10:00Z")))
    assert (day(capture(LINE, night)), is_certain(capture(LINE, night))) == ("2013-09-24", True)
    dated = capture(head=night, address="http://a.example/2013/09/24/water")
    assert (day(dated), is_certain(dated)) == ("2013-09-24", True)


def test_an_hour_with_its_offset_names_the_sites_own_day_and_excludes_the_one_beside() -> None:
    evening = meta("2013-09-24T23:30:00-05:00")
    assert (day(capture(head=evening)), is_certain(capture(head=evening))) == ("2013-09-24", True)
    assert judged(capture("<p class='date'>25 September 2013</p>", evening)).is_conflict


def test_two_days_beside_each_other_without_such_an_excuse_are_not_certain() -> None:
    assert not is_certain(capture(LINE, meta("2013-09-25T12:00:00Z")))
    assert is_certain(capture(LINE, meta("2013-09-24T12:00:00Z")))


# --- machines


def test_metadata_that_name_two_days_are_not_certain_unless_the_page_prints_one() -> None:
    two = meta("2013-09-24") + "<meta name='date' content='2016-01-04'>"
    assert (day(capture(head=two)), is_certain(capture(head=two))) == ("2013-09-24", False)
    assert is_certain(capture(LINE, two))
    assert is_certain(capture(head=meta("2013-09-24")))


def test_a_script_of_the_page_is_heard_where_it_holds_one_day_and_is_not_certain_alone() -> None:
    script = '<script>window.page = {"id": 4, "publishDate": "2013-09-24T12:00:00"};</script>'
    assert (day(capture(head=script)), is_certain(capture(head=script))) == ("2013-09-24", False)
    two = script + script.replace("2013", "2014")
    assert day(capture(head=two)) is None
    assert day(capture(head=script.replace("publishDate", "buildDate"))) is None


def test_the_address_by_which_a_page_calls_itself_is_heard_where_its_own_says_nothing() -> None:
    link = "<link rel='canonical' href='http://a.example/2013/09/24/water'>"
    assert day(capture(head=link)) == "2013-09-24"
    claims = claims_of(read_page(capture(head=link, address="http://a.example/2014/01/02/water")))
    assert [claim.value.edtf for claim in claims if claim.value and claim.witness is Witness.ADDRESS] == [
        "2014-01-02"
    ]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/2013-09/24/water", "2013-09-24"),
        ("/2013/09/3-questions", "2013-09"),
        ("/2013/9/3/water", "2013-09-03"),
        ("/news/24-09-2013-water", "2013-09-24"),
        ("/news/24092013-water", "2013-09-24"),
        ("/news/2013/sep/24/water", "2013-09-24"),
    ],
)
def test_an_address_is_read_as_far_as_it_is_a_date(path: str, said: str) -> None:
    claims = claims_of(read_page(capture(address=f"http://a.example{path}")))
    assert [claim.value.edtf for claim in claims if claim.value] == [said]


def test_day_and_month_of_an_address_follow_the_order_of_the_language() -> None:
    path = "http://a.example/news/03-04-2013-water"
    assert day(capture(address=path, lang="en-gb")) == "2013-04-03"
    assert day(capture(address=path, lang="en-us")) == "2013-03-04"
    assert day(capture(address=path)) is None


def test_a_program_that_says_a_day_twice_has_said_it_once() -> None:
    twice = "<meta name='date' content='2013-09-26'><meta name='dc.date' content='2013-09-26'>"
    assert day(capture(LINE, twice)) == "2013-09-24"
    assert day(capture(head=twice)) is None


def test_two_machines_that_call_two_days_the_hour_in_utc_are_not_certain() -> None:
    data = '<script type="application/ld+json">{"@type": "Article", "datePublished": "%s"}</script>'
    two = meta("2013-09-24T21:25:06+00:00") + data % "2013-09-25T07:25:06Z"
    assert not is_certain(capture(head=two, address="http://a.com.au/s"))
    same = meta("2013-09-25T07:25:06Z") + data % "2013-09-25T07:25:06Z"
    assert is_certain(capture(head=same, address="http://a.com.au/s"))


def test_structured_data_of_teasers_are_not_the_pages_own() -> None:
    own = '<div itemscope><meta itemprop="datePublished" content="2013-09-24"><h1>Water</h1></div>'
    teaser = '<div itemscope><meta itemprop="datePublished" content="2016-05-02"><h3>A road</h3></div>'
    page = capture().content.replace(b"<h1>Water</h1>", own.encode())
    both = page.replace(b"</article>", f"</article>{teaser}".encode())
    given = replace(capture(), content=both)
    assert (day(given), is_certain(given)) == ("2013-09-24", True)
    data = '<script type="application/ld+json">{"@type": "Article", "headline": "%s", "datePublished": "%s"}</script>'
    scripts = data % ("A road", "2016-05-02") + data % ("Water", "2013-09-24")
    assert (day(capture(scripts)), is_certain(capture(scripts))) == ("2013-09-24", True)
    assert judged(capture(scripts.replace("Water", "Who?"))).published != "2013-09-24"


# --- words and numbers


def test_numbers_are_read_as_the_day_that_the_page_names_elsewhere() -> None:
    numbers = "<p class='date'>03/04/2013</p>"
    assert day(capture(numbers)) is None
    assert day(capture(numbers, meta("2013-03-04"))) == "2013-03-04"
    assert day(capture(numbers, meta("2013-04-03"))) == "2013-04-03"
    assert judged(capture("<p class='date'>13/04/2013</p>", meta("2013-05-06"))).is_conflict


@pytest.mark.parametrize(
    "printed",
    [
        "24 settembre 2013", "24 september 2013", "24 de setembre de 2013", "24 września 2013", "24 сентября 2013",
        "2013. 09. 24. 11:27", "2013年9月24日", "2013년 9월 24일", "24 septembre 2013", "24. September 2013",
    ],
)  # fmt: skip
def test_days_are_read_in_the_languages_that_such_sites_link_to(printed: str) -> None:
    assert [found.value.edtf for found in days_in(f"Lima, {printed}, x") if found.value] == ["2013-09-24"]


def test_an_hour_is_no_year_of_two_digits() -> None:
    assert [found.text for found in days_in("Rosa 28.09.19 12:44", order="dmy")] == ["28.09.19"]
    assert list(days_in("Rosa 28.09.1912:44 and 06. 04. 11:27", order="dmy")) == []


# --- what is kept and dates nothing


def test_when_a_server_changed_a_page_is_told_and_dates_nothing() -> None:
    given = replace(capture(), headers={"last-modified": "Wed, 02 Mar 2016 10:00:00 GMT"})
    found = judged(given)
    assert found.published is None
    assert "02 Mar 2016 10:00:00 GMT”, which is not when it was published" in found.reason
    assert [quote.text for quote in found.evidence] == ["Wed, 02 Mar 2016 10:00:00 GMT"]
    assert "server" not in judged(capture()).reason


PARTICULARS = b"<< /CreationDate (D:20160302101500Z) >>"
PDFS = {
    "plain": b"%PDF-1.4\n1 0 obj " + PARTICULARS + b" endobj\n",
    "packed": b"%PDF-1.5\n5 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>\nstream\r\n"
    + zlib.compress(b"1 0 " + PARTICULARS)
    + b"\nendstream endobj\n",
}


@pytest.mark.parametrize("content", PDFS.values(), ids=PDFS)
def test_when_a_pdf_was_made_is_told_and_dates_nothing(content: bytes) -> None:
    given = Capture(
        address="http://a.example/r.pdf", content=content, media_type="application/pdf", source="r"
    )
    found = judged(given)
    assert found.published is None
    assert "the PDF was made on “D:20160302101500Z”, which may be a later scan" in found.reason.replace(
        "The P", "the P"
    )
    assert is_found(found.evidence[0], given)


def test_packed_parts_of_a_pdf_that_are_damaged_or_burst_say_nothing() -> None:
    start = b"%PDF-1.5\n5 0 obj\n<</Type/ObjStm/Filter/FlateDecode>>\nstream\n"
    late = zlib.compress(bytes(50_000_000) + PARTICULARS)
    for content in (start + b"no stream", start + late, start + zlib.compress(PARTICULARS)[:12]):
        given = Capture(
            address="http://a.example/r.pdf", content=content, media_type="application/pdf", source="r"
        )
        assert judged(given).evidence == ()


# --- a year of two digits


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("Mon, 5 Mar 12 10:00:00 +0000", "2012-03-05"),
        ("Monday, 05-Mar-12 10:00:00 GMT", "2012-03-05"),
        ("5 Mar 99 10:00 PET", "1999-03-05"),
        ("Tue, 5 Mar 12 10:00:00 GMT", None),  # it was a Monday
        ("Thu, 1 Jan 70 00:00:00 GMT", None),
        ("31 Feb 12 10:00:00 GMT", None),
    ],
)
def test_a_feed_may_write_the_year_with_two_digits(said: str, value: str | None) -> None:
    claim = claim_of(Said("declared", said, "", "pubDate"), "")
    assert (claim.value.edtf if claim.value else None) == value
