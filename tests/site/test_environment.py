"""Whatever stands in an environment variable, the operator gets a sentence that says how it should be."""

import pytest

from pututu.config.environment import VARIABLES
from pututu.config.faults import RULES, SECRETS, faults

FINE = {
    "PUTUTU_STRIPE_KEY": ["sk_live_1a2b", "rk_test_1a2b"],
    "PUTUTU_STRIPE_WEBHOOK_SECRET": ["whsec_1a2b"],
    "PUTUTU_GOCARDLESS_TOKEN": ["live_1a2b", "sandbox_1a2b"],
    "PUTUTU_GOCARDLESS_WEBHOOK_SECRET": ["a-secret-long-enough"],
    "PUTUTU_BASE_URL": ["https://www.example.org", "http://127.0.0.1:8000/", "http://[::1]:8000"],
    "PUTUTU_ALLOWED_HOSTS": ["example.org", "example.org, www.example.net,"],
    "PUTUTU_DATA": ["/nowhere/yet", "."],
    "DATABASE_URL": ["postgres://u:p@host/name", "postgresql://host:5432/name", "sqlite:////tmp/x.sqlite3"],
    "PUTUTU_CACHE_URL": ["redis://127.0.0.1:6379/0", "rediss://u:p@host"],
    "PUTUTU_EMAIL_URL": [
        "smtp://mail.example.org",
        "smtps://u:p%40x@host:465",
        "smtp://u:p@host:587?tls=true",
        "postmark://token@postmark?stream=broadcast",
        "mailgun://key-1@mg.example.org?region=eu",
    ],
    "PUTUTU_EMAIL_FROM": ["office@example.org", "The Office <office@example.org>"],
    "PUTUTU_EMAIL_WEBHOOK_SECRET": ["a-secret-long-enough"],
    "PUTUTU_DKIM_KEY": ["/etc/pututu-dkim.pem"],
    "PUTUTU_DKIM_SELECTOR": ["pututu", "s1.2026"],
    "PUTUTU_DKIM_DOMAIN": ["example.org", "mail.xn--per-joa.example"],
    "PUTUTU_DEMO": ["0", "1"],
    "PUTUTU_DEBUG": ["0", "1"],
    "PUTUTU_CLOCK": ["0", "1"],
    "PUTUTU_PROXIES": ["0", "2"],
    "PUTUTU_MAIL_AN_HOUR": ["0", "500"],
    "PUTUTU_MAIL_AN_HOUR_AND_DOMAIN": ["0", "100"],
    "PUTUTU_BOUNCES_TO": ["bounces@example.org"],
    "PUTUTU_BOUNCES_URL": ["imaps://u:p%40x@host:993/INBOX", "imaps://u:p@host"],
}
MALFORMED = {
    "PUTUTU_STRIPE_KEY": ["pk_live_1a2b", "1a2b"],
    "PUTUTU_STRIPE_WEBHOOK_SECRET": ["sk_live_1a2b"],
    "PUTUTU_GOCARDLESS_TOKEN": ["1a2b"],
    "PUTUTU_GOCARDLESS_WEBHOOK_SECRET": ["1a2b"],
    "PUTUTU_BASE_URL": [
        "www.example.org",
        "https://",
        "https://www.example.org/under/a/path",
        "https://www.example.org:port",
        "http://[broken",
        "ftp://www.example.org",
    ],
    "PUTUTU_ALLOWED_HOSTS": ["*", "https://example.org", "a.example b.example"],
    "PUTUTU_DATA": [__file__],
    "DATABASE_URL": ["nonsense", "mysql://u:p@host/name", "postgres://u:p@host", "postgres://h:port/name"],
    "PUTUTU_CACHE_URL": ["nonsense", "memcached://host", "redis://"],
    "PUTUTU_EMAIL_URL": [
        "nonsense",
        "https://host",
        "smtp://u:p@host:port",
        "smtp://host?tls=yes",
        "postmark://postmark",
        "mailgun://key@mg.example.org?region=moon",
        "smtp://",
    ],
    "PUTUTU_EMAIL_FROM": ["office", "@example.org"],
    "PUTUTU_EMAIL_WEBHOOK_SECRET": ["short"],
    "PUTUTU_DKIM_KEY": ["dkim.pem"],
    "PUTUTU_DKIM_SELECTOR": ["a key", ".s"],
    "PUTUTU_DKIM_DOMAIN": ["https://example.org", "example", "a@example.org"],
    "PUTUTU_DEMO": ["yes", "true"],
    "PUTUTU_DEBUG": ["yes"],
    "PUTUTU_CLOCK": ["true"],
    "PUTUTU_PROXIES": ["one", "-1", "1.5"],
    "PUTUTU_MAIL_AN_HOUR": ["many", "-1", "1.5"],
    "PUTUTU_MAIL_AN_HOUR_AND_DOMAIN": ["many", "-1"],
    "PUTUTU_BOUNCES_TO": ["bounces", "Bounces <b@example.org>", "b+x@example.org", "a@b@example.org"],
    "PUTUTU_BOUNCES_URL": ["imap://u:p@host", "imaps://host", "pop3://u:p@host", "imaps://u:p@host:port"],
}
pairs = [(name, value) for name, values in MALFORMED.items() for value in values]


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in FINE for value in FINE[name]])
def test_what_is_meant_is_taken(name, value):
    assert not list(faults({name: value}))


@pytest.mark.parametrize(("name", "value"), pairs)
def test_what_cannot_be_meant_is_told_with_a_remedy(name, value):
    (sentence,) = faults({name: value})
    assert sentence.startswith(f"{name} is ")
    assert name not in SECRETS or value not in sentence
    assert sentence.endswith(".")


def test_every_variable_but_the_key_has_a_rule_and_what_is_not_set_breaks_none():
    assert (
        set(RULES) == set(FINE) == set(MALFORMED) == {each.name for each in VARIABLES} - {"PUTUTU_SECRET_KEY"}
    )
    assert not list(faults(dict.fromkeys(RULES, "")))


@pytest.mark.parametrize(
    "value", ["smtp//user:secret@host", "smtp://user:sec/ret@host:port", "user:secret@host"]
)
def test_a_password_is_never_told(value):
    (sentence,) = faults({"PUTUTU_EMAIL_URL": value})
    assert "host" in sentence
    assert "sec" not in sentence
