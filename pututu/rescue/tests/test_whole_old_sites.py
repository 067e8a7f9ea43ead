"""Pages of old programs: what of them is a list, an event or a failure, and whose is a day beside a text?"""

import pytest

from pututu.rescue.capture import Capture
from pututu.rescue.dating.facts import SiteFacts
from pututu.rescue.dating.items import item_of
from pututu.rescue.item import ItemKind, OldItem
from pututu.rescue.reading.page import read_page

WORDS = (
    "The council of the valley met the herders and heard for the first time how deep the wells of the mine go. "
    * 2
)
OLD = "http://www.old.example"


def read(body: str, address: str = f"{OLD}/article.php?id=7", title: str = "Old Group", language: str = "en"):
    html = f'<html lang="{language}"><head><title>{title}</title></head><body>{body}</body></html>'
    return read_page(Capture(source="old", address=address, content=html.encode(), media_type="text/html"))


def item(*args: str, **kwargs: str) -> OldItem:
    reading = read(*args, **kwargs)
    facts = SiteFacts()
    facts.add(reading)
    facts.close()
    return item_of(reading, facts)


def post(name: str, day: str = "") -> str:
    head = f'<h2><a href="/2011/09/13/{name}/">The {name} of the valley</a></h2>'
    return f'<div class="post">{head}{day}<p>{WORDS}</p></div>'


@pytest.mark.parametrize(
    "address", [f"{OLD}/2011/09/", f"{OLD}/category/water/", f"{OLD}/2011_09_01_archive.html"]
)
def test_whole_posts_one_below_the_other_are_a_list(address):
    two = post("well") + post("mine")
    assert read(f"<h1><a href='/'>Old Group</a></h1><h2>Archive</h2>{two}", address).kind is ItemKind.LIST
    assert read(f"<h1>The well</h1><p>{WORDS * 2}</p>{two}", f"{OLD}/the-well/").kind is ItemKind.STORY


def test_one_of_the_news_beside_a_list_of_the_latest_is_no_list():
    latest = "".join(
        f'<div><a href="news.php?id={n}">The long name of story {n}</a> {n} May 2011</div>'
        for n in range(1, 6)
    )
    page = f"<h1>The well</h1><p>3 April 2009</p><p>{WORDS}</p>{latest}"
    assert read(page, f"{OLD}/news.php?id=5").kind is ItemKind.STORY
    assert read(f"<h1>News</h1>{latest}", f"{OLD}/news.php").kind is ItemKind.LIST


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("No se encontró la noticia solicitada.", "es"),
        ("Sorry, that article could not be found.", "en"),
        ("Please log in.", "en"),
        ("Warning: mysql_fetch_array(): no valid result in /home/a.php on line 34", "en"),
    ],
)
def test_a_failure_beside_the_latest_news_is_an_error_and_has_no_day(text, language):
    latest = "".join(
        f'<div><a href="a.php?id={n}">The name of story {n}</a> <span>{n} May 2011</span></div>'
        for n in (1, 2, 3)
    )
    found = item(f"<div><p>{text}</p></div><div>{latest}</div>", language=language)
    assert found.kind is ItemKind.ERROR
    assert found.published is None
    assert item(f"<h1>The well</h1><p>3 April 2009</p><p>{WORDS}</p>{latest}").kind is ItemKind.STORY


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Concert for the valley", "<p><b>Sunday, 3 June 2001, 7pm</b>, Friends House, London</p>"),
        ("A song for the valley", "<p><b>DATE:</b> 3 June 2001</p><p><b>PLACE:</b> Leeds</p>"),
        ("A song for the valley", "<p><strong>When:</strong> June 3, 2001, 6.30pm</p>"),
        ("Asamblea anual", "<p>El acto será el 3 de junio de 2001 a las 19 h.</p>"),
    ],
)
def test_an_event_says_when_it_is_and_that_is_not_when_it_was_announced(title, text):
    language = "es" if title.startswith("Asamblea") else "en"
    found = item(
        f"<h1>{title}</h1><p>12 April 2001</p>{text}<p>{WORDS}</p>",
        language=language,
    )
    assert found.kind is ItemKind.EVENT
    assert str(found.happens and found.happens.edtf) == "2001-06-03"
    assert found.published
    assert found.published.edtf == "2001-04-12"


