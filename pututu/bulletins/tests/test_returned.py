"""Is a mail that came back kept, found to be of ours, and does it count, once, and never for the better?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from pututu.bulletins.models import Choice, Delivery, ReturnedMail, Series
from pututu.bulletins.rendering.links import delivery_returned_to, returns_to
from pututu.bulletins.rules.returned import Kind, read_report
from pututu.bulletins.services.posting import Composers
from pututu.bulletins.services.returning import take_returned
from pututu.bulletins.tests.making import make_issue, make_reader, make_series, start
from pututu.bulletins.tests.returns import BACK, COMPLAINT, report
from pututu.people.models import EmailAddress
from pututu.people.services.erasing import erase_person
from pututu.people.services.persons import set_address_state
from tests.factories import make_site, make_staff


@pytest.fixture
def series(db: None, settings: Any) -> Series:
    settings.BOUNCES_TO = "bounces@example.org"
    make_site(("en", "es"))
    make_reader("ana@example.org", "Ana")
    return make_series()


@pytest.fixture
def delivery(series: Series) -> Delivery:
    row: Delivery = start(make_issue(series)).deliveries.get()
    return row


def state() -> tuple[str, str]:
    email = EmailAddress.objects.get()
    return email.state, email.state_reason


# --- reading


@pytest.mark.parametrize(
    ("form", "facts", "kind"),
    [
        (BACK, {}, Kind.HARD),
        (BACK, {"status": "4.2.2", "words": "452 4.2.2 Mailbox full"}, Kind.SOFT),
        (BACK, {"status": "", "words": "550 No such user"}, Kind.HARD),
        (BACK, {"status": "", "words": "nobody knows"}, Kind.UNREAD),
        (BACK, {"action": "delayed", "status": "4.0.0"}, Kind.OTHER),
        (BACK, {"action": "delivered", "status": "2.0.0"}, Kind.OTHER),
        (COMPLAINT, {"action": "abuse"}, Kind.COMPLAINT),
        (COMPLAINT, {"action": "not-spam"}, Kind.OTHER),
        ("Subject: I am away\n\nUntil Monday, {address} {to}", {}, Kind.UNREAD),
    ],
)
def test_what_a_report_says_is_read(form: str, facts: dict[str, str], kind: Kind) -> None:
    assert read_report(report(form, **facts)).kind is kind


@pytest.mark.parametrize("form", [BACK, COMPLAINT])
def test_our_mail_is_known_by_its_name(form: str) -> None:
    found = read_report(
        report(form, action="failed" if form is BACK else "abuse", message_id="<ours@example.org>")
    )
    assert (found.message_id, found.address, found.to) == (
        "<ours@example.org>",
        "ana@example.org",
        ("bounces@example.org",),
    )


@given(st.binary(max_size=600), st.integers(0, 900))
def test_no_bytes_at_all_make_the_reader_stumble(noise: bytes, place: int) -> None:
    whole = report()
    for raw in (noise, whole[:place] + noise + whole[place:], whole[:place]):
        assert read_report(raw).kind in Kind


# --- whose it is


@pytest.mark.parametrize("by", ["to", "message_id", "address"])
def test_our_mail_is_found_by_each_of_three_ways(delivery: Delivery, by: str) -> None:
    facts = {"address": "somebody@else.example"}
    facts |= {
        "to": {"to": returns_to(delivery)},
        "message_id": {"message_id": delivery.message_id},
        "address": {"address": "ANA@Example.org"},
    }[by]
    row = take_returned(report(**facts))
    assert (row.delivery, row.kind) == (delivery, Kind.HARD)
    assert state() == ("bounced", "5.1.1 smtp; 550 5.1.1 No such user")


def test_a_report_of_somebody_else_waits_for_a_person(delivery: Delivery) -> None:
    row = take_returned(report(address="somebody@else.example"))
    assert (row.kind, row.delivery, state()[0]) == (Kind.UNREAD, None, "good")


def test_the_address_for_returned_mail_cannot_be_made_up(delivery: Delivery) -> None:
    address = returns_to(delivery)
    assert len(address.partition("@")[0]) <= 64
    assert delivery_returned_to(address.upper()) == delivery.pk
    forged = address.replace(f"+{delivery.pk}-", f"+{delivery.pk + 1}-")
    assert delivery_returned_to(forged) is None


def test_mails_go_out_with_that_address(delivery: Delivery, settings: Any) -> None:
    assert Composers()(delivery).returns_to == returns_to(delivery)
    settings.BOUNCES_TO = ""
    assert Composers()(delivery).returns_to == ""


# --- what counts


def test_the_same_mail_twice_is_one(delivery: Delivery) -> None:
    for _time in range(2):
        take_returned(report(message_id=delivery.message_id))
    assert ReturnedMail.objects.count() == 1
    set_address_state(EmailAddress.objects.get(), "good", reason="Ana telephoned")
    take_returned(report(message_id=delivery.message_id))
    assert state() == ("good", "Ana telephoned")


def test_what_cannot_be_read_is_kept_as_it_came(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from pututu.bulletins.services import returning

    monkeypatch.setattr(returning, "read_report", lambda _raw: 1 / 0)
    row = take_returned(b"\xff\x00 not a mail")
    row.refresh_from_db()
    assert (bytes(row.raw), row.kind) == (b"\xff\x00 not a mail", Kind.UNREAD)


def test_mailboxes_that_are_full_lately_are_given_up(series: Series) -> None:
    full = {"status": "4.2.2", "words": "452 4.2.2 Mailbox full"}
    for number in range(3):
        assert state()[0] == "good"
        row = start(make_issue(series)).deliveries.get()
        take_returned(report(number=number, message_id=row.message_id, **full))
        take_returned(report(number=10 + number, message_id=row.message_id, **full))
    assert state() == ("bounced", "4.2.2 smtp; 452 4.2.2 Mailbox full")


def test_mailboxes_that_were_full_long_ago_are_not(series: Series) -> None:
    for number in range(4):
        with time_machine.travel(timezone.now() - dt.timedelta(40 * (4 - number)), tick=True):
            row = start(make_issue(series)).deliveries.get()
            take_returned(report(number=number, status="4.2.2", message_id=row.message_id))
    assert (ReturnedMail.objects.filter(kind=Kind.SOFT).count(), state()[0]) == (4, "good")


def test_a_complaint_closes_the_address_and_leaves(delivery: Delivery) -> None:
    take_returned(report(COMPLAINT, action="abuse", message_id=delivery.message_id))
    assert state()[0] == "complained"
    assert Choice.objects.get().left_at


def test_nothing_gets_better_by_what_comes_later(delivery: Delivery) -> None:
    take_returned(report(COMPLAINT, action="abuse", message_id=delivery.message_id))
    take_returned(report(message_id=delivery.message_id))
    take_returned(report(COMPLAINT, action="not-spam", number=2, message_id=delivery.message_id))
    take_returned(report(action="delivered", status="2.0.0", message_id=delivery.message_id))
    assert state()[0] == "complained"


def test_the_ledger_stays_as_it_was(delivery: Delivery) -> None:
    before = delivery.state
    take_returned(report(message_id=delivery.message_id))
    delivery.refresh_from_db()
    assert delivery.state == before


def test_an_erasure_takes_returned_mail_along(delivery: Delivery) -> None:
    take_returned(report(message_id=delivery.message_id))
    assert delivery.person
    erase_person(delivery.person, by=None)
    assert not ReturnedMail.objects.exists()


# --- staff


def test_staff_see_what_came_back_and_look_at_the_rest(client: Client, delivery: Delivery) -> None:
    client.force_login(make_staff("Bulletin editors", email="coordinator@example.org"))
    take_returned(report(message_id=delivery.message_id))
    unread = take_returned(b"Subject: ?\r\n\r\nWhat is this")
    shown = client.get("/admin/bulletins/returned/").content.decode()
    assert "No such user" in shown
    only = client.get(f"/admin/bulletins/returned/?issue={delivery.issue.uid}&kind=hard").content.decode()
    assert "ana@example.org" in only
    assert f"returned/{unread.pk}/settle/" in shown
    assert f"returned/{unread.pk}/settle/" not in only
    file = client.get(f"/admin/bulletins/returned/{unread.pk}/raw/")
    assert (file.content, file["Content-Disposition"][:10]) == (
        b"Subject: ?\r\n\r\nWhat is this",
        "attachment",
    )
    client.post(f"/admin/bulletins/returned/{unread.pk}/settle/")
    unread.refresh_from_db()
    assert unread.settled_at
    assert "No such user" in client.get(f"/admin/bulletins/{delivery.issue.uid}/mails/").content.decode()


def test_others_see_nothing_of_it(client: Client, delivery: Delivery) -> None:
    row = take_returned(report(message_id=delivery.message_id))
    client.force_login(make_staff("Editors", email="editor@example.org"))
    for path in ("", f"{row.pk}/raw/", f"{row.pk}/settle/"):
        assert client.get(f"/admin/bulletins/returned/{path}").status_code in (302, 403, 405)
        assert (
            "No such user"
            not in client.get(f"/admin/bulletins/returned/{path}", follow=True).content.decode()
        )
