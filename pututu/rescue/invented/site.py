"""How does an old site look that has every defect we know of, and what is the truth about each of its pages?

Invented by chance from a seed, the same each time: stories and events of 2003 to 2019 whose numbers rise with their
days, in two dresses; list pages that drifted between two retrievals; stand-ins in place of lost dates, and on large
sites the day of an import; other stories' dates and the day of retrieval on every page, readers' comments; four
encodings, some wrongly declared; print views, names with and without www, session numbers, stories told again a little
changed; addresses that lead on, in circles too; stories of which only a list is left; "not found" pages that say 200.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from urllib.parse import quote

from pututu.rescue.capture import Capture
from pututu.rescue.invented import skins
from pututu.rescue.invented.words import STAND_INS, date_line, headline, sentences

HOST = "www.oldgroup.example"
SITE = f"http://{HOST}"
FIRST_DAY = dt.date(2003, 1, 6)
LAST_DAY = dt.date(2019, 6, 28)
REBUILT = dt.date(2008, 6, 12)
ON_A_LIST = 20
IMPORTED = 120  # items that show the day of the import; too many for a small site
RETRIEVED = dt.datetime(2019, 9, 14, 8, 30, tzinfo=dt.UTC)


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
    """One page: its address, its bytes as a server sends them, and the truth.

    ``leads_to`` is where an address that is no page sends on; a page that nobody captured has no bytes.
    """

    address: str
    content: bytes
    truth: Truth
    leads_to: str = ""

    def capture(self) -> Capture:
        """The page as a reader of a web archive gives it."""
        return Capture(
            address=self.address,
            content=self.content,
            media_type="text/html",
            source=self.address,
            retrieved=RETRIEVED,
            status=301 if self.leads_to else 200,
            headers={"location": self.leads_to} if self.leads_to else {},
        )


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
        return f"{SITE}/{'event' if self.truth.kind == 'event' else 'article'}-{self.number}.html"


def invent_site(items: int, *, seed: int = 1) -> Iterator[InventedPage]:
    """Give the pages of a site of so many items: the items, their other addresses, their lists, and what is no item."""
    chance = random.Random(seed)
    made = [_item(number, items, chance) for number in range(1, items + 1)]
    lists = list(_lists(made))
    listed = {number for _page, numbers in lists for number in numbers}
    for item in made:
        if item.number in listed and chance.random() < 0.015:
            yield InventedPage(item.address, b"", item.truth)
            continue
        yield _item_page(item, chance)
        yield from _other_addresses(item, chance)
    yield from (page for page, _numbers in lists)
    yield from _no_items(items, chance)


def _no_items(items: int, chance: random.Random) -> Iterator[InventedPage]:
    """The front page, a standing page, what is not found, and two addresses that lead to each other."""
    front = f"<h1>Old Group</h1><p>{skins.AIMS}</p>"
    yield InventedPage(f"{SITE}/", _page("Old Group", front), Truth(kind="list"))
    about = f"<h1>Our aims</h1><p>{skins.AIMS}</p><p>{sentences('en', 5, chance)}</p>"
    yield InventedPage(
        f"{SITE}/aims.html", _page("Our aims", about), Truth(kind="background", title="Our aims")
    )
    for number in range(items + 1, items + 1 + items // 50):
        gone = "<h1>Article not found</h1><p>The article that you look for does not exist.</p>"
        yield InventedPage(
            f"{SITE}/article-{number}.html", _page("Article not found", gone), Truth(kind="error")
        )
    for here, there in (("home", "start"), ("start", "home")):
        yield InventedPage(
            f"{SITE}/way/{here}.php", b"Moved", Truth(kind="error"), leads_to=f"{SITE}/way/{there}.php"
        )


def _item(number: int, of: int, chance: random.Random) -> _Item:
    day = FIRST_DAY + (LAST_DAY - FIRST_DAY) * number / of
    language = "es" if chance.random() < 0.2 else "en"
    is_event = chance.random() < 0.08
    line, stated = date_line(day, language, chance)
    stand_in = chance.choice(STAND_INS) if chance.random() < 0.12 else None
    if of >= 10 * IMPORTED and of // 3 <= number < of // 3 + IMPORTED:
        stand_in = f"{REBUILT.day} {REBUILT:%B} {REBUILT.year}"
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
    if chance.random() < 0.1:
        body += "<div class='comments'><h3>Comments</h3><p>Rosa says:</p><p>3 March 2019</p><p>Is it so?</p></div>"
    skin = skins.tables if item.day < REBUILT else skins.boxes
    page = _page(item.title, body, language=item.language, encoding=encoding, skin=skin)
    return InventedPage(item.address, page, item.truth)


def _other_addresses(item: _Item, chance: random.Random) -> Iterator[InventedPage]:
    """Of some items: a print view, the name without www, a session's number, an older address, the story told again."""
    truth = Truth(kind=item.truth.kind, title=item.title, language=item.language, same_as=item.address)
    again = _item_page(item, random.Random(item.number)).content
    if chance.random() < 0.1:
        body = f"<h1>{escape(item.title)}</h1><p>{item.date_line}</p><p>{item.standfirst}</p>{item.body}"
        page = f"<html><head><title>{escape(item.title)}</title></head><body>{body}</body></html>".encode()
        yield InventedPage(f"http://{HOST}/print.php?id={item.number}", page, truth)
    if chance.random() < 0.05:
        yield InventedPage(item.address.replace("//www.", "//"), again, truth)
    if chance.random() < 0.03:
        yield InventedPage(f"{item.address}?PHPSESSID={chance.getrandbits(64):x}", again, truth)
    if chance.random() < 0.05:
        older = f"{SITE}/?p={item.number}"
        yield InventedPage(older, b"Moved", truth, leads_to=f"{SITE}/way/{item.number}.php")
        yield InventedPage(f"{SITE}/way/{item.number}.php", b"Moved", truth, leads_to=item.address)
    if chance.random() < 0.02:
        told = replace(item, body=item.body + f"<p>{sentences(item.language, 1, chance)}</p>")
        page = _item_page(told, random.Random(item.number)).content
        yield InventedPage(item.address.replace(".html", "-again.html"), page, truth)


def _lists(items: list[_Item]) -> Iterator[tuple[InventedPage, list[int]]]:
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
        address = f"{SITE}/articles.php?position={position}"
        yield InventedPage(address, page, Truth(kind="list")), [item.number for item in shown]


def _page(
    title: str,
    body: str,
    *,
    language: str = "en",
    encoding: str = "utf-8",
    skin: Callable[..., str] = skins.boxes,
) -> bytes:
    charset = "" if encoding in ("cp1252", "mac_roman") else '<meta charset="utf-8">'
    text = skin(title, body, language=language, charset=charset, today=RETRIEVED.date())
    if encoding == "twice":
        return text.encode().decode("cp1252", "replace").encode()
    return text.encode(encoding, "replace")


def captures_of(pages: Iterable[InventedPage]) -> Iterator[Capture]:
    """All that somebody captured."""
    return (page.capture() for page in pages if page.content)


def write_folder(pages: Iterable[InventedPage], folder: Path) -> int:
    """Write pages as ``wget --mirror`` does, below a folder of the host's name; return how many there are.

    A folder keeps no addresses that only lead on.
    """
    number = 0
    for page in pages:
        if page.leads_to or not page.content:
            continue
        number += 1
        name = page.address.removeprefix("http://")
        path = folder / (f"{name}index.html" if name.endswith("/") else quote(name, safe="/?=&.-:"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.content)
    return number
