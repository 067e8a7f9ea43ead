"""Does a reader learn from the page when an event is, whether it still holds, and how that is known?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from pututu.events.models import EventException, EventPage, ProgrammeItem, Venue
from pututu.events.tests.events import make_event
from pututu.pages.models import DateEvidence
from pututu.shell.models import SiteSettings
from tests.factories import make_site, make_topic

pytestmark = pytest.mark.django_db
BEFORE = time_machine.travel("2027-02-01T12:00Z", tick=False)
AFTER = time_machine.travel("2027-05-01T12:00Z", tick=False)


def read(page: Any) -> str:
    response = Client().get(page.url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@BEFORE
def test_an_event_to_come_says_day_hour_zone_and_offers_its_calendar_file():
    html = read(make_event(make_site()["en"], start_time=dt.time(14), end_time=dt.time(16, 30)))
    assert '<time datetime="2027-03-06T14:00">Saturday' in html
    assert "2 pm to 4.30 pm, London time" in html
    assert 'event.ics">' in html
    assert "This event is past" not in html


@AFTER
def test_a_past_event_says_so_and_offers_no_calendar_file():
    html = read(make_event(make_site()["en"]))
    assert "This event is past." in html
    assert 'class="when past"' in html
    assert 'event.ics">' not in html


@BEFORE
def test_a_cancelled_event_says_so_with_its_note():
    html = read(make_event(make_site()["en"], state="cancelled", state_note="The hall burnt down."))
    assert "Cancelled. The hall burnt down." in html
    assert 'class="when cancelled"' in html


@BEFORE
def test_a_note_that_names_the_state_is_not_led_by_it_twice():
    html = read(make_event(make_site()["en"], state="moved", state_note="Moved from 27 February."))
    assert "Moved from 27 February." in html
    assert "Moved. Moved" not in html
    assert "#m-two" in html


@AFTER
def test_the_day_of_the_event_and_that_of_its_announcement_are_two_dates():
    event = make_event(
        make_site()["en"], starts_on="2013-03-04", published="",
        date_evidence=[DateEvidence(statement="The old list printed 31 December 1969.", source="Old list")],
    )  # fmt: skip
    html = read(event)
    assert '<time datetime="2013-03-04">Monday' in html
    assert "Announced: date unknown." in html
    assert "How we know these dates" in html
    assert "The old list printed 31 December 1969." in html


@BEFORE
def test_a_vague_date_is_not_made_a_day_and_the_page_says_that_calendars_leave_it_out():
    html = read(make_event(make_site()["en"], starts_on="2027-03"))
    assert "calendars can’t hold this event" in html
    assert 'event.ics">' not in html


@BEFORE
def test_a_repeating_event_names_its_next_days():
    event = make_event(
        make_site()["en"], starts_on="2027-01-05", repeats="weekly", repeats_until=dt.date(2027, 2, 23),
        exceptions=[EventException(on=dt.date(2027, 2, 9))],
    )  # fmt: skip
    html = read(event)
    assert '<time datetime="2027-02-02">' in html
    assert '<time datetime="2027-02-16">' in html
    assert '<time datetime="2027-02-09">' not in html
    assert '<time datetime="2027-01-05">' not in html


@BEFORE
def test_particulars_programme_and_recording_are_printed():
    event = make_event(
        make_site()["en"], venue=Venue.objects.create(name="Hall", address="1 Road", note="Ring twice"),
        organiser="Friends", spoken_languages="English, Spanish", price="£5", capacity=40,
        online_url="https://example.org/room", recording_url="https://example.org/film",
        programme=[ProgrammeItem(at=dt.time(14), text="Welcome"), ProgrammeItem(text="Music")],
        topics=[make_topic("mining", en="Mining")],
    )  # fmt: skip
    html = read(event)
    for words in ("Hall", "1 Road", "Ring twice", "Friends", "English, Spanish", "£5", "40 people", "Welcome",
                  "Music", "https://example.org/room", "https://example.org/film", "Mining"):  # fmt: skip
        assert words in html


@BEFORE
def test_the_section_lists_what_is_to_come_by_next_occurrence_and_the_past_by_year():
    home = make_site()["en"]
    make_event(home, "Later", starts_on="2027-03-06")
    make_event(
        home, "Every week", starts_on="2026-11-03", repeats="weekly", repeats_until=dt.date(2027, 12, 31)
    )
    make_event(home, "Sometime in February", starts_on="2027-02")
    make_event(home, "Long ago", starts_on="2013-03-04")
    make_event(home, "Nobody knows", starts_on="")
    html = read(EventPage.objects.first().get_parent().specific)
    order = [html.index(f">{title}</a>") for title in
             ("Sometime in February", "Every week", "Later", "Nobody knows", "Long ago")]  # fmt: skip
    assert order == sorted(order)
    assert "Next: <time" in html
    assert ">2013</h3>" in html
    assert html.index("Date unknown</h2>") < html.index(">Nobody knows</a>") < html.index("Past</h2>")


@BEFORE
def test_an_empty_section_says_that_nothing_is_announced():
    home = make_site()["en"]
    event = make_event(home, "Long ago", starts_on="2013-03-04")
    assert "Nothing is announced" in read(event.get_parent().specific)
    make_event(home, "To come")
    assert "Nothing is announced" not in read(event.get_parent().specific)


@BEFORE
def test_the_section_asks_the_database_no_more_often_for_more_events(django_assert_num_queries: Any):
    home = make_site()["en"]
    for number in range(3):
        make_event(home, f"Old {number}", starts_on=f"2013-03-0{number + 1}")
        make_event(home, f"New {number}", starts_on=f"2027-03-0{number + 1}")
    section = EventPage.objects.first().get_parent()
    read(section)
    few = count_queries(section)
    for number in range(30):
        make_event(home, f"More {number}", starts_on="2013-05-05")
        make_event(home, f"Next {number}", starts_on="2027-05-05")
    assert count_queries(section) == few


def count_queries(page: Any) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as queries:
        Client().get(page.url)
    return len(queries)


@BEFORE
def test_an_event_page_asks_a_fixed_number_of_questions():
    home = make_site()["en"]
    event = make_event(
        home, topics=[make_topic()], venue=Venue.objects.create(name="Hall"), start_time=dt.time(14)
    )
    read(event)
    assert count_queries(event) <= 22


def test_the_next_events_bear_the_day_of_their_next_occurrence():
    home = make_site()["en"]
    make_event(
        home, "Every week", starts_on="2027-01-05", repeats="weekly", repeats_until=dt.date(2027, 12, 31)
    )
    make_event(home, "Once", starts_on="2027-02-20")
    make_event(home, "Past", starts_on="2027-01-01")
    now = dt.datetime(2027, 2, 17, tzinfo=dt.UTC)
    found = EventPage.objects.live().in_language("en").next_listings(now, limit=3)
    assert [(each.title, each.date.edtf) for each in found] == [
        ("Once", "2027-02-20"),
        ("Every week", "2027-02-23"),
    ]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"ends_on": dt.date(2027, 3, 5)}, "ends_on"),
        ({"starts_on": "2027-03", "start_time": dt.time(14)}, "start_time"),
        ({"repeats": "weekly"}, "repeats_until"),
        ({"repeats": "yearly", "repeats_until": dt.date(2033, 1, 1)}, "repeats_until"),
        ({"state": "moved"}, "state_note"),
        ({"time_zone": "Europe/Camelot"}, "time_zone"),
    ],
)
def test_an_impossible_event_is_refused_at_the_field_that_is_wrong(fields: dict[str, Any], name: str):
    with pytest.raises(ValidationError) as refusal:
        make_event(make_site()["en"], **fields)
    assert list(refusal.value.message_dict) == [name]


def test_a_possible_event_is_not_refused():
    assert make_event(make_site()["en"], state="moved", state_note="Moved from 27 February.").pk


@pytest.mark.parametrize("day", ["", "[..2013-03-03]", "9999", "9999-12-30", "0001-01-02"])
def test_no_date_however_odd_breaks_the_page(day: str):
    event = make_event(make_site()["en"], starts_on=day)
    read(event)
    read(event.get_parent().specific)


@BEFORE
def test_the_spanish_page_speaks_spanish_of_hours_and_days():
    html = read(make_event(make_site(("es",))["es"], start_time=dt.time(14)))
    assert "14:00" in html
    assert "2 pm" not in html
    assert ">Sábado" in html


def test_a_new_event_proposes_the_group_s_time_zone():
    SiteSettings.load()
    SiteSettings.objects.update(time_zone="America/Lima")
    assert EventPage().time_zone == "America/Lima"
    assert EventPage(time_zone="Europe/Paris").time_zone == "Europe/Paris"
