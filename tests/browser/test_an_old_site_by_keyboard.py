"""Can somebody without a mouse give an old site, be told how far it is, and bring it across?"""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.staff import Staff
from tests.browser.test_an_old_site_s_way import POST, POSTS, tab_to, work

OUTLINED = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
}"""


def test_an_old_site_is_given_watched_and_brought_across_by_the_keyboard(staff: Staff, tmp_path: Path):
    file = tmp_path / "export.xml"
    item = POST.format(title="The well of Puno", number=1, state="publish")
    file.write_text(POSTS.format(items=item), encoding="utf-8")
    staff.page.on(
        "filechooser", lambda window: window.set_files(file)
    )  # before the page: Enter must not be faster
    staff.go("/admin/old-site/give/")
    field = staff.page.get_by_label("File")
    tab_to(staff, field)
    staff.page.keyboard.press("Enter")
    expect(field).to_have_value(re.compile("export.xml"))
    press(staff, "Look at it")
    status = staff.page.locator("p[role=status]")
    stop = staff.page.get_by_role("button", name="Stop looking every five seconds")
    tab_to(staff, stop)
    work(staff.site)
    expect(status).to_have_text("Looked at")  # told in place: nothing was loaded anew
    expect(status).to_be_focused()  # the button on which one was is gone
    press(staff, "Bring it across")
    expect(status).to_contain_text("Is being brought across")
    work(staff.site)
    expect(status).to_have_text("Brought across")


def press(staff: Staff, name: str) -> None:
    tab_to(staff, staff.page.get_by_role("button", name=name))
    assert staff.page.evaluate(OUTLINED)
    staff.page.keyboard.press("Enter")
