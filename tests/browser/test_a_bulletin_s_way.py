"""A coordinator writes an issue from published stories, tries it out, sends it, is interrupted and settles the rest."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK
from tests.browser.members import in_site, text_of
from tests.browser.patience import visit
from tests.browser.postman import PostOffice, done, killed_in_the_middle
from tests.browser.staff import COORDINATOR, Staff
from tests.running import RunningSite

NOW = """
from django.utils import timezone
from pututu.bulletins.models import Issue
Issue.objects.filter(state="scheduled").update(send_at=timezone.now())
"""
DOUBT = """
from pututu.bulletins.models import Delivery
print(Delivery.objects.filter(state="in-doubt").count())
"""
FORGET = """
from pututu.bulletins.models import Delivery, Issue, Worker
from django.utils import timezone
row = Delivery.objects.filter(issue__number=3, state="accepted").first()
dead = Worker.objects.create(host="elsewhere", pid=1, began="", seen_at=timezone.now(), ended_at=timezone.now())
Delivery.objects.filter(pk=row.pk).update(state="in-doubt", worker=dead)
"""


def line(page: Page, text: str) -> int:
    """The number before ``text`` in the sum on an issue's page."""
    found = re.search(rf"(\d+) {text}", page.locator("#balance + p").inner_text())
    assert found
    return int(found[1])


def test_an_issue_is_written_sent_interrupted_and_settled(
    chromium: Browser, demonstration: RunningSite
) -> None:
    context = visit(chromium, viewport=DESK, locale="en-GB")
    page = context.new_page()
    coordinator = Staff(page, demonstration)
    coordinator.sign_in(COORDINATOR)

    # Written from what was published, in two languages.
    coordinator.go("/admin/bulletins/")
    saturday = page.get_by_role("region", name="Saturday bulletin")
    saturday.get_by_role("button", name="Write the next issue").click()
    page.get_by_role("searchbox", name="Look for another").fill("mining")
    page.get_by_role("button", name="Look for it").click()
    older = page.get_by_role("row").filter(has=page.locator("td.place input:not([value])")).first
    title = older.locator("label").first.inner_text()
    older.locator("td.place input").fill("1")
    subjects = page.get_by_label("Subject", exact=True)
    subjects.nth(0).fill("What is in the index")
    subjects.nth(1).fill("Qué dice el índice")
    page.get_by_role("button", name="Save and look it over").click()
    expect(page.get_by_role("heading", name="To look at before it goes")).to_be_visible()

    # Looked at, and tried out.
    page.get_by_role("link", name="Preview").first.click()
    mail = page.frame_locator("iframe.telephone").first
    expect(mail.get_by_role("heading", level=1)).to_have_text("Peru Support Group")
    page.get_by_role("link", name="Back to the issue").click()
    page.get_by_role("button", name="Send a test").first.click()
    expect(page.locator("body")).to_contain_text("250")
    newest = max((demonstration.data / "outbox").glob("*.eml"))
    assert title in text_of(newest)

    # Sent by a typed word, called back, sent again.
    phrase = page.locator(".send b").inner_text()
    for press in range(2):
        page.get_by_label("Type:").fill(phrase)
        page.get_by_role("button", name="Send", exact=True).click()
        if press == 0:
            page.get_by_role("button", name="Call it back").click()
    expect(page.get_by_role("button", name="Call it back")).to_be_visible()
    address = page.url
    readers = int(re.sub(r"\D", "", phrase))

    # The machine stops in the middle; what is left goes when it is back, nothing twice.
    in_site(demonstration, NOW)
    with PostOffice(seconds=0.003) as office:
        killed_in_the_middle(demonstration, office, after=40)
        page.goto(address)
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_contain_text("Being sent")
        done(demonstration, office)
        expect(heading).to_contain_text(re.compile(r"\bSent\b"))  # without another look
        assert office.twice == []
        doubtful = int(in_site(demonstration, DOUBT))
        assert doubtful <= 1
        assert readers - doubtful <= len(office.mails) <= readers
        one = office.mails[0]
    page.goto(address)
    assert line(page, "on the list") == readers
    assert line(page, "accepted") == readers - doubtful

    # A mail that nobody knows of is settled by the coordinator.
    in_site(demonstration, FORGET)
    page.goto(address)
    page.get_by_role("link", name="In doubt").click()
    page.get_by_role("button", name="It went").first.click()
    page.goto(address)
    assert line(page, "in doubt") == doubtful
    expect(page.get_by_role("region", name="What was decided")).to_contain_text("went")

    # A reader leaves with one click of their mail program; a scanner that opens the link changes nothing.
    where = urlsplit(str(one["List-Unsubscribe"]).strip("<>")).path
    assert demonstration.get(where).status == 200
    answer = demonstration.ask(
        "POST",
        where,
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        body=b"List-Unsubscribe=One-Click",
    )
    assert (answer.status, answer.headers.get("Set-Cookie")) == (200, None)
    reader = visit(chromium, viewport=DESK).new_page()
    reader.goto(demonstration.address + where)
    reader.get_by_role("link", name="Rather fewer topics").click()
    expect(reader.locator("main")).to_contain_text("You have left")
    context.close()
