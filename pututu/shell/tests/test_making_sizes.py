"""Whoever publishes does not wait for pictures, and whoever reads meanwhile sees them whole."""

import time
from queue import SimpleQueue

import pytest
from wagtail.images.models import Filter

from pututu.shell import tasks
from pututu.shell.pictures import IN_WORK, lacking, prepare, responsive
from tests.factories import make_site, make_story
from tests.pictures import make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch):
    """A test lives in one transaction, on one connection."""
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)


@pytest.fixture
def line(monkeypatch):
    """The line in which pictures wait, with nobody at work: a test says when."""
    waiting = SimpleQueue()
    monkeypatch.setattr(tasks, "_line", waiting)
    yield waiting
    IN_WORK.clear()


def published_with(picture, capture):
    story = make_story(make_site()["en"], picture=picture)
    with capture(execute=True):
        story.save_revision().publish()
    return story


def test_publishing_only_puts_the_picture_in_line(line, django_capture_on_commit_callbacks):
    picture = make_picture()
    published_with(picture, django_capture_on_commit_callbacks)
    assert picture.renditions.count() == 0
    tasks.make_one(line.get_nowait())
    assert not lacking([picture])


def test_without_a_web_server_the_sizes_are_made_at_once(django_capture_on_commit_callbacks):
    picture = make_picture()
    published_with(picture, django_capture_on_commit_callbacks)
    assert not lacking([picture])
    assert not IN_WORK


def test_a_reader_gets_the_original_while_the_sizes_are_being_made(
    line, client, django_capture_on_commit_callbacks
):
    picture = make_picture()
    story = published_with(picture, django_capture_on_commit_callbacks)
    early = client.get(story.url).content.decode()
    assert picture.file.url in early
    assert picture.renditions.count() == 0
    tasks.make_one(line.get_nowait())
    late = client.get(story.url).content.decode()
    assert f'src="{picture.file.url}"' not in late
    assert "format-webp" in late


def test_a_picture_that_has_its_sizes_is_not_taken_back_into_work(line):
    picture = make_picture()
    tasks.make_sizes([picture, None, picture])
    tasks.make_one(line.get_nowait())
    tasks.make_sizes([picture])
    assert line.empty()
    assert responsive(picture).sources


def test_a_picture_lies_only_once_in_memory_while_its_sizes_are_made(monkeypatch):
    at_work, most = set(), []
    run = Filter.run

    def counted(self, *given, **named):
        at_work.add(self)
        most.append(len(at_work))
        time.sleep(0.01)
        try:
            return run(self, *given, **named)
        finally:
            at_work.remove(self)

    monkeypatch.setattr(Filter, "run", counted)
    prepare([make_picture()])
    assert len(most) > 1
    assert set(most) == {1}


def test_a_failure_is_logged_and_stops_nothing(line, monkeypatch, caplog):
    picture = make_picture()
    tasks.make_sizes([picture])

    def fail(_pictures):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(tasks, "prepare", fail)
    tasks.make_one(line.get_nowait())
    assert "could not be made" in caplog.text
    assert responsive(picture).sources  # made as somebody looks


def test_the_thread_makes_what_stands_in_line(monkeypatch):
    made = SimpleQueue()
    monkeypatch.setattr(tasks, "_line", None)
    monkeypatch.setattr(tasks, "make_one", made.put)
    thread = tasks.start_making_sizes()
    tasks._line.put(7)
    assert made.get(timeout=10) == 7
    assert thread.daemon
