"""What does the whole site tell that no page tells by itself?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pututu.rescue.capture import Capture
from pututu.rescue.dating.facts import key_of
from pututu.rescue.dating.likeness import likeness, sketch_of
from pututu.rescue.dating.numbers import is_rising, issue_of, numbered
from pututu.rescue.dating.site import read_site
from pututu.rescue.item import Basis, ItemKind, OldItem
from pututu.rescue.tests.old_pages import TEMPLATES, WORDS, Page

AIMS = (
    "The Circle exists so that those who live by the rivers are heard where it is decided about their water."
)


def items(*pages: Page) -> list[OldItem]:
    return [item for item in read_site(page.capture() for page in pages) if isinstance(item, OldItem)]


def made(template: str, count: int = 6, **more: str) -> list[Page]:
    return [
        Page(
            template,
            title=f"Story {n} of the site",
            day=dt.date(2010, 1, 1 + n),
            sentences=tuple(f"{sentence}, number {n}" for sentence in WORDS["en"]),
            address=f"http://andes.example/story-{n}.html",
            **more,
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("template", ["wordpress", "drupal", "static"])
def test_what_stands_beside_many_pages_is_read_once_as_background(template: str) -> None:
    found = items(*made(template, sidebar=f"<h3>Our aims</h3><p>{AIMS}</p>"))
    assert [item.title for item in found if item.kind is ItemKind.BACKGROUND] == ["Our aims"]
    assert not [item for item in found if item.kind is ItemKind.STORY and AIMS in item.body]
    alone = items(*made(template, 1, sidebar=f"<h3>Our aims</h3><p>{AIMS}</p>"))
    assert [item.title for item in alone] == ["Story 0 of the site"]


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_a_paragraph_that_stands_in_every_body_is_taken_out(template: str) -> None:
    repeated = [replace(page, sentences=(*page.sentences, *([AIMS] * 2))) for page in made(template)]
    shared = [replace(page, sentences=(AIMS,) * 8) for page in made(template)]
    assert all("number" in item.body for item in items(*repeated))
    assert not [item for item in items(*shared) if AIMS in item.body]
    assert AIMS in items(shared[0])[0].body


def test_the_order_of_numbers_is_learnt_from_dates_that_leave_no_doubt() -> None:
    lines = ["25/12/2011", "31/01/2012", "13/02/2013", "04/03/2013"]
    pages = [replace(page, day=None, line=line) for page, line in zip(made("static"), lines, strict=False)]
    dates = {item.title: item.published.edtf if item.published else None for item in items(*pages)}
    assert dates["Story 3 of the site"] == "2013-03-04"
    alone = items(pages[3])[0]
    assert alone.published is None
    assert "two days" in alone.reason


def test_witnesses_that_exclude_each_other_leave_it_to_a_person() -> None:
    page = Page("static", day=dt.date(2013, 9, 24), has_json_ld=True, line="16 December 2014")
    item = items(page)[0]
    assert (item.published, item.is_conflict) == (None, True)
    assert {quote.text for quote in item.evidence} == {"16 December 2014", "2013-09-24T12:00:00+00:00"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://andes.example/a.html", "https://www.andes.example/a.html#top"),
        ("http://andes.example/a/", "http://andes.example/a/index.html"),
        ("http://andes.example/a.php?id=3", "http://andes.example/a.php?id=3&print=1"),
        ("http://andes.example/a.php?b=1&a=2", "http://andes.example/a.php?a=2&b=1"),
    ],
)
def test_addresses_of_one_page_have_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)
    assert key_of(one) != key_of("http://andes.example/a.php?id=4")


def test_numbers_are_a_series_and_days_and_offsets_are_none() -> None:
    assert numbered("http://a.example/article-694.html") == ("/article-#.html", 694)
    assert numbered("http://a.example/news.php?id=12") == ("/news.php?id=#", 12)
    assert numbered("http://a.example/articles.php?position=720") is None
    assert numbered("http://a.example/2013/09/24/title") is None
    days = [dt.date(2010, 1, n) for n in range(1, 21)]
    assert is_rising(days)
    assert not is_rising(days[::-1])
    assert not is_rising(days[:5])


@pytest.mark.parametrize(
    ("text", "series"),
    [
        ("Update 129. 30 September 2008", ("issue update", 129)),
        ("Peru News 065. 31 May 2011", ("issue peru news", 65)),
        ("Boletín Nº 45: agua", ("issue boletin", 45)),
        ("Newsletter 2013", None),
        ("News 3 May 2011", None),
        ("Update 129/130", None),
        ("Breaking news: 24 hours in Puno", None),
    ],
)
def test_the_number_of_an_issue_is_one_of_its_series(text: str, series: tuple[str, int] | None) -> None:
    assert issue_of(text) == series


def an_issue(number: int, *, day: dt.date | None, name: str) -> Capture:
    printed = f"{day:%d %B %Y}" if day else "31 December 1969"
    text = f"Those who live by river {number} were heard in Lima, and the company was told to come back. " * 4
    page = f"<html><body><h1>Update {number}</h1><p class='date'>{printed}</p><p>{text}</p></body></html>"
    return Capture(
        address=f"http://a.example/{name}.html", content=page.encode(), media_type="text/html", source="x"
    )


def test_an_undated_issue_lies_between_those_before_and_behind_it() -> None:
    days = {number: dt.date(2008, 1, 15) + dt.timedelta(days=30 * number) for number in range(12)}
    names = dict(zip(days, "qazwsxedcrfv", strict=True))  # the addresses tell nothing
    issues = [
        an_issue(number, day=None if number == 6 else day, name=names[number]) for number, day in days.items()
    ]
    lost = next(each for each in read_site(issues) if isinstance(each, OldItem) and each.title == "Update 6")
    assert lost.basis is Basis.NEIGHBOURS
    assert lost.published is not None
    assert lost.published.earliest == days[4]
    assert lost.published.latest == days[8]
    assert lost.reason.startswith(
        "It shows “31 December 1969”, which a computer writes where no date is known. "
    )
    assert "around its own" in lost.reason
    mixed = [
        an_issue(number * 5 % 12, day=None if number == 6 else day, name=names[number])
        for number, day in days.items()
    ]
    lost = next(each for each in read_site(mixed) if isinstance(each, OldItem) and each.stand_in)
    assert lost.published is None


def test_the_day_of_an_import_is_reported_as_what_it_is() -> None:
    moved = [an_issue(n, day=dt.date(2011, 7, 3), name=f"m{n * 7919 % 997}") for n in range(25)]
    own = [an_issue(n, day=dt.date(2000, 1, 1) + dt.timedelta(n), name=f"o{n}") for n in range(40, 60)]
    found = [each for each in read_site([*moved, *own]) if isinstance(each, OldItem)]
    shown = [each for each in found if each.stand_in]
    assert len(shown) == len(moved)
    assert {each.reason for each in shown if each.published is None} == {
        "It shows “03 July 2011”, the day of an import: very many items have it."
    }
    assert not [each for each in shown if each.published and each.published.earliest == dt.date(2011, 7, 3)]


def test_likeness_is_high_for_nearly_the_same_and_low_for_another() -> None:
    text = " ".join(f"word{n}" for n in range(300))
    assert likeness(sketch_of(text), sketch_of(text + " and more")) > 0.9
    assert likeness(sketch_of(text), sketch_of(" ".join(f"other{n}" for n in range(300)))) < 0.1
