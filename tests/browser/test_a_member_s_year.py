"""Can somebody join by cheque, be kept by the staff, renew, and leave, all in a browser?"""

from __future__ import annotations

import re
import subprocess
import time

from playwright.sync_api import Page, expect

from tests.browser.staff import Staff
from tests.running import PUTUTU, RunningSite, environment

NAME, ADDRESS = "Yésica Mamani", "yesica@example.org"
LINK = re.compile(r"/en/me/in/[\w-]+/")
BOOK = """
from django.utils import timezone
from pututu.giving.models import Payment
from pututu.giving.services.ledger import confirm_payment
payment = Payment.objects.pending().get(payer__name="Yésica Mamani")
confirm_payment(payment, received_on=timezone.localdate())
"""


def test_from_joining_to_leaving(page: Page, staff: Staff):
    site = staff.site
    reference = somebody_joins_by_cheque(page, site)
    staff_see(staff, "applied, not paid for yet", reference)
    the_cheque_is_booked(site)
    staff_see(staff, "current", reference)
    the_member_signs_in(page, site)
    expect(page.locator("#memberships")).to_contain_text("current")
    the_member_renews_and_is_told_how_to_pay(page, reference)
    the_cheque_is_booked(site)
    the_member_stops_and_starts_mail(page, site)
    the_member_leaves(page, site)
    staff_see(staff, "given up", reference)


def somebody_joins_by_cheque(page: Page, site: RunningSite) -> str:
    page.goto(site.address + "/en/")
    page.get_by_role("contentinfo").get_by_role("link", name="Join", exact=True).click()
    page.get_by_role("radio", name="Ordinary").check()
    page.get_by_role("radio", name="Cheque").check()
    page.get_by_label("Name, as you wish to be called").fill(NAME)
    page.get_by_role("textbox", name="E-mail address").fill(ADDRESS)
    assert not page.locator("input[type=checkbox]:checked").count()
    page.get_by_role("button", name="Go on to payment").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    expect(page.locator("main")).to_contain_text("£30")
    assert not page.context.cookies()
    found = re.search(r"[A-Z0-9]{3}-[A-Z0-9]{4}", page.locator("main").inner_text())
    assert found
    return found[0]


def staff_see(staff: Staff, status: str, reference: str) -> None:
    staff.go(f"/admin/memberships/?name={NAME.split()[1]}")
    staff.link(NAME).click()
    expect(staff.page.locator("main")).to_contain_text(status)
    expect(staff.page.locator("main")).to_contain_text(reference)


def the_cheque_is_booked(site: RunningSite) -> None:
    """There is one payment to come and no more, however often the buttons were pressed."""
    subprocess.run(
        [PUTUTU, "manage", "shell", "-v", "0", "-c", BOOK],
        env=environment(site.data),
        check=True,
        capture_output=True,
        timeout=60,
    )


def the_member_signs_in(page: Page, site: RunningSite) -> None:
    page.goto(site.address + "/en/me/")
    page.get_by_role("textbox", name="E-mail address").fill(ADDRESS)
    page.get_by_role("button", name="Send me a link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")
    page.goto(site.address + mailed_link(site))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)


def mailed_link(site: RunningSite) -> str:
    """The newest link in what the site wrote to the terminal, where it has no mail server."""
    log, until = site.data.with_suffix(".log"), time.monotonic() + 15
    while time.monotonic() < until:
        if found := LINK.findall(log.read_text(encoding="utf-8", errors="replace")):
            return found[-1]
        time.sleep(0.1)
    raise AssertionError("No letter with a link was written.")


def the_member_renews_and_is_told_how_to_pay(page: Page, reference: str) -> None:
    page.get_by_text("Renew", exact=True).first.click()
    page.get_by_role("button", name="Renew").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("How to pay")
    expect(page.locator("main")).to_contain_text(reference)


def the_member_stops_and_starts_mail(page: Page, site: RunningSite) -> None:
    page.goto(site.address + "/en/me/")
    form = page.locator("#mail form").filter(has_text="Invitations to events")
    form.get_by_role("button", name="Yes, send me this").click()
    expect(form).to_contain_text("we send it")
    form.get_by_role("button", name="Stop").click()
    expect(form).to_contain_text("we do not send it")


def the_member_leaves(page: Page, site: RunningSite) -> None:
    page.get_by_role("link", name="Leave").click()
    expect(page.locator("main")).to_contain_text("A standing order is ended by you")
    page.get_by_role("button", name="Leave now").click()
    expect(page.locator("#memberships")).to_contain_text("given up")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your own page")
