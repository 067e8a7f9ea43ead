"""Is what the DNS says of our sender judged rightly, asked of a real name server, and never a hang or a failure?"""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from pututu.bulletins.providers.names import asker
from pututu.bulletins.rendering.trust import WORDS, told
from pututu.bulletins.rules.findings import Code, Found, Level
from pututu.bulletins.rules.spf import TERM, look_at_spf
from pututu.bulletins.rules.trust import Sender, is_aligned, look_at_sender
from pututu.bulletins.services import trusting
from pututu.bulletins.tests.making import make_series
from pututu.bulletins.tests.names import Names, Records, names, no_names, quoted
from pututu.lib.dkim import key_as_pem, make_key, public_part, record_for
from tests.factories import make_staff

KEY, OTHER = make_key(), make_key()
SHORT = "v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC"  # begins like a key
SELECTOR = ("pututu._domainkey.example.org", "TXT")
DOMAIN, DMARC, MX = ("example.org", "TXT"), ("_dmarc.example.org", "TXT"), ("example.org", "MX")
GOOD: Records = {
    DOMAIN: ['"v=spf1 ip4:192.0.2.0/24 include:_spf.example.net -all"', '"another=thing"'],
    ("_spf.example.net", "TXT"): ['"v=spf1 ip6:2001:db8::/32 a:mail.example.net ~all"'],
    ("mail.example.net", "A"): ["198.51.100.7"],
    SELECTOR: [quoted(record_for(KEY))],
    DMARC: ['"v=DMARC1; p=quarantine; rua=mailto:dmarc@example.org"'],
    MX: ["10 mx.example.net."],
}


@pytest.fixture
def dns() -> Iterator[Names]:
    with names(GOOD) as server:
        yield server


def sender(**columns: Any) -> Sender:
    facts: dict[str, Any] = {"domain": "example.org", "returns_to": "example.org", "signs_for": "example.org"}
    return Sender(**{**facts, "selector": "pututu", "key": public_part(KEY), **columns})


def found(dns: Names, **columns: Any) -> list[str]:
    return [each.code for each in look_at_sender(sender(**columns), asker(dns.resolver))]


def spf(dns: Names, record: str, *servers: str) -> list[str]:
    dns.records[DOMAIN] = [quoted(record)]
    return [each.code for each in look_at_spf("example.org", asker(dns.resolver), servers)]


def test_a_sender_whose_records_are_right_is_trusted(dns: Names) -> None:
    assert found(dns) == ["spf-fine", "dkim-fine", "dmarc-fine", "mx-fine"]


# --- SPF


@pytest.mark.parametrize(
    ("record", "codes"),
    [
        ("v=spf1 ip4:192.0.2.1 ~all", ["spf-fine"]),
        ("V=SPF1 mx a:mail.example.org/24//64 redirect=_spf.example.net", ["spf-fine"]),
        ("v=spf1 exists:%{i}._spf.example.net include:%{d2}.x exp=why.example.org -all", ["spf-fine"]),
        ("v=spf10 ip4:192.0.2.1 -all", ["spf-none"]),
        ("v=spf1 ipv4:192.0.2.1 -all", ["spf-syntax"]),
        ("v=spf1 ip4:192.0.2.300 -all", ["spf-syntax"]),
        ("v=spf1 ip4:2001:db8::1 -all", ["spf-syntax"]),
        ("v=spf1 include: -all", ["spf-syntax"]),
        ("v=spf1 include:nothing.example.net -all", ["spf-syntax"]),
        ("v=spf1 mx,a -all", ["spf-syntax"]),
        ("v=spf1 +all", ["spf-allows-all"]),
        ("v=spf1 ip4:192.0.2.1 all", ["spf-allows-all"]),
        ("v=spf1 ip4:192.0.2.1 ?all", ["spf-open-end", "spf-fine"]),
        ("v=spf1 ip4:192.0.2.1", ["spf-open-end", "spf-fine"]),
    ],
)
def test_an_spf_record_is_judged_as_receivers_do(dns: Names, record: str, codes: list[str]) -> None:
    assert spf(dns, record) == codes


def test_two_spf_records_are_worse_than_one(dns: Names) -> None:
    dns.records[DOMAIN] = ['"v=spf1 -all"', '"v=spf1 mx -all"']
    assert found(dns)[0] == Code.SPF_SEVERAL
    del dns.records[DOMAIN]
    assert found(dns)[0] == Code.SPF_NONE


@pytest.mark.parametrize(("number", "code"), [(10, Code.SPF_FINE), (11, Code.SPF_TOO_MANY)])
def test_receivers_follow_ten_names_and_no_more(dns: Names, number: int, code: Code) -> None:
    for each in range(number):
        more = f" include:n{each + 1}.example.net" if each + 1 < number else ""
        dns.records[f"n{each}.example.net", "TXT"] = [quoted(f"v=spf1 ip4:192.0.2.9{more} -all")]
    assert spf(dns, "v=spf1 include:n0.example.net -all") == [code]


