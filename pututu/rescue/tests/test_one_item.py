"""Do captures, addresses, ways and lists of one story become one item, and stories that only look alike two?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pututu.rescue.capture import Capture, Found, Revisit
from pututu.rescue.dating.facts import is_print_view
from pututu.rescue.dating.site import read_site
from pututu.rescue.item import Basis, ItemKind, OldItem
from pututu.rescue.tests.old_pages import WORDS, Page

SITE = "http://andes.example"


def story(number: int, **more: object) -> Page:
    said = tuple(f"{sentence}, as was told to {number} of us" for sentence in WORDS["en"])
    facts = {
        "title": f"Water for village {number}",
        "sentences": said,
        "address": f"{SITE}/story-{number}.html",
    }
    facts |= {"template": "static", "day": dt.date(2012, 3, number)}
    return Page(**{**facts, **more})  # type: ignore[arg-type]  # facts of a page


def sent(address: str, to: str, status: int = 301) -> Capture:
    return Capture(
        address=address,
        content=b"Moved",
        media_type="text/html",
        source="test",
        status=status,
        headers={"location": to},
    )


def at(year: int) -> dt.datetime:
    return dt.datetime(year, 5, 1, tzinfo=dt.UTC)


def read(*found: Found) -> dict[str, OldItem]:
    return {item.address: item for item in read_site(found) if isinstance(item, OldItem)}


# --- ways


def test_an_address_that_led_to_a_story_is_another_address_of_it_over_several_steps() -> None:
    items = read(
        story(1).capture(), sent(f"{SITE}/?p=1", "/old-1.php"), sent(f"{SITE}/old-1.php", "/story-1.html#top")
    )
    assert set(items) == {f"{SITE}/story-1.html"}
    assert items[f"{SITE}/story-1.html"].aliases == (f"{SITE}/?p=1", f"{SITE}/old-1.php")


def test_a_way_from_http_to_https_or_to_www_is_no_address_of_its_own() -> None:
    page = replace(story(1).capture(), address="https://www.andes.example/story-1.html")
    items = read(sent(f"{SITE}/story-1.html", page.address), page)
    assert items[page.address].aliases == ()
    assert len(items) == 1


def test_ways_in_a_circle_end_and_say_so() -> None:
    items = read(
        sent(f"{SITE}/a", "/b"), sent(f"{SITE}/b", "/c"), sent(f"{SITE}/c", "/b"), sent(f"{SITE}/d", "/d")
    )
    assert {item.reason for item in items.values()} == {"It led round in a circle."}
    assert set(items) == {f"{SITE}/{name}" for name in "abcd"}


def test_a_way_without_end_ends() -> None:
    steps = [sent(f"{SITE}/{n}", f"/{n + 1}") for n in range(50)]
    assert len(read(*steps, replace(story(1).capture(), address=f"{SITE}/50"))) > 20


def test_what_led_away_or_to_nothing_says_where_to() -> None:
    items = read(sent(f"{SITE}/away", "http://elsewhere.example/x"), sent(f"{SITE}/lost", "/never-captured"))
    assert "led away from the old site, to http://elsewhere.example/x" in items[f"{SITE}/away"].reason
    assert items[f"{SITE}/away"].leads_to == ""
    assert items[f"{SITE}/lost"].leads_to == f"{SITE}/never-captured"


def test_a_way_to_an_error_page_has_its_fate() -> None:
    gone = replace(story(1).capture(), status=404)
    items = read(gone, sent(f"{SITE}/old", gone.address))
    assert items[gone.address].kind is ItemKind.ERROR
    assert items[gone.address].aliases == (f"{SITE}/old",)


def test_a_page_counts_more_than_a_later_way_from_its_address() -> None:
    page, way = story(1).capture(), sent(f"{SITE}/story-1.html", "/")
    for order in ((page, way), (way, page)):
        found = [replace(each, retrieved=at(2014 + n)) for n, each in enumerate(order)]
        assert read(*found)[f"{SITE}/story-1.html"].kind is ItemKind.STORY


# --- captures


def test_of_several_captures_the_newest_words_stay_and_the_older_ones_are_named() -> None:
    old = replace(story(1).capture(), retrieved=at(2013))
    new = replace(story(1, title="Clean water for village 1").capture(), retrieved=at(2015))
    for order in ((old, new), (new, old)):
        item = read(*order)[old.address]
        assert item.title == "Clean water for village 1"
        assert [(each.sha256, each.differs) for each in item.variants] == [(old.sha256, ("title",))]
    assert read(old, replace(old, retrieved=at(2016)))[old.address].variants == ()


def test_a_revisit_shows_that_a_page_was_there_by_then_even_before_its_own_record() -> None:
    page = replace(story(1, day=None).capture(), retrieved=at(2015))
    again = Revisit(address=page.address, source="test", retrieved=at(2013), digest="sha1:A")
    assert "by 1 May 2015" in read(page)[page.address].reason
    for order in ((page, again), (again, page)):
        assert "by 1 May 2013" in read(*order)[page.address].reason


@pytest.mark.parametrize("refers_to", ["", f"{SITE}/story-1.html"])
def test_a_revisit_at_another_address_is_another_address_of_the_page(refers_to: str) -> None:
    page = replace(story(1).capture(), digest="sha1:A")
    again = Revisit(
        address=f"{SITE}/copy", source="test", retrieved=at(2013), digest="sha1:A", refers_to=refers_to
    )
    assert read(again, page)[page.address].aliases == (f"{SITE}/copy",)
    assert read(replace(page, digest="sha1:B"), replace(again, refers_to=""))[page.address].aliases == ()


# --- the same, and nearly the same


def test_www_and_a_print_view_are_one_with_the_page() -> None:
    page = story(1).capture()
    www = replace(page, address="http://www.andes.example/story-1.html")
    plain = story(1, template="old_php").capture()
    view = replace(plain, address=f"{SITE}/print.php?id=1")
    items = read(view, www, page)
    assert set(items[page.address].aliases) == {www.address, view.address}
    assert items[view.address].duplicate_of == page.address


def test_issues_of_a_series_are_never_one_however_alike() -> None:
    first, second = story(1, title="Update 129"), story(1, title="Update 130", address=f"{SITE}/story-2.html")
    assert [item.duplicate_of for item in read(first.capture(), second.capture()).values()] == [None, None]
    other = story(1, title="Update from the river", address=f"{SITE}/story-2.html")
    titled = story(1, title="Update from the rivers")
    found = read(titled.capture(), other.capture())
    assert [item.duplicate_of for item in found.values()] == [None, titled.address]


def test_a_story_that_was_changed_a_little_is_shown_as_a_suspect_and_stays() -> None:
    long = tuple(f"{sentence}, the {n}th time" for n in range(8) for sentence in WORDS["en"])
    one = story(1, sentences=long)
    other = replace(one, sentences=(*long[:-1], "A last word was added"), address=f"{SITE}/again.html")
    items = read(one.capture(), other.capture())
    suspect = next(item for item in items.values() if item.duplicate_of)
    assert not any(suspect.address in item.aliases for item in items.values())
    assert len(items) == 2


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/print.php?id=7", True), ("/story/7/print", True), ("/story.php?id=7&print=1", True),
        ("/printer-friendly/7", True), ("/index.php?option=com_content&tmpl=print", True),
        ("/printing-press.html", False), ("/story-7.html", False),
        ("/blueprint.html", False), ("/the-print-shop-of-puno.html", False),
    ],
)  # fmt: skip
def test_print_views_are_known_by_their_addresses(address: str, expected: bool) -> None:
    assert is_print_view(SITE + address) is expected


# --- what only a list names


def listing(*rows: str) -> Capture:
    told = "".join(f"<li>{row}</li>" for row in rows)
    page = f"<html><body><h1>Articles</h1><ul class='list'>{told}</ul></body></html>"
    return Capture(
        address=f"{SITE}/articles.php?position=0",
        content=page.encode(),
        media_type="text/html",
        source="test",
        retrieved=at(2014),
    )


def row(number: int, date: str, *, href: str = "") -> str:
    said = f"{WORDS['en'][number % 6]}, which nobody knew of before."
    return f"<a href='{href or f'/story-{number}.html'}'>Water for village {number}</a><br><i>{date}</i><br>{said}"


def test_a_story_that_only_a_list_names_is_an_item_with_the_lists_date() -> None:
    items = read(
        listing(row(1, "1 March 2012"), row(2, "2 March 2012"), row(3, "31 December 1969")),
        story(1).capture(),
    )
    lost = items[f"{SITE}/story-2.html"]
    assert (lost.title, lost.published and lost.published.edtf) == ("Water for village 2", "2012-03-02")
    assert lost.basis is Basis.OTHER_PAGE
    assert lost.listed_on == f"{SITE}/articles.php?position=0"
    assert {quote.where.partition(" (")[0] for quote in lost.evidence} == {lost.listed_on}
    zero = items[f"{SITE}/story-3.html"]
    assert (zero.published, zero.stand_in) == (None, "31 December 1969")
    assert items[f"{SITE}/story-1.html"].listed_on == ""


def test_links_to_other_sites_to_documents_and_of_menus_are_no_items() -> None:
    items = read(
        listing(
            row(1, "1 March 2012", href="http://elsewhere.example/story.html"),
            row(2, "2 March 2012", href="/report.pdf"),
            "<a href='/about.html'>About all of us</a>",
            row(4, "4 March 2012"),
        )
    )
    assert set(items) == {f"{SITE}/articles.php?position=0", f"{SITE}/story-4.html"}


# --- pictures


@pytest.mark.parametrize(("pages", "is_kept"), [(4, True), (8, False)])
def test_a_photograph_of_some_stories_is_kept_and_what_dresses_many_is_not(pages: int, is_kept: bool) -> None:
    def illustrated(number: int) -> Capture:
        page = story(number).capture()
        words = page.content.replace(b"</p>", b"</p><p><img src='/dam.jpg' alt='A dam'></p>", 1)
        return replace(page, content=words)

    items = read(*(illustrated(number) for number in range(1, pages + 1)))
    assert all(bool(each.pictures) is is_kept for each in items.values())
