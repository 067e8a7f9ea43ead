"""Does a bulletin say of an event what whoever comes must know?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pututu.bulletins.rendering.editions import editions_of
from pututu.bulletins.rules.entries import Entry
from pututu.bulletins.tests.making import make_issue
from pututu.events.models import Venue
from tests.factories import make_event, make_site

pytestmark = pytest.mark.django_db


def told(**fields: Any) -> Entry:
    homes = make_site(("en", "es"))
    issue = make_issue(None, make_event(homes["en"], "A meeting", **fields))
    return editions_of(issue)["en"].entries[0]


def test_the_hour_with_its_zone_and_the_place_with_its_address_are_told() -> None:
    venue = Venue.objects.create(name="Friends House", address="173 Euston Road\nLondon NW1")
    entry = told(starts_on="2026-12-05", start_time=dt.time(19), time_zone="Europe/London", venue=venue)
    assert entry.when == "Saturday 5 December 2026, 7 pm, London time"
    assert (entry.where, entry.notice) == ("Friends House, 173 Euston Road, London NW1", "")


def test_what_is_not_known_is_not_made_up() -> None:
    entry = told(starts_on="2026-12")
    assert (entry.when, entry.where) == ("December 2026, day not known", "")


def test_one_that_does_not_take_place_says_so_before_anything_else() -> None:
    entry = told(starts_on="2026-12-05", state="cancelled", is_online=True)
    assert (entry.notice, entry.where) == ("Cancelled", "Online")


def test_one_that_comes_again_and_again_tells_its_next_time(time_machine: Any) -> None:
    time_machine.move_to("2026-12-10T10:00Z")
    entry = told(starts_on="2026-12-05", repeats="weekly", repeats_until=dt.date(2027, 3, 1))
    assert entry.when == "Saturday 12 December 2026"
