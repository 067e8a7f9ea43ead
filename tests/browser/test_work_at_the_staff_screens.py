"""Do the staff screens keep what they promise: schedule, approval, where something is used, no invented date?"""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.browser.conftest import DESK
from tests.browser.patience import visit
from tests.browser.staff import EDITOR, Staff
from tests.running import PUTUTU, RunningSite, environment

SCREENS = (
    "/admin/",
    "/admin/pages/1/",
    "/admin/pages/add/publishing/storypage/{news}/",
    "/admin/pages/{news}/",
    "/admin/images/",
    "/admin/documents/",
    "/admin/translations/",
    "/admin/reports/undated/",
    "/admin/settings/shell/sitesettings/1/",
    "/admin/snippets/",
)


@pytest.fixture
def editor(chromium: Browser, demonstration: RunningSite) -> Iterator[Staff]:
    """Somebody who may write but not publish."""
    context = visit(chromium, viewport=DESK, locale="en-GB")
    editor = Staff(context.new_page(), demonstration)
    editor.sign_in(EDITOR)
    yield editor
    context.close()


def test_a_scheduled_story_appears_when_its_time_has_come(staff: Staff):
    staff.begin_page("News", "To be read tomorrow")
    staff.page.get_by_role("button", name="Toggle status").click()
    staff.page.get_by_role("button", name="Set schedule").click()
    window = staff.page.get_by_role("dialog")
    window.get_by_role("textbox", name="Go live date/time").fill("2099-01-01 09:00")
    window.get_by_role("button", name="Save schedule").focus()
    staff.page.keyboard.press("Enter")
    staff.choose_action("Schedule to publish")
    staff.expect_message("scheduled for publishing")
    assert staff.site.get("/en/news/to-be-read-tomorrow/").status == 404
    publish_what_is_due(staff.site)
    assert staff.site.get("/en/news/to-be-read-tomorrow/").status == 404
    bring_schedules_forward(staff.site)
    publish_what_is_due(staff.site)
    assert staff.site.get("/en/news/to-be-read-tomorrow/").status == 200


def publish_what_is_due(site: RunningSite) -> None:
    subprocess.run(
        [PUTUTU, "manage", "publish_scheduled"], env=environment(site.data), check=True, capture_output=True
    )


def bring_schedules_forward(site: RunningSite) -> None:
    """Let 2099 be long ago."""
    connection = sqlite3.connect(site.data / "pututu.sqlite3", timeout=20)
    with connection:
        connection.execute(
            "UPDATE wagtailcore_revision SET approved_go_live_at = '2020-01-01 00:00:00', "
            "content = replace(content, '2099-01-01', '2020-01-01') WHERE approved_go_live_at IS NOT NULL"
        )
    connection.close()


def test_an_editor_submits_and_a_publisher_approves(staff: Staff, editor: Staff):
    editor.begin_page("News", "Waiting for a second pair of eyes")
    editor.page.get_by_role("button", name="More actions").click()
    expect(editor.page.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    editor.page.get_by_role("button", name="Submit to Approval by a publisher").click()
    editor.expect_message("submitted")
    assert staff.site.get("/en/news/waiting-for-a-second-pair-of-eyes/").status == 404
    staff.go("/admin/")
    staff.page.get_by_role("link", name="Waiting for a second pair of eyes").first.click()
    staff.choose_action("Approve and Publish")
    assert staff.site.get("/en/news/waiting-for-a-second-pair-of-eyes/").status == 200


def test_before_something_is_deleted_it_says_where_it_is_used(staff: Staff):
    number = staff.edit("New extractives index")
    staff.go(f"/admin/pages/{number}/delete/")
    used = staff.page.get_by_role("link", name="This story is referenced")
    expect(used).to_be_visible()
    used.click()
    expect(staff.page.get_by_role("table")).to_contain_text("Story")


@pytest.mark.parametrize("day", ["31 December 1969", "1 January 1970", "30 November -1"])
def test_a_stand_in_for_a_date_is_refused_with_its_reason(staff: Staff, day: str):
    staff.begin_page("News", "An item of the old site")
    expect(staff.type_date(day)).to_contain_text("Nobody wrote that day")
    staff.choose_action("Publish")
    error = staff.page.get_by_role("region", name="Date").locator(".w-field__errors")
    expect(error).to_contain_text("Nobody wrote that day")
    staff.go("/admin/")


def test_the_staff_screens_break_no_rule_of_their_own_policy(staff: Staff):
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error":
            said.append(f"{staff.page.url}: {message.text}")

    staff.page.on("console", listen)
    staff.page.on("pageerror", lambda error: said.append(f"{staff.page.url}: {error}"))
    staff.explore("News")
    news = staff.page.url.rstrip("/").rpartition("/")[2]
    for screen in SCREENS:
        answer = staff.page.goto(staff.site.address + screen.format(news=news))
        assert answer
        assert answer.status == 200, screen
        staff.page.wait_for_load_state("networkidle")
    choose_a_picture(staff.page, staff.site.address + SCREENS[2].format(news=news))
    assert not said, "\n".join(said)
    with staff.page.expect_console_message(lambda message: "Content Security Policy" in message.text):
        staff.page.evaluate("fetch('https://elsewhere.example/').catch(() => null)")
    assert any(
        "Content Security Policy" in line for line in said
    )  # the control: a foreign address is refused


def choose_a_picture(page: Page, form: str) -> None:
    page.goto(form)
    page.get_by_role("button", name="Choose an image").first.click()
    page.get_by_role("dialog").get_by_role("listitem").locator("a").first.click()
    page.get_by_role("dialog").wait_for(state="detached")
