"""Can a member sign in with the lock of their device alone, and does the mailed link stand without it?

The device is Chromium's virtual authenticator (W3C Web Authentication, section 11). A passkey belongs to a name and
never to a bare IP address, so the site is asked for by its name here.
"""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.members import Member
from tests.browser.test_sign_in_with_a_passkey import give_a_device
from tests.running import RunningSite


class NamedSite(RunningSite):
    """The same site, asked for by its name."""

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"


def test_a_passkey_is_added_signs_in_and_is_taken_out(
    context: BrowserContext, page: Page, demonstration: RunningSite
):
    give_a_device(context, page)
    ines = Member(page, NamedSite(demonstration.data, demonstration.port), "Inés Tica", "ines@example.org")
    ines.join(plan="Ordinary", method="Cheque")
    ines.has_applied()
    ines.sign_in()
    page.get_by_label("What you call the device").fill("My telephone")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.locator("#passkeys summary")).to_have_text("My telephone")
    ines.sign_out()

    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inés Tica")
    page.locator("#passkeys summary").click()
    expect(page.locator("#passkeys")).to_contain_text("Last used on")
    page.locator("#passkeys").get_by_role("button", name="Take it out").click()
    expect(page.locator("#passkeys summary")).to_have_count(0)
    ines.sign_out()

    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_have_text("That did not work. The link by e-mail does.")
