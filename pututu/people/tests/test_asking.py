"""Does mail begin only with somebody's own word, and end with it?"""

from __future__ import annotations

import re
from smtplib import SMTPRecipientsRefused

import pytest
import time_machine
from django.core import mail

from pututu.people.models import ConsentRecord, EmailAddress, Person
from pututu.people.rules import Act, Purpose, Refusal
from pututu.people.services import add_person, ask_consent, permission, record_consent, suppress
from pututu.people.services.asking import preferences_url
from tests.factories import make_site

pytestmark = pytest.mark.django_db
BULLETINS = [Purpose.BULLETINS]


@pytest.fixture
def rosa(settings) -> Person:
    make_site(("en", "es"))
    return add_person("Rosa", emails=["rosa@example.org"])


@pytest.fixture
def ask(rosa, django_capture_on_commit_callbacks):
    def asking(purposes=BULLETINS, person=rosa, language="en"):
        with django_capture_on_commit_callbacks(execute=True):
            ask_consent(
                person, "rosa@example.org", purposes, wording="News.", page="/join/", language=language
            )

    return asking


def link(number: int = -1) -> str:
    found = re.search(r"https?://[^/]+(/\S+)", mail.outbox[number].body)
    assert found
    return found[1]


def allowed(person: Person, purpose: str = Purpose.BULLETINS) -> object:
    found = permission(person, person.addresses.get(), purpose)
    return found.refusal or found.basis


def test_only_the_button_of_the_mailed_page_agrees(client, rosa, ask):
    ask()
    assert allowed(rosa) == Refusal.NOT_CONFIRMED
    shown = client.get(link())
    assert "rosa@example.org" in shown.content.decode()
    assert allowed(rosa) == Refusal.NOT_CONFIRMED
    assert client.post(link()).status_code == 200
    assert allowed(rosa) == "consent"
    row = ConsentRecord.objects.get(act=Act.GIVEN)
    assert (row.wording, row.page, row.language) == ("News.", "/join/", "en")
    assert not client.cookies


def test_a_link_works_once_and_never_undoes_a_withdrawal(client, rosa, ask):
    ask()
    client.post(link())
    assert client.post(link()).status_code == 410
    record_consent(rosa, rosa.addresses.get(), Purpose.BULLETINS, act=Act.WITHDRAWN)
    assert client.post(link()).status_code == 410
    assert allowed(rosa) == Refusal.WITHDRAWN
    with time_machine.travel("2127-01-01"):
        ask()
        client.post(link())
    assert allowed(rosa) == "consent"


def test_a_link_of_another_s_making_or_older_than_a_week_is_refused(client, rosa, ask):
    with time_machine.travel("2126-03-01"):
        ask()
    for when, status in (("2126-03-07", 200), ("2126-03-09", 410)):
        with time_machine.travel(when):
            assert client.get(link()).status_code == status
    assert client.post(link()[:-3] + "xx/").status_code == 410
    assert allowed(rosa) == Refusal.NOT_CONFIRMED


def test_a_double_click_sends_one_mail_and_what_is_agreed_is_not_asked_again(client, rosa, ask):
    ask()
    ask()
    assert len(mail.outbox) == 1
    client.post(link())
    ask()
    assert len(mail.outbox) == 1
    ask([Purpose.BULLETINS, Purpose.EVENTS])
    assert len(mail.outbox) == 2
    client.post(link())
    assert ConsentRecord.objects.filter(act=Act.GIVEN, purpose=Purpose.BULLETINS).count() == 1


def test_nothing_goes_to_a_suppressed_or_bad_address(rosa, ask):
    EmailAddress.objects.update(state="bounced")
    ask()
    assert not mail.outbox
    EmailAddress.objects.update(state="good")
    suppress("rosa@example.org", reason="unsubscribed")
    ask()
    assert not mail.outbox
    assert not ConsentRecord.objects.exists()


def test_the_mail_is_in_the_language_that_was_asked_in(rosa, ask):
    ask(language="es")
    assert link().startswith("/es/")
    assert "confirme" in mail.outbox[0].body.lower()
    ask([Purpose.EVENTS])
    assert link().startswith("/en/")


# --- preferences


@pytest.fixture
def page(rosa) -> str:
    address = preferences_url(rosa, rosa.addresses.get())
    return address[address.index("/", 9) :]


def test_opening_the_preferences_changes_nothing_and_unticking_withdraws(client, rosa, page):
    record_consent(rosa, rosa.addresses.get(), Purpose.BULLETINS, act=Act.GIVEN)
    shown = client.get(page).content.decode()
    assert re.search(r'value="bulletins" checked', shown)
    assert ConsentRecord.objects.count() == 1
    client.post(page, {"purpose": ["events"]})
    assert allowed(rosa) == Refusal.WITHDRAWN
    assert allowed(rosa, Purpose.EVENTS) == "consent"
    assert not ConsentRecord.objects.filter(purpose=Purpose.APPEALS).exists()
    before = ConsentRecord.objects.count()
    client.post(page, {"purpose": ["events"]})
    assert ConsentRecord.objects.count() == before
    assert not client.cookies


def test_nothing_of_all_this_leaves_who_shares_the_address_alone(client, rosa, page):
    ana = add_person("Ana", emails=["rosa@example.org"])
    for person in (rosa, ana):
        record_consent(person, person.addresses.get(), Purpose.BULLETINS, act=Act.GIVEN)
    client.post(page, {"nothing": "1", "purpose": ["events"]})
    assert {allowed(rosa, each) for each in ("bulletins", "events", "appeals")} == {Refusal.WITHDRAWN}
    assert allowed(ana) == "consent"


def test_an_old_link_ends_mail_at_once_but_begins_it_only_by_mail(
    client, rosa, django_capture_on_commit_callbacks
):
    with time_machine.travel("2026-01-01"):
        address = preferences_url(rosa, rosa.addresses.get())
    page = address[address.index("/", 9) :]
    record_consent(rosa, rosa.addresses.get(), Purpose.BULLETINS, act=Act.GIVEN)
    with time_machine.travel("2126-06-01"), django_capture_on_commit_callbacks(execute=True):
        client.post(page, {"purpose": ["events"]})
    assert allowed(rosa) == Refusal.WITHDRAWN
    assert allowed(rosa, Purpose.EVENTS) == Refusal.NOT_CONFIRMED
    assert len(mail.outbox) == 1


def test_a_preferences_link_reaches_nobody_who_gave_the_address_up(client, rosa, page):
    assert client.get(page).status_code == 200
    rosa.person_emails.all().delete()
    assert client.get(page).status_code == 410
    assert client.get(page[:-4] + "abc/").status_code == 410


def test_a_mail_server_that_is_down_undoes_nothing_and_no_address_is_logged(rosa, ask, monkeypatch, caplog):
    def refuse(self):
        raise SMTPRecipientsRefused({"rosa@example.org": (451, b"later")})

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
    ask()
    assert allowed(rosa) == Refusal.NOT_CONFIRMED
    assert "SMTPRecipientsRefused" in caplog.text
    assert "rosa@" not in caplog.text
