"""Do pages that only lead on (refresh, script, frames, "has moved") become ways, and pages with words stay pages?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from pututu.rescue.capture import Capture, Declared
from pututu.rescue.item import ItemKind
from pututu.rescue.reading.page import read_page
from pututu.rescue.tests.test_one_item import SITE, read, story

STUB = f"{SITE}/old/one.html"
THERE = f"{SITE}/story-1.html"
MANY = "The water of the valley was measured again, and nobody was told of it. " * 9
FORWARDS = (
    '<META HTTP-EQUIV="Refresh" CONTENT="0; URL=../story-1.html">',
    "<html><head><meta http-equiv=refresh content=\"5;url='/story-1.html'\"></head><body>One moment.</body></html>",
    "<meta content='0;URL=&quot;/story-1.html&quot;' http-equiv='REFRESH'>",
    "<meta http-equiv='refresh' content='0, /story-1.html'><p>Please update your bookmarks.</p>",
    "<meta http-equiv=' refresh ' content='1.5; url = http://www.andes.example/story-1.html#top'>",
    "<title>Moved</title><script>window.location.replace('/story-1.html');</script>",
    '<script>location.href = "../story-1.html"</script><noscript>Turn scripts on.</noscript>',
    "<body onload=\"document.location='/story-1.html'\">One moment</body>",
    "<script>function go() { location = '/story-1.html' } setTimeout('go()', 1000)</script>",
    "<script>function go() { top.location.href = '/story-1.html' }</script><body onload='go()'></body>",
    "<html><head></head><frameset cols='150,*'><frame src='menu.html'><frame src='/story-1.html'></frameset></html>",
    "<frameset cols='80%,20%'><frame src='/story-1.html'><frame src='menu.html'></frameset>",
    "<frameset rows='10%,*,10%'><frame src='a.html'><frame src='/story-1.html'><frame src='b.html'></frameset>",
    "<frameset rows='50%,50%'><frame name=main src='/story-1.html'><frame src='b.html'>"
    "<noframes><p>Your browser shows no frames.</p></noframes></frameset>",
    "<html><body><iframe src='/story-1.html' width='100%'></iframe></body></html>",
    "<html><body><h1>This page has moved</h1><p>It is now <a href='/story-1.html'>here</a>.</p></body></html>",
    "<html><title>302 Found</title><body>Object moved to <a href='/story-1.html'>here</a></body></html>",
    "<html><body>Esta página ha cambiado de dirección: <a href='/story-1.html'>la nueva</a></body></html>",
)


def page(html: str, address: str = STUB) -> Capture:
    return Capture(address=address, content=html.encode(), media_type="text/html", source="test")


@pytest.mark.parametrize("html", FORWARDS)
def test_a_page_that_only_leads_on_is_another_address_of_the_one_it_names(html: str) -> None:
    items = read(story(1).capture(), page(html))
    assert set(items) == {THERE}
    assert items[THERE].aliases == (STUB,)


@pytest.mark.parametrize("html", FORWARDS)
def test_the_same_with_words_of_its_own_stays_a_page(html: str) -> None:
    worded = (
        html.replace("<noframes>", f"<noframes>{MANY}") if "<noframes>" in html else f"{html}<p>{MANY}</p>"
    )
    if "frameset" in html and "<noframes>" not in html:
        worded = html.replace("</frameset>", f"<noframes>{MANY}</noframes></frameset>")
    assert read_page(page(worded)).leads_to == ""


@pytest.mark.parametrize(
    "html",
    [
        "<meta http-equiv=refresh content='300'><p>Water level: 3 m.</p>",
        "<meta http-equiv=refresh content='300; url=/story-1.html'><p>Water level: 3 m.</p>",
        f"<meta http-equiv=refresh content='5; url={STUB}'><p>Water level: 3 m.</p>",
        "<script>if (screen.width < 600) location = '/story-1.html'</script><p>Water level: 3 m.</p>",
        "<script>function print() { location = '/story-1.html' }</script><p>Water level: 3 m.</p>",
        "<script>if (top.location != self.location) top.location = self.location.href</script><p>Water: 3 m.</p>",
        "<h1>A film</h1><iframe src='https://films.example/embed/1'></iframe>",
        "<p>We moved the meeting to <a href='/story-1.html'>Friday</a>.</p>",
        "<p>The village has moved: <a href='/story-1.html'>one</a>, <a href='/b.html'>two</a>.</p>",
    ],
)
def test_a_short_page_that_shows_something_stays_a_page(html: str) -> None:
    reading = read_page(page(f"<html><head><title>Water level</title></head><body>{html}</body></html>"))
    assert reading.leads_to == ""
    assert reading.kind is ItemKind.STORY


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,hello", "mailto:a@b.example"])
def test_a_stub_that_leads_to_no_address_is_gone(target: str) -> None:
    reading = read_page(page(f'<meta http-equiv="refresh" content="0;url={target}">'))
    assert (reading.kind, reading.leads_to, reading.title) == (ItemKind.ERROR, "", "")


def test_a_stub_that_leads_elsewhere_or_to_nothing_says_where_to() -> None:
    away = page('<meta http-equiv="refresh" content="0;url=http://elsewhere.example/x">', f"{SITE}/away")
    lost = page("<script>location = '/never-captured'</script>", f"{SITE}/lost")
    items = read(away, lost)
    assert "led away from the old site, to http://elsewhere.example/x" in items[f"{SITE}/away"].reason
    assert items[f"{SITE}/lost"].leads_to == f"{SITE}/never-captured"


def test_stubs_in_a_circle_end() -> None:
    names = {"a": "b", "b": "c", "c": "b", "d": "d"}
    stubs = [
        page(f'<meta http-equiv="refresh" content="0;url=/{there}">', f"{SITE}/{here}")
        for here, there in names.items()
    ]
    items = read(*stubs)
    assert {item.reason for item in items.values()} == {"It led round in a circle."}
    assert set(items) == {f"{SITE}/{name}" for name in names}


def test_all_frames_of_a_page_are_known_as_addresses_of_the_site() -> None:
    frames = "<frameset cols='150,*'><frame src='menu.html'><frame src='/story-1.html'></frameset>"
    assert set(read_page(page(frames)).links) == {f"{SITE}/old/menu.html", THERE}


def test_a_page_that_was_there_before_its_stub_counts_more() -> None:
    stub = page('<meta http-equiv="refresh" content="0;url=/">', THERE)
    assert read(story(1).capture(), stub)[THERE].kind is ItemKind.STORY


def test_the_text_of_an_export_never_leads_on() -> None:
    entry = replace(story(1).capture(), address=STUB)
    assert read_page(entry).kind is ItemKind.STORY
    told = replace(
        page("<p>This page has moved <a href='/story-1.html'>here</a>.</p>"),
        declared=Declared(title="A move"),
    )
    assert (read_page(told).title, read_page(told).leads_to) == ("A move", "")
