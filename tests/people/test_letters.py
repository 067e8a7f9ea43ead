"""Does every letter that the house sends read as one, in each language, as plain text and as a page?

A new template has to be put into ``LETTERS`` with the words that it is sent with: the first test says so.
"""

from __future__ import annotations

import datetime as dt
import re
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from html5lib import HTMLParser

import pututu
from pututu.giving.models import RegularGift
from pututu.lib.money import Money
from pututu.membership.models import PlanWording
from pututu.people.models import Person
from pututu.people.services.mail import compose, envelop, in_paragraphs
from pututu.shell.models import SiteSettings
from tests.factories import make_site

pytestmark = pytest.mark.django_db
PACKAGE = Path(pututu.__file__).parent
ROSA = Person(name="Rosa Quispe")
DAY = dt.date(2027, 3, 14)
WORDS: dict[str, Any] = {
    "person": ROSA,
    "name": "Rosa Quispe",
    "recipient": "",
    "giver": "Inés Núñez",
    "label": "Hogar",
    "url": "{base}/me/",
    "me": "{base}/me/",
    "link": "{base}/mail/confirm/abc/",
    "end": DAY,
    "day": DAY,
    "today": DAY,
    "minutes": 30,
    "days": 7,
    "wording": "The bulletin.",
    "reference": "HC3-RE9T",
    "has_ended": False,
    "renews_itself": False,
    "is_card": False,
    "gift": None,
}
PRESENT = {"recipient": "Ana López"}
LETTERS: dict[str, list[dict[str, Any]]] = {
    "membership/mail/address_changed.txt": [{}],
    "membership/mail/new_address.txt": [{}],
    "membership/mail/paper.txt": [
        {},
        {"has_ended": True},
        PRESENT,
        {**PRESENT, "has_ended": True},
        {"name": ""},
    ],
    "membership/mail/passkeys_changed.txt": [{}],
    "membership/mail/present.txt": [PRESENT, {**PRESENT, "end": None}],
    "membership/mail/present_asked.txt": [PRESENT],
    "membership/mail/present_paid.txt": [PRESENT, {**PRESENT, "end": None}],
    "membership/mail/reminder.txt": [
        {},
        {"has_ended": True},
        {"renews_itself": True},
        PRESENT,
        {**PRESENT, "has_ended": True},
        {**PRESENT, "renews_itself": True},
    ],
    "membership/mail/sign_in.txt": [{}],
    "membership/mail/welcome.txt": [{}],
    "giving/mail/given_up.txt": [{}, {"is_card": True}],
    "giving/mail/notice.txt": [{}, {"is_card": True}],
    "giving/mail/pledged.txt": [{}, {"gift": RegularGift(months=1)}, {"gift": RegularGift(months=12)}],
    "people/mail/confirm.txt": [{}],
}
BY_POST = {"membership/mail/paper.txt"}
EVERY = [
    pytest.param(letter, change, language, id=f"{letter.split('/')[-1]}-{number}-{language}")
    for letter, changes in LETTERS.items()
    for number, change in enumerate(changes)
    for language in ("en", "es")
]
NEVER = re.compile(r"\{\{|\}\}|\{%|%\(|\bNone\b|\bTrue\b|\bFalse\b|  |\(\)|,,| [,.:;]|\bto {2}|<[a-z]")
ENGLISH = re.compile(r"\b(the|you|your|and|with|is|March|each|Dear)\b")
SPANISH = re.compile(r"\b(el|la|su|usted|que|con|es|marzo|cada|Hola)\b")


@pytest.fixture(autouse=True)
def _group():
    make_site(("en", "es"))
    SiteSettings.objects.update_or_create(
        pk=1,
        defaults={
            "name": "Tibet Circle",
            "email": "office@tibet.example",
            "accent": "#0b5d3b",
            "accent_dark": "#8fd6b4",
        },
    )


