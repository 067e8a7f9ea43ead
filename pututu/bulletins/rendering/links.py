"""Which addresses of ours does a mail carry?

A reader's links are signed with the installation's key and name one delivery: whoever has the mail may change what that
reader gets at that address, without signing in.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac

from pututu.bulletins.models import Delivery, Issue

SALT = "bulletins.reader"
RETURN_SALT = "bulletins.returned"
LEAVING_SALT = "bulletins.leaving"


def host() -> str:
    """The name of this site's host, as it stands in the names of mails and series."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def reader_token(delivery: Delivery) -> str:
    return signing.dumps(delivery.pk, salt=SALT)


def delivery_named(token: str) -> int:
    """The key of the delivery that a link names. Raises signing.BadSignature for a link that is not ours."""
    return int(signing.loads(token, salt=SALT))


def returns_to(delivery: Delivery) -> str:
    """The envelope's sender of a mail: whatever comes back there names it. "" where nobody takes returned mail.

    In small letters and digits alone, since a mail server may fold an address.
    """
    name, _at, domain = settings.BOUNCES_TO.rpartition("@")
    return f"{name}+{delivery.pk}-{_seal(delivery.pk)}@{domain}" if name else ""


def delivery_returned_to(address: str) -> int | None:
    """The key of the delivery that an address for returned mail names, if it is one of ours."""
    found = RETURNED.search(address.lower())
    return int(found[1]) if found and constant_time_compare(found[2], _seal(int(found[1]))) else None


def leaving_mark(delivery_key: object) -> str:
    """What says, in an address or a subject, that the reader of this mail leaves.

    It is another than that of returned mail: what answers the envelope's sender by itself never leaves.
    """
    return f"leave-{delivery_key}-{_seal(delivery_key, LEAVING_SALT)}"


def delivery_left_by(words: str) -> int | None:
    """The key of the delivery whose reader leaves by these words, an address or a subject, if one of ours."""
    for key, seal in LEAVING.findall(words.lower()):
        if constant_time_compare(seal, _seal(int(key), LEAVING_SALT)):
            return int(key)
    return None


LEAVING = re.compile(r"\bleave-(\d{1,18})-([0-9a-f]{16})\b")
RETURNED = re.compile(r"\+(\d{1,18})-([0-9a-f]{16})@")


def _seal(key: object, salt: str = RETURN_SALT) -> str:
    return salted_hmac(salt, str(key), algorithm="sha256").hexdigest()[:16]


def address_in(language: str, name: str, *arguments: object) -> str:
    """The whole address of a page of ours in ``language``."""
    with translation.override(language):
        return settings.BASE_URL + reverse(name, args=arguments)


def archive_address(issue: Issue, language: str) -> str:
    """Where everybody can read the issue on the site."""
    return address_in(language, "bulletin-issue", issue.series.slug, issue.number)
