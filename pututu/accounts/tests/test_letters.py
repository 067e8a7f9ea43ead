"""Do the letters about staff accounts read as ours, in the reader's language?"""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.urls import reverse

from pututu.accounts.models import User
from tests.factories import make_site

pytestmark = pytest.mark.django_db
EVERY = [
    ("en", "editor@example.org", "A new password for the staff screens", "choose one here"),
    ("en", "nobody@example.org", "No staff account has this address", "ask an administrator"),
    ("es", "editor@example.org", "Una contraseña nueva para las pantallas del equipo", "elija una aquí"),
    (
        "es",
        "nobody@example.org",
        "Ninguna cuenta del equipo tiene esta dirección",
        "pregunte a un administrador",
    ),
]


@pytest.mark.parametrize(("language", "address", "subject", "words"), EVERY)
def test_a_forgotten_password_is_answered_in_the_reader_s_language_and_by_no_program(
    client, language, address, subject, words
):
    make_site(("en", "es"))
    User.objects.create_user("editor@example.org", "twelve long words")
    client.post(reverse("account_reset_password"), {"email": address}, headers={"accept-language": language})
    [letter] = mail.outbox
    assert (letter.subject, letter.to) == (subject, [address])
    assert words in letter.body
    assert letter.body.endswith("\n\nTibet Circle")
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert not re.search(r"\{\{|None|example\.com|  |\n{3}|Hello from|Thank you for using", letter.body)
    assert bool(re.search(r"http\S+/accounts/password/reset/key/\S+", letter.body)) is ("editor" in address)
