"""Is a mail written so that an independent parser reads it back, whatever the names and words are?"""

from __future__ import annotations

import email
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pututu.bulletins.providers.writing import needs_utf8, written
from pututu.bulletins.rendering.mails import address_of
from pututu.bulletins.rules.mail import Mail

words = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), max_size=2000)
one_line = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=120)


def a_mail(**columns: Any) -> Mail:
    plain: dict[str, Any] = {
        "message_id": "<1@example.org>",
        "sender": Address("Peru Support Group", "bulletin", "example.org"),
        "to": Address("", "ana", "example.org"),
        "subject": "New extractives index",
        "text": "Text\n",
        "html": "<p>Text</p>\n",
    }
    return Mail(**(plain | columns))


def read(mail: Mail) -> EmailMessage:
    found = email.message_from_bytes(written(mail), policy=default)
    assert isinstance(found, EmailMessage)
    return found


@given(words, words)
def test_both_parts_are_read_back_as_they_were(text: str, html: str) -> None:
    found = read(a_mail(text=text, html=html))
    plain, page = (part.get_content().replace("\r\n", "\n") for part in found.iter_parts())
    assert [part.get_content_type() for part in found.iter_parts()] == ["text/plain", "text/html"]
    assert plain.rstrip("\n") == text.rstrip("\n")
    assert page.rstrip("\n") == html.rstrip("\n")


@given(one_line)
def test_a_subject_in_any_script_is_read_back(subject: str) -> None:
    found = read(a_mail(subject=subject))
    assert " ".join(str(found["Subject"]).split()) == " ".join(subject.split())


@given(words)
def test_no_line_is_longer_than_mail_allows(text: str) -> None:
    lines = written(a_mail(text=text, subject="ñ" * 200, html="x" * 5000)).split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_a_line_of_998_signs_and_more_stays_one_line() -> None:
    long = "a" * 3000
    plain = next(read(a_mail(text=long)).iter_parts())
    assert plain.get_content().strip() == long


@pytest.mark.parametrize("field", ["subject"])
@pytest.mark.parametrize(
    "bad", ["Hello\r\nBcc: all@example.org", "Hello\nX-Other: 1", "Hello\rBcc: x@example.org"]
)
def test_a_line_break_in_a_header_is_refused(field: str, bad: str) -> None:
    with pytest.raises(ValueError, match=r"[Hh]eader"):
        written(a_mail(**{field: bad}))


def test_a_line_break_in_a_header_of_the_list_is_refused() -> None:
    with pytest.raises(ValueError, match=r"[Hh]eader"):
        written(a_mail(headers=(("List-Id", "x\r\nBcc: all@example.org"),)))


@pytest.mark.parametrize(
    "name", ['Bo, the "Inca"', "مجموعة دعم بيرو", "秘鲁支持小组", "Ñusta ꞌQuispe", "🎺 Pututu", "a\u202eb"]
)
def test_a_sender_of_any_name_is_read_back(name: str) -> None:
    found = read(a_mail(sender=Address(name, "bulletin", "example.org")))["From"].addresses[0]
    assert (found.display_name, found.addr_spec) == (name, "bulletin@example.org")


def test_an_international_domain_is_written_in_ascii() -> None:
    address = address_of("ana@perú.example")
    assert address.domain == "xn--per-boa.example"
    assert not needs_utf8(a_mail(to=address))
    written(a_mail(to=address)).decode("ascii")


def test_letters_before_the_at_ask_for_smtputf8() -> None:
    mail = a_mail(to=address_of("josé@example.org"))
    assert needs_utf8(mail)
    assert "josé@example.org" in written(mail).decode("utf-8")


@pytest.mark.parametrize("bad", ["ana", "ana@", "ana@exa mple.org", "ana\r\n@example.org"])
def test_what_is_no_address_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        written(a_mail(to=address_of(bad)))


def test_nobodys_absence_note_answers_it() -> None:
    assert read(a_mail())["Auto-Submitted"] == "auto-generated"
