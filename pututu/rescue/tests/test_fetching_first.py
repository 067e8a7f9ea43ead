"""The command fetches a site that still answers into an archive, and brings that across."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from pututu.pages.models import BasePage
from pututu.rescue.commands import rescue
from pututu.rescue.fetching import Asker
from pututu.rescue.models import OldAddress
from pututu.rescue.terminal import fetching
from pututu.rescue.terminal.fetching import whole_address
from pututu.rescue.tests.test_fetching import Site, site  # noqa: F401  # a fixture
from tests.factories import make_site

pytestmark = pytest.mark.django_db
STORY = """<!doctype html><html lang="en"><head><title>{title}</title></head><body><a href="/">Home</a>
<h1>{title}</h1><p class="date">16 December 2013</p><p>Those who live by the river {title} were heard in Lima today,
and the company was told to come back with another plan for their water.</p></body></html>"""


@pytest.fixture
def old_site(site: Site) -> Site:  # noqa: F811  # the fixture of that name
    links = "".join(f"<li><a href='/story-{n}.html'>The story of number {n}</a></li>" for n in range(3))
    site.page("/", f"<html lang='en'><body><h1>Old Group</h1><ul>{links}</ul></body></html>")
    for n in range(3):
        site.page(f"/story-{n}.html", STORY.format(title=f"The story of number {n}"))
    return site


@pytest.fixture
def run(tmp_path, monkeypatch):
    make_site()
    monkeypatch.setenv("PUTUTU_DATA", str(tmp_path))
    (tmp_path / "prepared").touch()
    return lambda *words: CliRunner().invoke(rescue, [str(word) for word in words])


@pytest.fixture
def _asks_the_loopback(monkeypatch):
    """Nothing but the test's own server is asked, under a name of the public internet."""
    own = Asker(pause=0, resolve=lambda *_where: ["127.0.0.1"], may_ask=lambda number: number == "127.0.0.1")
    monkeypatch.setattr(fetching, "asker", lambda: own)


def kept(tmp_path: Path) -> list[str]:
    return [path.name for path in (tmp_path / "fetched").glob("*")]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_the_command_asks_no_machine_of_our_own_network(run, old_site, tmp_path, host):
    """The control is the next test: the same command, the same server, and somebody who may ask it."""
    answer = run("--fetch", f"http://{host}:{old_site.port}/")
    assert answer.exit_code == 1
    assert "Nothing was fetched" in answer.output
    assert "no machine of the public internet" in answer.output
    assert not old_site.asked
    assert kept(tmp_path) == []
    assert not BasePage.objects.exists()


@pytest.mark.usefixtures("_asks_the_loopback")
def test_a_site_is_fetched_into_the_data_folder_and_comes_across(run, old_site, tmp_path):
    answer = run("--fetch", f"old.example:{old_site.port}")
    assert answer.exit_code == 0, answer.output
    assert kept(tmp_path) == [f"old.example-{old_site.port}.warc.gz"]
    assert sorted(BasePage.objects.values_list("title", flat=True)) == [
        f"The story of number {n}" for n in range(3)
    ]
    assert "Fetching: 4" in answer.stderr
    row = OldAddress.objects.get(path="/story-1.html")
    assert (row.outcome, row.retrieved is not None) == ("redirect", True)
    old_site.asked.clear()
    again = run("--fetch", old_site.address("/"))
    assert again.exit_code == 0
    assert [path for path, _host, _at in old_site.asked if path != "/robots.txt"] == []
    assert BasePage.objects.count() == 3


@pytest.mark.usefixtures("_asks_the_loopback")
def test_a_dry_run_fetches_into_the_named_file_and_writes_nothing(run, old_site, tmp_path):
    (tmp_path / "prepared").unlink()
    refused = run("--fetch", old_site.address("/"), "--dry-run")
    assert refused.exit_code == 1
    assert "--keep FILE" in refused.output
    file = tmp_path / "by-hand.warc.gz"
    answer = run("--fetch", old_site.address("/"), "--dry-run", "--keep", file)
    assert answer.exit_code == 0, answer.output
    assert "3 to create" in answer.stderr
    assert file.exists()
    assert not BasePage.objects.exists()
    assert not OldAddress.objects.exists()


@pytest.mark.usefixtures("_asks_the_loopback")
def test_what_robots_txt_asks_to_leave_is_left_and_told(run, old_site):
    old_site.page("/robots.txt", "User-agent: *\nDisallow: /story-2.html")
    answer = run("--fetch", old_site.address("/"))
    assert answer.exit_code == 1
    assert "robots.txt" in answer.stderr
    assert BasePage.objects.count() == 2


@pytest.mark.usefixtures("_asks_the_loopback")
def test_a_full_disk_is_told_and_the_next_run_goes_on(run, old_site, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("pututu.rescue.fetching.crawling.WARCWriter.write_record", full)
        answer = run("--fetch", old_site.address("/"))
    assert answer.exit_code == 1
    assert "No space left" in answer.output
    assert run("--fetch", old_site.address("/")).exit_code == 0
    assert BasePage.objects.count() == 3


def test_what_is_no_address_is_refused():
    assert whole_address("www.example.org") == "http://www.example.org/"
    assert whole_address("https://example.org/news") == "https://example.org/news"
    for wrong in ("ftp://example.org/", "http://", "file:///etc/passwd", "http://[broken"):
        with pytest.raises(click.BadParameter):
            whole_address(wrong)


def test_called_without_a_source_it_says_what_to_give(run):
    assert "SOURCE…, or --fetch ADDRESS" in run("--dry-run").output
    assert "--fetch" in run("--keep", "x.warc.gz", "--dry-run").output
