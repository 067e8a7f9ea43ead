"""What was scheduled goes public by itself."""

import datetime as dt

import pytest
from django.utils import timezone

from pututu.operations import clock
from pututu.publishing.models import StoryPage
from tests.factories import make_site, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch):
    """A test lives in one transaction: its connection is not too old, however far the clock is moved."""
    monkeypatch.setattr(clock, "close_old_connections", lambda: None)


@pytest.fixture
def scheduled():
    story = make_story(make_site()["en"], "Tomorrow's news")
    story.unpublish()
    story.go_live_at = timezone.now() + dt.timedelta(hours=1)
    story.save_revision(approved_go_live_at=story.go_live_at).publish()
    return story


def is_live(story):
    return StoryPage.objects.get(pk=story.pk).live


def test_a_story_goes_public_when_its_time_has_come_and_not_before(scheduled, time_machine):
    time_machine.move_to(timezone.now())
    clock.tick()
    assert not is_live(scheduled)
    time_machine.shift(dt.timedelta(hours=2))
    clock.tick()
    assert is_live(scheduled)


def test_a_failure_is_logged_and_stops_nothing(monkeypatch, caplog):
    def fail(*_arguments, **_options):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(clock, "call_command", fail)
    clock.tick()
    assert "tried again in a minute" in caplog.text


def test_a_command_that_fails_keeps_the_others_from_nothing(monkeypatch):
    done = []

    def call(command, **_options):
        done.append(command)
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(clock, "call_command", call)
    clock.tick(0)
    clock.tick(1)
    assert done == [*clock.DUE, "publish_scheduled", "ask_readers"]


def test_the_clock_runs_only_where_it_is_switched_on(monkeypatch):
    monkeypatch.delenv(clock.CLOCK, raising=False)
    assert clock.start_clock() is None
    monkeypatch.setenv(clock.CLOCK, "1")
    monkeypatch.setattr(clock, "_run", lambda _table, _seconds=0: None)
    assert clock.start_clock() is not None


def test_each_act_comes_round_after_its_minutes(monkeypatch):
    called = []
    monkeypatch.setattr(clock, "call_command", lambda name, **_options: called.append(name))
    for minute in range(121):
        clock.tick(minute)
    assert {name: called.count(name) for name in clock.DUE} == {
        name: 120 // minutes + 1 for name, minutes in clock.DUE.items()
    }


def test_what_fails_is_left_in_peace_for_a_minute(monkeypatch):
    rests, outcomes = [], iter([True, False, True])
    monkeypatch.setattr(clock, "tick", lambda _minute, _table: next(outcomes))
    monkeypatch.setattr(clock.time, "sleep", rests.append)
    with pytest.raises(StopIteration):
        clock._run(clock.LONG, 5)
    assert rests == [5, 5, clock.SECONDS, 5]
