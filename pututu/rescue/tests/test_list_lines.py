"""Is the date of a list read where it stands in one line with the title, before it, behind it, or within its link?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from pututu.rescue.capture import Capture
from pututu.rescue.dating.site import read_site
from pututu.rescue.item import Basis, ItemKind, OldItem
from pututu.rescue.reading import read_page
from pututu.rescue.tests.test_witnesses import TEXT

TITLES = [f"The {name} of the valley in danger" for name in ("water", "land", "forest", "road")]
DAYS = ["4 March 2013", "3 March 2013", "31 December 1969", "The strike of 5 May 2011"]


def listed(line: str) -> Capture:
    rows = "".join(
        f"<li>{line.format(link=f'/{number}.html', title=title, day=day)}</li>"
        for number, (title, day) in enumerate(zip(TITLES, DAYS, strict=True))
    )
    page = f"<html lang='en'><title>News</title><h1>News</h1><ul>{rows}</ul></html>"
    return Capture(
        address="http://a.example/news.html", content=page.encode(), media_type="text/html", source="r"
    )


def page(number: int) -> Capture:
    text = f"<html lang='en'><h1>{TITLES[number]}</h1><p>{number} {TEXT}</p></html>"
    return Capture(
        address=f"http://a.example/{number}.html", content=text.encode(), media_type="text/html", source="r"
    )


@pytest.mark.parametrize(
    "line",
    [
        "<a href='{link}'>{title}</a> <span>{day}</span>",
        "<a href='{link}'>{title}</a> ({day})",
        "<a href='{link}'>{title}</a>, {day}<br>What the villagers say of it and of the company.",
        "{day} - <a href='{link}'>{title}</a>",
        "<a href='{link}'>{title} <span>{day}</span></a>",
        "<a href='{link}'>{title}</a> by Rosa Quispe, {day}",
        "<a href='{link}'><img src='a.jpg'></a><a href='{link}'>{title}</a> {day}",
    ],
)
def test_the_date_beside_a_title_in_a_list_dates_its_page(line: str) -> None:
    pages = [listed(line), *map(page, range(4))]
    items = {item.address: item for item in read_site(pages) if isinstance(item, OldItem)}
    found = [items[f"http://a.example/{number}.html"] for number in range(4)]
    assert [item.published.edtf if item.published else None for item in found] == [
        "2013-03-04", "2013-03-03", None, None,
    ]  # fmt: skip
    assert found[0].basis is Basis.OTHER_PAGE
    assert found[2].stand_in == "31 December 1969"
    titles = [entry.title for entry in read_page(listed(line)).entries]
    assert titles[:3] == TITLES[:3]


def test_a_story_whose_program_says_when_it_was_published_is_no_list_for_the_links_below_it() -> None:
    line = "<a href='{link}'>{title}</a> (4 March 2013)"
    plain = replace(listed(line), address="http://a.example/the-river.html")
    said = b"<meta property='article:published_time' content='2013-05-04'><h1>"
    story = replace(plain, content=plain.content.replace(b"<h1>", said))
    assert (read_page(plain).kind, read_page(story).kind) == (ItemKind.LIST, ItemKind.STORY)