def test_an_spf_record_that_leads_back_to_itself_ends(dns: Names) -> None:
    assert spf(dns, "v=spf1 include:example.org -all") == [Code.SPF_TOO_MANY]


@pytest.mark.parametrize(
    ("server", "is_named"),
    [
        ("192.0.2.44", True),
        ("2001:db8::5", True),
        ("198.51.100.7", True),
        ("203.0.113.1", False),
        ("2001:db9::1", False),
    ],
)
def test_our_server_is_looked_for_in_all_that_the_record_leads_to(
    dns: Names, server: str, is_named: bool
) -> None:
    said = found(dns, servers=(server,))
    assert (Code.SPF_NOT_OUR_SERVER in said) is not is_named
    assert Code.SPF_FINE in said


@given(st.text(max_size=60))
def test_no_word_at_all_makes_the_reader_of_spf_stumble(words: str) -> None:
    TERM.match(words)
    records = {"TXT": [f"v=spf1 {words}"]}
    for each in look_at_spf("example.org", lambda _name, kind: records.get(kind, []), ["192.0.2.1"]):
        assert told(each).says


# --- DKIM


@pytest.mark.parametrize(
    ("record", "codes"),
    [
        (record_for(KEY) + "; t=y", ["dkim-testing", "dkim-fine"]),
        (record_for(OTHER), ["dkim-other-key"]),
        ("v=DKIM1; k=rsa; p=", ["dkim-revoked"]),
        (record_for(KEY)[:-30], ["dkim-broken"]),
        (SHORT, ["dkim-broken"]),
        ("v=DKIM2; p=x", ["dkim-broken"]),
        ("k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", ["dkim-broken"]),
    ],
)
def test_a_dkim_record_is_judged_as_receivers_do(dns: Names, record: str, codes: list[str]) -> None:
    dns.records[SELECTOR] = [quoted(record)]
    assert [each for each in found(dns) if each.startswith("dkim")] == codes


@pytest.mark.parametrize(("bits", "codes"), [(1024, ["dkim-short", "dkim-fine"]), (512, ["dkim-weak"])])
def test_a_short_key_is_told_of(dns: Names, bits: int, codes: list[str]) -> None:
    dns.records[SELECTOR] = [quoted(f"v=DKIM1; p={SHORTER[bits]}")]
    said = found(dns, key="" if bits == 512 else SHORTER[bits])
    assert [each for each in said if each.startswith("dkim")] == codes


SHORTER = {
    1024: (
        "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijS"
        "sq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB"
    ),
    512: (
        "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKGEXsslWss3SXTe5ButImqGu8ssNheh"
        "/yC3VcN0z5lEwQoQlxpQIjpcXkdEC6IBLBpAVB4bdg9KgJL88mXc138CAwEAAQ=="
    ),
}


def test_where_we_do_not_sign_the_mail_server_must(dns: Names) -> None:
    assert found(dns, selector="none")[1] == Code.DKIM_NONE
    assert found(dns, selector="none", key="")[1] == Code.DKIM_ELSEWHERE
    dns.records[SELECTOR] *= 2
    dns.records[SELECTOR][1] = quoted(record_for(OTHER))
    assert found(dns)[1] == Code.DKIM_SEVERAL


# --- DMARC and returned mail


@pytest.mark.parametrize(
    ("records", "codes"),
    [
        (['"v=DMARC1; p=none"'], ["dmarc-watches", "dmarc-fine"]),
        (['"v=DMARC1;p=reject;adkim=s"'], ["dmarc-fine"]),
        (['"v=DMARC1; rua=mailto:x@example.org"'], ["dmarc-syntax"]),
        (['"v=DMARC1; p=everything"'], ["dmarc-syntax"]),
        (['"v=DMARC1; p=none"', '"v=DMARC1; p=reject"'], ["dmarc-several"]),
        (['"some=thing"'], ["dmarc-none"]),
    ],
)
def test_a_dmarc_record_is_judged_as_receivers_do(dns: Names, records: list[str], codes: list[str]) -> None:
    dns.records[DMARC] = records
    assert [each for each in found(dns) if each.startswith("dmarc")] == codes


def test_the_record_of_the_house_counts_for_what_is_below_it(dns: Names) -> None:
    assert Code.DMARC_FINE in found(dns, domain="news.example.org")
    assert Code.DMARC_NONE in found(dns, domain="example.com")


def test_who_signs_and_where_mail_comes_back_to_must_belong_to_the_sender(dns: Names) -> None:
    strangers = {"signs_for": "example.net", "returns_to": "bounces.example.net"}
    assert Code.DMARC_UNALIGNED in found(dns, **strangers)
    assert Code.DMARC_UNALIGNED not in found(dns, **strangers | {"returns_to": "bounces.example.org"})
    dns.records[DMARC] = ['"v=DMARC1; p=reject; aspf=s"']
    assert Code.DMARC_UNALIGNED in found(dns, **strangers | {"returns_to": "bounces.example.org"})


