"""Does a mail by which somebody leaves do so, whatever its words, and no other mail?"""

from __future__ import annotations

import email
from email.policy import default
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from pututu.bulletins.models import Choice, Delivery, ReturnedMail
from pututu.bulletins.providers.writing import written
from pututu.bulletins.rendering.links import delivery_left_by, returns_to
from pututu.bulletins.rules.returned import Kind
from pututu.bulletins.services.posting import Composers
from pututu.bulletins.services.returning import take_returned
from pututu.bulletins.tests.making import make_issue, make_reader, make_series, start
from pututu.bulletins.tests.returns import report
from tests.factories import make_site


@pytest.fixture
def delivery(db: None, settings: Any) -> Delivery:
    settings.BOUNCES_TO = "bounces@example.org"
    make_site(("en", "es"))
    make_reader("ana@example.org", "Ana")
    make_reader("ben@example.org", "Ben")
    issue = start(make_issue(make_series()))
    row: Delivery = issue.deliveries.get(address="ana@example.org")
    return row


def way_by_mail(delivery: Delivery) -> tuple[str, str]:
    """The address and subject to which a mail program writes, read by a parser of its own."""
    mail = email.message_from_bytes(written(Composers()(delivery)), policy=default)
    click, letter = (each.strip(" <>") for each in str(mail["List-Unsubscribe"]).split(","))
    assert click.startswith("http")
    parts = urlsplit(letter)
    assert parts.scheme == "mailto"
    return parts.path, parse_qs(parts.query)["subject"][0]


def letter(to: str, subject: str = "", *headers: str, sender: str = "ana@example.org") -> bytes:
    head = [f"From: {sender}", f"To: {to}", f"Subject: {subject}", *headers]
    return ("\r\n".join(head) + "\r\n\r\nGracias\r\n").encode()


def who_left() -> list[str]:
    return list(Choice.objects.filter(left_at__isnull=False).values_list("email__address", flat=True))


@pytest.mark.parametrize("subject", ["", "unsubscribe", "Darse de baja, por favor ñ", "退订"])
def test_a_mail_to_the_address_in_the_header_leaves_whatever_its_subject(
    delivery: Delivery, subject: str
) -> None:
    to, _subject = way_by_mail(delivery)
    row = take_returned(letter(to.upper(), subject, sender="somebody@else.example"))
    assert (row.kind, row.delivery) == (Kind.LEFT, delivery)
    assert who_left() == ["ana@example.org"]
    assert take_returned(letter(to, "again")).kind == Kind.LEFT
    assert delivery.email is not None
    delivery.email.refresh_from_db()
    assert delivery.email.state == "good"


def test_the_subject_is_enough_where_a_server_folds_the_address(delivery: Delivery) -> None:
    _to, subject = way_by_mail(delivery)
    take_returned(letter("bounces@example.org", f"Re: {subject}"))
    assert who_left() == ["ana@example.org"]


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-replied (vacation); owner-email=ana@example.org",
        "Return-Path: <>",
        "Precedence: auto_reply",
        "X-Auto-Response-Suppress: All",
        "Content-Type: multipart/report",
        "Auto-Submitted: auto-generated\r\nIn-Reply-To: <x@example.org>",
    ],
)
def test_what_answers_by_itself_never_leaves(delivery: Delivery, header: str) -> None:
    to, subject = way_by_mail(delivery)
    assert take_returned(letter(to, subject, header)).kind != Kind.LEFT
    assert who_left() == []
    take_returned(letter(to, subject, "Auto-Submitted: auto-generated"))
    assert who_left() == ["ana@example.org"], "a mail program that writes for its reader"


def test_an_absence_note_to_the_envelopes_sender_never_leaves(delivery: Delivery) -> None:
    row = take_returned(letter(returns_to(delivery), "unsubscribe"))
    assert (row.kind, row.delivery) == (Kind.UNREAD, None) or row.kind == Kind.UNREAD
    assert who_left() == []


def test_nobody_leaves_for_another_by_their_address_or_a_seal_made_up(delivery: Delivery) -> None:
    to, subject = way_by_mail(delivery)
    other = Delivery.objects.exclude(pk=delivery.pk).get()
    forged = to.replace(f"leave-{delivery.pk}-", f"leave-{other.pk}-")
    assert forged != to
    for address, words in (
        (forged, ""),
        ("bounces@example.org", subject.replace(f"-{delivery.pk}-", f"-{other.pk}-")),
        ("bounces@example.org", "unsubscribe ben@example.org"),
        ("bounces@example.org", "unsubscribe"),
    ):
        assert take_returned(letter(address, words, sender="ben@example.org")).kind == Kind.UNREAD
    assert who_left() == []
    assert delivery_left_by(to) == delivery.pk


def test_a_refusal_of_a_mail_is_no_leaving_though_it_cites_the_address(delivery: Delivery) -> None:
    to, _subject = way_by_mail(delivery)
    row = take_returned(report(to=to, message_id=delivery.message_id))
    assert row.kind == Kind.HARD
    assert who_left() == []


def test_without_an_address_for_returned_mail_there_is_one_way(delivery: Delivery, settings: Any) -> None:
    settings.BOUNCES_TO = ""
    said = dict(Composers()(delivery).headers)["List-Unsubscribe"]
    assert "mailto" not in said
    assert said.count("<") == 1


def test_one_that_leaves_is_kept_as_it_came(delivery: Delivery) -> None:
    to, subject = way_by_mail(delivery)
    take_returned(letter(to, subject))
    assert bytes(ReturnedMail.objects.get().raw) == letter(to, subject)
