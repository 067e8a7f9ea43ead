"""Can everybody read: without a mouse, without scripts, without being watched?"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.patience import visit
from tests.running import RunningSite
from tests.tour import Stop, tour_of_demonstration, tour_of_new_site

MOST_KEYS = 40
SEES_FOCUS = """() => {
  const look = getComputedStyle(document.activeElement);
  const box = document.activeElement.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2;
}"""
NAME = "() => (document.activeElement.innerText || document.activeElement.name || '').trim()"
SPILLS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def tab_to(page: Page, name: str) -> None:
    """Press Tab until something of this name has the focus, which must be visible at every step."""
    passed = []
    for _press in range(MOST_KEYS):
        page.keyboard.press("Tab")
        assert page.evaluate(SEES_FOCUS), f"nothing shows that {page.evaluate(NAME)!r} has the focus"
        passed.append(page.evaluate(NAME))
        if passed[-1] == name:
            return
    raise AssertionError(f"{name!r} was not among {passed}")


def test_the_skip_link_comes_first_and_leads_to_the_text(page: Page, demonstration: RunningSite):
    page.goto(demonstration.address + "/en/")
    page.keyboard.press("Tab")
    assert page.evaluate(NAME) == "Skip to the text"
    expect(page.get_by_role("link", name="Skip to the text")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


def test_menu_language_and_search_work_without_a_mouse(page: Page, demonstration: RunningSite):
    page.goto(demonstration.address + "/en/")
    tab_to(page, "Articles")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/articles/")
    tab_to(page, "Español")
    page.keyboard.press("Enter")
    page.wait_for_url("**/es/**")
    assert page.locator("html").get_attribute("lang") == "es"
    page.go_back()
    tab_to(page, "Search")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/")
    tab_to(page, "q")
    page.keyboard.type("coca")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=coca*")
    found = page.locator("main h2 a, main h3 a").first
    found.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/search/" not in url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_how_we_know_a_date_opens_without_a_mouse(page: Page, demonstration: RunningSite):
    page.goto(demonstration.address + "/en/articles/coca-number-one/")
    reason = page.get_by_text("Not before 24 September 2013")
    expect(reason).to_be_hidden()
    tab_to(page, "How we know this date")
    page.keyboard.press("Enter")
    expect(reason).to_be_visible()


@pytest.mark.parametrize(
    "path", ["/en/", "/en/articles/coca-number-one/", "/en/archive/", "/en/search/?q=coca"]
)
def test_the_keyboard_goes_through_a_page_and_out_again(page: Page, demonstration: RunningSite, path: str):
    page.goto(demonstration.address + path)
    stations = page.locator(
        ":is(a[href], button, input:not([type=hidden]), select, summary, [tabindex='0']):visible"
    ).count()
    assert stations > 20
    for _press in range(stations + 5):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement === document.body"):
            return  # the last one was passed, and the focus left the page
    raise AssertionError(f"{stations} stations, and still no way out")


@pytest.fixture(scope="module")
def bare(chromium: Browser) -> Iterator[Page]:
    """A browser that runs no script."""
    context = visit(chromium, viewport=DESK, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_everything_works_without_scripts(bare: Page, demonstration: RunningSite):
    bare.goto(demonstration.address + "/en/search/")
    bare.get_by_role("searchbox").last.fill("coca")
    bare.get_by_role("searchbox").last.press("Enter")
    bare.wait_for_url("**/search/?q=coca*")
    bare.locator("main h2 a, main h3 a").first.click()
    expect(bare.get_by_role("heading", level=1)).to_be_visible()
    bare.goto(demonstration.address + "/en/articles/coca-number-one/")
    bare.get_by_text("How we know this date").click()
    expect(bare.get_by_text("Not before 24 September 2013")).to_be_visible()
    expect(bare.locator("svg.chart").first).to_be_visible()
    bare.get_by_role("link", name="Español").click()
    bare.wait_for_url("**/es/**")


@pytest.fixture(params=["demonstration", "other_group"])
def toured(request: pytest.FixtureRequest) -> tuple[RunningSite, list[Stop]]:
    site: RunningSite = request.getfixturevalue(request.param)
    tour = tour_of_demonstration if request.param == "demonstration" else tour_of_new_site
    return site, [stop for stop in tour(site) if stop.kind != "sign-in"]


def test_no_page_calls_elsewhere_sets_a_cookie_breaks_its_policy_or_spills_over(
    page: Page, toured: tuple[RunningSite, list[Stop]]
):
    site, stops = toured
    foreign: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: foreign.append(request.url) if not is_own(site, request.url) else None)
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    spilt = []
    for stop in stops:
        page.goto(site.address + stop.path)
        for width in (320, PHONE["width"], DESK["width"]):
            page.set_viewport_size({"width": width, "height": 800})
            if (over := page.evaluate(SPILLS)) > 0:
                spilt.append(f"{stop.path} at {width}: {over} px too wide")
    kept = [line for line in said if not ("nowhere-to-be-found" in line and "404" in line)]
    assert len(stops) > 20
    assert not foreign
    assert not kept, "\n".join(kept)
    assert not spilt, "\n".join(spilt)
    assert page.context.cookies() == []


def is_own(site: RunningSite, url: str) -> bool:
    return urlsplit(url).netloc == urlsplit(site.address).netloc


def test_a_broken_policy_a_foreign_request_and_a_cookie_would_be_seen(page: Page, demonstration: RunningSite):
    said: list[str] = []
    foreign: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on(
        "request",
        lambda request: foreign.append(request.url) if not is_own(demonstration, request.url) else None,
    )
    page.goto(demonstration.address + "/en/")
    with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"width:3000px\">wide</p>')")
        page.evaluate("document.querySelector('main').className = ''")
    assert any("Content Security Policy" in line for line in said)
    page.goto(f"http://localhost:{demonstration.port}/en/")
    assert foreign
    page.goto(demonstration.address + "/accounts/login/")
    assert page.context.cookies()
