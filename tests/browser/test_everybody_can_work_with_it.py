"""Do the screens about people, memberships and money hold at a desk and on a telephone, in the longer language?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.patience import visit
from tests.browser.staff import Staff
from tests.browser.test_everybody_can_read_it import audit
from tests.running import RunningSite

SCREENS = (
    *("people/", "people/add/", "people/log/", "people/lists/", "people/duplicates/", "people/out/"),
    *("people/segments/", "people/retention/", "people/retention/links/"),
    *("memberships/", "memberships/waiting/", "memberships/reminders/", "memberships/rules/"),
    *("memberships/figures/", "memberships/in-advance/"),
    *("money/payments/", "money/payments/take/", "money/regular/", "money/statements/", "money/lines/"),
    *("money/lines/together/", "money/year/", "money/messages/", "money/gift-aid/"),
)
OF_SOMEBODY = ("", "edit/", "agreement/", "addresses/add/", "erase/")
OF_A_MEMBERSHIP = ("", "plan/", "grant/", "people/", "override/", "end/")
CUT = """() => [...document.querySelectorAll("main :is(a, button, input, select, textarea)")].filter((each) => {
  const place = each.getBoundingClientRect();
  let around = each.parentElement;
  while (around && getComputedStyle(around).overflowX !== "auto") around = around.parentElement;
  return place.width > 0 && place.right > innerWidth && !around;
}).map((each) => each.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def coordinadora(chromium: Browser, demonstration: RunningSite) -> Iterator[Staff]:
    """The coordinator, while she has the screens in Spanish."""
    context = visit(chromium, viewport=DESK, locale="en-GB")
    staff = Staff(context.new_page(), demonstration)
    staff.sign_in()
    speak(staff, "es")
    yield staff
    speak(staff, "en")
    context.close()


def speak(staff: Staff, language: str) -> None:
    staff.go("/admin/account/")
    staff.page.set_viewport_size(DESK)
    staff.page.locator('select[name="locale-preferred_language"]').select_option(language)
    staff.page.locator("main form button[type=submit]").first.click()
    expect(staff.page.locator("html")).to_have_attribute("lang", language)


def faults_of(staff: Staff, path: str) -> list[str]:
    """Audit a screen at a desk and on a telephone; one line for each fault, or each thing that is cut off."""
    staff.go(f"/admin/{path}")
    expect(staff.page.locator("html")).to_have_attribute("lang", "es")
    found: list[str] = []
    for size in (DESK, PHONE):
        staff.page.set_viewport_size(size)
        look = f"{path} at {size['width']}"
        found += audit(staff.page, look)
        found += [f"{look}: cut off: {each}" for each in staff.page.evaluate(CUT)]
    return found


def first_of(staff: Staff, path: str) -> str:
    """The address, below the staff screens, of the first row of a list."""
    staff.go(f"/admin/{path}")
    href = staff.page.locator("td.title a").first.get_attribute("href") or ""
    return href.removeprefix("/admin/")


def test_no_screen_about_people_memberships_and_money_has_a_barrier_or_is_cut_off(coordinadora: Staff):
    person, membership = first_of(coordinadora, "people/"), first_of(coordinadora, "memberships/")
    paths = [
        *SCREENS,
        *(person + each for each in OF_SOMEBODY),
        *(membership + each for each in OF_A_MEMBERSHIP),
    ]
    faults = [fault for path in paths for fault in faults_of(coordinadora, path)]
    assert not faults, "\n".join(faults)


def test_what_is_cut_off_is_found(coordinadora: Staff):
    coordinadora.go("/admin/people/")
    coordinadora.page.set_viewport_size(PHONE)
    assert not coordinadora.page.evaluate(CUT)
    coordinadora.page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<button>' + 'x'.repeat(99) + '</button>')"
    )
    assert coordinadora.page.evaluate(CUT)
