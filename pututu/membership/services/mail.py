"""How does a letter to a member leave the house? As all letters do (``people.services.mail``), with words of ours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.mail import EmailMultiAlternatives

from pututu.people.models import EmailAddress, Person
from pututu.people.services import is_suppressed, mail
from pututu.people.services.mail import absolute, drain

__all__ = ["absolute", "compose", "drain", "post", "warn"]


def post(to: str, letter: str, *, language: str, **words: Any) -> None:
    """Send ``membership/mail/<letter>.txt`` once the transaction is committed."""
    mail.post(to, f"membership/mail/{letter}.txt", language=language, **words)


def warn(person: Person, addresses: Iterable[EmailAddress], letter: str) -> None:
    """Tell somebody how their page can be opened since, at every address that mail may go to at all."""
    for email in addresses:
        if email.state == EmailAddress.State.GOOD and not is_suppressed(email.address):
            post(email.address, letter, language=person.language, name=person.name)


def compose(to: str, letter: str, *, language: str, **words: Any) -> EmailMultiAlternatives:
    """Return ``membership/mail/<letter>.txt`` in ``language``, as plain text and as simple HTML."""
    return mail.compose(to, f"membership/mail/{letter}.txt", language=language, **words)
