"""Does what a mail server says of a mailbox count for the address, and nothing else that it says?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pututu.bulletins.models import Issue
from pututu.bulletins.providers.smtp import Server, Smtp
from pututu.bulletins.rules.ledger import TRIES, State
from pututu.bulletins.rules.returned import Kind, kind_of_refusal
from pututu.bulletins.services.posting import Composers
from pututu.bulletins.services.sending import send_due
from pututu.bulletins.services.suppressing import SOFT_AT_MOST
from pututu.bulletins.tests.mail_server import MailServer, mail_server
from pututu.bulletins.tests.making import make_issue, make_reader, make_series, start
from pututu.people.models import EmailAddress
from pututu.people.services.persons import set_address_state
from tests.factories import make_site


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as found:
        yield found


@pytest.fixture
def series(db: None) -> Any:
    make_site()
    make_reader("ana@example.org", "Ana")
    make_reader("ben@example.org", "Ben")
    return make_series()


def send(server: MailServer, series: Any, *, tries: int = 0) -> Issue:
    issue = start(make_issue(series))
    issue.deliveries.update(tries=tries)
    send_due(Smtp(Server("127.0.0.1", server.port)), Composers())
    return issue


def state() -> tuple[str, str]:
    email = EmailAddress.objects.get(address="ana@example.org")
    return email.state, email.state_reason


@pytest.mark.parametrize(
    ("code", "words", "kind"),
    [
        (550, "5.1.1 No such user", Kind.HARD),
        (550, "5.1.10 Null MX", Kind.HARD),
        (553, "5.1.8 Bad sender's address", Kind.OTHER),
        (550, "5.7.1 Blocked; see 5.1.1 of our terms", Kind.OTHER),
        (550, "No such user", Kind.OTHER),
        (552, "5.2.2 Mailbox full", Kind.OTHER),
        (452, "4.2.2 Mailbox full", Kind.SOFT),
        (451, "Try again", Kind.SOFT),
        (451, "4.7.1 Greylisted", Kind.OTHER),
        (450, "5.1.1 Perhaps", Kind.SOFT),
    ],
)
def test_what_a_refusal_says_of_the_address(code: int, words: str, kind: Kind) -> None:
    assert kind_of_refusal(code, words) is kind


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("550 5.1.1 No such user here", ("bounced", "550 5.1.1 No such user here")),
        ("550 5.7.1 We know you and don't want you", ("good", "")),
        ("451 4.2.2 Full", ("good", "")),
    ],
)
def test_a_mailbox_that_is_not_there_is_written_to_no_more(
    server: MailServer, series: Any, said: str, expected: tuple[str, str]
) -> None:
    server.refusing["ana@example.org"] = said
    send(server, series)
    assert state() == expected
    assert EmailAddress.objects.get(address="ben@example.org").state == "good"
    server.refusing.clear()
    issue = send(server, series)
    assert issue.deliveries.filter(address="ana@example.org").exists() == (expected[0] == "good")


def test_one_that_takes_nothing_now_counts_after_mails_of_several_issues(
    server: MailServer, series: Any
) -> None:
    server.refusing["ana@example.org"] = "452 4.2.2 Mailbox full"
    for number in range(SOFT_AT_MOST):
        assert state()[0] == "good", number
        send(server, series, tries=TRIES - 1)
    assert state()[0] == "bounced"


def test_a_server_that_is_only_wary_never_counts_against_the_address(server: MailServer, series: Any) -> None:
    server.refusing["ana@example.org"] = "451 4.7.1 Greylisted"
    for _number in range(SOFT_AT_MOST + 1):
        issue = send(server, series, tries=TRIES - 1)
    assert issue.deliveries.get(address="ana@example.org").state == State.REFUSED
    assert state()[0] == "good"


def test_an_address_that_works_again_begins_anew(server: MailServer, series: Any) -> None:
    server.refusing["ana@example.org"] = "550 5.1.1 No such user here"
    send(server, series)
    set_address_state(EmailAddress.objects.get(address="ana@example.org"), "good", reason="She telephoned")
    server.refusing["ana@example.org"] = "452 4.2.2 Mailbox full"
    send(server, series, tries=TRIES - 1)
    assert state() == ("good", "She telephoned")
