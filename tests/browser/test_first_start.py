"""Can a group begin on its own, with nothing but the address and the code from the terminal?"""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.staff import Staff
from tests.founding import TIBET_CIRCLE
from tests.running import RunningSite


def test_a_group_begins_signs_in_and_finds_its_sections(page: Page, empty_installation: RunningSite):
    page.goto(empty_installation.address + "/")
    page.wait_for_url("**/start/")
    fill_in(page, code="0000-0000-0000")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("This is not the code that the terminal shows.")).to_be_visible()
    fill_in(page, code=empty_installation.first_start_code)
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/accounts/login/")
    home = empty_installation.get("/en/").text
    assert "<h1" in home
    assert "Tibet Circle" in home
    assert len(re.findall(r'<li><a href="/en/[\w-]+/">', home)) >= 5
    assert "Peru" not in home
    style = re.search(r"/style/[0-9a-f]+\.css", home)
    assert style
    assert str(TIBET_CIRCLE["accent"]) in empty_installation.get(style[0]).text
    assert empty_installation.get("/es/").status == 200
    assert empty_installation.get("/start/").status == 302
    the_founder_must_set_up_a_second_factor(page, empty_installation)


def fill_in(page: Page, *, code: str) -> None:
    page.get_by_label("Code from the terminal").fill(code)
    for label, name in (
        ("Name of the group", "name"),
        ("Strapline", "strapline"),
        ("Country it follows", "country"),
        ("Where it is at home", "city"),
        ("Links elsewhere", "social"),
        ("Your name", "staff_name"),
        ("Your e-mail address", "staff_email"),
        ("Password", "password"),
    ):
        page.get_by_label(label, exact=False).first.fill(str(TIBET_CIRCLE[name]))
    page.get_by_role("checkbox", name="English").check()
    page.get_by_role("checkbox", name="Spanish").check()
    page.locator("input[type=color]").fill(str(TIBET_CIRCLE["accent"]))
    page.get_by_label("Currency").select_option("EUR")
    page.get_by_label("Time zone").select_option("Europe/Berlin")


def the_founder_must_set_up_a_second_factor(page: Page, site: RunningSite) -> None:
    staff = Staff(page, site)
    staff.go("/accounts/login/")
    page.get_by_label("Email").fill(str(TIBET_CIRCLE["staff_email"]))
    page.get_by_label("Password").fill(str(TIBET_CIRCLE["password"]))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile("/accounts/2fa/"))
    staff.go("/admin/")
    expect(page).to_have_url(re.compile("/accounts/2fa/"))
