"""Which words of a page are its title and its text, and which lead to other pages or name the site?"""

from __future__ import annotations

import re

import pytest

from pututu.rescue.capture import Capture, Declared
from pututu.rescue.reading.chunks import chunks_of, parse
from pututu.rescue.reading.page import read_page
from pututu.rescue.reading.record import Reading

TEXT = (
    "The villagers say that the river has run brown since the mine was opened. Nobody has answered them so far. "
    * 3
)


def read(body: str, head: str = "") -> Reading:
    page = f"<html><head>{head}</head><body><div id='top'><a href='/'>Home</a></div>{body}</body></html>"
    return read_page(
        Capture(
            address="http://a.example/s", content=page.encode(), media_type="text/html", source="record 1"
        )
    )


@pytest.mark.parametrize(
    "heading",
    [
        "<h1><a href='http://a.example/'>The Andes Circle</a></h1>",
        "<h1 class='site-title'>The Andes Circle</h1>",
        "<div id='header'><h1 id='logo'>The Andes Circle</h1></div>",
    ],
)
def test_a_heading_that_names_the_site_is_no_title(heading: str) -> None:
    head = "<title>Water for all | The Andes Circle</title>"
    assert read(f"{heading}<h2>Water for all</h2><p>{TEXT}</p>", head).title == "Water for all"
    plain = "<h1>The Andes Circle</h1>"
    assert read(f"{plain}<h2>Water for all</h2><p>{TEXT}</p>", head).title == "The Andes Circle"


def test_the_headline_that_is_printed_goes_before_what_metadata_call_the_page() -> None:
    head = "<title>Water fight</title><meta property='og:title' content='Water fight in Puno: what happened'>"
    assert read(f"<h1>Villagers win their fight for water</h1><p>{TEXT}</p>", head).title == (
        "Villagers win their fight for water"
    )
    other = read(f"<h1>Quick links</h1><p>{TEXT}</p>", head)
    assert other.title == "Water fight in Puno: what happened"


def test_a_label_and_the_sites_name_behind_a_bar_are_no_part_of_a_headline() -> None:
    head = "<title>A day on rivers - The Andes Circle</title>"
    assert read(f"<h1>Event: A day on rivers</h1><p>{TEXT}</p>", head).title == "A day on rivers"
    bar = "<title>Rivers: a day on the water | The Andes Circle</title>"
    assert (
        read(f"<h1>Rivers: a day on the water | The Andes Circle</h1><p>{TEXT}</p>", bar).title
        == "Rivers: a day on the water"
    )


def test_what_metadata_call_the_page_is_not_cut_where_the_title_adds_the_site() -> None:
    head = "<title>Mines – who gains? – ANDES</title><meta property='og:title' content='Mines – who gains?'>"
    assert read(f"<p>{TEXT}</p>", head).title == "Mines – who gains?"


# --- the text


def body(markup: str) -> str:
    return " ".join(read(f"<article><h1>Water</h1>{markup}</article>", "<title>Water</title>").blocks)


def test_links_and_headings_behind_the_last_sentence_are_teasers_but_documents_stay() -> None:
    teasers = "<h3><a href='/mayor'>The mayor and the mine</a></h3><p><a href='/road'>A road that nobody built</a></p>"
    found = body(f"<p>{TEXT}</p><p>{TEXT} End.</p>{teasers}")
    assert "End." in found
    assert "mayor" not in found
    assert "nobody built" not in found
    report = "<p><a href='/r.pdf'>The whole report</a></p>"
    page = read(
        f"<article><h1>Water</h1><p>{TEXT}</p><p>{TEXT}</p>{report}</article>", "<title>Water</title>"
    )
    assert [document.address for document in page.documents] == ["http://a.example/r.pdf"]


def test_a_see_also_ends_the_text_and_a_page_of_links_keeps_them() -> None:
    found = body(f"<p>{TEXT}</p><p>{TEXT} End.</p><p>See also:</p><ul><li>The mayor and the mine</li></ul>")
    assert "End." in found
    assert "mayor" not in found
    links = "".join(
        f"<p><a href='/{n}'>Group number {n} of those that we work with in the Andes</a></p>"
        for n in range(9)
    )
    assert "number 5" in body(links)


def test_captions_stay_with_their_pictures() -> None:
    figure = (
        "<figure><img src='/a.jpg' alt='A river'>"
        "<figcaption>The river at Puno. Photo: R. Quispe</figcaption></figure>"
    )
    page = read(
        f"<article><h1>Water</h1><p>{TEXT}</p>{figure}<p>{TEXT}</p></article>", "<title>Water</title>"
    )
    assert [picture.caption for picture in page.pictures] == ["The river at Puno. Photo: R. Quispe"]
    assert "Photo: R. Quispe" not in " ".join(page.blocks)
    assert "Photo: R. Quispe" in body(
        f"<p>{TEXT}</p><p>Photo: R. Quispe took the pictures of this story for us.</p><p>{TEXT}</p>"
    )


def test_soft_hyphens_are_taken_out() -> None:
    assert "villagers met" in body(f"<p>The villa&shy;gers met. {TEXT}</p>")


