"""Does a member get what they paid for, and no more, whichever way the money comes or goes?"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from pututu.lib.periods import months_from
from tests.browser.members import Member, days_go_by, in_site
from tests.browser.staff import Staff

TWO_MINUTES_PASS = """
from django.utils import timezone
from pututu.giving.models import DemonstrationPayment
DemonstrationPayment.objects.exclude(returns_at=None).update(returns_at=timezone.now())
"""
REMIND = """
from django.core.management import call_command
from pututu.membership.models import MembershipRules, Plan
MembershipRules.objects.update(reminder_days="-30, 0, 21")
call_command("send_reminders")
call_command("send_reminders")
MembershipRules.objects.update(reminder_days="")
"""
TODAY = dt.date.today()


def written(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def a_year_from(first: dt.date) -> dt.date:
    """The last day of a year that begins on ``first``."""
    last = months_from(first, 12, anchor=first.day).last
    assert last
    return last


def bring_in(treasurer: Staff, tmp_path: Path, name: str, *lines: str) -> None:
    """Upload a statement as a bank gives it; the first of an account is asked which column is what."""
    file = tmp_path / f"{name}.csv"
    file.write_text("\n".join(["Date,Description,Amount", *lines]) + "\n", encoding="utf-8")
    page = treasurer.page
    treasurer.go("/admin/money/statements/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Take it in").click()
    page.wait_for_url(re.compile(r"/statements/(columns/)?\d+/"))
    if "/columns/" in page.url:
        page.get_by_role("button", name="Take it in").click()
    expect(page.locator("main")).to_contain_text("new line")


def test_a_direct_debit_that_fails_late_takes_the_term_along_and_the_member_is_told(
    page: Page, treasurer: Staff
):
    nina = Member(page, treasurer.site, "Nina Huamán", "nina@example.org")
    nina.join(plan="Household", method="Direct Debit", others="Teo Huamán")
    page.get_by_role("radio", name="It fails late").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("main")).to_contain_text("Your payment has arrived")
    nina.sign_in()
    expect(page.locator("#memberships")).to_contain_text("current")
    expect(page.locator("#memberships")).to_contain_text("Teo Huamán")
    expect(nina.look_at_payments().get_by_role("link", name="Receipt")).to_be_visible()

    in_site(treasurer.site, TWO_MINUTES_PASS)
    treasurer.go("/admin/money/messages/")
    treasurer.page.get_by_role("button", name="Ask providers what they forgot to tell").click()
    treasurer.expect_message("asked")

    expect(nina.look_at_membership()).to_contain_text("not paid for yet")
    expect(nina.look_at_payments()).to_contain_text("went back")
    expect(nina.look_at_payments().get_by_role("link", name="Receipt")).to_have_count(0)
    nina.look_at_membership().get_by_text("Pay", exact=True).first.click()
    page.get_by_role("radio", name="Direct Debit").first.check()
    page.get_by_role("button", name="Pay").click()
    page.get_by_role("button", name="Go on").click()
    expect(nina.look_at_membership()).to_contain_text("current")
    expect(nina.look_at_membership()).to_contain_text(written(a_year_from(TODAY)))


def test_a_standing_order_s_years_from_joining_over_a_lapse_to_leaving(
    page: Page, treasurer: Staff, tmp_path: Path
):
    luz = Member(page, treasurer.site, "Luz Ccori", "luz@example.org")
    luz.join(plan="Ordinary", method="Standing order")
    reference = luz.has_applied()
    day = f"{TODAY:%d/%m/%Y}"
    bring_in(treasurer, tmp_path, "first", f"{day},STO L CCORI {reference},30.00", f"{day},CARD FEE,-2.00")
    expect(treasurer.page.locator("main")).to_contain_text("1 line is booked")
    luz.sign_in()
    expect(luz.look_at_membership()).to_contain_text(written(a_year_from(TODAY)))

    in_site(treasurer.site, days_go_by(luz.name, 300))
    first_end = a_year_from(TODAY) - dt.timedelta(300)
    luz.renew()  # early: the new term begins when the old one ends
    bring_in(treasurer, tmp_path, "second", f"{day},STO L CCORI {reference} AGAIN,30.00")
    end = a_year_from(first_end + dt.timedelta(1))
    expect(luz.look_at_membership()).to_contain_text(written(end))

    to_the_end = (end - TODAY).days
    mails = in_site(treasurer.site, days_go_by(luz.name, to_the_end - 30) + REMIND)
    letter = [each for each in mails.split("-" * 79) if f"To: {luz.email}" in each]
    assert len(letter) == 1, "reminded once, however often the clock asks"
    assert "is paid for until" in letter[0]
    assert "Auto-Submitted: auto-generated" in letter[0]
    assert re.search(r"/en/me/\s", letter[0])
    expect(luz.look_at_membership()).to_contain_text(written(TODAY + dt.timedelta(30)))

    in_site(treasurer.site, days_go_by(luz.name, 61))
    expect(luz.look_at_membership().locator(".facts")).to_contain_text("ended")
    luz.join(plan="Ordinary", method="Standing order")
    assert luz.has_applied() == reference
    by_three_keystrokes(treasurer, reference)
    expect(luz.look_at_membership()).to_contain_text("current")
    expect(luz.look_at_membership()).to_contain_text(written(a_year_from(TODAY)))
    luz.leave()


def by_three_keystrokes(treasurer: Staff, reference: str) -> None:
    """What a treasurer does who has the line before them: the reference, Enter, Enter. Who it is shows as they type."""
    treasurer.go("/admin/money/payments/take/")
    expect(treasurer.page.locator("form[data-found] input[type=search]")).to_be_focused()
    treasurer.page.keyboard.type(reference)
    expect(treasurer.page.locator("#found")).to_contain_text(reference)
    treasurer.page.keyboard.press("Enter")
    expect(treasurer.page.get_by_role("button", name="Book it")).to_be_focused()
    treasurer.page.keyboard.press("Enter")
    treasurer.expect_message("Received")


# --- the treasurer's year

WHO_DECLARED = """
from pututu.giving.models import Declaration
said = Declaration.objects.filter(is_given=True, closed_at=None, person__died_on=None).exclude(postcode="").first()
print(said.person.reference, said.given_names, said.family_name, sep="|")
"""


def test_a_treasurer_s_year_from_the_statement_to_the_claim_and_the_accounts(
    page: Page, treasurer: Staff, tmp_path: Path
):
    code, given, family = in_site(treasurer.site, WHO_DECLARED).strip().split("|")
    Member(page, treasurer.site, "Pía Rojas Ñaupari", "pia@example.org").join(
        plan="Ordinary", method="Bank transfer"
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    day = f"{TODAY:%d/%m/%Y}"
    lines = [f"{day},BGC P ROJAS NAUPARI,30.00", f"{day},FPI WITH LOVE,123.45"]
    bring_in(treasurer, tmp_path, "year", *lines)
    matched_by_hand(treasurer, code)
    claimed(treasurer, f"{given},{family}", "123.45")
    accounted_for(treasurer)


def matched_by_hand(treasurer: Staff, code: str) -> None:
    """The one is proposed and takes a press; the other is looked for, and said to be a gift."""
    row = treasurer.page.get_by_role("row")
    treasurer.go("/admin/money/lines/")
    row.filter(has_text="NAUPARI").get_by_role("button", name="awaited since").click()
    treasurer.expect_message("Booked as money from Pía Rojas Ñaupari")
    row.filter(has_text="WITH LOVE").get_by_role("link", name="Something else…").click()
    treasurer.page.get_by_role("searchbox", name="Name, payment reference").fill(code)
    treasurer.page.get_by_role("button", name="Look for them").click()
    treasurer.page.get_by_role("radio", name="A gift", exact=True).first.check()
    treasurer.page.get_by_role("button", name="Book it").click()
    treasurer.expect_message("Booked as money from")


def claimed(treasurer: Staff, whose: str, amount: str) -> None:
    """Switch Gift Aid on, make a claim, take its schedule out, and hand it in: then it stays as it is."""
    page = treasurer.page
    treasurer.go("/admin/money/gift-aid/")
    page.get_by_role("main").get_by_role("link", name="Settings").click()
    page.get_by_role("checkbox", name="we claim Gift Aid").check()
    page.get_by_role("button", name="Save").click()
    treasurer.go("/admin/money/gift-aid/")
    page.get_by_role("button", name="Make a claim of them").dblclick()
    expect(page.get_by_role("heading", name="Files for HMRC")).to_be_visible()
    schedule = downloaded(page, "CSV")
    assert re.search(rf"{whose},[^\n]*{TODAY:%d/%m/%y},{amount}", schedule)
    page.get_by_label("Handed in on").fill(f"{TODAY:%Y-%m-%d}")
    page.get_by_role("button", name="It was handed in").click()
    treasurer.expect_message("handed in")
    expect(page.get_by_role("button", name="Withdraw it")).to_have_count(0)
    treasurer.go("/admin/money/gift-aid/")
    expect(page.get_by_role("main")).to_contain_text("0 gifts")


def accounted_for(treasurer: Staff) -> None:
    treasurer.go("/admin/money/year/")
    rows = csv.DictReader(io.StringIO(downloaded(treasurer.page, "As CSV")))
    month = f"{TODAY:%Y-%m}"
    sums = {(row["For"], row["Method"]): row[month] for row in rows}
    assert sums["Gift", "Bank transfer"] == "123.45"
    assert sums["Membership: Ordinary", "Bank transfer"]
    assert float(sums["Total", ""]) >= 153.45


def downloaded(page: Page, name: str) -> str:
    with page.expect_download() as waiting:
        page.get_by_text(name, exact=True).first.click()
    return Path(waiting.value.path()).read_text(encoding="utf-8-sig")
