"""Are bounces read that keep to no standard, and never taken for what they are not?"""

from __future__ import annotations

from typing import Any

import pytest

from pututu.bulletins.rules.returned import Kind, read_report
from pututu.bulletins.services.returning import take_returned
from pututu.bulletins.tests.making import make_issue, make_reader, make_series, start
from pututu.bulletins.tests.returns import BACK, report
from pututu.people.models import EmailAddress
from tests.factories import make_site

QMAIL = """From: MAILER-DAEMON@mx.example.net
To: {to}
Subject: failure notice

Hi. This is the qmail-send program at mx.example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{address}>:
192.0.2.1 does not like recipient.
Remote host said: {words}
Giving up on 192.0.2.1.

--- Below this line is a copy of the message.

Message-ID: {message_id}
"""
POSTFIX_OF_OLD = """From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/mixed; boundary="b"

--b
Content-Description: Notification
Content-Type: text/plain

    The Postfix program

<{address}>: {words}

--b--
"""
AWAY = "From: {address}\nTo: {to}\nSubject: I am away\n\nUntil Monday. {address}\n"


@pytest.mark.parametrize("form", [QMAIL, POSTFIX_OF_OLD])
@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("550 5.1.1 No such user", Kind.HARD),
        ("550 No such user", Kind.HARD),
        ("552 5.2.2 Mailbox full", Kind.SOFT),
        ("452 over quota", Kind.SOFT),
        ("550 5.7.1 Not from you", Kind.OTHER),
    ],
)
def test_programs_with_words_of_their_own_are_read(form: str, words: str, kind: Kind) -> None:
    found = read_report(report(form, words=words))
    assert (found.kind, found.address) == (kind, "ana@example.org")
    assert words in found.words


def test_they_count_as_any_other(db: None) -> None:
    make_site()
    make_reader("ana@example.org", "Ana")
    delivery = start(make_issue(make_series())).deliveries.get()
    row = take_returned(report(QMAIL, words="550 5.1.1 No such user", message_id=delivery.message_id))
    assert (row.delivery, row.kind) == (delivery, Kind.HARD)
    assert EmailAddress.objects.get().state == "bounced"


def test_the_standard_is_read_first(monkeypatch: pytest.MonkeyPatch) -> None:
    from pututu.bulletins.rules import returned

    asked: list[Any] = []
    monkeypatch.setattr(returned, "all_failures", lambda mail: asked.append(mail) or (set(), set()))
    assert read_report(report()).kind is Kind.HARD
    assert read_report(report(BACK, action="delayed", status="4.0.0")).kind is Kind.OTHER
    assert not asked
    assert read_report(report(AWAY)).kind is Kind.UNREAD
    assert asked


@pytest.mark.parametrize("form", [AWAY, "Subject: no sender\n\n{address}\n", "To: {to}\n\n"])
def test_what_is_no_bounce_waits_for_a_person(form: str) -> None:
    assert read_report(report(form)).kind is Kind.UNREAD


@pytest.mark.parametrize(
    ("status", "kind"), [("5.7.1", Kind.OTHER), ("5.2.2", Kind.SOFT), ("5.2.1", Kind.HARD)]
)
def test_what_a_receiver_thinks_of_us_is_not_the_address_s_doing(status: str, kind: Kind) -> None:
    assert read_report(report(status=status, words=f"550 {status} So it is")).kind is kind