def test_the_hour_at_which_a_program_stamped_a_page_makes_no_event():
    found = item(f"<h1>Concert for the valley</h1><p>Friday, 26 August 2011 10:00</p><p>{WORDS}</p>")
    assert (found.kind, found.happens) == (ItemKind.STORY, None)
    assert found.published
    assert found.published.edtf == "2011-08-26"


def test_a_weekday_tells_which_number_is_the_month():
    page = "<h1>The well</h1><p>Submitted by Ana on {}, 06/05/2007 - 10:01</p><p>" + WORDS + "</p>"
    days = {day: item(page.format(day)).published for day in ("Tue", "Sun", "Wed")}
    assert {day: value and value.edtf for day, value in days.items()} == {
        "Tue": "2007-06-05",
        "Sun": "2007-05-06",
        "Wed": None,
    }


def test_spanish_pages_do_not_tell_how_english_ones_write_numbers():
    facts = SiteFacts()
    spanish = read(
        "<h1>El pozo</h1><p>24/05/2007</p><p>" + "El consejo de la villa en que se reunió. " * 5 + "</p>",
        f"{OLD}/es",
        language="es",
    )
    facts.add(spanish)
    assert facts.order == ""
    facts.add(read(f"<h1>The well</h1><p>05/24/2007</p><p>{WORDS}</p>", f"{OLD}/en"))
    assert facts.order == "mdy"


def test_what_php_makes_of_no_date_is_a_stand_in():
    page = "<h1>The well</h1><p>{}</p><p>" + WORDS + "</p>"
    assert item(page.format("30 November 1999")).stand_in == "30 November 1999"
    assert item(page.format("29 November 1999")).published is not None


def test_the_last_change_in_spanish_dates_nothing():
    page = (
        "<h1>El pozo</h1><div>por Ana — <span>{}</span> 2009-12-18 11:05</div><p>"
        + "El consejo de la villa se reunió en la casa. " * 5
        + "</p>"
    )
    assert item(page.format("última modificación"), language="es").published is None
    assert item(page.format("publicado"), language="es").published is not None


def test_a_blogs_name_above_its_headline_is_no_title():
    name = "<div id='header-wrapper'><h1 class='title'>Voices</h1></div><h2>21 May 2008</h2>"
    body = f"{name}<h3 class='post-title'>The well is dry again</h3><p>{WORDS}</p>"
    assert read(body, title="Voices: The well is dry again").title == "The well is dry again"
    whole = f"<table><tr><td class='contentheading'>The well is dry – Puno</td></tr></table><p>{WORDS}</p>"
    assert read(whole, title="The well is dry – Puno").title == "The well is dry – Puno"


def test_a_verb_in_an_address_makes_no_publication_and_a_name_a_standing_page():
    page = f"<h1>{{}}</h1><p>{WORDS}</p>"
    assert (
        read(page.format("The herder reports"), f"{OLD}/the-herder-reports-on-wells/").kind is ItemKind.STORY
    )
    assert read(page.format("Wells"), f"{OLD}/reports/wells.html").kind is ItemKind.PUBLICATION
    assert read(page.format("Our aims"), f"{OLD}/page.php?name=aims").kind is ItemKind.BACKGROUND


def test_a_picture_that_has_a_page_leads_to_its_post():
    picture = '<h2>The well » photo</h2><p class="attachment"><a href="/p.jpg"><img src="/p.jpg"></a></p>'
    assert read(picture, f"{OLD}/2006/02/03/the-well/photo/").leads_to == f"{OLD}/2006/02/03/the-well/"
    assert not read(picture + f"<p>{WORDS * 2}</p>", f"{OLD}/2006/02/03/the-well/photo/").leads_to
