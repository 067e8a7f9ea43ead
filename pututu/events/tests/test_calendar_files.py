"""Do other programs read our calendars as we mean them?"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import icalendar
import pytest
import recurring_ical_events
import time_machine
from django.test import Client

from pututu.events.models import EventException, EventPage, Venue
from pututu.events.tests.events import make_event
from tests.factories import make_site, make_topic

pytestmark = pytest.mark.django_db

CONTENT_LINE = re.compile(
    r"^[A-Z0-9-]+(;[A-Z0-9-]+=(\"[^\"]*\"|[^\";:,]*)(,(\"[^\"]*\"|[^\";:,]*))*)*:.*$", re.DOTALL
)


def fetch(path: str) -> bytes:
    response = Client().get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return response.content


def entries(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def problems_of(content: bytes) -> list[str]:
    """Hold ``content`` against the grammar of RFC 5545, 3.1, by hand: an opinion that owes nothing to the
    library.
    """
    found = []
    if not content.endswith(b"\r\n"):
        found.append("does not end in CRLF")
    if re.search(rb"(?<!\r)\n|\r(?!\n)", content):
        found.append("a line end that is not CRLF")
    found += [f"over 75 octets: {line!r}" for line in content.split(b"\r\n") if len(line) > 75]
    unfolded = content.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]
    found += [f"no content line: {line!r}" for line in unfolded if not CONTENT_LINE.match(line)]
    found += [
        f"a control character: {line!r}" for line in unfolded if re.search(r"[\x00-\x08\x0b-\x1f\x7f]", line)
    ]
    names = [line for line in unfolded if line.startswith(("BEGIN:", "END:"))]
    if names[:1] != ["BEGIN:VCALENDAR"] or names[-1:] != ["END:VCALENDAR"]:
        found.append("not one calendar")
    return found


def test_the_line_check_sees_what_is_wrong():
    assert problems_of(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n") == []
    assert problems_of(b"BEGIN:VCALENDAR\nEND:VCALENDAR\n")
    assert problems_of(b"BEGIN:VCALENDAR\r\nSUMMARY:" + b"x" * 70 + b"\r\nEND:VCALENDAR\r\n")
    assert problems_of(b"BEGIN:VCALENDAR\r\nsummary\r\nEND:VCALENDAR\r\n")


def test_a_hostile_event_makes_a_clean_file():
    home = make_site()["en"]
    venue = Venue.objects.create(name='Hall; "A", B\\C', address="1 Road\r\nTown")
    make_event(
        home,
        "Mínería, aguas; y « más » " + "ñ" * 90,
        slug="x",
        standfirst="One\r\nBEGIN:VEVENT\x07\nTwo",
        venue=venue,
    )
    content = fetch("/en/calendar.ics")
    assert problems_of(content) == []
    (entry,) = entries(content)
    assert entry["LOCATION"] == 'Hall; "A", B\\C, 1 Road, Town'
    assert "One\nBEGIN:VEVENT\nTwo" in entry["DESCRIPTION"]


def test_the_hours_of_a_repeating_event_are_right_across_summer_time():
    event = make_event(
        make_site()["en"], starts_on="2027-03-20", start_time=dt.time(18), end_time=dt.time(19, 30),
        repeats="weekly", repeats_until=dt.date(2027, 4, 10),
        exceptions=[EventException(on=dt.date(2027, 4, 3)), EventException(on=dt.date(2027, 4, 4))],
    )  # fmt: skip
    content = fetch(f"{event.url}event.ics")
    assert problems_of(content) == []
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(content)).between(
        (2027, 1, 1), (2028, 1, 1)
    )
    assert [each["DTSTART"].dt.astimezone(dt.UTC).isoformat()[:16] for each in found] == [
        "2027-03-20T18:00",
        "2027-03-27T18:00",
        "2027-04-10T17:00",
    ]
    assert {each["DTEND"].dt - each["DTSTART"].dt for each in found} == {dt.timedelta(minutes=90)}


def test_the_zone_in_the_file_says_when_the_clocks_change():
    event = make_event(make_site()["en"], start_time=dt.time(18))
    calendar = icalendar.Calendar.from_ical(fetch(f"{event.url}event.ics"))
    (zone,) = calendar.walk("VTIMEZONE")
    by_file = zone.to_tz(lookup_tzid=False)
    assert zone["TZID"] == "Europe/London"
    for moment, hours in (
        ((2027, 3, 27, 12), 0),
        ((2027, 3, 28, 12), 1),
        ((2027, 10, 30, 12), 1),
        ((2027, 10, 31, 12), 0),
    ):
        assert by_file.utcoffset(dt.datetime(*moment)) == dt.timedelta(hours=hours)
    summer = zone.daylight[0]
    assert summer["DTSTART"].dt.hour == 1


@pytest.mark.parametrize(
    ("repeats", "first", "until", "count"),
    [("monthly", "2027-03-30", dt.date(2027, 9, 30), 7), ("yearly", "2027-03-06", dt.date(2031, 1, 1), 4)],
)
def test_other_programs_count_the_same_occurrences(repeats: str, first: str, until: dt.date, count: int):
    event = make_event(make_site()["en"], starts_on=first, repeats=repeats, repeats_until=until)
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(fetch(f"{event.url}event.ics"))).between(
        (2027, 1, 1), (2034, 1, 1)
    )
    from pututu.events.rules import occurrences

    assert [each["DTSTART"].dt for each in found] == [
        each.first for each in occurrences(event.get_schedule())
    ]
    assert len(found) == count


def test_whole_days_end_the_day_after_their_last():
    make_event(make_site()["en"], ends_on=dt.date(2027, 3, 8))
    (entry,) = entries(fetch("/en/calendar.ics"))
    assert entry["DTSTART"].dt == dt.date(2027, 3, 6)
    assert entry["DTEND"].dt == dt.date(2027, 3, 9)


def test_vague_dates_are_left_out_of_calendars():
    home = make_site()["en"]
    vague = make_event(home, "Some time in March", starts_on="2027-03")
    make_event(home, "On the sixth")
    assert [str(entry["SUMMARY"]) for entry in entries(fetch("/en/calendar.ics"))] == ["On the sixth"]
    assert Client().get(f"{vague.url}event.ics").status_code == 404


def test_a_cancelled_event_stays_in_the_calendar_and_says_so():
    home = make_site()["en"]
    make_event(home, "Off", state="cancelled", state_note="Cancelled on 1 March 2027.")
    make_event(home, "On")
    found = {str(entry["SUMMARY"]): entry for entry in entries(fetch("/en/calendar.ics"))}
    assert found["Off"]["STATUS"] == "CANCELLED"
    assert found["On"]["STATUS"] == "CONFIRMED"
    assert found["Off"]["DESCRIPTION"].startswith("Cancelled")


def test_each_language_and_topic_has_its_calendar(settings: Any):
    settings.BASE_URL = "https://group.example"
    homes = make_site(("en", "es"))
    mining = make_topic("mining", en="Mining", es="Minería")
    english = make_event(homes["en"], "On mining", topics=[mining])
    make_event(homes["en"], "On water")
    make_event(homes["es"], "Sobre la minería", topics=[mining])
    (entry,) = entries(fetch("/en/calendar/mining.ics"))
    assert str(entry["SUMMARY"]) == "On mining"
    assert entry["SUMMARY"].params["LANGUAGE"] == "en"
    assert entry["CATEGORIES"].cats == ["Mining"]
    assert entry["UID"] == f"{english.uid}@group.example"
    assert entry["URL"] == f"https://group.example{english.url}"
    assert [entry["CATEGORIES"].cats for entry in entries(fetch("/es/calendario/mining.ics"))] == [
        ["Minería"]
    ]
    assert len(entries(fetch("/en/calendar.ics"))) == 2
    assert Client().get("/en/calendar/nothing.ics").status_code == 404


def test_drafts_are_in_no_calendar():
    home = make_site()["en"]
    draft = make_event(home, "Not yet", live=False)
    make_event(home, "Public")
    assert len(entries(fetch("/en/calendar.ics"))) == 1
    assert Client().get(f"{draft.url}event.ics").status_code == 404


def test_who_has_the_calendar_already_is_told_so():
    home = make_site()["en"]
    event = make_event(home)
    first = Client().get("/en/calendar.ics")
    again = Client().get("/en/calendar.ics", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    event.title = "Another talk"
    event.save()
    assert Client().get("/en/calendar.ics", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_an_empty_calendar_is_a_calendar():
    make_site()
    assert problems_of(fetch("/en/calendar.ics")) == []


def test_the_number_of_queries_does_not_grow_with_the_events(django_assert_max_num_queries: Any):
    home = make_site()["en"]
    topic = make_topic()
    venue = Venue.objects.create(name="Hall")
    for number in range(12):
        make_event(home, f"Talk {number}", venue=venue, topics=[topic], start_time=dt.time(18))
    fetch("/en/calendar.ics")
    with django_assert_max_num_queries(16):
        fetch("/en/calendar.ics")


def test_the_stamp_is_the_last_change_not_the_moment_of_asking():
    event = make_event(make_site()["en"])
    with time_machine.travel("2026-05-01T12:00Z", tick=False):
        event.save_revision().publish()
    with time_machine.travel("2026-06-01T12:00Z", tick=False):
        (entry,) = entries(fetch(f"{event.url}event.ics"))
    assert entry["DTSTAMP"].dt == entry["LAST-MODIFIED"].dt == dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
    assert EventPage.objects.get().last_published_at == dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
