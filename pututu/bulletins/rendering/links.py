"""Which addresses of ours does a mail carry?

A reader's links are signed with the installation's key and name one delivery: whoever has the mail may change what that
reader gets at that address, without signing in.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from pututu.bulletins.models import Delivery, Issue

SALT = "bulletins.reader"


def host() -> str:
    """The name of this site's host, as it stands in the names of mails and series."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def reader_token(delivery: Delivery) -> str:
    return signing.dumps(delivery.pk, salt=SALT)


def delivery_named(token: str) -> int:
    """The key of the delivery that a link names. Raises signing.BadSignature for a link that is not ours."""
    return int(signing.loads(token, salt=SALT))


def address_in(language: str, name: str, *arguments: object) -> str:
    """The whole address of a page of ours in ``language``."""
    with translation.override(language):
        return settings.BASE_URL + reverse(name, args=arguments)


def archive_address(issue: Issue, language: str) -> str:
    """Where everybody can read the issue on the site."""
    return address_in(language, "bulletin-issue", issue.series.slug, issue.number)
