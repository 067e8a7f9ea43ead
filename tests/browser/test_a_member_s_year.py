"""Can somebody join by cheque, be kept by the staff, renew, and leave, all in a browser?"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.members import Member, in_site
from tests.browser.staff import Staff
from tests.running import RunningSite

NAME, ADDRESS = "Yésica Mamani", "yesica@example.org"
BOOK = """
from django.utils import timezone
from pututu.giving.models import Payment
from pututu.giving.services.ledger import confirm_payment
payment = Payment.objects.pending().get(payer__name="Yésica Mamani")
confirm_payment(payment, received_on=timezone.localdate())
"""


def test_from_joining_to_leaving(page: Page, staff: Staff):
    yesica = Member(page, staff.site, NAME, ADDRESS)
    yesica.join(plan="Ordinary", method="Cheque")
    reference = yesica.has_applied()
    expect(page.locator("main")).to_contain_text("£30")
    assert not page.context.cookies()
    staff_see(staff, "applied, not paid for yet", reference)
    the_cheque_is_booked(staff.site)
    staff_see(staff, "current", reference)
    yesica.sign_in()
    expect(page.locator("#memberships")).to_contain_text("current")
    yesica.renew()
    expect(page.locator("main")).to_contain_text(reference)
    the_cheque_is_booked(staff.site)
    stops_and_starts_mail(yesica)
    yesica.leave()
    yesica.sign_out()
    staff_see(staff, "given up", reference)


def staff_see(staff: Staff, status: str, reference: str) -> None:
    staff.go(f"/admin/memberships/?name={NAME.split()[1]}")
    staff.link(NAME).click()
    expect(staff.page.locator("main")).to_contain_text(status)
    expect(staff.page.locator("main")).to_contain_text(reference)


def the_cheque_is_booked(site: RunningSite) -> None:
    """There is one payment to come and no more, however often the buttons were pressed."""
    in_site(site, BOOK)


def stops_and_starts_mail(member: Member) -> None:
    member.look_at_membership()
    form = member.page.locator("#mail form").filter(has_text="Invitations to events")
    form.get_by_role("button", name="Yes, send me this").click()
    expect(form).to_contain_text("we send it")
    form.get_by_role("button", name="Stop").click()
    expect(form).to_contain_text("we do not send it")
