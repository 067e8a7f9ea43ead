"""Can staff come in with a passkey alone, on a device that knows them?

The device is Chromium's virtual authenticator (W3C Web Authentication, section 11). A passkey belongs to a name and
never to a bare IP address, so the site is asked for by its name here.
"""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.staff import COORDINATOR
from tests.running import RunningSite

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_a_device(context: BrowserContext, page: Page) -> None:
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def test_a_passkey_is_added_and_opens_the_staff_screens_without_a_password(
    context: BrowserContext, page: Page, demonstration: RunningSite
):
    site = f"http://localhost:{demonstration.port}"
    give_a_device(context, page)
    page.goto(f"{site}/accounts/login/")
    page.get_by_label("Email").fill(COORDINATOR)
    page.get_by_label("Password").fill(demonstration.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/admin/")
    page.goto(f"{site}/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(demonstration.password)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill("My telephone")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url("**/recovery-codes/")

    context.clear_cookies()
    page.goto(f"{site}/admin/")
    page.wait_for_url("**/accounts/login/**")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/admin/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_device_that_does_not_know_somebody_opens_nothing(
    context: BrowserContext, page: Page, demonstration: RunningSite
):
    give_a_device(context, page)
    page.goto(f"http://localhost:{demonstration.port}/accounts/login/?next=/admin/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_timeout(1500)
    assert "/accounts/login/" in page.url
    page.goto(f"http://localhost:{demonstration.port}/admin/")
    page.wait_for_url("**/accounts/login/**")
