"""Do bulletins tell somebody what they hold of them, and let it go when they are erased or its time is over?"""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from pututu.bulletins.models import Choice, Delivery
from pututu.bulletins.rules.ledger import State, balance_of
from pututu.bulletins.services.posting import Composers
from pututu.bulletins.services.retained import MAILS, NEVER_CONFIRMED
from pututu.bulletins.services.sending import send_due
from pututu.bulletins.tests.making import make_issue, make_reader, make_series, start
from pututu.bulletins.tests.recording import Recorder
from pututu.people.disclosure import sections_of
from pututu.people.models import Person
from pututu.people.services import add_person
from pututu.people.services.erasing import erase_person, preview_erasure
from pututu.people.services.merging import merge_people, separate_people
from tests.factories import make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent() -> Delivery:
    make_site(("en", "es"))
    make_reader("ana@example.org", "Ana")
    issue = start(make_issue(make_series()))
    send_due(Recorder(), Composers())
    row: Delivery = issue.deliveries.get()
    assert row.person
    assert row.email
    Choice.objects.create(person=row.person, email=row.email, series=issue.series, languages=["en"])
    return row


def test_somebody_is_told_what_they_chose_and_were_sent(sent: Delivery) -> None:
    assert sent.person
    told = {section.slug: section.rows for section in sections_of(sent.person)}
    [choice] = told["bulletin-choices"]
    [mail] = told["bulletin-mails"]
    assert (choice["series"], choice["languages"]) == ("Weekly bulletin", "en")
    assert (mail["address"], mail["state"], mail["words"]) == ("ana@example.org", "Accepted", "250 Taken")


def test_an_erasure_leaves_numbers_and_nothing_of_anybody(sent: Delivery) -> None:
    assert sent.person
    waiting = start(make_issue(sent.issue.series)).deliveries.get()
    assert len(preview_erasure(sent.person).keepings) == 1
    erase_person(sent.person, by=None)
    assert not Choice.objects.exists()
    for row in (sent, waiting):
        row.refresh_from_db()
        assert (row.person, row.email, row.address, row.domain, row.words) == (None, None, "", "", "")
    assert (sent.state, waiting.state) == (State.ACCEPTED, State.SUPPRESSED)
    for issue in (sent.issue, waiting.issue):
        assert balance_of(1, Delivery.objects.filter(issue=issue).counts()).is_even
    assert send_due(Recorder(), Composers()) == 0


def test_what_was_sent_moves_with_a_merged_record_and_back(sent: Delivery) -> None:
    assert sent.person
    other = add_person("Ana Q.")
    merge = merge_people(other, sent.person, by=None)
    sent.refresh_from_db()
    assert (sent.person, Choice.objects.get().person) == (other, other)
    separate_people(merge, by=None)
    sent.refresh_from_db()
    assert sent.person != other


def test_old_mails_lose_their_addresses_and_keep_their_answer(sent: Delivery) -> None:
    assert MAILS.due
    assert MAILS.act
    today = timezone.localdate()
    assert not MAILS.due(today).exists()
    [row] = MAILS.due(today + dt.timedelta(1))
    MAILS.act([row.pk])
    sent.refresh_from_db()
    assert (sent.state, sent.address, sent.person) == (State.ACCEPTED, "", None)
    assert not MAILS.due(today + dt.timedelta(1)).exists()


def test_whoever_never_confirmed_is_forgotten(sent: Delivery) -> None:
    assert NEVER_CONFIRMED.due
    asked = add_person("bea@example.org", emails=["bea@example.org"], came_by="/es/boletines/")
    by_hand = add_person("Caro", came_by="At the stall")
    later = timezone.localdate() + dt.timedelta(1)
    found = NEVER_CONFIRMED.due(later)
    assert list(found) == [asked]
    assert by_hand in Person.objects.all()
