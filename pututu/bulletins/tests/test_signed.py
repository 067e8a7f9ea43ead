"""Is all mail that leaves by SMTP signed so that an independent verifier (dkimpy) finds it whole, and none unsigned?"""

from __future__ import annotations

import io
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.core.checks import run_checks
from django.core.mail import EmailMultiAlternatives
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st

from pututu.bulletins.providers import channel, signing
from pututu.bulletins.providers.contract import Unreachable
from pututu.bulletins.rules.ledger import State
from pututu.bulletins.services.posting import Composers, post_what_is_due
from pututu.bulletins.services.sending import send_due
from pututu.bulletins.tests.mail_server import MailServer, mail_server
from pututu.bulletins.tests.making import make_issue, make_reader, make_series, start
from pututu.bulletins.tests.names import Names, names, quoted
from pututu.lib.dkim import KeyUnusable, Signer, key_as_pem, make_key, read_signer, record_for
from tests.factories import make_site, make_story

KEY = make_key()
SHORT = b"""-----BEGIN RSA PRIVATE KEY-----
MIIBOwIBAAJBAPFD6snoL1TFRxSnoINxCI3lhwUF0bmfo5Rju3FtM6M32TeF1jPf
oo/Ta4hy9t9zkcXfrRd4nqVUJqpDAx2NeEMCAwEAAQJARLoxLvUKTp6oAfVCX08a
vbktvjuLI9Ka+ZFzevs9o3eevC1ym/KmvRCNEM1L2fG7xdC6uGLzPgFR/TijHB3w
SQIhAPmop5RFXwJq/DJQGUdWpwVvw7V84YcVXTjoBmvmYXdtAiEA92SvkbS6UZMk
AxsAHrLqgBVhB7NqGy7fMT6dZZtXcG8CIFOIgsmxjGCau1d6RXsBG1FOXAVVi4BP
PanUuJFRvDrhAiEAuXCynhCPnPgjhWRm2ZwZZTshSWl2PrwKt1oNF42ypGcCIQC3
ZnidWDln1LJuppFJpWDBe5lKjwsZRPNbkaF9HuOqdQ==
-----END RSA PRIVATE KEY-----
"""  # 512 bits: no program makes such keys any more
PLACE = "pututu._domainkey.example.org"


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "dkim.pem"
    path.write_bytes(key_as_pem(KEY))
    return path


@pytest.fixture(scope="module")
def dns() -> Iterator[Names]:
    with names({(PLACE, "TXT"): [quoted(record_for(KEY))]}) as server:
        yield server


@pytest.fixture
def server(settings: Any, key_file: Path) -> Iterator[MailServer]:
    """A mail server, and an installation that signs."""
    with mail_server() as found:
        settings.EMAIL_BACKEND = "pututu.bulletins.providers.signing.SignedSmtp"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", found.port, False
        settings.DKIM_KEY, settings.DKIM_SELECTOR, settings.DKIM_DOMAIN = (
            str(key_file),
            "pututu",
            "example.org",
        )
        yield found


def is_whole(letter: bytes, dns: Names) -> bool:
    return bool(dkim.verify(letter, dnsfunc=dns.txt))


def signed_names(letter: bytes) -> list[str]:
    head = re.sub(rb"\s", b"", letter.partition(b"\r\nFrom:")[0])
    found = re.search(rb";h=([^;]+);", head)
    assert found
    return found[1].decode().split(":")


# --- what goes over the line


@pytest.mark.django_db
def test_bulletins_are_signed_as_a_mail_server_takes_them(server: MailServer, dns: Names) -> None:
    story = make_story(make_site()["en"], "Índice de extractivas: ¿qué hizo el Congreso?")
    make_reader("ana@example.org", "Ana")
    make_reader("ñandú@example.org", "Ñandú")
    issue = start(make_issue(make_series(reply_to="office@example.org"), story))
    send_due(channel(), Composers())
    assert set(issue.deliveries.values_list("state", flat=True)) == {State.ACCEPTED}
    assert len(server.taken) == 2
    for letter in server.taken:
        assert letter.startswith(b"DKIM-Signature:")
        assert is_whole(letter, dns)


@pytest.mark.django_db
def test_the_signature_holds_what_leaving_needs_and_lets_nothing_be_put_in(
    server: MailServer, dns: Names
) -> None:
    make_site()
    make_reader("ana@example.org", "Ana")
    start(make_issue(make_series()))
    send_due(channel(), Composers())
    letter = server.taken[0]
    held = signed_names(letter)
    assert {"list-unsubscribe", "list-unsubscribe-post", "list-id", "feedback-id", "message-id"} <= set(held)
    assert [held.count(name) for name in ("from", "to", "subject", "reply-to")] == [2, 2, 2, 1]
    assert is_whole(letter, dns)
    for line in (b"Subject: Win\r\n", b"From: x@evil.example\r\n", b"Reply-To: x@evil.example\r\n"):
        assert not is_whole(line + letter, dns)
    assert is_whole(b"Received: by mx.example.net\r\n" + letter, dns), "what mail servers add does not hurt"
    changed = letter.replace(b"List-Unsubscribe=One-Click", b"List-Unsubscribe=None")
    assert changed != letter
    assert not is_whole(changed, dns)


