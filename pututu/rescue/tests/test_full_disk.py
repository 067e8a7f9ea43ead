"""Is a disk that is full, or may not be written, told in a line that says what to do, and does the next run finish?"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.urls import reverse

from pututu.media.models import Picture
from pututu.pages.models import BasePage
from pututu.publishing.models import StoryIndexPage
from pututu.rescue.bringing import applying, keeping
from pututu.rescue.bringing.room import DiskIsFull
from pututu.rescue.bringing.running import Outcome, Source, bring, look
from pututu.rescue.dating import shelf
from pututu.rescue.fetching import crawl, crawling
from pututu.rescue.models import RescueRun
from pututu.rescue.sources import open_source
from pututu.rescue.tests.killing import write_site
from pututu.rescue.tests.test_fetching import Site, asker, paths, site
from pututu.rescue.tests.test_giving_a_source import packed
from tests.factories import make_site, make_staff, section_of

__all__ = ["site"]
PAGES = 12
SHELVED = """
import os, re, signal
import pututu.config
from pututu.rescue.dating.shelf import Shelf
from pututu.rescue.item import ItemKind
from pututu.rescue.reading.record import Reading

def held():
    return int(re.search(r"RssAnon:\\s+(\\d+)", open("/proc/self/status").read())[1]) << 10

shelf, before = Shelf(), held()
for n in range(16000):
    shelf.put(Reading(address=f"http://old.example/{n}", source="x", kind=ItemKind.STORY, blocks=("words " * 1500,)))
