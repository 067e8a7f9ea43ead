"""What exactly does each kind of reader get? Mails as they are to be, kept beside this test.

Where a change of words or look is meant, ``PUTUTU_TEST_GOLDEN=write`` writes them anew; then they are read by eye.
"""

from __future__ import annotations

import datetime as dt
import email
import os
import re
from dataclasses import replace
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from pututu.bulletins.models import Choice, Issue, Series
from pututu.bulletins.providers.writing import written
from pututu.bulletins.rendering.links import reader_token
from pututu.bulletins.rendering.mails import Composer
from pututu.bulletins.tests.making import agree, make_reader, make_series, start
from pututu.events.models import Venue
from pututu.people.models import Person
from pututu.people.rules import Act, Basis
from pututu.people.services import add_person, give_address, record_consent
from pututu.shell.models import SiteSettings
from pututu.topics.models import Topic
from tests.factories import correct, make_event, make_site, make_story, make_topic

GOLDEN = Path(__file__).parent / "golden"
SECTION = re.compile(r"/events-\d+/")  # numbered by the database
pytestmark = pytest.mark.django_db

READERS: dict[str, dict[str, Any]] = {
    "english": {},
    "spanish": {"language": "es"},
    "either-spanish-first": {"languages": ["es", "en"]},
    "one-topic": {"topics": ["mining"]},
    "one-topic-in-spanish": {"topics": ["mining"], "language": "es"},
    "two-topics": {"topics": ["mining", "rights"]},
    "topic-with-what-is-for-everybody-alone": {"topics": ["water"]},
    "name-from-right-to-left": {"name": "ليلى كيسبي"},
    "international-domain": {"address": "ana@perú.example"},
    "letters-before-the-at": {"address": "josé@example.org"},
    "shared-address": {"address": "house@example.org", "shared": True},
    "second-address": {"address": "old@example.org", "bounced": True},
    "member": {"series": "members"},
    "untranslated-left-out": {"language": "es", "untranslated": Issue.Untranslated.LEAVE_OUT},
}


@pytest.fixture
def pages() -> list[Any]:
    homes = make_site(("en", "es"), name="Peru Support Group")
    SiteSettings.objects.update(postal_address="1 Long Lane\nLondon N1", city="London")
    mining = make_topic("mining", en="Mining", es="Minería")
    rights = make_topic("rights", en="Human rights", es="Derechos humanos")
    make_topic("water", en="Water", es="Agua")
    index = make_story(
        homes["en"],
        "New extractives index",
        standfirst="Thirty of the world’s largest mining companies, measured.",
        published="2018-04-22",
        topics=[mining],
    )
    make_story(
        homes["es"],
        "Nuevo índice de extractivas",
        standfirst="Treinta empresas, medidas.",
        published="2018-04-22",
        topics=[mining],
        translation_key=index.translation_key,
    )
    warfare = make_story(
        homes["en"],
        "Sibling warfare <&> others",
        standfirst="Keiko Fujimori’s party may expel her brother Kenji.",
        published="2018-01",
        topics=[rights],
    )
    wrong = make_story(homes["en"], "A story that was wrong", published="2015-03-10/2015-03-22")
    correct(wrong, on="2015-04-01", text="It was not so.", kind="retraction")
    evening = make_event(
        homes["en"],
        "Letter-writing evening",
        topics=[mining, rights],
        starts_on="2026-12-05",
        start_time=dt.time(19),
        end_time=dt.time(21, 30),
        time_zone="Europe/London",
        is_online=True,
        venue=Venue.objects.create(name="Friends House", address="173 Euston Road\nLondon NW1"),
    )
    return [index, warfare, wrong, evening]


def make(kind: dict[str, Any], pages: list[Any]) -> tuple[Issue, Person]:
    """The issue, and the reader of this kind."""
    slug = kind.get("series", "weekly")
    is_public = slug != "members"
    series = make_series(slug, purpose="bulletins" if is_public else "membership", is_public=is_public)
    person = _reader(kind, series)
    issue = Issue.objects.create(
        series=series, number=12, untranslated=kind.get("untranslated", Issue.Untranslated.MARK)
    )
    issue.editions.create(
        language="en", subject="What Congress did: a new index", intro="This week.\n\nTwo things."
    )
    issue.editions.create(
        language="es", subject="Qué hizo el Congreso: un índice nuevo", closing="Hasta el sábado."
    )
    for order, page in enumerate(pages):
        issue.items.create(page=page, order=order, is_for_all=page is pages[2])
    return start(issue), person


def _reader(kind: dict[str, Any], series: Series) -> Person:
    address = kind.get("address", "ana@example.org")
    columns = {"language": kind.get("language", "en")}
    if series.purpose == "membership":
        person = add_person("Ana", emails=[address], **columns)
        record_consent(
            person, person.addresses.get(), "membership", act=Act.NOTED, basis=Basis.SERVICE, page="/en/join/"
        )
        return person
    if kind.get("shared"):
        make_reader(address, "Alberto")
    person = make_reader(address, kind.get("name", "Ana"), **columns)
    if kind.get("bounced"):
        person.addresses.update(state="bounced", state_since=timezone.now())
        give_address(person, "new@example.org")
        agree(person, "new@example.org")
    if "topics" in kind or "languages" in kind:
        choice = Choice.objects.create(
            person=person,
            email=person.addresses.get(address=address),
            series=series,
            languages=kind.get("languages", []),
        )
        choice.topics.set(_topics(kind.get("topics", [])))
    return person


def _topics(slugs: list[str]) -> list[Any]:
    return list(Topic.objects.filter(slug__in=slugs))


def as_text(issue: Issue, person: Person) -> str:
    """The mail as an independent parser reads it, with what differs from run to run named."""
    delivery = issue.deliveries.get(person=person)
    mail = Composer(issue).mail(delivery)
    token = reader_token(delivery)
    found = email.message_from_bytes(written(replace(mail, message_id="<name@example.org>")), policy=default)
    assert isinstance(found, EmailMessage)
    headers = [f"{name}: {value}" for name, value in found.items() if name not in ("Date", "Content-Type")]
    parts = [part.get_content().replace("\r\n", "\n") for part in found.iter_parts()]
    whole = "\n\n".join(["\n".join(headers), *parts]).replace(token, "TOKEN")
    return SECTION.sub("/events/", whole)


@pytest.mark.parametrize("name", READERS)
def test_each_kind_of_reader_gets_exactly_this(name: str, pages: list[Any], settings: Any) -> None:
    settings.BASE_URL = "https://www.example.org"
    issue, person = make(READERS[name], pages)
    found, kept = as_text(issue, person), GOLDEN / f"{name}.txt"
    if os.environ.get("PUTUTU_TEST_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        kept.write_text(found)
    assert found == kept.read_text()
