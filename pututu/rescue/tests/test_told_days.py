"""Is a day that a text tells of, or that stands under another's label, kept from being the date of the page?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from pututu.rescue.besideday import Beside, beside, is_own_label
from pututu.rescue.capture import Capture, Declared
from pututu.rescue.dating.quotes import is_found
from pututu.rescue.dating.site import read_site
from pututu.rescue.daysaid import days_in
from pututu.rescue.item import Basis, OldItem
from pututu.rescue.tests.test_witnesses import LINE, TEXT, capture, day, judged


def said_of(line: str) -> Beside:
    found = next(days_in(line, order="dmy"))
    return beside(line, found.start, found.end)


@pytest.mark.parametrize(
    "told",
    [
        "The report was released on 24 September 2012.",
        "El informe fue publicado el 24 de septiembre de 2012",
        "Le rapport a été publié le 24 septembre 2012",
        "O relatório foi publicado em 24 de setembro de 2012",
        "The government published its report on 24 September 2012.",
        "Prisoners released on 24 September 2012",
        "Ley 29785, publicada el 24 de septiembre de 2012",
        "On 24 September 2012 the miners went on strike",
        "The strike of 24 September 2012",
        "Rosa Huaman, killed on 24 September 2012",
        "The date of the hearing is 24 September 2012",
        "Date of arrest: 24 September 2012",
        "Fecha límite: 24 de septiembre de 2012",
        "Next meeting: 24 September 2012",
        "24 September 2012: miners go on strike",
        "Valid until 24 September 2012",
    ],
)
@pytest.mark.parametrize(
    "at", ["<p>{}</p>", f"<p>{TEXT}</p><p>{{}}</p>", f"<p>{TEXT}</p><ul><li>{{}}</li></ul>"]
)
def test_a_day_that_a_sentence_or_another_label_tells_is_no_date_of_the_page(told: str, at: str) -> None:
    found = judged(capture(at.format(told)))
    assert found.published is None or found.basis is Basis.TEXT
    assert day(capture(at.format(told), "<meta name='pubdate' content='2013-05-04'>")) == "2013-05-04"


@pytest.mark.parametrize(
    "line",
    [
        "Published on 24 September 2012 by Rosa",
        "Artikel veröffentlicht am 24.09.2012",
        "Mark Hicks, The Detroit News Published 7:40 p.m. ET September 24, 2012",
        "Written by Grant Tinsley, PhD on September 24, 2012",
        "Fecha de publicación: 24 de septiembre de 2012",
        "24 September 2012, posted by Rosa",
        "par Didier Roy, publié le 24 septembre 2012",
    ],
)
def test_a_line_that_calls_the_day_its_own_is_believed(line: str) -> None:
    assert said_of(line) is Beside.OWN
    assert day(capture(f"<p>{line}</p>")) == "2012-09-24"


@pytest.mark.parametrize(
    "line",
    [
        "By oz on September 24, 2012",
        "Rosa Quispe, Lima, 24 September 2012",
        "Frank Hahn am 24. September 2012",
        "dpa am 24.09.2012",
    ],
)
def test_names_and_places_beside_a_day_make_a_date_line(line: str) -> None:
    assert said_of(line) is Beside.LINE
    assert day(capture(f"<p>{line}</p>")) == "2012-09-24"


def test_a_line_of_many_words_is_a_date_line_only_where_programs_call_it_so() -> None:
    line = "A letter to the president, 24 September 2012"
    assert said_of(line) is Beside.WORDY
    assert day(capture(f"<p>{line}</p>")) is None
    assert day(capture(f"<p class='entry-date'>{line}</p>")) == "2012-09-24"


def test_a_label_beside_the_day_is_the_pages_own_only_if_it_says_no_more() -> None:
    assert all(map(is_own_label, ("Date", "Fecha de publicación", "Published on", "Erschienen am", "Datum:")))
    assert not any(
        map(is_own_label, ("Date of arrest", "Fecha límite", "Closing date", "Release of prisoners"))
    )


def test_a_day_under_a_picture_is_the_pictures() -> None:
    words = "Rosa Huaman, Lima, 24 September 2012"
    assert day(capture(f"<figure><img src='a.jpg'><figcaption>{words}</figcaption></figure>")) is None
    assert day(capture(f"<figure><img src='a.jpg'></figure><p>{words}</p>")) == "2012-09-24"


def test_what_somebody_released_then_is_a_limit_from_below() -> None:
    told = "The report was released on 24 September 2012 by the ombudsman in Lima, who said that the river was brown."
    found = judged(capture(f"<p>{told}</p>"))
    assert found.published
    assert (found.published.edtf, found.basis) == ("[2012-09-24..]", Basis.TEXT)


def test_the_number_of_an_issue_before_a_month_is_no_day() -> None:
    assert day(capture("<p class='date'>No. 12, March 2013</p>")) is None
    assert day(capture("<p class='date'>12, March 2013</p>")) == "2013-03-12"


def test_the_second_of_two_days_with_their_weekdays_is_no_date() -> None:
    assert day(capture("<p class='date'>Saturday 24 and Sunday 25 March 2012</p>")) is None
    assert day(capture("<p class='date'>Sunday 25 March 2012</p>")) == "2012-03-25"


# --- days of other things that machines mark


@pytest.mark.parametrize(
    "comment",
    [
        "<div itemprop='comment' itemscope itemtype='http://schema.org/Comment'>{}</div>",
        "<div typeof='schema:Comment'>{}</div>",
        "<div itemscope itemtype='https://schema.org/Review'>{}</div>",
    ],
)
def test_the_day_of_a_comment_in_microdata_changes_nothing(comment: str) -> None:
    marked = "<meta itemprop='datePublished' content='2020-05-14'><p>Thanks</p>"
    assert day(capture(f"{LINE}{comment.format(marked)}")) == "2013-09-24"
    assert day(capture(comment.format(marked))) is None
    assert day(capture(f"<div itemscope itemtype='http://schema.org/Article'>{marked}</div>")) == "2020-05-14"


def test_rdfa_of_the_page_is_heard() -> None:
    span = "<span property='dc:date dc:created' content='2013-03-04T10:00:00-05:00'>03/04/2013 - 10:00</span>"
    assert day(capture(span)) == "2013-03-04"
    assert day(capture(span.replace("dc:date dc:created", "dc:title"))) is None


def test_a_clock_is_no_date() -> None:
    for clock in (
        "<div id='current-date'>12 February 2020</div>",
        "<p>Heute ist Mittwoch, der 12. Februar 2020</p>",
    ):
        assert day(capture(clock)) is None
    assert day(capture("<div id='when'>12 February 2020</div>")) == "2020-02-12"


def test_a_day_to_come_is_no_date_and_is_told() -> None:
    found = judged(capture("<p class='date'>4 March 2093</p>"))
    assert (found.published, "still to come" in found.reason) == (None, True)


# --- stand-ins


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Posted on November 30, -0001 by admin", "November 30, -0001"),
        ("Date: 0000-00-00", "0000-00-00"),
        ("January 1970", "January 1970"),
        ("diciembre de 1969", "diciembre de 1969"),
        ("19 January 2038", "19 January 2038"),
    ],
)
def test_stand_ins_among_words_and_of_whole_months_are_recognised(line: str, shown: str) -> None:
    found = judged(capture(f"<p class='date'>{line}</p>", lang="es" if " de " in line else "en"))
    assert (found.published, found.stand_in) == (None, shown)


def test_a_stand_in_in_the_address_or_from_a_script_is_recognised() -> None:
    by_address = judged(replace(capture(), address="http://a.example/1970/01/01/water"))
    assert (by_address.published, by_address.stand_in) == (None, "1970/01/01")
    by_script = judged(capture(head="<meta name='pubdate' content='Invalid Date'>"))
    assert (by_script.published, by_script.stand_in) == (None, "Invalid Date")


def test_a_stand_in_beside_the_date_line_takes_nothing_from_it() -> None:
    found = judged(capture(f"<p>31 December 1969</p>{LINE}"))
    alone = judged(capture(LINE))
    assert found.published == alone.published
    assert (found.confidence, found.stand_in) == (alone.confidence, "31 December 1969")


def test_a_year_alone_in_the_field_of_a_date_is_a_date_and_in_print_is_none() -> None:
    table = replace(capture(), declared=Declared(title="Water", dates={"date": "circa 2013"}))
    found = judged(table)
    assert found.published
    assert found.published.edtf == "2013~"
    assert day(capture("<p class='date'>circa 2013</p>")) is None


def test_bounds_quote_the_days_of_the_neighbours_where_they_stand() -> None:
    def numbered(number: int) -> Capture:
        line = "" if number == 7 else f"<p class='date'>{number} May 2013</p>"
        page = capture(f"{line}<p>Story {number} tells of the {number}th meeting.</p>")
        content = page.content.replace(b"Water", b"Water %d" % number)
        return replace(page, address=f"http://a.example/story-{number}.html", content=content)

    pages = {page.address: page for page in map(numbered, range(1, 15))}
    items = [item for item in read_site(pages.values()) if isinstance(item, OldItem)]
    bounded = next(item for item in items if item.address.endswith("-7.html"))
    assert bounded.basis is Basis.NEIGHBOURS
    assert [quote.text for quote in bounded.evidence] == ["5 May 2013", "9 May 2013"]
    assert all(
        is_found(quote, pages[quote.where.partition(" (")[0]]) for item in items for quote in item.evidence
    )


@pytest.mark.parametrize(
    "told",
    [
        "<dl><dt>Next meeting</dt><dd>{}</dd></dl>",
        "<table><tr><td>Date of arrest</td><td>{}</td></tr></table>",
        "<table><tr><td>Closing date:</td><td>{}</td></tr></table>",
        "<p>Closing date:</p><p>{}</p>",
        "<p>Visitors since<br>{}</p>",
    ],
)
def test_a_day_in_the_cell_or_line_behind_another_label_is_not_taken(told: str) -> None:
    assert day(capture(told.format("4 March 2013"))) is None
    own = (
        told.replace("Closing date", "Date")
        .replace("Next meeting", "Posted")
        .replace("Date of arrest", "Date")
    )
    assert day(capture(own.replace("Visitors since", "Published on").format("4 March 2013"))) == "2013-03-04"


def test_the_day_below_a_link_in_another_cell_than_the_title_is_that_links() -> None:
    teaser = "<a href='/other.html'>Mine opens again</a><br>4 March 2013"
    page = "<table><tr><td>{}</td><td><h1>Water</h1>{}<p>{}</p></td></tr></table>"
    whole = replace(capture(), content=page.format(f"Latest<br>{teaser}", "", TEXT).encode())
    assert day(whole) is None
    own = page.format(f"Latest<br>{teaser}", "<p>9 May 2014</p>", TEXT)
    assert day(replace(whole, content=own.encode())) == "2014-05-09"


@pytest.mark.parametrize("heading", ["Comments (2)", "2 comments", "Comentarios:", "Your comments"])
def test_what_stands_below_a_heading_of_comments_dates_nothing(heading: str) -> None:
    below = f"<h3>{heading}</h3><p>Rosa, 4 March 2013</p><p>Thank you.</p>"
    assert day(capture(f"<p>{TEXT}</p>{below}")) is None
    assert day(capture(f"<p>{TEXT}</p>{below.replace(heading, 'Signed')}")) == "2013-03-04"
