"""Does an automatic audit by WCAG 2.2 AA find anything on any kind of page, in light and dark, small and wide?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.members import Member
from tests.browser.patience import visit
from tests.running import RunningSite
from tests.tour import DEMONSTRATION, FIRST_START, Stop, counterpart, tour_of_demonstration, tour_of_new_site

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
LOOKS = [(size, scheme) for size in (PHONE, DESK) for scheme in ("light", "dark")]
FEWEST_CHECKS = 8  # an audit that ran so few rules saw no page


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    context = visit(chromium)
    yield context.new_page()
    context.close()


def faults_on(page: Page, site: RunningSite, stop: Stop) -> list[str]:
    """Audit a page in each size and colour scheme; one line for each element that fails a rule."""
    page.goto(site.address + stop.path)
    found = []
    for size, scheme in LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        look = f"{stop.language} {stop.kind} ({stop.path}) at {size['width']} in {scheme}"
        found += audit(page, look)
    return found


def audit(page: Page, look: str) -> list[str]:
    results = Axe().run(page, options=OPTIONS).response
    passed = sum(len(rule["nodes"]) for rule in results["passes"])
    print(f"{look}: {len(results['passes'])} rules hold on {passed} elements")
    if len(results["passes"]) < FEWEST_CHECKS:
        return [f"{look}: only {len(results['passes'])} rules found anything to check"]
    return [
        f"{look}: {rule['id']}: {node['html'][:160]}"
        for rule in results["violations"]
        for node in rule["nodes"]
    ]


def test_the_demonstration_has_no_barrier(page: Page, demonstration: RunningSite):
    stops = tour_of_demonstration(demonstration)
    assert len({stop.kind for stop in stops}) == len(DEMONSTRATION) + 1
    assert len([stop for stop in stops if stop.language == "es"]) >= 25
    faults = [fault for stop in stops for fault in faults_on(page, demonstration, stop)]
    assert not faults, "\n".join(faults)


def test_what_members_alone_see_has_no_barrier(page: Page, demonstration: RunningSite):
    """Somebody joins, and opens all there is to be opened on the page that is theirs."""
    mila = Member(page, demonstration, "Mila Poma", "mila@example.org")
    mila.join(plan="Household", method="Cheque", others="Beto Poma")
    mila.has_applied()
    faults = faults_here(page, "thanks")
    mila.sign_in()
    for language, path in (("en", "/en/me/"), ("es", counterpart(demonstration, "/en/me/"))):
        page.goto(demonstration.address + path)
        expect(page.get_by_role("heading", level=1)).to_have_text(mila.name)
        page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
        faults += faults_here(page, f"own page in {language}")
        faults += twice_named(page)
    page.get_by_role("link", name="Dejar la membresía").click()
    faults += faults_here(page, "leaving")
    assert not faults, "\n".join(faults)


def faults_here(page: Page, kind: str) -> list[str]:
    """Audit the page that is open, in each size and colour scheme."""
    found = []
    for size, scheme in LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        found += audit(page, f"{kind} at {size['width']} in {scheme}")
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found += [f"{kind} at {size['width']}: wider than the screen"] * wide
    return found


def twice_named(page: Page) -> list[str]:
    """Names in the page that two elements have: a label would lead to the first of them."""
    names: list[str] = page.evaluate("[...document.querySelectorAll('[id]')].map((each) => each.id)")
    return [f"two elements are named {name}" for name in set(names) if names.count(name) > 1]


def test_a_new_group_s_site_has_no_barrier(page: Page, other_group: RunningSite):
    stops = tour_of_new_site(other_group)
    assert len(stops) > 25
    faults = [fault for stop in stops for fault in faults_on(page, other_group, stop)]
    assert not faults, "\n".join(faults)


def test_the_first_page_of_an_installation_has_no_barrier(page: Page, empty_installation: RunningSite):
    faults = faults_on(page, empty_installation, Stop("first start", FIRST_START))
    assert not faults, "\n".join(faults)


def test_the_audit_finds_a_barrier_where_there_is_one(page: Page, demonstration: RunningSite):
    page.goto(demonstration.address + "/en/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/icon.svg\">')")
    assert any("image-alt" in fault for fault in audit(page, "control"))
