"""Which environment variables can't be meant as they are written, and how should they be?

Plain functions, asked before Django reads its settings: a slip of the pen gets a sentence and no traceback.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

Judge = Callable[[str], bool]


def faults(environ: Mapping[str, str]) -> Iterator[str]:
    """Give a sentence for each variable that is set and malformed, in the order of ``RULES``."""
    for name, (is_fine, remedy) in RULES.items():
        value = environ.get(name, "")
        if value and not is_fine(value):
            shown = "is not right" if name in SECRETS else f"is “{_without_password(value)}”"
            yield f"{name} {shown}: {remedy}"


def _parts(value: str) -> SplitResult | None:
    """Take an address apart, or return None for one that no program could read."""
    try:
        parts = urlsplit(value)
        _port = parts.port
    except ValueError:
        return None
    return parts


def _is_cache(value: str) -> bool:
    parts = _parts(value)
    return parts is not None and parts.scheme in ("redis", "rediss") and bool(parts.hostname)


TLS = re.compile(r"|tls=(true|false)")
MAIL_QUERIES = {
    "smtp": TLS,
    "smtps": TLS,
    "postmark": re.compile(r"|stream=[a-z0-9-]+"),
    "mailgun": re.compile(r"|region=(eu|us)"),
}


def _is_mail_server(value: str) -> bool:
    """A slip in what follows the question mark would switch encryption off: only what is meant is taken."""
    parts = _parts(value)
    return (
        parts is not None
        and parts.scheme in MAIL_QUERIES
        and bool(parts.hostname)
        and (parts.scheme.startswith("smtp") or bool(parts.username))
        and MAIL_QUERIES[parts.scheme].fullmatch(parts.query) is not None
    )


def _is_site_address(value: str) -> bool:
    parts = _parts(value)
    return (
        parts is not None
        and parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
    )


def _is_database(value: str) -> bool:
    parts = _parts(value)
    return (
        parts is not None
        and parts.scheme in ("postgres", "postgresql", "sqlite")
        and bool(parts.path.strip("/"))
    )


def _are_hosts(value: str) -> bool:
    hosts = [each.strip() for each in value.split(",") if each.strip()]
    return not any(set(each) & set("/*: ") for each in hosts)


def _is_sender(value: str) -> bool:
    name, _at, host = parseaddr(value)[1].rpartition("@")
    return bool(name and host)


def _is_switch(value: str) -> bool:
    return value in ("0", "1")


def _is_folder(value: str) -> bool:
    path = Path(value)
    return path.is_dir() or not path.exists()


def _is_bare_address(value: str) -> bool:
    name, _at, host = value.rpartition("@")
    return bool(name and host) and not set(value) & set(" <>,;+@") - {"@"} and value.count("@") == 1


def _is_domain(value: str) -> bool:
    return "." in value.strip(".") and not re.search(r"[^a-z0-9.-]", value.lower())


def _is_label(value: str) -> bool:
    """A selector: a name within a domain, which may have dots (RFC 6376 3.1)."""
    return re.fullmatch(r"[a-zA-Z0-9]([a-zA-Z0-9._-]*[a-zA-Z0-9])?", value) is not None


def _is_mailbox(value: str) -> bool:
    parts = _parts(value)
    return (
        parts is not None
        and parts.scheme == "imaps"
        and bool(parts.hostname and parts.username and parts.password)
        and not (parts.query or parts.fragment)
    )


def _without_password(value: str) -> str:
    """What stands before the last @ of an address holds a password: it is nobody's to read in a log."""
    return re.sub(r".*@", "…@", value, flags=re.DOTALL)


def _begins(*beginnings: str) -> Judge:
    return lambda value: value.startswith(beginnings)


SECRETS = {
    "PUTUTU_EMAIL_WEBHOOK_SECRET",
    "PUTUTU_STRIPE_KEY",
    "PUTUTU_STRIPE_WEBHOOK_SECRET",
    "PUTUTU_GOCARDLESS_TOKEN",
    "PUTUTU_GOCARDLESS_WEBHOOK_SECRET",
}
RULES: dict[str, tuple[Judge, str]] = {
    "PUTUTU_BASE_URL": (
        _is_site_address,
        "give the whole address and nothing after the host name, such as https://www.example.org.",
    ),
    "PUTUTU_ALLOWED_HOSTS": (
        _are_hosts,
        "give bare host names, separated by commas, such as example.org,www.example.net.",
    ),
    "PUTUTU_DATA": (_is_folder, "that is no folder. Give the path of a folder."),
    "DATABASE_URL": (
        _is_database,
        "give it as postgres://user:password@host/name, or leave it out for SQLite.",
    ),
    "PUTUTU_CACHE_URL": (_is_cache, "give it as redis://host:6379/0, or leave it out."),
    "PUTUTU_EMAIL_URL": (
        _is_mail_server,
        "give it as smtp://user:password@host:587?tls=true, postmark://TOKEN@postmark or mailgun://KEY@mg.example.org; "
        "signs such as / or @ in a password are written %2F, %40.",
    ),
    "PUTUTU_EMAIL_WEBHOOK_SECRET": (
        lambda value: len(value) >= 16,
        "give a longer one, of 16 signs or more.",
    ),
    "PUTUTU_EMAIL_FROM": (_is_sender, "give an e-mail address, such as office@example.org."),
    "PUTUTU_DKIM_KEY": (os.path.isabs, "give the whole path of a file, such as /etc/pututu-dkim.pem."),
    "PUTUTU_DKIM_SELECTOR": (_is_label, "give a short name of letters and digits, such as pututu."),
    "PUTUTU_DKIM_DOMAIN": (
        _is_domain,
        "give a bare domain, such as example.org; letters such as ñ as xn--….",
    ),
    "PUTUTU_MAIL_AN_HOUR": (str.isdecimal, "give a whole number, such as 500, or 0 for any number."),
    "PUTUTU_MAIL_AN_HOUR_AND_DOMAIN": (
        str.isdecimal,
        "give a whole number, such as 100, or 0 for any number.",
    ),
    "PUTUTU_BOUNCES_TO": (
        _is_bare_address,
        "give an e-mail address without a plus, such as bounces@example.org; ours are bounces+…@example.org.",
    ),
    "PUTUTU_BOUNCES_URL": (
        _is_mailbox,
        "give it as imaps://user:password@host/INBOX; signs such as / or @ in a password are written %2F, %40.",
    ),
    "PUTUTU_STRIPE_KEY": (_begins("sk_", "rk_"), "give Stripe's secret key, which begins with sk_ or rk_."),
    "PUTUTU_STRIPE_WEBHOOK_SECRET": (_begins("whsec_"), "give the signing secret, which begins with whsec_."),
    "PUTUTU_GOCARDLESS_TOKEN": (
        _begins("live_", "sandbox_"),
        "give GoCardless's access token, which begins with live_ or sandbox_.",
    ),
    "PUTUTU_GOCARDLESS_WEBHOOK_SECRET": (
        lambda value: len(value) >= 16,
        "give the secret of the webhook endpoint, which is longer.",
    ),
    "PUTUTU_DEMO": (_is_switch, "give 1 or 0."),
    "PUTUTU_DEBUG": (_is_switch, "give 1 or 0."),
    "PUTUTU_CLOCK": (_is_switch, "give 1 or 0."),
    "PUTUTU_PROXIES": (str.isdecimal, "give a whole number: 1 behind one web server, 0 without."),
}
