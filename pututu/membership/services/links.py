"""How is a link made that is good for one use and a short time?"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import transaction

from pututu.membership.models import MailedLink
from pututu.people.models import EmailAddress

SIGN_IN_FOR = dt.timedelta(minutes=30)
KEPT_FOR = dt.timedelta(days=30)


def make_link(email: EmailAddress | None, *, at: dt.datetime) -> str:
    """Write a link down and return its secret, which is kept nowhere else. Throws away what is long over."""
    MailedLink.objects.filter(expires_at__lt=at - KEPT_FOR).delete()
    token = secrets.token_urlsafe(32)
    MailedLink.objects.create(token_hash=token_hash(token), email=email, expires_at=at + SIGN_IN_FOR)
    return token


def usable_link(token: str, *, at: dt.datetime) -> MailedLink | None:
    """The link, if it can still be used; looking at it uses nothing up."""
    found = MailedLink.objects.filter(token_hash=token_hash(token), used_at=None, expires_at__gt=at)
    return found.exclude(email=None).select_related("email").first()


@transaction.atomic
def use_link(token: str, *, at: dt.datetime) -> MailedLink | None:
    """Use a link up; of two that try at once, one gets it and the other None."""
    link = usable_link(token, at=at)
    if link is None or not MailedLink.objects.filter(pk=link.pk, used_at=None).update(used_at=at):
        return None
    return link


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
