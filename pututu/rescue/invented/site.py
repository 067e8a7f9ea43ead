"""How does an old site look that has every defect we know of, and what is the truth about each of its pages?

Invented by chance from a seed, the same each time: stories and events of 2003 to 2019 whose numbers rise with their
days; list pages that drifted between two retrievals; stand-ins in place of lost dates; a sidebar with other stories'
dates and the day of retrieval on every page; four encodings, some wrongly declared; print views, names with and without
www, and "not found" pages that say 200.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote

from pututu.rescue.invented.words import STAND_INS, date_line, headline, sentences

HOST = "www.oldgroup.example"
FIRST_DAY = dt.date(2003, 1, 6)
LAST_DAY = dt.date(2019, 6, 28)
ON_A_LIST = 20
RETRIEVED = dt.datetime(2019, 9, 14, 8, 30, tzinfo=dt.UTC)
AIMS = "The group stands for human rights and against poverty, and tells what happens. Join it for what it may cost."


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What is true of a page. ``stated`` is the EDTF of the date that can be read on it, "" where none can.

    ``day`` is the real day, also where the site has lost it; ``happens`` an event's own day.
    """

    kind: str
    title: str = ""
    language: str = "en"
    stated: str = ""
    day: dt.date | None = None
    happens: dt.date | None = None
    stand_in: str | None = None
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class InventedPage:
    """One page: its address, its bytes as a server sends them, and the truth."""

    address: str
    content: bytes
    truth: Truth


@dataclass(frozen=True, slots=True)
class _Item:
    number: int
    day: dt.date
    title: str
    language: str
    date_line: str
    truth: Truth
    standfirst: str
    body: str

    @property
    def address(self) -> str:
        return f"http://{HOST}/{'event' if self.truth.kind == 'event' else 'article'}-{self.number}.html"