def test_a_name_that_only_ends_alike_belongs_to_somebody_else() -> None:
    assert is_aligned("mail.example.org", "news.example.org", "example.org", "r")
    assert not is_aligned("myexample.org", "example.org", "example.org", "r")


def test_the_domain_that_returned_mail_goes_to_must_take_mail(dns: Names) -> None:
    dns.records[MX] = ["0 ."]
    assert found(dns)[-1] == Code.MX_NONE
    del dns.records[MX]
    assert found(dns)[-1] == Code.MX_NONE
    dns.records["example.org", "A"] = ["192.0.2.5"]
    assert found(dns)[-1] == Code.MX_FINE


# --- without a network


def test_where_nobody_answers_nothing_is_wrong_and_nothing_hangs(dns: Names) -> None:
    dns.is_mute, begin = True, time.monotonic()
    unknown = ["spf-unknown", "dkim-unknown", "dmarc-unknown", "mx-unknown"]
    quick = asker(dns.resolver, seconds=0.6)
    assert [each.code for each in look_at_sender(sender(), quick)] == unknown
    assert time.monotonic() - begin < 3
    assert [each.code for each in look_at_sender(sender(), asker(no_names(), seconds=0.6))] == unknown


def test_a_name_server_that_fails_is_not_one_that_knows_of_nothing(dns: Names) -> None:
    dns.fails = {"_dmarc.example.org"}
    assert found(dns)[2] == Code.DMARC_UNKNOWN


def test_each_question_is_asked_once(dns: Names) -> None:
    ask = asker(dns.resolver)
    look_at_sender(sender(), ask)
    number = len(dns.asked)
    look_at_sender(sender(), ask)
    assert len(dns.asked) == number > 3


# --- told to people


@pytest.mark.parametrize("code", list(Code))
@pytest.mark.parametrize("language", ["en", "es"])
def test_each_finding_is_told_with_what_to_do(code: Code, language: str) -> None:
    with override(language):
        words = told(Found(code, "example.org", "12"))
        assert words.says
        assert "%(" not in words.says + words.do
        assert bool(words.do) == (words.level != Level.FINE)
    with override("es" if language == "en" else "en"):
        assert told(Found(code, "example.org", "12")).says != words.says
    assert code in WORDS


@pytest.fixture
def ours(dns: Names, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Names:
    """This installation writes as example.org and signs; it asks the name server of the test."""
    settings.DEFAULT_FROM_EMAIL, settings.BOUNCES_TO = "Office <office@example.org>", "bounces@example.org"
    settings.DKIM_KEY, settings.DKIM_DOMAIN = str(tmp_path / "key.pem"), "example.org"
    Path(settings.DKIM_KEY).write_bytes(key_as_pem(KEY))
    monkeypatch.setattr(trusting, "asker", lambda: asker(dns.resolver))
    make_series()
    return dns


def test_the_command_says_what_is_wrong_and_fails_then(ours: Names) -> None:
    said = io.StringIO()
    call_command("check_sender", stdout=said)
    assert "DKIM fine: Receivers find the key for our signatures, of 2048 bits." in said.getvalue()
    assert said.getvalue().splitlines().count("example.org") == 1
    ours.records[SELECTOR] = [quoted(record_for(OTHER))]
    with pytest.raises(SystemExit):
        call_command("check_sender", stdout=said)
    assert "Put the record there that belongs to the file in PUTUTU_DKIM_KEY." in said.getvalue()
    ours.fails = {name for name, _kind in ours.records}
    call_command("check_sender", stdout=said)
    assert "could not be asked" in said.getvalue()


def test_staff_see_whether_their_sender_is_trusted(ours: Names) -> None:
    client = Client()
    client.force_login(make_staff("Bulletin editors"))
    assert "/admin/bulletins/sender/" in client.get("/admin/bulletins/").content.decode()
    ours.records[DOMAIN] = ['"v=spf1 <b> -all"']
    page = client.get("/admin/bulletins/sender/").content.decode()
    assert "&lt;b&gt;" in page
    assert "What to do:" in page
    assert "DMARC: fine" in page


def test_a_machine_without_a_domain_is_not_asked_for(ours: Names, settings: Any) -> None:
    assert trusting.sender_domains() == ["example.org"]
    settings.DEFAULT_FROM_EMAIL = "office@127.0.0.1"
    trusting.Series.objects.update(sender_address="office@localhost")
    assert trusting.look_at_senders() == []


def test_others_do_not_see_it(ours: Names) -> None:
    client = Client()
    client.force_login(make_staff("Editors", email="editor@example.org"))
    assert client.get("/admin/bulletins/sender/").status_code in (302, 403)
    assert not ours.asked
