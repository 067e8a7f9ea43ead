"""Do mails that came back get in from their mailbox or a pipe, so that none is lost?"""

from __future__ import annotations

import imaplib
import io
from typing import Any

import pytest
from django.core.management import call_command

from pututu.bulletins.models import Delivery, ReturnedMail
from pututu.bulletins.providers.contract import Unreachable
from pututu.bulletins.providers.mailbox import Mailbox
from pututu.bulletins.services.returning import take_from_mailbox
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


class Server:
    """What imaplib says of a mailbox; without UIDPLUS a mail is marked and not taken out."""

    def __init__(self, *mails: bytes, capabilities: tuple[str, ...] = ("IMAP4REV1", "UIDPLUS")) -> None:
        self.there = {str(number).encode(): raw for number, raw in enumerate(mails, 7)}
        self.capabilities, self.marked = capabilities, set[bytes]()

    def login(self, user: str, password: str) -> None:
        if password != "a/b@c":
            raise imaplib.IMAP4.error("no")

    def select(self, folder: str) -> tuple[str, list[bytes]]:
        return ("OK" if folder == '"INBOX"' else "NO"), [b""]

    def logout(self) -> None:
        """Good-bye."""

    def uid(self, command: str, *words: str) -> tuple[str, list[Any]]:
        key = words[0].encode()
        if command == "SEARCH":
            return "OK", [b" ".join(each for each in self.there if each not in self.marked) or None]
        if command == "FETCH":
            return "OK", [(b"1 (UID 7 BODY[] {5}", self.there[key]), b")"]
        self.marked.add(key)
        if command == "EXPUNGE":
            del self.there[key]
        return "OK", [None]


def opened(server: Server, monkeypatch: pytest.MonkeyPatch, url: str = "imaps://u:a%2Fb%40c@host") -> Mailbox:
    monkeypatch.setattr(Mailbox, "_connect", lambda _box: server)
    return Mailbox(url)


@pytest.mark.django_db
@pytest.mark.parametrize("capabilities", [("IMAP4REV1", "UIDPLUS"), ("IMAP4REV1",)])
def test_a_mailbox_is_emptied_once(capabilities: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server(b"first", b"second", capabilities=capabilities)
    assert take_from_mailbox(opened(server, monkeypatch)) == 2
    assert ReturnedMail.objects.count() == 2
    assert take_from_mailbox(opened(server, monkeypatch)) == 0
    assert bool(server.there) == ("UIDPLUS" not in capabilities)


@pytest.mark.parametrize("url", ["imaps://u:wrong@host", "imaps://u:a%2Fb%40c@host/Elsewhere"])
def test_a_mailbox_that_does_not_open_says_so_without_its_password(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Unreachable) as told:
        take_from_mailbox(opened(Server(), monkeypatch, url))
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
