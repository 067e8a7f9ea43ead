"""What does somebody do who joins and belongs, and how do years pass for them?"""

from __future__ import annotations

import re
import subprocess
import time
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.running import PUTUTU, RunningSite, environment

LINK = re.compile(r"/en/me/in/[\w-]+/")
REFERENCE = re.compile(r"[A-Z0-9]{3}-[A-Z0-9]{4}")
DAYS_GO_BY = """
import datetime as dt
from pututu.giving.models import Payment
from pututu.membership.models import Membership
back = dt.timedelta(%(days)s)
for held in Membership.objects.filter(holder__name=%(name)r):
    for term in held.terms.all():
        first, last = term.first - back, term.last - back
        type(term).objects.filter(pk=term.pk).update(first=first, last=last, anchor=first.day)
    Membership.objects.filter(pk=held.pk).update(applied_on=held.applied_on - back)
for paid in Payment.objects.filter(payer__name=%(name)r):
    days = {name: getattr(paid, name) - back for name in ("asked_on", "received_on") if getattr(paid, name)}
    Payment.objects.filter(pk=paid.pk).update(**days)
"""


@dataclass
class Member:
    """Somebody who joins; each method is something that a person would say they did."""

    page: Page
    site: RunningSite
    name: str
    email: str

    def join(self, *, plan: str, method: str, others: str = "") -> None:
        """Fill the form in as it stands in the foot of the site, and press twice, as people do."""
        self.page.goto(self.site.address + "/en/")
        self.page.get_by_role("contentinfo").get_by_role("link", name="Join", exact=True).click()
        self.page.get_by_role("radio", name=plan).check()
        self.page.get_by_role("radio", name=method).check()
        self.page.get_by_label("Name, as you wish to be called").fill(self.name)
        self.page.get_by_role("textbox", name="The others").fill(others)
        self.page.get_by_role("textbox", name="E-mail address").first.fill(self.email)
        assert not self.page.locator("input[name=mail]:checked").count()
        self.page.get_by_role("button", name="Go on to payment").dblclick()

    def has_applied(self) -> str:
        """Look at the page that thanks; return the payment reference that it names."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Thank you")
        found = REFERENCE.search(self.page.locator("main").inner_text())
        assert found
        return found[0]

    def sign_in(self) -> None:
        self.page.goto(self.site.address + "/en/me/")
        self.page.get_by_role("textbox", name="E-mail address").fill(self.email)
        before = letters(self.site)
        self.page.get_by_role("button", name="Send me a link").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")
        self.page.goto(self.site.address + mailed_link(self.site, to=self.email, since=before))
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.name)

    def look_at_membership(self) -> Locator:
        self.page.goto(self.site.address + "/en/me/")
        return self.page.locator("#memberships")

    def look_at_payments(self) -> Locator:
        self.page.goto(self.site.address + "/en/me/")
        return self.page.locator("#payments")

    def renew(self) -> None:
        """Renew by the way to pay that is chosen already; a second press changes nothing."""
        self.look_at_membership().get_by_text("Renew", exact=True).first.click()
        self.page.get_by_role("button", name="Renew").dblclick()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("How to pay")

    def leave(self) -> None:
        self.look_at_membership().get_by_role("link", name="Leave").click()
        expect(self.page.locator("main")).to_contain_text("A standing order is ended by you")
        self.page.get_by_role("button", name="Leave now").click()
        expect(self.page.locator("#memberships")).to_contain_text("given up")

    def sign_out(self) -> None:
        self.page.get_by_role("button", name="Sign out").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Your own page")


def letters(site: RunningSite) -> set[Path]:
    """What lies in the demonstration's outbox; letters leave from a thread, so one may come after the page does."""
    return set((site.data / "outbox").glob("*.eml"))


def mailed_link(site: RunningSite, *, to: str, since: set[Path]) -> str:
    """The link in the letter that came to somebody after ``since``; older ones are used up."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        for letter in letters(site) - since:
            if to in addressee(letter) and (found := LINK.search(text_of(letter))):
                return found[0]
        time.sleep(0.1)
    raise AssertionError(f"No letter with a link came to {to}.")


def addressee(letter: Path) -> str:
    return str(message_from_bytes(letter.read_bytes(), policy=default)["To"])


def text_of(letter: Path) -> str:
    """The plain text of a mail in the outbox."""
    plain = message_from_bytes(letter.read_bytes(), policy=default).get_body(("plain",))
    return plain.get_content() if plain else ""


def in_site(site: RunningSite, code: str) -> str:
    """Run a few lines inside the running site's installation; return what they print, mail among it."""
    done = subprocess.run(
        [PUTUTU, "manage", "shell", "-v", "0", "-c", code],
        env=environment(site.data),
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert not done.returncode, done.stderr
    return done.stdout


def days_go_by(name: str, days: int) -> str:
    """Code by which all that is written of somebody happened so many days earlier: for them, time has passed."""
    return DAYS_GO_BY % {"days": days, "name": name}
