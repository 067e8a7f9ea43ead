"""What do the tests of membership share?"""

import re
from contextlib import contextmanager

import pytest
from django.core import mail

from pututu.membership.services.mail import drain


@pytest.fixture(autouse=True)
def _letters_stay_with_their_test():
    yield
    drain()


@pytest.fixture
def letters(django_capture_on_commit_callbacks):
    """The letters that what is done inside ``with letters() as sent`` sends."""

    @contextmanager
    def caught():
        before = len(mail.outbox)
        sent = []
        with django_capture_on_commit_callbacks(execute=True):
            yield sent
        drain()
        sent.extend(mail.outbox[before:])

    return caught


def link_in(letter):
    """The path of the first address of ours in a letter that holds a secret."""
    return re.search(r"https?://[^/\s]+(/\S*/(?:agree|in|entrar|confirm)/\S+)", letter.body)[1]
