"""Is a story called by its own headline where ``<title>``, or the first heading, only names the site or the section?"""

from __future__ import annotations

import pytest

from pututu.rescue.capture import Capture
from pututu.rescue.dating.site import read_site
from pututu.rescue.item import OldItem

TEXT = (
    "<p>The council met on Tuesday number {n} and heard from four communities about the water that the mine takes from"
    " {n} springs.</p><p>Paragraph {n} says what minister number {n} answered, and that nobody was content.</p>"
)


def site(title: str, head: str, *, pages: int = 12) -> list[OldItem]:
    captures = []
    for n in range(pages):
        own = f"Water for valley {n}"
        page = (
            f"<html lang=en><head><title>{title.format(own=own)}</title></head><body><div><a href=/>Home</a> "
            f"<a href=/news/>News</a></div>{head.format(own=own)}<p>{1 + n} March 2012</p>"
            f"{TEXT.format(n=n)}</body></html>"
        )
        address = f"http://old.example/n/story-{n}.html"
        captures.append(Capture(address=address, content=page.encode(), media_type="text/html", source="x"))
    return [each for each in read_site(captures) if isinstance(each, OldItem)]


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("Group of the Andes", "<h2>{own}</h2>"),
        ("Group of the Andes", "<h3><a href='#'>{own}</a></h3>"),
        ("Group of the Andes", "<div class=title>{own}</div>"),
        ("Group of the Andes", "<p><font size=4>{own}</font></p>"),
        ("Group of the Andes", "<span class=titulo>{own}</span><br>"),
        (
            "Group of the Andes",
            "<p>You are here: <a href=/>Home</a> &gt; <a href=/n>News</a> &gt; {own}<p><h1>{own}</h1>",
        ),
        ("Group of the Andes", "<h2><a href='/n/story.html'>{own}</a></h2>"),
        ("Untitled Document", "<h2>{own}</h2>"),
        ("News - Group of the Andes", "<h1>{own}</h1>"),
        ("Group of the Andes - News", "<h1>Group of the Andes</h1><h2>{own}</h2>"),
        ("Group of the Andes", "<h1>Group of the Andes</h1><h2>News</h2><h3>{own}</h3>"),
        ("Group of the Andes", "<h1>Group of the Andes</h1><h1>{own}</h1>"),
        ("Group : {own}", "<h1>Group</h1><h3>{own}</h3>"),
        ("{own} - Group", "<h1>Group</h1><h2>{own}</h2>"),
        ("", "<h2>{own}</h2>"),
        ("{own}", "<h1>{own}</h1><h2>What they say in Lima</h2>"),
    ],
)
def test_every_story_has_its_own_headline_and_its_day(title: str, head: str) -> None:
    found = site(title, head)
    assert {each.title for each in found} == {f"Water for valley {n}" for n in range(12)}
    assert {each.published.edtf for each in found if each.published} == {
        f"2012-03-{1 + n:02}" for n in range(12)
    }
    assert [each.body.count("<p>") for each in found] == [2] * 12
    assert not [each for each in found if each.title in each.body], "it is not printed twice"


@pytest.mark.parametrize("head", ["<h1>{own}</h1>", "<h2>{own}</h2>"])
def test_so_has_a_page_alone(head: str) -> None:
    assert [each.title for each in site("News - Group of the Andes", head, pages=1)] == ["Water for valley 0"]


def test_a_title_that_the_page_prints_is_believed() -> None:
    found = site(
        "Water for valley - Group", "<p><b>Water for valley</b></p><h2>What they say in Lima</h2>", pages=1
    )
    assert [each.title for each in found] == ["Water for valley"]


def test_copies_of_one_story_keep_its_title() -> None:
    page = f"<html><head><title>A river - Group</title></head><body><h1>A river</h1>{TEXT.format(n=1)}</body></html>"
    copies = [
        Capture(
            address=f"http://old.example/{name}", content=page.encode(), media_type="text/html", source="x"
        )
        for name in ("river", "river?print=1", "r.php?id=1", "r.php?id=1&s=2")
    ]
    found = [each for each in read_site(copies) if isinstance(each, OldItem)]
    assert {each.title for each in found} == {"A river"}
