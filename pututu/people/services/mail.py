"""How does a letter to somebody leave the house?

After the transaction, and from a thread of its own: a slow mail server keeps nobody waiting, and how long an answer
takes does not tell whether an address is known.
"""

from __future__ import annotations

import logging
import re
from concurrent.futures import ThreadPoolExecutor
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from pututu.shell.models import SiteSettings
from pututu.shell.rendering import offered_url

logger = logging.getLogger(__name__)
AUTOMATIC = {"Auto-Submitted": "auto-generated"}
"""By this header programs that answer for somebody who is away keep silent (RFC 3834)."""
_postman = ThreadPoolExecutor(max_workers=1, thread_name_prefix="letters")


def post(to: str, letter: str, *, language: str, **words: Any) -> None:
    """Send the template ``letter`` once the transaction is committed; its first line is the subject."""
    message = compose(to, letter, language=language, **words)
    transaction.on_commit(lambda: send_apart(message))


def send_apart(message: EmailMultiAlternatives) -> None:
    """Send from the thread of the letters, so that nobody waits for the mail server."""
    _postman.submit(_send, message)


def compose(to: str, letter: str, *, language: str, **words: Any) -> EmailMultiAlternatives:
    """Return the letter in ``language``, as plain text and as simple HTML."""
    with translation.override(language):
        group = SiteSettings.load()
        text = render_to_string(letter, {"group": group, **words})
        subject, _break, body = (part.strip() for part in text.strip().partition("\n"))
        paragraphs = in_paragraphs(body)
        opening = paragraphs[
            int("name" in words or "person" in words)
        ]  # the one after "Dear …,", where that is
        page = {
            "title": subject,
            "paragraphs": paragraphs,
            "preview": " ".join(line for line, _is in opening),
        }
        return envelop(to, subject, body + "\n", "people/mail/letter.html", {**page, "language": language})


def in_paragraphs(body: str) -> list[list[tuple[str, bool]]]:
    """A letter as paragraphs of lines, and of each whether it is a link of ours.

    No other becomes one: names come from forms that anybody can fill in, and send to anybody.
    """
    return [
        [(line.strip(), line.strip().startswith(f"{settings.BASE_URL}/")) for line in part.splitlines()]
        for part in re.split(r"\n\s*\n", body.strip())
    ]


def envelop(to: str, subject: str, text: str, page: str, words: dict[str, Any]) -> EmailMultiAlternatives:
    """Put a letter into its envelope: from the group by name, answers to its own mailbox."""
    group = SiteSettings.load()
    name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    message = EmailMultiAlternatives(
        subject,
        text,
        from_email=formataddr((name or group.name, sender)),
        to=[to],
        reply_to=[group.email] if group.email and group.email != sender else None,
        headers=AUTOMATIC,
    )
    message.attach_alternative(
        render_to_string(
            page, {"group": group.name, "accent": group.accent, "accent_dark": group.accent_dark, **words}
        ),
        "text/html",
    )
    return message


def _send(message: EmailMultiAlternatives) -> None:
    """Send; a failure is logged without the address."""
    try:
        message.send()
    except Exception as failure:
        logger.error("A letter could not be sent: %s.", type(failure).__name__)


def drain() -> None:
    """Wait until everything that was posted has been handed over."""
    _postman.submit(lambda: None).result()


def absolute(name: str, *arguments: Any, language: str) -> str:
    """The whole address of a page of ours in ``language``."""
    with translation.override(language):
        return settings.BASE_URL + reverse(name, args=arguments)


def own_page_url(language: str) -> str:
    """The whole address of the page where somebody sees to what is theirs; a higher app offers it."""
    with translation.override(language):
        return settings.BASE_URL + offered_url("me")