def invent_site(items: int, *, seed: int = 1) -> Iterator[InventedPage]:
    """Give the pages of a site of so many items: the items, their other addresses, their lists, and what is no item."""
    chance = random.Random(seed)
    made = [_item(number, items, chance) for number in range(1, items + 1)]
    for item in made:
        yield _item_page(item, chance)
        yield from _other_addresses(item, chance)
    yield from _lists(made)
    yield InventedPage(
        f"http://{HOST}/", _page("Old Group", f"<h1>Old Group</h1><p>{AIMS}</p>"), Truth(kind="list")
    )
    about = f"<h1>Our aims</h1><p>{AIMS}</p><p>{sentences('en', 5, chance)}</p>"
    yield InventedPage(
        f"http://{HOST}/aims.html", _page("Our aims", about), Truth(kind="background", title="Our aims")
    )
    for number in range(items + 1, items + 1 + items // 50):
        gone = "<h1>Article not found</h1><p>The article that you look for does not exist.</p>"
        address = f"http://{HOST}/article-{number}.html"
        yield InventedPage(address, _page("Article not found", gone), Truth(kind="error"))


def _item(number: int, of: int, chance: random.Random) -> _Item:
    day = FIRST_DAY + (LAST_DAY - FIRST_DAY) * number / of
    language = "es" if chance.random() < 0.2 else "en"
    is_event = chance.random() < 0.08
    line, stated = date_line(day, language, chance)
    stand_in = chance.choice(STAND_INS) if chance.random() < 0.12 else None
    title = headline(number, language, chance)
    happens = day + dt.timedelta(days=chance.randrange(10, 60)) if is_event else None
    opening = f"{happens.day} {happens:%B} {happens.year}, London. " if happens else ""
    return _Item(
        number=number,
        day=day,
        title=title,
        language=language,
        date_line=line if stand_in is None else stand_in,
        truth=Truth(
            kind="event" if is_event else "story",
            title=title,
            language=language,
            stated=stated if stand_in is None else "",
            day=day,
            happens=happens,
            stand_in=stand_in,
        ),
        standfirst=opening + sentences(language, 1, chance),
        body="".join(f"<p>{sentences(language, 4, chance)}</p>" for _paragraph in range(3)),
    )


def _item_page(item: _Item, chance: random.Random) -> InventedPage:
    label = ("Event: " if item.language == "en" else "Evento: ") if item.truth.kind == "event" else ""
    body = (
        f"<h1>{label}{escape(item.title)}</h1><p class='date'>{item.date_line}</p>"
        f"<p class='intro'><b>{item.standfirst}</b></p>{item.body}"
    )
    encoding = chance.choices(("utf-8", "cp1252", "mac_roman", "twice"), weights=(80, 12, 4, 4))[0]
    page = _page(item.title, body, language=item.language, encoding=encoding)
    return InventedPage(item.address, page, item.truth)


def _other_addresses(item: _Item, chance: random.Random) -> Iterator[InventedPage]:
    """A print view, and the name without www, of some items."""
    truth = Truth(kind=item.truth.kind, title=item.title, language=item.language, same_as=item.address)
    if chance.random() < 0.1:
        body = f"<h1>{escape(item.title)}</h1><p>{item.date_line}</p><p>{item.standfirst}</p>{item.body}"
        page = f"<html><head><title>{escape(item.title)}</title></head><body>{body}</body></html>".encode()
        yield InventedPage(f"http://{HOST}/print.php?id={item.number}", page, truth)
    if chance.random() < 0.05:
        address = item.address.replace("//www.", "//")
        yield InventedPage(address, _item_page(item, random.Random(item.number)).content, truth)


def _lists(items: list[_Item]) -> Iterator[InventedPage]:
    """The newest first, those without a day at the very end; every fifth list was retrieved three items later."""
    ordered = sorted(items, key=lambda item: (item.truth.stand_in is None, item.day), reverse=True)
    for place, position in enumerate(range(0, len(ordered), ON_A_LIST)):
        drift = 3 if place % 5 == 4 else 0
        shown = ordered[max(position - drift, 0) : position + ON_A_LIST - drift]
        entries = "".join(
            f"<li><a href='/{item.address.rpartition('/')[2]}'>{escape(item.title)}</a><br><i>{item.date_line}</i>"
            f"<br>{item.standfirst}</li>"
            for item in shown
        )
        page = _page("Articles", f"<h1>Articles</h1><ul class='list'>{entries}</ul>")
        yield InventedPage(f"http://{HOST}/articles.php?position={position}", page, Truth(kind="list"))


def _page(title: str, body: str, *, language: str = "en", encoding: str = "utf-8") -> bytes:
    charset = "" if encoding in ("cp1252", "mac_roman") else '<meta charset="utf-8">'
    text = (
        f"<!DOCTYPE html><html lang='{language}'><head>{charset}<title>{escape(title)} - Old Group</title></head><body>"
        f"<div id='top'>Today is {RETRIEVED:%A, %d %B %Y}</div><div id='menu'><a href='/'>Home</a> <a href="
        f"'/articles.php?position=0'>Articles</a> <a href='/aims.html'>Aims</a></div><div id='main'>{body}</div>"
        f"<div id='side'><h3>Latest</h3><ul><li>28 June 2019: A march in Lima</li><li>20 June 2019: A new law</li></ul>"
        f"<h3>Why join?</h3><p>{AIMS}</p></div><div id='foot'>© 2019 Old Group. This site uses no cookies.</div>"
        "</body></html>"
    )
    if encoding == "twice":
        return text.encode().decode("cp1252", "replace").encode()
    return text.encode(encoding, "replace")


def write_folder(pages: Iterator[InventedPage], folder: Path) -> int:
    """Write pages as ``wget --mirror`` does, below a folder of the host's name; return how many there are."""
    number = 0
    for page in pages:
        number += 1
        name = page.address.removeprefix("http://")
        path = folder / (f"{name}index.html" if name.endswith("/") else quote(name, safe="/?=&.-:"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.content)
    return number