@pytest.mark.parametrize(
    ("title", "line", "byline"),
    [
        ("De Lima a Puno", "Por Rosa Quispe", "Rosa Quispe"),
        ("Por un agua limpia", "De la mina al río", ""),
        ("By the river", "By Rosa Quispe, 3 March 2012", "Rosa Quispe"),
        ("A river", "3 March 2012 | by Rosa Quispe", "Rosa Quispe"),
        ("A river", "<span class=author>Rosa Quispe</span>, 3 March 2012", "Rosa Quispe"),
        ("A river", "<span class=author>About us, 3 March 2012</span>", ""),
        ("A river", "Rosa Quispe, 3 March 2012", ""),
    ],
)
def test_a_title_that_begins_as_a_byline_does_is_none(title: str, line: str, byline: str) -> None:
    assert read(f"<h1>{title}</h1><p>{line}</p><p>{TEXT}</p>").byline == byline


@pytest.mark.parametrize(
    "line",
    [
        "By Rosa Quispe",
        "By Rosa Quispe, 3 March 2012",
        "Posted by Rosa Quispe on 3 March 2012 at 10:15 am",
        "Por Rosa Quispe y Juan Condori, 3 de marzo de 2012",
        "3 March 2012, by Rosa Quispe",
    ],
)
def test_what_the_new_page_prints_above_the_text_is_no_part_of_it(line: str) -> None:
    assert read(f"<h1>A river</h1><p>{line}</p><p>{TEXT}</p>").blocks == (f"<p>{TEXT.strip()}</p>",)


@pytest.mark.parametrize(
    "line",
    [
        "Rosa Quispe, 3 March 2012",  # an author or a place: nobody else keeps it
        "By Rosa Quispe, who lives in Puno",
        "By Rosa Quispe, 3 March 2012. Photos: Juan Condori",
    ],
)
def test_what_nothing_else_keeps_stays_in_the_text(line: str) -> None:
    assert read(f"<h1>A river</h1><p>{line}</p><p>{TEXT}</p>").blocks == (
        f"<p>{line}</p>",
        f"<p>{TEXT.strip()}</p>",
    )


# --- what stands beside the text

BESIDE = "Give us twenty pounds a month, and the villagers of the valley will have somebody at their side."


def words(body: str) -> str:
    return " ".join(read(f"<h1>A river runs brown</h1>{body}").blocks)


@pytest.mark.parametrize("box", ["div class='nota_pie'", "section class='story-promo'", "div class='more'"])
def test_what_stands_only_in_a_box_beside_the_text_is_no_part_of_it(box: str) -> None:
    paragraphs = "".join(f"<p>{TEXT}{number}</p>" for number in range(4))
    assert BESIDE not in words(f"<article>{paragraphs}<{box}><p>{BESIDE}</p></{box.split()[0]}></article>")
    assert BESIDE in words(f"<article>{paragraphs}<div><p>{BESIDE}</p></div></article>")


@pytest.mark.parametrize(
    ("classes", "region"),
    [
        ("elementor-widget-container", ""),
        ("post-12 post type-post hentry category-social tag-popular", ""),
        ("widget-container", "aside"),
        ("post category-social", "aside"),
    ],
)
def test_a_box_that_only_sounds_like_a_sidebar_is_none(classes: str, region: str) -> None:
    tree = parse(f"<html><body><div class='{classes}'><p>{BESIDE}</p></div></body></html>")
    assert [chunk.region for chunk in chunks_of(tree)] == [region]


def test_a_page_whose_whole_frame_is_called_a_sidebar_keeps_its_text() -> None:
    assert "run brown" in words(f"<div class='sidebar-right main'><p>{TEXT}</p><p>{TEXT}2</p></div>")


def test_a_menu_that_nobody_closed_does_not_swallow_the_text() -> None:
    assert "run brown" in words(f"<nav><a href='/'>Home</a> <a href='/news'>News</a><p>{TEXT}</p>")


@pytest.mark.parametrize(
    "declared", [None, Declared(title="A poem")], ids=["a page", "an entry of an export"]
)
def test_the_lines_of_a_poem_stay_lines(declared):
    poem = "<pre>\nThe first line of it\nThe <b>second</b> line of it\nThe third line\n</pre>"
    page = f"<html lang=en><body><h1>A poem</h1><p>It was written in Cusco by a friend of ours.</p>{poem}</body></html>"
    content = poem if declared else page
    capture = Capture(
        address="http://old.example/a",
        content=content.encode(),
        media_type="text/html",
        source="a",
        declared=declared,
    )
    last = read_page(capture).blocks[-1]
    assert re.sub(r"</?(?:b|strong)>", "", last) == (
        "<p>The first line of it<br>The second line of it<br>The third line</p>"
    )


@pytest.mark.parametrize("sign", ["\x0b", "\x00", "&#11;", "&#x1F;", "\ufffe", "&#xFFFF;"])
def test_a_sign_that_no_text_can_hold_is_left_out(sign: str) -> None:
    menu = f"<p>x</p><nav><a href='/'>Home</a></nav>{sign}"
    assert "run brown" in words(
        f"{menu}<table><tr><td>{sign}<br><br>{TEXT}{sign}<br><br>{TEXT}2</td></tr></table>"
    )
