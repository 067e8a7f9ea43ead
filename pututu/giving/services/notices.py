"""What is a payer told of money that we take by itself?"""

from __future__ import annotations

from pututu.giving.models import Method
from pututu.giving.rules.charging import Told
from pututu.giving.subjects import Taking
from pututu.people.models import EmailAddress
from pututu.people.services.consent import mailbox_of
from pututu.people.services.mail import compose, own_page_url, post


def send_notice(taking: Taking, told: Told) -> bool:
    """Send the letter that says what is taken and when; False where none can reach the payer.

    Sent now and not later: what was not told is not taken. Raises OSError where the mail server can't be reached.
    """
    email = mailbox_for(taking)
    if email is None:
        return False
    payer = taking.mandate.payer
    assert payer is not None, "nobody without a name has a mailbox"
    words = {**_words(taking), "day": told.take_on}
    letter = compose(email.address, "giving/mail/notice.txt", language=payer.language, **words)
    return bool(letter.send())


def tell_given_up(taking: Taking) -> None:
    """Write to the payer, once this is committed, that it could not be taken and comes by itself no more."""
    payer, email = taking.mandate.payer, mailbox_for(taking)
    if payer and email:
        post(email.address, "giving/mail/given_up.txt", language=payer.language, **_words(taking))


def mailbox_for(taking: Taking) -> EmailAddress | None:
    payer = taking.mandate.payer
    return mailbox_of(payer, taking.mail) if payer else None


def _words(taking: Taking) -> dict[str, object]:
    payer = taking.mandate.payer
    assert payer is not None, "a letter is for somebody"
    language = payer.language
    return {
        "person": payer,
        "label": taking.label(language),
        "price": taking.price.words(language),
        "is_card": taking.mandate.method == Method.CARD,
        "url": own_page_url(language),
    }
