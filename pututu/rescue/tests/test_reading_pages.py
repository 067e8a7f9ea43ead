"""Does reading a page give its words undamaged, its kind, its parts, and each assertion of its date?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from pututu.rescue.capture import Capture, Declared
from pututu.rescue.dating.quotes import is_found
from pututu.rescue.dating.site import read_site
from pututu.rescue.item import ItemKind, OldItem
from pututu.rescue.reading import Reading, read_page
from pututu.rescue.reading.decoding import decode_page, mend
from pututu.rescue.tests.old_pages import TEMPLATES, WORDS, Page, pages

SAMPLE = Path(__file__).parents[3].parent / "shared" / "samples" / "old-archive-last-page.txt"
SPANISH = (
    "El país dijo «sí»: mañana, Perú, cigüeña, Íñigo, “acción”, ñandú – el 3.º año… ¿Qué? ¡Ay! São Paulo, Â, Ã\n"
    + "\n".join(WORDS["es"])
)


def capture(html: str | bytes, address: str = "http://andes.example/a.html", **more: object) -> Capture:
    content = html.encode() if isinstance(html, str) else html
    return Capture(
        **{"address": address, "content": content, "media_type": "text/html", "source": "s", **more}
    )


def only(*captures: Capture) -> OldItem:
    return next(item for item in read_site(captures) if isinstance(item, OldItem))


# --- encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("is_declared", [True, False])
def test_good_spanish_stays_good_in_any_encoding(encoding: str, is_declared: bool) -> None:
    meta = f'<meta charset="{encoding}">' if is_declared and encoding in ("utf-8", "cp1252") else ""
    page = f"<html>{meta}<p>{SPANISH}</p></html>"
    assert decode_page(page.encode(encoding)) == page


def test_mac_roman_is_known_by_its_accents() -> None:
    page = f"<p>{' '.join(WORDS['es'])} Perú, acción, cigüeña</p>"
    assert decode_page(page.encode("mac_roman")) == page


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("The PerÃº Support Group", "The Perú Support Group"),
        ("Itâ€™s the river", "It’s the river"),
        ("that Peruís water is the best of all", "that Peru’s water is the best of all"),
        ("they donít know that the ministry is in Lima", "they don’t know that the ministry is in Lima"),
        ("Cooperacciόn", "Cooperacción"),
        (
            "the newspaper El País of Madrid and its readers",
            "the newspaper El País of Madrid and its readers",
        ),
        ("Ελλάδα ήταν", "Ελλάδα ήταν"),
    ],
)
def test_damage_is_mended_where_its_signs_stand(damaged: str, mended: str) -> None:
    assert mend(damaged) == mended


def test_a_declared_encoding_that_is_wrong_does_not_damage_utf_8() -> None:
    page = f'<html><meta charset="iso-8859-1"><p>{SPANISH}</p></html>'
    assert decode_page(page.encode(), header="text/html; charset=ISO-8859-1") == page


# --- values


@settings(max_examples=25, deadline=None)
@given(page=pages())
def test_a_reading_survives_being_saved(page: Page) -> None:
    reading = read_page(replace(page.capture(), retrieved=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)))
    assert reading.said
    assert Reading.from_json(reading.to_json()) == reading


@pytest.mark.parametrize(
    "content", [b"", b" ", b"<", b"<html>", b"\x00\x01", b"\xff\xfe", b"<p>" * 5000, b"<!-- -->"]
)
def test_anything_can_be_read(content: bytes) -> None:
    assert read_page(capture(content)).address == "http://andes.example/a.html"


def test_bodies_are_clean_and_links_absolute() -> None:
    body = (
        f"<p onclick='x()'>{'. '.join(WORDS['en'])} <a href='../report.pdf' onmouseover=x>the report</a></p>"
        f"<p><script>alert(1)</script>{'. '.join(WORDS['en'][::-1])} <a href='javascript:alert(1)'>here</a></p>"
        "<figure><img src='/dam.jpg' onerror='x()' alt='A dam'><figcaption>The dam in May</figcaption></figure>"
    )
    reading = read_page(capture(f"<html><body><article><h1>Water</h1>{body}</article></body></html>"))
    joined = "".join(reading.blocks)
    assert not [
        bad for bad in ("script", "onclick", "onerror", "onmouseover", "javascript", "alert") if bad in joined
    ]
    assert "http://andes.example/report.pdf" in [each.address for each in reading.documents]
    assert [(each.address, each.caption, each.alt) for each in reading.pictures] == [
        ("http://andes.example/dam.jpg", "The dam in May", "A dam")
    ]


# --- kinds and lists


def listing(dates: list[str], template: str) -> str:
    rows = "".join(template.format(n=n, date=date) for n, date in enumerate(dates))
    head = "<html><head><title>Archive</title></head><body><h1>Archive</h1>"
    return f"{head}<table><tr><td>{rows}</td></tr></table></body></html>"


FLAT = '<a href="article-{n}.html">The title of story number {n}</a><br>{date}<br>What it says, in short, today.<hr>'
BLOCKS = (
    '<div class="item"><span>{date}</span><h2><a href="article-{n}.html">The title of story number {n}</a></h2>'
    "<p>What it says, in short.</p></div>"
)


@pytest.mark.parametrize("template", [FLAT, BLOCKS])
def test_a_list_page_gives_its_entries_and_dates_its_items(template: str) -> None:
    dates = ["17 August 2019", "08 April 2019", "16 DECEMBER 2013", "31 December 1969"]
    page = capture(listing(dates, template), "http://andes.example/articles.php?position=720")
    reading = read_page(page)
    assert reading.kind is ItemKind.LIST
    assert [(entry.address[-14:], entry.date_line) for entry in reading.entries] == [
        (f"article-{n}.html", date) for n, date in enumerate(dates)
    ]
    undated = Page("static", day=None, address="http://andes.example/article-1.html")
    items = {i.address: i for i in read_site([page, undated.capture()]) if isinstance(i, OldItem)}
    item = items[undated.address]
    assert (item.published and item.published.edtf, str(item.basis)) == ("2019-04-08", "other-page")
    assert all(is_found(quote, page) for quote in item.evidence)


def test_an_error_page_that_says_200_is_an_error() -> None:
    assert (
        read_page(capture("<html><title>Page not found</title><h1>Page not found</h1></html>")).kind
        is ItemKind.ERROR
    )
    assert read_page(Page("static").capture()).kind is ItemKind.STORY


def test_an_event_has_its_own_day_and_its_announcement_another() -> None:
    page = Page(
        "static",
        title="Event: A day on rivers",
        sentences=("7 May 2011, Leeds. A day of talks about rivers",),
    )
    item = only(replace(page, day=dt.date(2011, 3, 2)).capture())
    assert (str(item.kind), item.happens and item.happens.edtf) == ("event", "2011-05-07")
    assert item.published
    assert item.published.edtf == "2011-03-02"
    assert only(replace(page, day=None).capture()).published is None


# --- what an export declares


@pytest.mark.parametrize(
    ("dates", "edtf"),
    [
        ({"wp:post_date_gmt": "2013-09-24 23:30:00", "wp:post_date": "2013-09-25 00:30:00"}, "2013-09-25"),
        (
            {"wp:post_date_gmt": "0000-00-00 00:00:00", "pubDate": "Tue, 24 Sep 2013 10:00:00 +0000"},
            "2013-09-24",
        ),
        ({"wp:post_date_gmt": "0000-00-00 00:00:00", "wp:post_date": "2013-09-24 10:00:00"}, "2013-09-24"),
        ({"pubDate": "Mon, 30 Nov -0001 00:00:00 +0000", "wp:post_date": "0000-00-00 00:00:00"}, None),
        ({"pubDate": "Wed, 31 Dec 1969 19:00:00 -0500"}, None),
        ({"published": "2013-09-24T10:00:00Z", "updated": "2020-01-01T00:00:00Z"}, "2013-09-24"),
        ({"updated": "2020-01-01T00:00:00Z"}, None),
    ],
)
def test_the_date_of_an_export_is_its_first_that_is_one(dates: dict[str, str], edtf: str | None) -> None:
    item = only(capture("<p>Some words.</p>", declared=Declared(kind="post", title="A", dates=dates)))
    assert (item.published.edtf if item.published else None) == edtf


def test_the_sample_page_is_read_as_its_design_says() -> None:
    if not SAMPLE.exists():
        pytest.skip("the sample page does not lie beside this checkout")
    page = capture(
        SAMPLE.read_bytes(), "http://old.example/articles.php?position=720", media_type="text/plain"
    )
    items = [item for item in read_site([page]) if isinstance(item, OldItem)]
    kinds = sorted(str(item.kind) for item in items)
    assert kinds == [*["background"] * 4, "event", "list", *["story"] * 5]
    (event,) = (item for item in items if item.kind is ItemKind.EVENT)
    assert (event.happens and event.happens.edtf, event.published) == ("2013-03-04", None)
    stories = [item for item in items if item.kind is ItemKind.STORY]
    assert all(item.published is None and item.reason for item in stories)
    assert [item.stand_in for item in stories].count("31 December 1969") == 4
    assert all(is_found(quote, page) for item in items for quote in item.evidence)


def test_every_template_is_read_to_its_last_sentence() -> None:
    for template in TEMPLATES:
        reading = read_page(Page(template).capture())
        assert WORDS["en"][-1] in " ".join(reading.blocks), template


def test_pictures_and_documents_around_the_text_are_kept_and_what_dresses_the_page_is_not() -> None:
    said = "".join(f"<p>{sentence}.</p>" for sentence in WORDS["en"])
    body = (
        f"<div id=main><h1>A dam</h1>{said}<img src=dam.jpg alt='The dam'><img src=dot.gif width=1 height=1>"
        "<ul><li><a href=report.pdf>The report</a></li></ul></div><div class=sidebar><img src=logo.png>"
        "<a href=join.pdf>Join us</a></div>"
    )
    page = Capture(
        address="http://andes.example/dam.html",
        content=f"<html><head><title>A dam</title></head><body>{body}</body></html>".encode(),
        media_type="text/html",
        source="test",
    )
    reading = read_page(page)
    assert [(each.address, each.alt) for each in reading.pictures] == [
        ("http://andes.example/dam.jpg", "The dam")
    ]
    assert [(each.address, each.caption) for each in reading.documents] == [
        ("http://andes.example/report.pdf", "The report")
    ]


def test_a_short_page_keeps_its_link_and_its_picture() -> None:
    page = Capture(
        address="http://andes.example/dam.html",
        content=b"<html><body><h1>A dam</h1><p>See <a href=law.html>it</a>. <img src=dam.png></p></body></html>",
        media_type="text/html",
        source="test",
    )
    assert "".join(read_page(page).blocks) == (
        '<p>See <a href="http://andes.example/law.html">it</a>. <img src="http://andes.example/dam.png"></p>'
    )
