"""What does the environment say about this installation?

Every variable that Pututu reads is declared in ``VARIABLES`` and nowhere else; ``docs/operators.md`` is held against
it by a test.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env

from pututu.config.faults import faults


@dataclass(frozen=True)
class Variable:
    """One environment variable: its name, what it is for, and what holds without it."""

    name: str
    purpose: str
    default: str


VARIABLES = (
    Variable(
        "PUTUTU_BASE_URL",
        "Where readers find the site; https here switches all transport security on.",
        "http://127.0.0.1:8000",
    ),
    Variable("PUTUTU_ALLOWED_HOSTS", "Further host names to answer to, separated by commas.", ""),
    Variable(
        "PUTUTU_SECRET_KEY",
        "Signs sessions and links. Keep it secret and stable.",
        "made once, kept in the data folder",
    ),
    Variable(
        "PUTUTU_DATA",
        "The folder for the database, uploads and the generated key.",
        "var/site in the checkout",
    ),
    Variable(
        "DATABASE_URL",
        "postgres://user:password@host/name when SQLite is outgrown.",
        "SQLite in the data folder",
    ),
    Variable(
        "PUTUTU_CACHE_URL",
        "redis://… when more than one process serves the site.",
        "memory of the one process",
    ),
    Variable(
        "PUTUTU_EMAIL_URL",
        "smtp://user:password@host:587?tls=true, or a provider: postmark:// or mailgun://; without it mail is printed.",
        "",
    ),
    Variable("PUTUTU_EMAIL_FROM", "The address that mail comes from.", "office@ the host of the base URL"),
    Variable(
        "PUTUTU_EMAIL_WEBHOOK_SECRET",
        "Proves that a provider's messages are from it: Mailgun's signing key, or a password of yours.",
        "",
    ),
    Variable(
        "PUTUTU_DKIM_KEY",
        "The file with the private key (PEM, RSA) with which mail that leaves by SMTP is signed.",
        "",
    ),
    Variable(
        "PUTUTU_DKIM_SELECTOR", "Under which name within the domain the key's DNS record stands.", "pututu"
    ),
    Variable("PUTUTU_DKIM_DOMAIN", "The domain that signs.", "that of `PUTUTU_EMAIL_FROM`"),
    Variable(
        "PUTUTU_MAIL_AN_HOUR", "How many mails of bulletins may leave in an hour; 0 for any number.", "0"
    ),
    Variable(
        "PUTUTU_MAIL_AN_HOUR_AND_DOMAIN",
        "How many of them to one domain, such as gmail.com; 0 for any number.",
        "0",
    ),
    Variable(
        "PUTUTU_BOUNCES_TO", "The address to which mails of bulletins that can't be delivered come back.", ""
    ),
    Variable(
        "PUTUTU_BOUNCES_URL",
        "imaps://user:password@host/INBOX: the mailbox of that address, read by itself.",
        "",
    ),
    Variable("PUTUTU_STRIPE_KEY", "Stripe's secret key, where cards are taken through Stripe.", ""),
    Variable("PUTUTU_STRIPE_WEBHOOK_SECRET", "The signing secret of Stripe's messages to this site.", ""),
    Variable(
        "PUTUTU_GOCARDLESS_TOKEN",
        "GoCardless's access token, where Direct Debit is taken through GoCardless.",
        "",
    ),
    Variable(
        "PUTUTU_GOCARDLESS_WEBHOOK_SECRET", "The signing secret of GoCardless's messages to this site.", ""
    ),
    Variable("PUTUTU_DEMO", "1 marks the demonstration: the second factor is not asked for.", "0"),
    Variable("PUTUTU_DEBUG", "1 shows error pages with source code. Never on a public machine.", "0"),
    Variable(
        "PUTUTU_CLOCK",
        "1 lets this process do what is due: publish, ask providers, await renewals, remind.",
        "1 under ./run serve and ./run demo",
    ),
    Variable("PUTUTU_PROXIES", "How many proxies stand in front and set X-Forwarded-For.", "0"),
)


@dataclass(frozen=True)
class Environment:
    """The installation as the environment describes it; paths are absolute."""

    base_url: str
    allowed_hosts: list[str]
    secret_key: str
    data: Path
    database_url: str
    cache_url: str
    email_url: str
    email_from: str
    email_webhook_secret: str
    dkim_key: str
    dkim_selector: str
    dkim_domain: str
    mail_an_hour: int
    mail_an_hour_and_domain: int
    bounces_to: str
    bounces_url: str
    stripe_key: str
    stripe_webhook_secret: str
    gocardless_token: str
    gocardless_webhook_secret: str
    is_demo: bool
    is_debug: bool
    proxies: int

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")


def read_environment(root: Path) -> Environment:
    """Read the variables; ``root`` is the checkout, where the data folder lies by default.

    Raises ImproperlyConfigured with a sentence for each variable that is malformed.
    """
    if found := list(faults(os.environ)):
        raise ImproperlyConfigured("\n".join(found))
    env = Env()
    data = Path(env.str("PUTUTU_DATA", "") or root / "var" / "site").resolve()
    base_url = env.str("PUTUTU_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
    host = urlsplit(base_url).hostname or "localhost"
    email_from = env.str("PUTUTU_EMAIL_FROM", "") or f"office@{host}"
    return Environment(
        base_url=base_url,
        allowed_hosts=[
            host,
            "localhost",
            "127.0.0.1",
            "[::1]",
            *filter(None, env.list("PUTUTU_ALLOWED_HOSTS", [])),
        ],
        secret_key=env.str("PUTUTU_SECRET_KEY", "") or _kept_secret(data / "secret-key"),
        data=data,
        database_url=env.str("DATABASE_URL", ""),
        cache_url=env.str("PUTUTU_CACHE_URL", ""),
        email_url=env.str("PUTUTU_EMAIL_URL", ""),
        email_from=email_from,
        email_webhook_secret=env.str("PUTUTU_EMAIL_WEBHOOK_SECRET", ""),
        dkim_key=env.str("PUTUTU_DKIM_KEY", ""),
        dkim_selector=env.str("PUTUTU_DKIM_SELECTOR", "") or "pututu",
        dkim_domain=env.str("PUTUTU_DKIM_DOMAIN", "") or parseaddr(email_from)[1].rpartition("@")[2],
        mail_an_hour=env.int("PUTUTU_MAIL_AN_HOUR", 0),
        mail_an_hour_and_domain=env.int("PUTUTU_MAIL_AN_HOUR_AND_DOMAIN", 0),
        bounces_to=env.str("PUTUTU_BOUNCES_TO", ""),
        bounces_url=env.str("PUTUTU_BOUNCES_URL", ""),
        stripe_key=env.str("PUTUTU_STRIPE_KEY", ""),
        stripe_webhook_secret=env.str("PUTUTU_STRIPE_WEBHOOK_SECRET", ""),
        gocardless_token=env.str("PUTUTU_GOCARDLESS_TOKEN", ""),
        gocardless_webhook_secret=env.str("PUTUTU_GOCARDLESS_WEBHOOK_SECRET", ""),
        is_demo=env.bool("PUTUTU_DEMO", False),
        is_debug=env.bool("PUTUTU_DEBUG", False),
        proxies=env.int("PUTUTU_PROXIES", 0),
    )


def _kept_secret(path: Path) -> str:
    """Return the key kept at ``path``, making it (readable by its owner alone) the first time.

    Before there is a data folder a key lasts as long as the process: only a start makes the folder.
    """
    if not path.parent.is_dir():
        return secrets.token_urlsafe(64)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64), encoding="ascii")
    return path.read_text(encoding="ascii").strip()