size = max(os.fstat(n).st_size for n in range(3, 30) if os.path.exists(f"/proc/self/fd/{n}"))
print(size, held() - before, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@contextmanager
def room_for(most: int) -> Iterator[None]:
    """No file of this process may become longer than so many bytes: what is written beyond fails as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def group(db):
    return make_site()["en"]


@pytest.fixture
def run(group, tmp_path):
    """Bring a small site across; how many pages were created."""
    write_site(tmp_path, pages=PAGES, turn=1)

    def act() -> int:
        outcome = Outcome()
        into = applying.Into(section=section_of(group, StoryIndexPage), is_published=True)
        for _done in bring(Source((tmp_path / "mirror",)), into, outcome=outcome):
            pass
        return outcome.acts["create"]

    return act


def files_below(*names: str) -> list[Path]:
    data = Path(settings.MEDIA_ROOT).parent
    return [path for name in names for path in (data / name).rglob("*") if path.is_file()]


def is_finished() -> bool:
    assert BasePage.objects.filter(title__startswith="Story").live().count() == PAGES
    assert Picture.objects.count() == len(files_below("media/original_images")) == PAGES // 2
    return not files_below("originals/.half")


def test_originals_that_find_no_room_are_told_and_come_the_next_time(run, monkeypatch):
    whole = keeping._kept

    def narrow(*given):
        with room_for(400):
            return whole(*given)

    monkeypatch.setattr(keeping, "_kept", narrow)
    with pytest.raises(DiskIsFull, match=r"can't be written.*Make room and run again"):
        run()
    monkeypatch.undo()
    assert not files_below("originals/.half")
    assert run() == PAGES
    assert is_finished()


def test_so_are_pictures_and_nothing_half_stays_in_the_library(run, monkeypatch):
    whole = applying._keep_files

    def narrow(*given):
        with room_for(2_000):
            whole(*given)

    monkeypatch.setattr(applying, "_keep_files", narrow)
    with pytest.raises(DiskIsFull, match="Make room"):
        run()
    assert files_below("media/original_images"), "the control: half a picture was left"
    monkeypatch.undo()
    assert run() == PAGES
    assert is_finished()


def test_so_is_the_database(tmp_path):
    """In a process of its own: where SQLite finds no room it takes back more than a test's own transaction."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its files itself; its words are in the test below")
    (tmp_path / "tmp").mkdir()
    environment = os.environ | {
        "PUTUTU_DATA": str(tmp_path),
        "DATABASE_URL": "",
        "TMPDIR": str(tmp_path / "tmp"),
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "pututu.rescue.tests.filling", str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert "The database can't be written (database or disk is full). Make room" in found["told"]
    assert 0 < found["came"] < found["pages"], "some came before, in batches of their own"
    assert found["came"] + found["then"] == found["pages"] == found["public"]


@pytest.mark.parametrize(
    "said",
    ["attempt to write a readonly database", 'could not extend file "base/1": No space left on device'],
)
def test_the_words_of_databases_are_known(run, monkeypatch, said):
    def fail(*_given, **_named):
        raise OperationalError(said)

    monkeypatch.setattr(applying, "decide_batch", fail)
    with pytest.raises(DiskIsFull, match="database can't be written"):
        run()


def test_another_fault_of_the_database_is_not_called_a_full_disk(run, monkeypatch):
    """The control."""

    def fail(*_given, **_named):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(applying, "decide_batch", fail)
    with pytest.raises(OperationalError):
        run()


@pytest.mark.django_db
def test_the_shelf_says_where_it_needs_room(tmp_path, monkeypatch):
    write_site(tmp_path, pages=60, turn=1)
    monkeypatch.setattr(shelf, "_TABLES", shelf._TABLES + "PRAGMA max_page_count = 20;")
    source = Source((tmp_path / "mirror",))
    with pytest.raises(DiskIsFull, match=rf"temporary folder {tempfile.gettempdir()}.*TMPDIR"):
        list(look(source, is_known=False, outcome=Outcome()))


def test_the_shelf_needs_little_memory_and_leaves_no_file(tmp_path):
    """In a process with our SQLite, killed at its end: what is put onto the shelf goes to the disk."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", SHELVED],
        env=os.environ | {"TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    on_disk, in_memory = (int(word) for word in done.stdout.split())
    assert on_disk > 90_000_000, "the control: it lies in a file"
    assert in_memory < 50_000_000
    assert not list(folder.iterdir())


def test_a_folder_that_may_not_be_written_is_told(run, monkeypatch):
    def closed(*_given, **_named):
        raise PermissionError(13, "Permission denied", "/data/originals")

    monkeypatch.setattr(keeping.tempfile, "mkstemp", closed)
    with pytest.raises(DiskIsFull, match=r"/data/originals can't be written.*Let Pututu write there"):
        run()


def test_a_fetched_site_is_whole_as_far_as_it_goes(tmp_path, site: Site):
    site.page("/", "<a href='/a'>A</a><a href='/b'>B</a>")
    site.page("/a", "<h1>A</h1>")
    site.page("/b", "<h1>B</h1>" + random.Random(1).randbytes(3000).hex())
    into, start = tmp_path / "x.warc.gz", site.address("/")
    with room_for(1500), pytest.raises(OSError, match="too large"):
        list(crawl(start, into, asker()))
    assert [type(each).__name__ for each in open_source(into)] == ["Capture", "Capture"]
    list(crawl(start, into, asker()))
    assert paths(site).count("/a") == 1, "it goes on where it was"
    assert [type(each).__name__ for each in open_source(into)] == ["Capture"] * 3


def test_half_a_record_that_a_killed_crawl_left_is_taken_off_and_no_whole_one(tmp_path, site: Site):
    site.page("/", "<a href='/a'>A</a>")
    site.page("/a", "<h1>A</h1>")
    into = tmp_path / "x.warc.gz"
    list(crawl(site.address("/"), into, asker()))
    whole = into.read_bytes()
    for cut in (1, 40, 200):
        into.write_bytes(whole[:-cut])
        crawling.cut_to_whole(into)
        assert len(list(open_source(into))) == 1
        into.write_bytes(whole[:-cut] + whole)
        crawling.cut_to_whole(into)
        assert into.read_bytes() == whole[:-cut] + whole, "what follows a damage is not ours to take"
    into.write_bytes(whole)
    crawling.cut_to_whole(into)
    assert into.read_bytes() == whole


# --- what staff gave


@pytest.fixture
def given(group, client):
    client.force_login(make_staff())
    page = "<html lang='en'><body><h1>A law on springs</h1><p>It protects all springs.</p></body></html>"
    file = SimpleUploadedFile("old.zip", packed(old__a_html=page))
    client.post(reverse("rescue:give"), {"file": file, "site": "http://old.example"})
    return RescueRun.objects.get()


def test_what_staff_gave_waits_for_room_and_comes_by_itself(given, monkeypatch):
    call_command("bring_old_sites")
    given.refresh_from_db()
    RescueRun.objects.update(state=RescueRun.State.ASKED)
    with room_for(50), pytest.raises(CommandError, match=r"old.zip: .+ Make room"):
        call_command("bring_old_sites")
    given.refresh_from_db()
    assert given.state == RescueRun.State.ASKED
    assert "Make room" in given.fault
    call_command("bring_old_sites")
    given.refresh_from_db()
    assert (given.state, given.fault) == (RescueRun.State.DONE, "")
    assert not files_below("rescues")


def test_an_upload_for_which_there_is_no_room_is_told_in_the_form(group, client):
    client.force_login(make_staff())
    file = SimpleUploadedFile("old.csv", b"address,html\n" + b"http://old.example/,x\n" * 100)
    with room_for(50):
        answer = client.post(reverse("rescue:give"), {"file": file, "site": ""})
    assert "no room on the disk" in answer.content.decode()
    assert not RescueRun.objects.exists()
    assert not files_below("rescues")


def test_what_deaths_left_of_uploads_goes_after_an_hour(given):
    folder = Path(settings.MEDIA_ROOT).parent / "rescues"
    for name in ("draft-1", "draft-2", f"{given.sha256}.zip"):
        (folder / name).touch()
        if name != "draft-2":
            os.utime(folder / name, (0, 0))
    call_command("bring_old_sites")
    left = {path.name for path in folder.iterdir() if path.is_file()}
    assert left == {"draft-2", f"{given.sha256}.zip"}, "what is new, or needed, stays"
