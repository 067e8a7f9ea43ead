"""Which of the days that a page prints are its own, and which are somebody's birth, a quotation's, a change's?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pututu.rescue.daysaid import changed_day, line_said, told_day
from pututu.rescue.item import ItemKind
from pututu.rescue.reading import read_page
from pututu.rescue.tests.test_witnesses import LINE, TEXT, capture, day, is_certain, judged, meta

SPANISH = "Los vecinos dicen que el río corre turbio desde que se abrió la mina sobre la laguna. " * 5


# --- days of other things


@pytest.mark.parametrize(
    ("told", "lang"),
    [
        ("<p>Rosa Quispe, born 4 May 1975 in Puno, has led the council of the district for years.</p>", "en"),
        ("<p>Rosa Quispe, nacida el 4 May 1975 en Puno, dirige desde hace años el consejo.</p>", "es"),
        ("<dl><dt>Date of birth</dt><dd>4 May 1975</dd></dl>", "en"),
        ("<dl><dt>Fecha de nacimiento:</dt><dd>4 May 1975</dd></dl>", "es"),
    ],
)
def test_a_day_of_birth_in_a_line_of_its_own_is_no_date_of_the_page(told: str, lang: str) -> None:
    facts = "<ul><li>4 May 1975</li><li>Puno</li></ul>"
    assert day(capture(f"{facts}{told}", lang=lang)) is None
    assert (
        day(capture(f"{facts}<p>Rosa Quispe has led the council for many years.</p>", lang=lang))
        == "1975-05-04"
    )


@pytest.mark.parametrize(
    "label", ["Joined", "Member since:", "Miembro desde", "Last updated:", "Última actualización:"]
)
def test_a_day_below_a_label_of_another_thing_is_not_taken(label: str) -> None:
    assert day(capture(f"<dl><dt>{label}</dt><dd>11 May 2017</dd></dl>")) is None
    assert day(capture("<dl><dt>Posted</dt><dd>11 May 2017</dd></dl>")) == "2017-05-11"


def test_what_a_quotation_is_dated_is_not_when_the_page_was_published() -> None:
    words = "<p>The river is brown. Rosa, 21 April 2013</p><time datetime='2013-04-21'></time>"
    quoted = f"<blockquote>{words}</blockquote>"
    assert day(capture(f"<p>{TEXT}</p>{quoted}", meta("2013-09-24"))) == "2013-09-24"
    assert is_certain(capture(f"<p>{TEXT}</p>{quoted}", meta("2013-09-24")))
    assert day(capture(quoted)) is None
    page = capture("<p>21 April 2013</p>")
    whole = page.content.replace(b"<article>", b"<blockquote>").replace(b"</article>", b"</blockquote>")
    assert day(replace(page, content=whole)) == "2013-04-21"


def test_a_word_far_from_the_day_does_not_make_a_date_line_of_a_sentence() -> None:
    assert (
        line_said(
            "The campaign ended on 20 January 2009 and I thank everybody at Open-Data and the whole team"
        )
        is None
    )
    found = line_said(
        "Posted by the whole team of the campaign for the river on 20 January 2009, for all who wait"
    )
    assert found
    assert found.strength == 2


def test_the_day_before_a_change_that_is_told_with_its_own_time_is_the_pages() -> None:
    found = line_said("19 January 2020 / 12:25 PM / Updated 8 hours ago", order="dmy")
    assert found
    assert found.text == "19 January 2020"
    assert line_said("19 enero 2020, actualizado a las 10:30") is not None
    assert line_said("Updated 19 January 2020") is None
    assert line_said("19 January 2020 (updated)") is None


def test_a_day_at_the_top_of_a_page_far_above_its_title_is_the_clock_of_the_site() -> None:
    clock = "<div class='datetime'>{}<time datetime='2023-11-01T13:56:20'></time></div>"
    menu = "<ul><li>Home</li><li>News</li><li>Aims</li><li>Join</li><li>Contact</li></ul>"
    page = capture(LINE)
    at_top = f"<body>{clock.format('Wednesday, 1 November 2023')}{menu}".encode()
    with_clock = replace(page, content=page.content.replace(b"<body>", at_top))
    assert day(with_clock) == "2013-09-24"
    undated = capture()
    assert day(replace(undated, content=undated.content.replace(b"<body>", at_top))) is None
    at_title = clock.format("Wednesday, 1 November 2023").encode() + b"<h1>"
    assert day(replace(undated, content=undated.content.replace(b"<h1>", at_title))) == "2023-11-01"


def test_a_line_over_the_title_that_names_the_day_of_the_capture_is_a_clock_unless_another_witness_names_it() -> (
    None
):
    over = capture().content.replace(b"<h1>", b"<p>24 September 2013</p><h1>")
    retrieved = dt.datetime(2013, 9, 24, 10, tzinfo=dt.UTC)
    page = replace(capture(), content=over, retrieved=retrieved)
    assert day(page) is None
    assert day(replace(page, retrieved=retrieved + dt.timedelta(days=30))) == "2013-09-24"
    assert day(replace(page, address="http://a.example/2013/09/24/water")) == "2013-09-24"
    assert day(replace(capture(LINE), retrieved=retrieved)) == "2013-09-24"


def test_a_line_right_above_the_text_dates_a_page_that_does_not_show_its_title_but_not_for_certain() -> None:
    head = (
        "<div class='menu'><a href='/'>Home</a></div><font size='2'>Water for all, said the mayor</font><br>"
    )
    page = capture().content
    body = page.index(b"<body>") + len(b"<body>")
    made = f"{head}<font size='2'>24 September 2013</font><p>{TEXT}</p></body></html>"
    untitled = replace(capture(), content=page[:body] + made.encode())
    assert (day(untitled), is_certain(untitled)) == ("2013-09-24", False)
    below = f"{head}<p>{TEXT}</p><p>24 September 2013</p></body></html>"
    assert day(replace(capture(), content=page[:body] + below.encode())) is None


@pytest.mark.parametrize(
    ("span", "lang"),
    [
        ("10-22 March 2015", "en"),
        ("10 and 22 March 2015", "en"),
        ("from 10 to 22 March 2015", "en"),
        ("28 February - 22 March 2015", "en"),
        ("Wochenbericht 10. - 22. März 2015", "de"),
        ("Del 10 al 22 de marzo de 2015", "es"),
        ("10 y 22 de marzo de 2015", "es"),
    ],
)
def test_a_span_is_not_its_last_day(span: str, lang: str) -> None:
    found = line_said(span, language=lang, order="dmy")
    assert found is None or (found.value and not found.value.is_day)
    assert day(capture(f"<p class='date'>{span}</p>", lang=lang)) != "2015-03-22"
    issue = line_said("Update 12 - 22 March 2015", language=lang)
    assert issue
    assert issue.value
    assert issue.value.edtf == "2015-03-22"


# --- sentences that tell the day


@pytest.mark.parametrize(
    ("sentence", "lang"),
    [
        (
            "This entry was posted on Tuesday, September 24th, 2013 at 10:00 am and is filed under Water.",
            "en",
        ),
        ("Esta entrada fue publicada el 24 de septiembre de 2013 en la categoría Agua.", "es"),
        ("Este artículo se publicó el martes 24 de septiembre de 2013 a las 10:00.", "es"),
    ],
)
def test_a_sentence_below_the_text_tells_when_the_entry_was_posted(sentence: str, lang: str) -> None:
    below = f"<p>{SPANISH if lang == 'es' else TEXT}</p><div class='footer'><small>{sentence}</small></div>"
    page = capture(below, lang=lang)
    assert (day(page), is_certain(page)) == ("2013-09-24", True)
    assert day(capture(below.replace("footer", "comment"), lang=lang)) is None
    assert told_day(sentence.replace("was posted", "was discussed").replace("publi", "debati")) is None


def test_what_a_page_says_of_itself_beside_its_text_is_stated_but_not_certain() -> None:
    about = "<aside><dl><dt>Published</dt><dd>24 September 2013</dd></dl></aside>"
    assert (day(capture(f"<p>{TEXT}</p>{about}")), is_certain(capture(f"<p>{TEXT}</p>{about}"))) == (
        "2013-09-24",
        False,
    )
    foot = "<div class='footer'><p class='postmetadata'>24 September 2013 · Water · 6 comments</p></div>"
    assert day(capture(f"<p>{TEXT}</p>{foot}")) == "2013-09-24"
    two = about.replace("24 September", "25 September")
    assert day(capture(f"<p>{TEXT}</p>{about}{two}")) is None
    assert day(capture(f"<p>{TEXT}</p><aside><p>24 September 2013</p></aside>")) is None


def test_a_standing_page_with_such_a_day_beside_it_stays_a_standing_page() -> None:
    about = "<aside><dl><dt>Published</dt><dd>24 September 2013</dd></dl></aside>"
    page = capture(f"<p>{TEXT}</p>{about}", address="http://a.example/about-us")
    assert read_page(page).kind is ItemKind.BACKGROUND
    assert read_page(capture(LINE, address="http://a.example/about-us")).kind is ItemKind.STORY


# --- days that are not whole


@pytest.mark.parametrize(
    ("line", "lang"),
    [("24 September", "en"), ("Tuesday, September 24", "en"), ("Martes 24 de septiembre", "es")],
)
def test_a_day_without_its_year_is_of_the_year_that_the_address_carries(line: str, lang: str) -> None:
    page = capture(f"<p class='date'>{line}</p>", address="http://a.example/2013/09/water", lang=lang)
    assert (day(page), is_certain(page)) == ("2013-09-24", True)
    alone = judged(capture(f"<p class='date'>{line}</p>", lang=lang))
    assert alone.published is None
    assert "nothing tells which" in alone.reason
    other = capture(f"<p class='date'>{line}</p>", address="http://a.example/2013/08/water", lang=lang)
    assert day(other) == "2013-08"


def test_a_month_with_a_number_that_may_be_a_year_stays_open() -> None:
    page = capture("<p class='date'>September 13</p>", address="http://a.example/2013/09/water")
    assert day(page) == "2013-09"


@pytest.mark.parametrize(
    ("opening", "lang"),
    [
        ("LIMA, 24 September 2013 – The", "en"),
        ("(24.09.2013) The", "en"),
        ("Lima, 24 de septiembre de 2013.- El", "es"),
    ],
)
def test_the_day_before_the_first_words_of_a_text_bears_out_another_witness_and_dates_nothing_alone(
    opening: str, lang: str
) -> None:
    text = SPANISH if lang == "es" else TEXT
    night = meta("2013-09-25T02:10:00Z")
    opened = f"<p>{opening} {text}</p>"
    assert day(capture(opened, lang=lang)) is None
    assert (day(capture(opened, night, lang=lang)), is_certain(capture(opened, night, lang=lang))) == (
        "2013-09-24",
        True,
    )
    assert not is_certain(capture(f"<p>{text}</p>", night, lang=lang))
    in_month = capture(opened, lang=lang, address="http://a.example/2013/09/water")
    assert day(in_month) == "2013-09"  # what opens so may be an announcement, and the day that of the event
    told = f"<p>On 24 September 2013 the {text}</p>"
    assert not is_certain(capture(told, night, lang=lang))


# --- changes


def test_when_the_page_says_that_it_was_changed_is_told_and_dates_nothing() -> None:
    changed = "<p>Last updated 2 March 2016</p>"
    found = judged(capture(changed))
    assert found.published is None
    assert "changed on “2 March 2016”, which is not when it was published" in found.reason
    assert day(capture(f"{LINE}{changed}")) == "2013-09-24"
    assert changed_day("Actualizado el 2 de marzo de 2016")
    assert changed_day("2 March 2016") is None


def test_a_page_that_was_changed_long_after_is_not_certain_by_machines_alone() -> None:
    later = "<meta property='article:modified_time' content='2016-03-02'>"
    page = capture(head=meta("2013-09-24") + later)
    assert (day(page), is_certain(page)) == ("2013-09-24", False)
    assert is_certain(capture(head=meta("2013-09-24") + later.replace("2016-03-02", "2013-09-26")))
    assert is_certain(capture(LINE, meta("2013-09-24") + later))
