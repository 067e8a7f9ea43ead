"""Does everything hold that has to hold on every page that can be reached, written or empty?"""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.running import Answer, RunningSite
from tests.site.crawl import MOST_ADDRESSES, Crawl, SeenPage

FEWEST_PAGES = {"demonstration": 200, "other_group": 20}


@pytest.fixture(scope="module", params=["demonstration", "other_group"])
def crawl(request: pytest.FixtureRequest) -> Crawl:
    site: RunningSite = request.getfixturevalue(request.param)
    crawl = Crawl(site).run()
    assert FEWEST_PAGES[request.param] <= len(crawl.pages)
    assert len(crawl.answers) < MOST_ADDRESSES
    return crawl


def test_no_link_is_broken_and_none_takes_a_detour(crawl: Crawl):
    front_door = f"{crawl.site.address}/"
    faults = [
        f"{address} answers {answer.status}, linked from {crawl.came_from.get(address)}"
        for address, answer in crawl.answers.items()
        if answer.status != 200 and address != front_door
    ]
    assert not faults, "\n".join(faults)


def test_every_link_into_a_page_finds_its_place(crawl: Crawl):
    faults = [
        f"{address}#{mark} has no such place, linked from {crawl.came_from[address]}"
        for address, marks in crawl.targets.items()
        if address in crawl.pages
        for mark in marks
        if mark and mark not in crawl.pages[address].ids
    ]
    assert any(mark for marks in crawl.targets.values() for mark in marks)
    assert not faults, "\n".join(faults)


def test_every_page_is_valid_html(crawl: Crawl):
    faults = [f"{page.address}: {error}" for page in crawl.pages.values() for error in page.errors]
    faults += [
        f"{page.address}: the id {name} stands twice"
        for page in crawl.pages.values()
        for name in {each for each in page.ids if page.ids.count(each) > 1}
    ]
    assert not faults, "\n".join(faults[:40])


def test_every_page_has_a_title_of_its_own_one_main_heading_and_a_language(crawl: Crawl):
    faults = []
    for page in crawl.pages.values():
        titles = [each for each in page.texts("title") if each]
        if not page.root.find("head/title").text:
            faults.append(f"{page.address}: no title")
        headings = page.texts("h1")
        if len(headings) != 1 or not headings[0]:
            faults.append(f"{page.address}: headings of the first rank: {headings}")
        wanted = language_of(page)
        if page.root.get("lang") != wanted:
            faults.append(f"{page.address}: lang is {page.root.get('lang')}, not {wanted}")
        assert titles
    assert not faults, "\n".join(faults)


def language_of(page: SeenPage) -> str:
    first = urlsplit(page.address).path.split("/")[1]
    return first if first in ("en", "es") else "en"


def test_pages_that_answer_each_other_say_so_both_ways(crawl: Crawl):
    faults = []
    pairs = 0
    for page in crawl.pages.values():
        for language, address in page.relations("alternate").items():
            other = crawl.pages.get(address)
            if language == "x-default":
                continue
            pairs += 1
            if other is None:
                faults.append(f"{page.address}: its {language} page {address} was not reached")
            elif own_address(page) not in other.relations("alternate").values():
                faults.append(f"{page.address}: {address} does not point back")
    assert pairs > 15
    assert not faults, "\n".join(faults)


def own_address(page: SeenPage) -> str:
    return page.relations("canonical").get("", page.address)


def test_every_page_names_the_one_address_that_it_is_known_by(crawl: Crawl):
    faults = []
    for page in crawl.pages.values():
        if urlsplit(page.address).path.startswith("/accounts/"):
            continue
        canonical = page.relations("canonical").get("")
        if "noindex" in (page.answer.headers.get("X-Robots-Tag") or ""):
            continue
        if canonical is None:
            faults.append(f"{page.address}: none")
        elif urlsplit(canonical)[:3] != urlsplit(page.address)[:3]:
            faults.append(f"{page.address}: {canonical}")
    assert not faults, "\n".join(faults)


def test_no_page_loads_anything_from_elsewhere(crawl: Crawl):
    faults = [
        f"{page.address}: {link}"
        for page in crawl.pages.values()
        for link in page.loaded
        if not crawl.is_own(link)
    ]
    assert any(page.loaded for page in crawl.pages.values())
    assert not faults, "\n".join(faults)


def test_no_answer_to_a_reader_sets_a_cookie(crawl: Crawl):
    readers = {
        address: answer
        for address, answer in crawl.answers.items()
        if not urlsplit(address).path.startswith("/accounts/")
    }
    assert not [address for address, answer in readers.items() if answer.headers.get("Set-Cookie")]
    assert crawl.site.get("/accounts/login/").headers.get(
        "Set-Cookie"
    )  # the sign-in form needs one: the control


def test_every_page_forbids_inline_scripts_and_foreign_sources(crawl: Crawl):
    faults = [page.address for page in crawl.pages.values() if not is_strict(page.answer)]
    assert not faults, "\n".join(faults)


def is_strict(answer: Answer) -> bool:
    rules = dict(
        rule.strip().partition(" ")[::2]
        for rule in (answer.headers.get("Content-Security-Policy") or "").split(";")
    )
    return (
        rules.get("default-src") == "'none'"
        and rules.get("script-src") == rules.get("style-src") == "'self'"
        and not any("unsafe" in sources or "http" in sources for sources in rules.values())
    )
