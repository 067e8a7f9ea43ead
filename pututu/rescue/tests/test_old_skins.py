"""Is a page of the nineties and noughties, built of tables, fonts and breaks, read as what a reader saw?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from pututu.rescue.capture import Capture
from pututu.rescue.dating.site import read_site
from pututu.rescue.item import ItemKind, OldItem
from pututu.rescue.reading.bodies import words_of
from pututu.rescue.reading.page import read_page

FIRST = "The community of Cotabambas met the company for the third time and said that nothing had been done."
SECOND = "The ombudsman was there on 3 March 2011 and promised a report before the month was over."
THIRD = "Families of those who died in 1992 asked for their names to be added to the wall."
TEXT = (FIRST, SECOND, THIRD)
MENU = "<a href=/>Home</a> | <a href=about.php>About</a> | <a href=articles.php>Articles</a>"
JOIN = (
    "<b>Why join us?</b><br>Members receive our newsletter six times a year and help us to speak for those who are"
    " not heard.<br><a href=join.php>Join now</a>"
)
SKINS = {
    "tables in tables": (
        "<title>Peru Solidarity Group :: Water for all</title><body><table width=760><tr><td colspan=2><img src=a.gif>"
        f"</td></tr><tr><td width=160>{MENU}<br><br>{JOIN}</td><td><table><tr><td><font size=5 color=red>Water for all"
        "</font></td></tr><tr><td><i>16 December 2013</i></td></tr><tr><td><font face=Arial size=2>"
        f"{FIRST}<br><br>{SECOND}<br><br>{THIRD}</font></td></tr></table></td></tr><tr><td colspan=2><font size=1>"
        "&copy; Peru Solidarity Group 2014</font></td></tr></table>"
    ),
    "one table": (
        f"<title>Peru Solidarity Group - Water for all</title><body><table><tr><td>{MENU}<p>Today is Saturday 23"
        f" November 2019</p></td><td><b>Water for all</b><br>16 December 2013<br><br>{FIRST}<br><br>{SECOND}<br><br>"
        f"{THIRD}</td></tr></table><p>&copy; 2019</p>"
    ),
    "paragraphs of fonts": (
        f"<title>Water for all</title><body><center><h2>Peru Solidarity Group</h2>{MENU}</center><hr><p><font size=4>"
        f"<b>Water for all</b></font></p><p><font size=1>16 December 2013</font></p><p>{FIRST}</p><p>{SECOND}<p>{THIRD}"
        "<hr><p align=center>Last updated: 5 May 2015</p>"
    ),
    "nothing but breaks": (
        f"<title>Water for all</title><body>{MENU}<br><br><b>Water for all</b><br>16 December 2013<br><br>{FIRST}<br>"
        f"<br>{SECOND}<br><br>{THIRD}<br><br><a href='javascript:history.back()'>Back</a>"
    ),
    "divisions": (
        "<title>Peru Solidarity Group | Water for all</title><body><div id=header><h1>Peru Solidarity Group</h1></div>"
        f"<div id=nav>{MENU}</div><div id=content><h2>Water for all</h2><span class=date>16 December 2013</span><div>"
        f"{FIRST}<br/><br/>{SECOND}<br/><br/>{THIRD}</div></div><div id=footer>Copyright 2014</div>"
    ),
}  # fmt: skip


def capture(markup: str, address: str = "http://www.old.example/articles.php?id=7") -> Capture:
    return Capture(
        address=address,
        content=f"<html><head><meta charset=utf-8>{markup}</body></html>".encode(),
        media_type="text/html",
        source="mirror",
    )


def a_site(skin: str) -> Iterator[Capture]:
    """Five stories of one skin, each with its own title, day and text."""
    for number in range(5):
        day = f"{dt.date(2011, 1, 5) + dt.timedelta(days=13 * number):%d %B %Y}"
        markup = SKINS[skin].replace("Water for all", f"Water for village {number}")
        for words in TEXT:
            markup = markup.replace(words, f"{words} ({number})")
        address = f"http://www.old.example/articles.php?id={number}"
        yield capture(markup.replace("16 December 2013", day), address)


@pytest.mark.parametrize("skin", SKINS)
def test_title_day_and_text_are_those_that_a_reader_saw(skin: str) -> None:
    found = {each.address[-1]: each for each in read_site(a_site(skin)) if isinstance(each, OldItem)}
    stories = {number: each for number, each in found.items() if each.kind is ItemKind.STORY}
    assert [stories[str(n)].title for n in range(5)] == [f"Water for village {n}" for n in range(5)]
    assert stories["2"].published
    assert stories["2"].published.edtf == "2011-01-31"
    assert stories["2"].body == "".join(f"<p>{words} (2)</p>" for words in TEXT)


@pytest.mark.parametrize("skin", SKINS)
def test_a_page_alone_is_read_without_its_frame(skin: str) -> None:
    reading = read_page(capture(SKINS[skin]))
    assert reading.title == "Water for all"
    texts = [words_of(block) for block in reading.blocks if "join" not in block and "Members" not in block]
    assert texts == list(TEXT)


def test_what_every_page_has_in_a_cell_beside_its_text_is_read_once() -> None:
    found = [each for each in read_site(a_site("tables in tables")) if isinstance(each, OldItem)]
    standing = [each for each in found if each.kind is ItemKind.BACKGROUND]
    assert [each.title for each in standing] == ["Why join us?"]
    assert "six times a year" in standing[0].body
    assert not [
        each.title for each in found if each.kind is ItemKind.STORY and "six times a year" in each.body
    ]
    again = [each for each in read_site(list(a_site("tables in tables"))[1:]) if isinstance(each, OldItem)]
    assert {each.words for each in again if each.kind is ItemKind.BACKGROUND} == {standing[0].words}


def test_a_table_of_figures_stays_a_table() -> None:
    rows = "".join(f"<tr><td>{year}</td><td>{year - 1900} people</td></tr>" for year in range(2001, 2006))
    reading = read_page(
        capture(
            f"<title>Deaths</title><body><h1>Deaths</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><table>{rows}</table>"
        )
    )
    assert [block[:7] for block in reading.blocks] == ["<p>The ", "<p>The ", "<p>Fami", "<table>"]


# --- lists, front pages, events


def test_a_list_page_is_one_whatever_program_makes_it() -> None:
    entries = "".join(
        f"<li><a href='articles.php?id={n}'>The story of number {n}</a><br>{n} April 2012</li>"
        for n in range(1, 6)
    )
    page = f"<title>Articles</title><body><h1>Articles</h1><ul>{entries}</ul>"
    for name in ("articles.php", "articles.asp", "news/", "articles2.html", "whatever.php"):
        assert read_page(capture(page, f"http://www.old.example/{name}")).kind is ItemKind.LIST
    assert (
        read_page(capture(SKINS["one table"], "http://www.old.example/articles.php")).kind is ItemKind.STORY
    )


@pytest.mark.parametrize("name", ["", "index.php", "index.html", "home.asp", "es/inicio.html"])
def test_a_front_page_is_no_story(name: str) -> None:
    page = f"<title>Welcome</title><body><h1>Welcome</h1><p>{FIRST}</p><p><a href=1.html>A story</a> 8 April 2012</p>"
    assert read_page(capture(page, f"http://www.old.example/{name}")).kind is not ItemKind.STORY
    assert read_page(capture(page, "http://www.old.example/2012/index.html")).kind is ItemKind.STORY


@pytest.mark.parametrize(
    "line",
    [
        "Saturday 5 May 2012, 7pm",
        "Sábado 5 de mayo de 2012, 10 am",
        "5 May 2012 19:30",
        "Saturday 5 May 2012, 10.00 - 17.00",
    ],
)
def test_a_day_with_an_hour_is_when_an_event_takes_place(line: str) -> None:
    page = f"<title>A day on rivers</title><body><h1>A day on rivers</h1><p>{line}</p><p>{FIRST}</p><p>{SECOND}</p>"
    (event,) = read_site([capture(page, "http://www.old.example/events/rivers.html")])
    assert isinstance(event, OldItem)
    assert (event.happens.edtf if event.happens else "", event.published) == ("2012-05-05", None)


def test_the_hour_at_which_a_program_posted_an_event_is_none_of_it() -> None:
    page = (
        f"<title>A day on rivers</title><body><h1>Rivers</h1><p>Posted on 5 May 2012 at 7pm</p><p>{FIRST}</p>"
    )
    (event,) = read_site([capture(page, "http://www.old.example/events/rivers.html")])
    assert isinstance(event, OldItem)
    assert (event.happens, event.published.edtf if event.published else "") == (None, "2012-05-05")