def words_in(language: str, change: dict[str, Any]) -> dict[str, Any]:
    plan = PlanWording(name={"en": "Household", "es": "Hogar"}[language])
    price = Money(3650, "GBP").words(language)
    said = {**WORDS, "plan": plan, "price": price, "group": SiteSettings.load(), **change}
    return {
        key: value.format(base=settings.BASE_URL) if isinstance(value, str) else value
        for key, value in said.items()
    }


def letter_of(letter: str, change: dict[str, Any], language: str) -> Any:
    """What leaves the house, read back as a mail program does."""
    words = words_in(language, change)
    if letter == "people/mail/confirm.txt":
        words = {**words, "group": "Tibet Circle", "language": language, "title": "?"}
        with translation.override(language):
            text = render_to_string(letter, words).strip()
            words["preview"] = in_paragraphs(text)[0][0][0]
            made = envelop("rosa@example.org", "Please confirm", text, "people/mail/confirm.html", words)
    else:
        del words["group"]
        made = compose("rosa@example.org", letter, language=language, **words)
    return message_from_bytes(made.message().as_bytes(), policy=policy.default)


def test_every_template_of_a_letter_is_tried_here():
    there = {
        "/".join(path.parts[-3:])
        for path in PACKAGE.glob("*/templates/*/mail/*.txt")
        if path.parts[-3] != "bulletins"  # they are tried as issues, in their own tests
    }
    assert there == set(LETTERS)
    of_accounts = {path.name.rpartition("_")[0] for path in PACKAGE.glob("*/templates/account/email/*")}
    assert of_accounts == {"base", "password_reset_key", "unknown_account"}  # they are tried in their own app


@pytest.mark.parametrize(("letter", "change", "language"), EVERY)
def test_a_letter_has_no_leftovers_and_one_language(letter, change, language):
    if letter in BY_POST:
        with translation.override(language):
            text = render_to_string(letter, words_in(language, change))
    else:
        mail = letter_of(letter, change, language)
        text = f"{mail['Subject']}\n\n{mail.get_body(('plain',)).get_content()}"
    text = re.sub(r"\n +The bulletin\.\n", "\n", text).strip()
    assert not NEVER.search(text), NEVER.search(text)
    assert not re.search(r"[ \t]\n", text)
    own, other = (ENGLISH, SPANISH) if language == "en" else (SPANISH, ENGLISH)
    prose = re.sub(r"http\S+|Hogar|Household", "", text)
    assert own.search(prose)
    assert not other.search(prose), other.search(prose)


@pytest.mark.parametrize(
    ("letter", "change", "language"), [each for each in EVERY if each.values[0] not in BY_POST]
)
def test_a_letter_is_text_and_page_from_the_group_and_nobody_s_program_answers_it(letter, change, language):
    mail = letter_of(letter, change, language)
    assert mail["From"].addresses[0].display_name == "Tibet Circle"
    assert mail["Reply-To"] == "office@tibet.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert 10 < len(mail["Subject"]) < 78
    assert all(len(line) <= 998 for line in mail.as_bytes().splitlines())
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    html = mail.get_body(("html",)).get_content()
    page = HTMLParser(namespaceHTMLElements=False, strict=False).parse(html)
    assert page.get("lang") == language
    assert not [each for each in page.iter("p") if not "".join(each.itertext()).strip()]
    assert "#0b5d3b" in html
    assert "#8fd6b4" in html
    assert "#9c1431" not in html
    links = {each.get("href") for each in page.iter("a")}
    told = set(re.findall(r"https?://\S+", mail.get_body(("plain",)).get_content()))
    assert links == told
    assert all(link.startswith(settings.BASE_URL) for link in links)


def test_what_somebody_writes_as_a_name_never_becomes_a_link():
    name = "http://evil.example/ Rosa"
    mail = compose("a@example.org", "membership/mail/address_changed.txt", language="en", name=name)
    page = str(mail.alternatives[0][0])
    assert name in page
    assert "<a" not in page
    control = compose(
        "a@example.org", "membership/mail/new_address.txt", language="en", url=f"{settings.BASE_URL}/x/"
    )
    assert "<a" in str(control.alternatives[0][0])
