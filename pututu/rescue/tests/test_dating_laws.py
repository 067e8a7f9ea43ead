"""Do the laws hold on any page: what says nothing of its date changes nothing, what moves its date moves the answer?"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pututu.rescue.capture import Capture
from pututu.rescue.dating.quotes import is_found
from pututu.rescue.dating.site import read_site
from pututu.rescue.item import Basis, OldItem
from pututu.rescue.tests.old_pages import WORDS, Page, pages, undated

LAWS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SAYS_NOTHING = {
    "banner": (
        "<div>Today is Thursday 26 November 2026</div>",
        "<div>Hoy es jueves 26 de noviembre de 2026</div>",
        '<div class="cookie-banner">We use cookies. Policy of 25 May 2018. <a href="/c">Accept</a></div>',
        "<p>31 December 1969</p>",
        "<p>1 January 1970</p>",
    ),
    "comments": (
        "<p>Rosa says:</p><p>3 March 2019 at 10:12</p><p>I was there and saw the river.</p>",
        '<div class="comment"><time datetime="2019-03-03T10:12:00">3 March 2019</time><p>Gracias.</p></div>',
    ),
    "footer": ("<p>© 2019 Circle of the Andes</p>", "<p>Copyright 2004-2019. Last updated 4 May 2019</p>"),
    "sidebar": (
        '<h3>Latest</h3><ul><li><a href="/a">Another story of ours</a> 2 May 2016</li></ul>',
        "<h3>Agenda</h3><p>5 June 2017: a walk</p>",
    ),
}


def read(page: Page, *others: Page) -> OldItem:
    found = [
        each for each in read_site(each.capture() for each in (page, *others)) if isinstance(each, OldItem)
    ]
    return next(item for item in found if item.address == page.address)


def edtf(item: OldItem) -> str | None:
    return item.published.edtf if item.published else None


@LAWS
@given(page=pages())
def test_a_dated_page_gets_its_day_and_its_title(page: Page) -> None:
    item = read(page)
    assert (item.title, edtf(item), item.basis) == (page.title, str(page.day), Basis.STATED)
    assert page.sentences[0] in item.body


@LAWS
@given(page=pages())
def test_without_its_date_a_page_is_not_dated(page: Page) -> None:
    assert edtf(read(undated(page))) is None


@LAWS
@given(page=pages(), days=st.integers(-400, 400))
def test_a_shifted_date_shifts_the_answer(page: Page, days: int) -> None:
    assert page.day
    day = page.day + dt.timedelta(days=days)
    if day not in (dt.date(1970, 1, 1), dt.date(1969, 12, 31)):
        assert edtf(read(replace(page, day=day))) == str(day)


@LAWS
@given(
    page=pages(), where=st.sampled_from(sorted(SAYS_NOTHING)), number=st.integers(0, 9), dated=st.booleans()
)
def test_what_says_nothing_of_the_date_changes_nothing(
    page: Page, where: str, number: int, dated: bool
) -> None:
    page = page if dated else undated(page)
    piece = SAYS_NOTHING[where][number % len(SAYS_NOTHING[where])]
    assert edtf(read(replace(page, **{where: piece}))) == edtf(read(page))


@LAWS
@given(page=pages())
def test_without_structured_data_only_confidence_falls(page: Page) -> None:
    with_data, without = read(replace(page, has_json_ld=True)), read(replace(page, has_json_ld=False))
    assert edtf(with_data) == edtf(without)
    assert with_data.confidence >= without.confidence


@LAWS
@given(page=pages(), day=st.integers(1, 12), month=st.integers(1, 12))
def test_the_order_of_day_and_month_follows_the_language(page: Page, day: int, month: int) -> None:
    page = replace(
        page, has_json_ld=False, line=f"{day:02d}/{month:02d}/2013", language="es", sentences=WORDS["es"]
    )
    assert edtf(read(page)) == f"2013-{month:02d}-{day:02d}"
    assert edtf(read(replace(page, language="en-us", sentences=WORDS["en"]))) == f"2013-{day:02d}-{month:02d}"
    english = edtf(read(replace(page, language="en", sentences=WORDS["en"])))
    assert english == (f"2013-{day:02d}-{day:02d}" if day == month else None)


@LAWS
@given(
    page=pages(),
    stand_in=st.sampled_from(("31 December 1969", "1 January 1970", "30 November -1", "0000-00-00")),
)
def test_a_stand_in_never_becomes_a_date_and_is_told(page: Page, stand_in: str) -> None:
    item = read(replace(page, day=None, line=stand_in, template="wordpress"))
    assert (edtf(item), item.stand_in) == (None, stand_in)


@LAWS
@given(page=pages(), where=st.sampled_from(sorted(SAYS_NOTHING)))
def test_every_quote_is_found_again_at_its_place(page: Page, where: str) -> None:
    page = replace(page, **{where: SAYS_NOTHING[where][0]})
    item = read(page)
    assert item.evidence
    assert all(is_found(quote, page.capture()) for quote in item.evidence)
    other = replace(page, title="x", sentences=(), day=dt.date(1999, 9, 9)).capture()
    assert not all(is_found(quote, other) for quote in item.evidence)


# --- a whole site


def numbered_site(days: list[dt.date], hidden: int) -> list[Page]:
    made = [
        Page(
            "static",
            day=day,
            title=f"Story number {n} of the site",
            address=f"http://andes.example/article-{n}.html",
        )
        for n, day in enumerate(days, 1)
    ]
    return [undated(page) if n == hidden else page for n, page in enumerate(made)]


@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_neighbours_bound_a_hidden_day_only_where_numbers_rise(data: st.DataObject) -> None:
    days = sorted(
        data.draw(
            st.lists(
                st.dates(dt.date(2001, 1, 1), dt.date(2019, 1, 1)), min_size=20, max_size=20, unique=True
            )
        )
    )
    hidden = data.draw(st.integers(3, 16))
    made = numbered_site(days, hidden)
    item = read(made[hidden], *made[:hidden], *made[hidden + 1 :])
    assert item.basis is Basis.NEIGHBOURS
    assert item.published
    assert item.published.overlaps(days[hidden], days[hidden])
    mixed = days[:]
    random.Random(7).shuffle(mixed)
    made = numbered_site(mixed, hidden)
    assert edtf(read(made[hidden], *made[:hidden], *made[hidden + 1 :])) is None


@settings(max_examples=10, deadline=None)
@given(data=st.data(), shift=st.integers(-2000, 2000))
def test_a_shift_of_all_days_of_a_site_shifts_every_answer_and_bound(data: st.DataObject, shift: int) -> None:
    spans = st.dates(dt.date(2003, 1, 1), dt.date(2017, 1, 1))
    days = sorted(data.draw(st.lists(spans, min_size=20, max_size=20, unique=True)))
    hidden = data.draw(st.integers(3, 16))
    moved = [day + dt.timedelta(days=shift) for day in days]
    before, after = (
        {
            item.address: item
            for item in read_site(page.capture() for page in made)
            if isinstance(item, OldItem)
        }
        for made in (numbered_site(days, hidden), numbered_site(moved, hidden))
    )
    assert before.keys() == after.keys()
    assert sum(item.basis is Basis.NEIGHBOURS for item in before.values()) == 1
    for address, item in before.items():
        assert item.published
        assert item.published.earliest
        other = after[address].published
        assert other
        assert other.earliest == item.published.earliest + dt.timedelta(days=shift)
        assert (item.basis, item.confidence) == (after[address].basis, after[address].confidence)


def test_the_day_of_an_import_is_no_date() -> None:
    stamped = [
        Page(
            "wordpress",
            day=dt.date(2016, 5, 4),
            title=f"Story {n}",
            address=f"http://andes.example/s/{chr(97 + n)}",
        )
        for n in range(24)
    ]
    true = Page("wordpress", day=dt.date(2014, 3, 2), title="True", address="http://andes.example/s/true")
    found = {
        item.title: item
        for item in read_site(p.capture() for p in (*stamped, true))
        if isinstance(item, OldItem)
    }
    assert edtf(found["True"]) == "2014-03-02"
    assert {edtf(item) for title, item in found.items() if title != "True"} == {None}
    assert found["Story 3"].stand_in == "4 May 2016"


def test_one_story_at_several_addresses_is_one_with_its_aliases() -> None:
    page = Page("wordpress")
    same = [
        replace(page, address=address)
        for address in (
            "http://andes.example/article-694.html",
            "http://www.andes.example/article-694.html?print=1",
        )
    ]
    near = replace(
        page,
        address="http://andes.example/another-address/water-again.html",
        sentences=(*page.sentences, "It rained"),
    )
    apart = replace(
        page, title="Another", sentences=tuple(reversed(page.sentences)), address="http://andes.example/b"
    )
    found = {
        i.address: i for i in read_site(p.capture() for p in (page, *same, near)) if isinstance(i, OldItem)
    }
    first = found["http://andes.example/article-694.html"]
    assert len(first.aliases) == 2
    assert first.duplicate_of is None
    assert found[near.address].duplicate_of == first.address
    assert found[near.address].address not in first.aliases
    assert read(apart, page).duplicate_of is None or apart.sentences != page.sentences


def test_two_captures_of_an_address_are_one_page_that_is_not_later_than_the_first() -> None:
    page = undated(Page("static"))
    captures = [
        replace_capture(page.capture(), dt.datetime(year, 5, 1, tzinfo=dt.UTC)) for year in (2019, 2015)
    ]
    items = [item for item in read_site(captures) if isinstance(item, OldItem)]
    assert len(items) == 1
    assert items[0].published is None
    assert "1 May 2015" in items[0].reason


def replace_capture(capture: Capture, at: dt.datetime) -> Capture:
    return replace(capture, retrieved=at)
