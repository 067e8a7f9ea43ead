"""Does SEQUENCE rise exactly when people would have to move?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from pututu.events.models import EventException, EventPage, ScheduleVersion, Venue
from pututu.events.tests.events import make_event
from tests.factories import make_locale, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> EventPage:
    made = make_event(
        make_site()["en"], start_time=dt.time(14), repeats="weekly", repeats_until=dt.date(2027, 6, 1)
    )
    publish(made)
    return made


def publish(event: EventPage, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(event, name, value)
    event.save_revision().publish()


def sequence(event: EventPage) -> int:
    return ScheduleVersion.objects.get(event=event).sequence


def test_a_first_publication_is_number_nought(event: EventPage):
    assert sequence(event) == 0


def test_a_change_of_words_does_not_raise_it(event: EventPage):
    publish(event, title="A better title", standfirst="More.", price="£5", capacity=40)
    assert sequence(event) == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"start_time": dt.time(15)},
        {"starts_on": "2027-03-13"},
        {"online_url": "https://example.org/room"},
        {"state": "cancelled"},
        {"exceptions": [EventException(on=dt.date(2027, 3, 13))]},
    ],
)
def test_a_change_of_time_or_place_raises_it_by_one(event: EventPage, changes: dict[str, Any]):
    publish(event, **changes)
    assert sequence(event) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"exceptions": [EventException(on=dt.date(2027, 3, 14))]},
        {"repeats_until": dt.date(2027, 6, 3)},
        {"ends_on": dt.date(2027, 3, 6)},
        {"starts_on": "2027-03-06/2027-03-06"},
        {"state_note": "The kettle is mended."},
        {"title": "A talk", "slug": "another-address"},
    ],
)
def test_what_moves_nobody_does_not_raise_it(event: EventPage, changes: dict[str, Any]):
    publish(event, **changes)
    assert sequence(event) == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"repeats_until": dt.date(2027, 6, 6)},
        {"ends_on": dt.date(2027, 3, 7)},
        {"repeats": "fortnightly"},
        {"time_zone": "America/Lima"},
        {"end_time": dt.time(15)},
        {"is_online": True},
    ],
)
def test_the_smallest_change_of_time_or_place_raises_it(event: EventPage, changes: dict[str, Any]):
    publish(event, **changes)
    assert sequence(event) == 1


def test_the_zone_of_whole_days_does_not_raise_it():
    made = make_event(make_site()["en"], "Whole days")
    publish(made)
    publish(made, time_zone="America/Lima")
    assert sequence(made) == 0


def test_moving_and_translating_keep_the_name_and_the_number(event: EventPage):
    publish(event, start_time=dt.time(15))
    name, section = event.uid, make_event(event.get_parent().get_parent().specific, "Other").get_parent()
    event.move(section, pos="first-child")
    event.refresh_from_db()
    assert (event.uid, sequence(event)) == (name, 1)
    spanish = event.copy_for_translation(make_locale("es"), copy_parents=True)
    event.refresh_from_db()
    assert (event.uid, sequence(event)) == (name, 1)
    assert spanish.uid != name


def test_another_hall_raises_it(event: EventPage):
    publish(event, venue=Venue.objects.create(name="The other hall"))
    assert sequence(event) == 1


def test_saving_a_draft_does_not_raise_it(event: EventPage):
    event.start_time = dt.time(15)
    event.save_revision()
    assert sequence(event) == 0


def test_publishing_twice_raises_it_once(event: EventPage):
    publish(event, start_time=dt.time(15))
    publish(event)
    assert sequence(event) == 1


def test_going_back_to_an_old_revision_raises_it_again(event: EventPage):
    old = event.save_revision()
    publish(event, start_time=dt.time(15))
    old.publish()
    assert sequence(event) == 2


def test_a_hall_that_moves_raises_the_events_to_come_in_it_but_not_the_past(event: EventPage):
    hall = Venue.objects.create(name="Hall", address="1 Road")
    publish(event, venue=hall)
    past = make_event(
        event.get_parent().get_parent().specific, "Long ago", starts_on="2013-03-04", venue=hall
    )
    publish(past)
    hall.address = "2 Road"
    hall.save()
    assert sequence(event) == 2
    assert sequence(past) == 0


def test_an_event_imported_as_public_begins_its_count(
    django_capture_on_commit_callbacks: Callable[..., Any],
):
    home = make_site()["en"]
    with django_capture_on_commit_callbacks(execute=True):
        made = make_event(home, "Imported")
    assert sequence(made) == 0
    publish(made, starts_on="2027-04-01")
    assert sequence(made) == 1


def test_a_copy_counts_from_nought_under_a_name_of_its_own(event: EventPage):
    publish(event, start_time=dt.time(15))
    copy = event.copy(update_attrs={"slug": "copy", "title": "Copy"}, copy_revisions=False)
    assert copy.uid != event.uid
    assert not ScheduleVersion.objects.filter(event=copy, sequence__gt=0).exists()
