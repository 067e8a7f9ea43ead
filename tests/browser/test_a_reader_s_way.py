"""A reader asks for the bulletin on a telephone, in Spanish, on a topic; confirms, gets, changes and leaves it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.members import in_site
from tests.browser.patience import visit
from tests.browser.postman import PostOffice, done
from tests.browser.test_everybody_can_read_it import faults_here
from tests.running import RunningSite

LINK = re.compile(r"https?://\S+")
HOME = "casa@example.org"
ISSUE = """
from django.utils import timezone
from pututu.bulletins.models import Issue, Series
from pututu.pages.models import BasePage
series = Series.objects.get(slug="weekly")
number = series.issues.latest("number").number + 1
issue = Issue.objects.create(series=series, number=number, state="scheduled", send_at=timezone.now())
for language, subject in (("en", "The week"), ("es", "La semana")):
    issue.editions.create(language=language, subject=f"{subject} {number}")
public = BasePage.objects.public().filter(locale__language_code="es", kind="news")
pages = [public.filter(topics__slug="mining").first(), public.exclude(topics__slug="mining").first()]
for order, page in enumerate(pages):
    issue.items.create(page=page, order=order)
print("|".join(page.title for page in pages))
"""

WHY = """
from pututu.bulletins.models import Choice
print(*Choice.objects.exclude(left_why="").filter(email__address="casa@example.org").values_list("left_why", flat=True))
"""


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    context = visit(chromium, viewport=PHONE, locale="es-PE", has_touch=True)
    yield context.new_page()
    context.close()


def text_in(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part
    return str(part.get_content())


def link_in(mail: EmailMessage, site: RunningSite, words: str) -> str:
    """The address after ``words`` in a mail's plain text, on the site that runs."""
    line = next(line for line in text_in(mail).splitlines() if words in line)
    found = LINK.search(line)
    assert found
    return site.address + urlsplit(found[0]).path


def ask(phone: Page, site: RunningSite, name: str) -> EmailMessage:
    """Ask on the page of a topic; return the letter that comes."""
    phone.goto(site.address + "/en/topics/mining/")
    phone.get_by_role("link", name="Español").first.tap()
    phone.locator("main").get_by_role("link", name=re.compile("correo")).first.tap()
    expect(phone.get_by_role("checkbox", name="Minería")).to_be_checked()
    expect(phone.get_by_role("checkbox", name="Español")).to_be_checked()
    phone.get_by_role("checkbox", name="Boletín del sábado").check()
    phone.get_by_label("Dirección de correo electrónico").fill(HOME)
    phone.get_by_label("Nombre, si quiere").fill(name)
    phone.get_by_role("button", name="Pedirlo").dblclick()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Un paso más")
    with PostOffice() as office:
        done(site, office, "ask_readers")
    assert [mail["To"] for mail in office.mails] == [HOME], "two taps are one letter"
    return office.mails[0]


def confirm(phone: Page, site: RunningSite, letter: EmailMessage) -> None:
    assert "Boletín del sábado" in text_in(letter)
    phone.goto(link_in(letter, site, "http"))
    phone.get_by_role("button", name="Sí, acepto").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Gracias")


def issue_goes(site: RunningSite) -> tuple[list[EmailMessage], list[str]]:
    """Send an issue; return the mails to the house, and the titles in it: on mining, and not."""
    titles = in_site(site, ISSUE).strip().split("|")
    with PostOffice() as office:
        done(site, office)
    assert office.twice == []
    assert len(office.mails) > 100, "the others got it too"
    return [mail for mail in office.mails if mail["To"] == HOME], titles


def test_a_reader_asks_confirms_reads_changes_and_leaves(phone: Page, demonstration: RunningSite) -> None:
    site = demonstration
    letter = ask(phone, site, "Ana")
    assert issue_goes(site)[0] == [], "nothing comes before it is confirmed"
    confirm(phone, site, letter)
    confirm(phone, site, ask(phone, site, "Bea"))

    # Each gets a mail of their own: in Spanish, on mining alone.
    mails, (mining, other) = issue_goes(site)
    assert len(mails) == 2
    for mail in mails:
        assert mail["Content-Language"] == "es"
        assert mining in text_in(mail)
        assert other not in text_in(mail)
    first, second = mails
    assert first["List-Unsubscribe"] != second["List-Unsubscribe"]

    # One wants all topics and English too, and a pause; then none of it.
    faults = [*choose(phone, site, first), *leave(phone, site, first)]
    assert not faults, "\n".join(faults)

    # The other, at the same address, goes on getting it as before.
    mails, (mining, other) = issue_goes(site)
    assert len(mails) == 1
    assert other not in text_in(mails[0])


def choose(phone: Page, site: RunningSite, mail: EmailMessage) -> list[str]:
    phone.goto(link_in(mail, site, "Cambiar temas"))
    phone.get_by_role("checkbox", name="Minería").uncheck()
    phone.get_by_role("checkbox", name="Inglés").check()
    phone.get_by_label("Pausa").select_option(label="por cuatro semanas")
    faults = faults_here(phone, "choices")
    phone.get_by_role("button", name="Guardar").tap()
    expect(phone.get_by_role("status")).to_have_text("Guardado.")
    expect(phone.get_by_role("checkbox", name="Minería")).not_to_be_checked()
    expect(phone.locator("main")).to_contain_text("Nada llega antes del")
    return faults


def leave(phone: Page, site: RunningSite, mail: EmailMessage) -> list[str]:
    phone.goto(link_in(mail, site, "Darse de baja"))
    faults = faults_here(phone, "leaving")
    phone.get_by_role("textbox").fill("Demasiado para mí")
    phone.get_by_role("button", name="Darse de baja").tap()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("baja")
    kept = in_site(site, WHY)
    assert kept.strip() == "Demasiado para mí"
    return faults + faults_here(phone, "left")
