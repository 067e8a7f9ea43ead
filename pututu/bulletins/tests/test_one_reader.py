"""Does the coordinator see exactly what one reader gets, or why they get nothing, and is the look noted?"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pututu.bulletins.models import Choice, Issue, Series
from pututu.bulletins.rendering.mails import Composer
from pututu.bulletins.tests.making import make_issue, make_reader, make_series, start
from pututu.people.models import AccessRecord, Person, Suppression
from pututu.people.services import suppress, withdraw_consent
from pututu.topics.models import Topic
from tests.belonging import make_person
from tests.factories import make_site, make_staff, make_story, make_topic

TOKEN = re.compile(r"(baja|preferencias)/[\w:-]+/")
pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_staff("Bulletin editors", email="coordinator@example.org"))
    return client


@pytest.fixture
def weekly() -> Series:
    return make_series()


@pytest.fixture
def issue(weekly: Series) -> Issue:
    homes = make_site(("en", "es"))
    topics = [make_topic("mining", en="Mining", es="Minería"), make_topic("coca", en="Coca", es="Coca")]
    stories = [make_story(homes["es"], f"Sobre {topic.slug}", topics=[topic]) for topic in topics]
    return make_issue(weekly, *stories, languages=("en", "es"))


def wish(person: Person, series: Series, *topics: str, **columns: Any) -> None:
    choice = Choice.objects.create(person=person, email=person.addresses.get(), series=series, **columns)
    choice.topics.set(Topic.objects.filter(slug__in=topics))


def shown(client: Client, issue: Issue, person: Person) -> str:
    return client.get(reverse("bulletins:as-reader", args=[issue.uid, person.uid])).content.decode()


def mail_shown(client: Client, issue: Issue, person: Person) -> str:
    return client.get(reverse("bulletins:as-reader-alone", args=[issue.uid, person.uid])).content.decode()


def bare(page: str) -> str:
    """A mail without the signed ends of its links: those of a preview name nobody, and are signed anew each time."""
    plain, number = TOKEN.subn(r"\1/TOKEN/", page)
    assert number == 2
    return plain


def test_it_is_the_mail_that_they_get(editor: Client, issue: Issue, weekly: Series) -> None:
    ana = make_reader("ana@example.org", "Ana")
    wish(ana, weekly, "mining", languages=["es"])
    before, said = mail_shown(editor, issue, ana), shown(editor, issue, ana)
    assert "ana@example.org" in said
    assert "Spanish" in said
    assert "Sobre mining" in said
    assert "Sobre coca" not in said
    sent = Composer(issue).mail(start(issue).deliveries.get()).html
    assert bare(before) == bare(sent)
    assert bare(mail_shown(editor, issue, ana)) == bare(sent)


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("left", "have left the series"),
        ("withdrawn", "withdrew"),
        ("suppressed", "nothing may ever be sent there"),
        ("no edition", "there is no edition in their languages"),
        ("other topics", "nothing on their topics"),
    ],
)
def test_it_says_why_somebody_gets_nothing(
    editor: Client, issue: Issue, weekly: Series, what: str, why: str
) -> None:
    make_topic("vraem", en="VRAEM", es="VRAEM")
    ana = make_reader("ana@example.org", "Ana")
    assert why not in shown(editor, issue, ana)
    match what:
        case "left":
            wish(ana, weekly, left_at=timezone.now())
        case "withdrawn":
            withdraw_consent(ana, ana.addresses.get(), ["bulletins"], page="/en/")
        case "suppressed":
            suppress("ana@example.org", reason=Suppression.Reason.COMPLAINED)
        case "no edition":
            Person.objects.update(language="es")
            issue.editions.get(language="es").delete()
        case "other topics":
            wish(ana, weekly, "vraem", languages=["en"])
    assert why in shown(editor, issue, ana)
    assert mail_shown(editor, issue, ana) == ""


def test_whoever_comes_after_the_list_was_frozen_is_said_not_to_be_on_it(
    editor: Client, issue: Issue
) -> None:
    ana = make_reader("ana@example.org", "Ana")
    start(issue)
    bea = make_reader("bea@example.org", "Bea")
    assert "were not on the list" in shown(editor, issue, bea)
    assert "were not on the list" not in shown(editor, issue, ana)


def test_a_look_is_noted_at_whom(editor: Client, issue: Issue) -> None:
    ana = make_reader("ana@example.org", "Ana")
    make_reader("bea@example.org", "Bea")
    shown(editor, issue, ana)
    looks = AccessRecord.objects.filter(act=AccessRecord.Act.SEEN)
    assert [look.person_uid for look in looks] == [ana.uid]


def test_readers_are_found_by_name_and_address_but_not_people_who_have_to_do_with_other_things(
    editor: Client, issue: Issue
) -> None:
    make_reader("ana@example.org", "Ana Poma")
    stranger = make_person("Ana Member", "member@example.org")
    address = reverse("bulletins:as-whom", args=[issue.uid])
    assert "Ana Poma" in editor.get(address, {"q": "poma"}).content.decode()
    found = editor.get(address, {"q": "ana"}).content.decode()
    assert "ana@example.org" in found
    assert "member@example.org" not in found
    path = reverse("bulletins:as-reader", args=[issue.uid, stranger.uid])
    assert editor.get(path, follow=True).status_code == 404
    office = Client()
    office.force_login(make_staff(email="admin@example.org"))
    assert "member@example.org" in office.get(address, {"q": "ana"}).content.decode()
    assert "never agreed" in office.get(path).content.decode()


@pytest.mark.parametrize("name", ["as-whom", "as-reader", "as-reader-alone"])
def test_who_may_not_see_mails_sees_no_reader(client: Client, issue: Issue, name: str) -> None:
    ana = make_reader("ana@example.org", "Ana")
    arguments = [issue.uid] if name == "as-whom" else [issue.uid, ana.uid]
    path = reverse(f"bulletins:{name}", args=arguments)
    client.force_login(make_staff("Editors", email="editor@example.org"))
    assert client.get(path).status_code in (302, 403)
    client.force_login(make_staff("Bulletin editors", email="coordinator@example.org"))
    assert client.get(path).status_code == 200
