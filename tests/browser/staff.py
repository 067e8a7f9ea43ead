"""What does somebody do who works on the site, in Wagtail's own screens?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.running import RunningSite

COORDINATOR = "coordinator@demo.example"
EDITOR = "editor@demo.example"
TREASURER = "treasurer@demo.example"
EXPLORE = re.compile("Explore child pages")


@dataclass
class Staff:
    """Somebody at the staff screens; each method is something that a person would say they did."""

    page: Page
    site: RunningSite

    def sign_in(self, email: str = COORDINATOR, password: str = "") -> None:
        self.go("/accounts/login/")
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password").fill(password or self.site.password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.wait_for_url("**/admin/")

    def go(self, path: str) -> None:
        self.page.goto(self.site.address + path)

    def explore(self, section: str, *, language: str = "English") -> None:
        """Go to the list of what stands in a section of one language's tree."""
        self.go("/admin/pages/1/")
        self.page.get_by_role("row").filter(has_text=language).get_by_label(EXPLORE).click()
        self.page.get_by_role("row").filter(has=self.link(section)).get_by_label(EXPLORE).click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(section)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name, exact=True)

    def begin_page(self, section: str, title: str) -> None:
        """Begin a page in a section that takes one kind of page; its address follows from the title."""
        self.explore(section)
        self.go(f"/admin/pages/{number_in(self.page.url)}/add_subpage/")
        self.write("Title*", title)
        self.page.keyboard.press("Tab")
        expect(self.page.locator("#id_slug")).not_to_have_value("")

    def write(self, label: str, text: str) -> None:
        self.page.get_by_role("textbox", name=label, exact=True).fill(text)

    def type_date(self, text: str) -> Locator:
        """Type a date key by key, as a person does; return what is said under the box."""
        box = self.page.get_by_role("textbox", name="Published", exact=True)
        box.click()
        box.press_sequentially(text, delay=5)
        return self.page.get_by_role("region", name="Date").get_by_role("status")

    def upload_picture(self, file: Path, *, title: str, description: str) -> None:
        """Choose a picture that is new: upload it with words for those who don't see it."""
        self.page.get_by_role("button", name="Choose an image").first.click()
        window = self.page.get_by_role("dialog")
        window.get_by_role("tab", name="Upload").click()
        window.locator("input[type=file]").set_input_files(file)
        window.get_by_role("textbox", name="Title*", exact=True).fill(title)
        window.get_by_role("textbox", name="Credit*").fill("Photograph: the group")
        window.get_by_role("button", name="Upload").click()
        expect(window).to_contain_text(
            "This field is required"
        )  # nobody gets by without words for the picture
        window.locator("input[type=file]").set_input_files(file)
        window.get_by_role("textbox", name="Alternative text*").fill(description)
        window.get_by_role("button", name="Upload").click()
        window.wait_for(state="detached")

    def add_paragraph(self, text: str) -> None:
        body = self.page.get_by_role("region", name="Body")
        body.get_by_role("button", name="Insert a block").first.click()
        self.page.get_by_role("option", name="Text").click()
        editor = body.get_by_role("textbox").last
        editor.click()
        self.page.keyboard.type(text)

    def open_tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=name).click()

    def preview(self) -> FrameLocator:
        """Open the preview beside the form; return what it shows."""
        self.page.get_by_role("button", name="Toggle preview").click()
        return self.page.frame_locator("#w-preview-iframe")

    def publish(self) -> None:
        self.choose_action("Publish")
        self.expect_message("published")

    def choose_action(self, name: str) -> None:
        self.page.get_by_role("button", name="More actions").click()
        self.page.get_by_role("button", name=name, exact=True).click()

    def expect_message(self, words: str) -> None:
        expect(self.page.locator(".messages")).to_contain_text(words)

    def live_address(self) -> str:
        """Where readers find the page that the last message is about."""
        address = self.page.locator(".messages").get_by_role("link", name="View live").get_attribute("href")
        assert address
        return address

    def edit(self, title: str) -> str:
        """Open a page's form by its title; return its number."""
        self.go(f"/admin/pages/search/?{urlencode({'q': title})}")
        self.link(title).click()
        expect(self.page.get_by_role("textbox", name="Title*", exact=True)).to_have_value(title)
        return number_in(self.page.url)

    def translate(self, number: str, language: str) -> str:
        """Have a page copied into another language's tree; return the copy's number."""
        self.go(f"/admin/translation/submit/page/{number}/")
        self.page.get_by_role("checkbox", name=language).check()
        self.page.get_by_role("button", name="Submit").click()
        self.expect_message("successfully created")
        return number_in(self.page.url)

    def standing_on_board(self, title: str) -> str:
        """What the board of translations says of a story in Spanish."""
        self.go("/admin/translations/")
        row = self.page.get_by_role("row").filter(has=self.page.get_by_role("rowheader", name=title))
        return row.get_by_role("cell").last.inner_text().strip()

    def move(self, number: str, section: str) -> None:
        self.go(f"/admin/pages/{number}/move/")
        self.page.get_by_role("button", name="Actions").last.click()
        self.page.get_by_role("button", name="Choose another page").click()
        self.page.get_by_role("dialog").get_by_role("link", name=section, exact=True).click()
        self.page.get_by_role("button", name="Confirm").click()
        self.page.get_by_role("button", name=re.compile("Yes, move")).click()
        self.expect_message("moved")


def number_in(address: str) -> str:
    found = re.search(r"/pages/(\d+)/", address)
    assert found
    return found[1]