def test_letters_that_are_no_bulletins_are_signed_too(server: MailServer, dns: Names) -> None:
    letter = EmailMultiAlternatives(
        "Tu membresía: ñ",
        "Línea\n\n.\ntab\tand  spaces \n\n\n",
        "Grupo <office@example.org>",
        ["ana@example.org"],
    )
    letter.attach_alternative("<p>Línea</p>", "text/html")
    assert letter.send() == 1
    assert is_whole(server.taken[0], dns)
    assert not is_whole(server.taken[0].replace(b"example.org", b"example.com", 1), dns)


line = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t"), max_size=60)


@pace(max_examples=60, deadline=None)
@given(st.lists(line, max_size=12), st.lists(st.sampled_from(["", " ", "\t", "  x"]), max_size=6))
def test_any_body_is_signed_as_the_verifier_reads_it(dns: Names, lines: list[str], end: list[str]) -> None:
    body = "".join(f"{each}\r\n" for each in [*lines, *end]).encode()
    mail = b"From: a@example.org\r\nTo: b@example.org\r\nSubject:  two  \tspaces\r\n folded \r\n\r\n" + body
    signed = Signer("example.org", "pututu", KEY).signed(mail, at=1_795_000_000)
    assert is_whole(signed, dns)


# --- never unsigned in silence


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["missing", "garbage", "elliptic", "short"])
def test_without_a_key_that_can_be_used_nothing_leaves(server: MailServer, settings: Any, fault: str) -> None:
    path = Path(settings.DKIM_KEY).with_name(f"{fault}.pem")
    if fault == "garbage":
        path.write_bytes(b"-----BEGIN PRIVATE KEY-----\nno\n-----END PRIVATE KEY-----\n")
    if fault == "elliptic":
        path.write_bytes(key_as_pem(ec.generate_private_key(ec.SECP256R1())))
    if fault == "short":
        path.write_bytes(SHORT)
    settings.DKIM_KEY = str(path)
    make_site()
    make_reader("ana@example.org", "Ana")
    issue = start(make_issue(make_series()))
    assert post_what_is_due() == 0
    with pytest.raises(Unreachable, match="The DKIM key"):
        send_due(channel(), Composers())
    assert issue.deliveries.get().state == State.WAITING
    with pytest.raises(KeyUnusable):
        EmailMultiAlternatives("x", "y", "office@example.org", ["ana@example.org"]).send()
    assert not server.taken
    found = [each for each in run_checks() if each.id == "bulletins.E001"]
    assert len(found) == 1
    assert str(path) in found[0].msg


@pytest.mark.django_db
def test_a_key_that_is_shorter_than_wanted_signs_and_is_told_of(server: MailServer, settings: Any) -> None:
    path = Path(settings.DKIM_KEY).with_name("weak.pem")
    path.write_bytes(key_as_pem(rsa.generate_private_key(65537, 1024)))
    settings.DKIM_KEY = str(path)
    EmailMultiAlternatives("x", "y", "office@example.org", ["ana@example.org"]).send()
    assert server.taken[0].startswith(b"DKIM-Signature:")
    assert [each.id for each in run_checks() if each.id.startswith("bulletins")] == ["bulletins.W002"]


def test_a_key_is_asked_for_only_where_mail_is_signed(settings: Any, key_file: Path) -> None:
    def ids() -> list[str]:
        return [each.id for each in run_checks() if each.id.startswith("bulletins")]

    assert ids() == []
    settings.DKIM_KEY = str(key_file)
    assert ids() == ["bulletins.W001"]
    assert signing.signer() is not None


# --- making one


def test_a_key_is_made_for_its_owner_alone_with_the_record_that_proves_it(
    tmp_path: Path, settings: Any
) -> None:
    settings.DKIM_DOMAIN, settings.DKIM_SELECTOR = "example.org", "pututu"
    path, said = tmp_path / "new.pem", io.StringIO()
    call_command("make_dkim_key", path, stdout=said)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    printed = re.search(r"Value: (.+)", said.getvalue())
    assert printed
    record = printed[1]
    letter = read_signer(path, selector="pututu", domain="example.org").signed(
        b"From: a@example.org\r\n\r\nHi\r\n", at=1_795_000_000
    )
    with names({(PLACE, "TXT"): [quoted(record)]}) as dns:
        assert is_whole(letter, dns)
    before = path.read_bytes()
    with pytest.raises(CommandError, match="is there already"):
        call_command("make_dkim_key", path)
    assert path.read_bytes() == before
