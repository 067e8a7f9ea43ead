"""Do search engines learn of an event what is known, with its hours in the zone of the place?"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.test import Client

from pututu.events.models import Venue
from pututu.events.tests.events import make_event
from tests.factories import make_site

pytestmark = pytest.mark.django_db


def document(page: Any) -> dict[str, Any]:
    html = Client().get(page.url).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return next(each for each in map(json.loads, found) if each["@type"] == "Event")


def test_hours_bear_the_offset_that_holds_on_that_day():
    home = make_site()["en"]
    winter = make_event(home, "Winter", start_time=dt.time(14), end_time=dt.time(16, 30))
    summer = make_event(home, "Summer", starts_on="2027-06-05", start_time=dt.time(14))
    assert document(winter)["startDate"] == "2027-03-06T14:00:00+00:00"
    assert document(winter)["endDate"] == "2027-03-06T16:30:00+00:00"
    assert document(summer)["startDate"] == "2027-06-05T14:00:00+01:00"
    assert "endDate" not in document(summer)


@pytest.mark.parametrize(
    ("edtf", "given"), [("2027-03", "2027-03"), ("", None), ("2027-03-06/2027-03-12", None)]
)
def test_no_more_is_claimed_of_the_day_than_is_known(edtf: str, given: str | None):
    assert document(make_event(make_site()["en"], starts_on=edtf)).get("startDate") == given


@pytest.mark.parametrize(
    ("state", "status"),
    [("scheduled", "EventScheduled"), ("moved", "EventRescheduled"), ("cancelled", "EventCancelled")],
)
def test_the_state_is_told(state: str, status: str):
    event = make_event(make_site()["en"], state=state, state_note="As it is.")
    assert document(event)["eventStatus"] == f"https://schema.org/{status}"


def test_the_place_says_whether_to_come_or_to_join_from_afar():
    home = make_site()["en"]
    hall = Venue.objects.create(name="Hall", address="1 Road")
    here = document(make_event(home, "Here", venue=hall))
    afar = document(make_event(home, "Afar", online_url="https://example.org/room"))
    both = document(make_event(home, "Both", venue=hall, is_online=True))
    nowhere = document(make_event(home, "Nowhere"))
    assert here["location"] == {"@type": "Place", "name": "Hall", "address": "Hall, 1 Road"}
    assert here["eventAttendanceMode"].endswith("/OfflineEventAttendanceMode")
    assert afar["location"] == {"@type": "VirtualLocation", "url": "https://example.org/room"}
    assert afar["eventAttendanceMode"].endswith("/OnlineEventAttendanceMode")
    assert both["eventAttendanceMode"].endswith("/MixedEventAttendanceMode")
    assert "location" not in nowhere


def test_the_group_invites_unless_somebody_else_does():
    home = make_site()["en"]
    assert document(make_event(home, "Ours"))["organizer"]["name"] == "Tibet Circle"
    assert document(make_event(home, "Theirs", organiser="Friends"))["organizer"]["name"] == "Friends"
