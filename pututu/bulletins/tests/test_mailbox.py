"""Do mails that came back get in from their mailbox or a pipe, so that none is lost?"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from pututu.bulletins.models import Delivery, ReturnedMail
from pututu.bulletins.providers.contract import Unreachable
from pututu.bulletins.providers.mailbox import Mailbox
from pututu.bulletins.services.returning import take_from_mailbox
from pututu.bulletins.tests.imap_server import DOVECOT, Imap, imap_server
from pututu.bulletins.tests.making import make_issue, make_reader, make_series, start
from pututu.bulletins.tests.returns import report
from pututu.people.models import EmailAddress
from tests.factories import make_site


@pytest.fixture
def delivery(db: None) -> Delivery:
    make_site(("en", "es"))
    make_reader("ana@example.org", "Ana")
    row: Delivery = start(make_issue(make_series())).deliveries.get()
    return row


class Box:
    """A mailbox that remembers what was taken out of it."""

    def __init__(self, *mails: bytes) -> None:
        self.there = {str(number): raw for number, raw in enumerate(mails)}

    def __enter__(self) -> Box:
        return self

    def __exit__(self, *_problem: object) -> None:
        """Nothing to close."""

    def mails(self) -> Any:
        yield from list(self.there.items())

    def remove(self, number: str) -> None:
        del self.there[number]


def test_a_mail_leaves_the_mailbox_only_when_it_was_kept(
    delivery: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pututu.bulletins.services import returning

    box, keep = Box(b"first", b"second"), returning.keep_returned

    def stumble(raw: bytes) -> ReturnedMail:
        if raw == b"second":
            raise Unreachable("The disk is full.")
        return keep(raw)

    monkeypatch.setattr(returning, "keep_returned", stumble)
    with pytest.raises(Unreachable):
        take_from_mailbox(box)
    assert list(box.there.values()) == [b"second"]
    monkeypatch.undo()
    assert take_from_mailbox(box) == 1
    assert not box.there
    assert [bytes(row.raw) for row in ReturnedMail.objects.order_by("pk")] == [b"first", b"second"]


needs_dovecot = pytest.mark.skipif(
    not Path(DOVECOT).exists(), reason="needs a real mailbox server: apt-get install dovecot-imapd"
)


@pytest.fixture
def imap(monkeypatch: pytest.MonkeyPatch) -> Iterator[Imap]:
    with imap_server() as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        yield server


@needs_dovecot
def test_a_real_mailbox_is_emptied_into_ours(delivery: Delivery, imap: Imap, settings: Any) -> None:
    settings.BOUNCES_URL = imap.url()
    mails = [
        report(message_id=delivery.message_id),
        b"Subject: \xff\xfe no words\r\n\r\n\x80\x81 \r\n",
        b"x\r\n" * 50_000,
    ]
    imap.put(*mails)
    assert take_from_mailbox() == 3
    assert sorted(bytes(row.raw) for row in ReturnedMail.objects.all()) == sorted(mails)
    assert imap.there == []
    assert EmailAddress.objects.get().state == "bounced"
    assert take_from_mailbox() == 0


@needs_dovecot
def test_a_real_mailbox_keeps_what_we_could_not_and_whatever_else_was_marked(
    delivery: Delivery, imap: Imap, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pututu.bulletins.services import returning

    keep, mails = returning.keep_returned, [f"Subject: {n}\r\n\r\n{n}\r\n".encode() for n in range(4)]
    imap.put(*mails)
    with Mailbox(imap.url()) as other:
        other._said("STORE", "4", "+FLAGS", r"(\Deleted)")

    def stumble(raw: bytes) -> ReturnedMail:
        if raw == mails[1]:
            raise OSError("The disk is full.")
        return keep(raw)

    monkeypatch.setattr(returning, "keep_returned", stumble)
    with pytest.raises(OSError, match="full"):
        take_from_mailbox(Mailbox(imap.url()))
    assert imap.there == mails[1:], "the first alone was taken out, not what somebody else marked"
    monkeypatch.setattr(returning, "keep_returned", keep)
    assert take_from_mailbox(Mailbox(imap.url())) == 2
    assert imap.there == mails[3:]


@needs_dovecot
def test_a_server_that_cannot_take_out_one_by_one_gets_each_mail_read_once(
    delivery: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = "protocol imap {\n  imap_capability = IMAP4rev1\n}"
    with imap_server(without) as imap:
        monkeypatch.setenv("SSL_CERT_FILE", str(imap.certificate))
        imap.put(b"Subject: a\r\n\r\na\r\n")
        assert take_from_mailbox(Mailbox(imap.url())) == 1
        assert take_from_mailbox(Mailbox(imap.url())) == 0
        assert imap.marked == 1
    assert ReturnedMail.objects.count() == 1


@needs_dovecot
@pytest.mark.parametrize(
    "part", [{"password": "wrong"}, {"folder": "Elsewhere"}, {"host": "127.0.0.1"}], ids=str
)
def test_a_real_mailbox_that_does_not_open_says_so_without_its_password(
    imap: Imap, part: dict[str, str]
) -> None:
    """The last is a server whose certificate is for another name."""
    with pytest.raises(Unreachable) as told:
        take_from_mailbox(Mailbox(imap.url(**part)))
    assert "a/b@c" not in str(told.value)
    assert "wrong" not in str(told.value)


def test_a_mail_server_gives_one_by_a_pipe(delivery: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = report(message_id=delivery.message_id)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    call_command("take_bounces", stdin=True)
    assert EmailAddress.objects.get().state == "bounced"


def test_without_a_mailbox_nothing_is_asked(db: None, settings: Any) -> None:
    settings.BOUNCES_URL, said = "", io.StringIO()
    call_command("take_bounces", stdout=said)
    assert "No mailbox is named" in said.getvalue()
