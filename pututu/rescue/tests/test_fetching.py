"""Is an old site fetched politely, whole and once, and does nothing lead into our own network?"""

from __future__ import annotations

import gzip
import itertools
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pututu.rescue.capture import Capture, Unreadable
from pututu.rescue.fetching import Asker, NotFetched, asking, crawl
from pututu.rescue.fetching.asking import is_public
from pututu.rescue.sources import open_source


class Site:
    """A server on this machine that plays an old site; ``asked`` are the paths, each with its time."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[tuple[str, str, float]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, self.headers["Host"], time.monotonic()))
                status, headers, body = site.pages.get(self.path, (404, {}, b"gone"))
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_words: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def page(self, path: str, body: str, *, status: int = 200, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, {"Content-Type": "text/html", **named}, body.encode())

    def address(self, path: str, host: str = "old.example") -> str:
        return f"http://{host}:{self.port}{path}"


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    yield found
    found.server.shutdown()
    found.server.server_close()


def asker(**columns) -> Asker:
    """One for whom every name leads to this machine, which counts as public here."""
    facts = {"pause": 0.0, "resolve": lambda _host, _port: ["127.0.0.1"], "may_ask": lambda _number: True}
    return Asker(**{**facts, **columns})


def paths(site: Site) -> list[str]:
    return [path for path, _host, _at in site.asked]


# --- what may be asked


OURS = (
    *("127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.9", "169.254.169.254", "0.0.0.0", "100.64.0.1"),
    *("224.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1"),
    *("::ffff:127.0.0.1", "2002:7f00:1::"),
)


@pytest.mark.parametrize(
    "number",
    OURS,
)
def test_no_machine_of_a_network_of_our_own_is_public(number: str):
    assert not is_public(number)


def test_machines_of_the_internet_are_public():
    assert is_public("93.184.216.34")
    assert is_public("2606:4700:4700::1111")
    assert is_public("::ffff:93.184.216.34")


def test_nothing_on_this_machine_is_asked_by_name_number_or_redirection(site: Site):
    for host in ("localhost", "127.0.0.1", "[::1]", "0.0.0.0", "2130706433", "0x7f.1"):
        with pytest.raises(NotFetched):
            Asker(pause=0).get(f"http://{host}:{site.port}/")
    assert not site.asked

    def leads(host: str, _port: int) -> list[str]:
        return ["127.0.0.1"] if host == "old.example" else ["10.0.0.1"]

    site.page("/", "", status=302, Location="http://inside.example/secret")
    only_the_site = asker(resolve=leads, may_ask=lambda number: number == "127.0.0.1")
    answer = only_the_site.get(site.address("/"))
    assert answer.leads_to == "http://inside.example/secret"
    with pytest.raises(NotFetched, match="public internet"):
        only_the_site.get(answer.leads_to)


def test_a_name_that_leads_to_two_machines_is_asked_only_where_both_are_public(site: Site):
    two = asker(
        resolve=lambda *_where: ["127.0.0.1", "10.0.0.1"], may_ask=lambda number: number == "127.0.0.1"
    )
    with pytest.raises(NotFetched):
        two.get(site.address("/"))
    assert not site.asked


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://a.example/", "http://u:p@a.example/", "http://", "http://a.example:99999/"],
)
def test_only_addresses_of_pages_are_asked(address: str):
    with pytest.raises(NotFetched):
        asker().get(address)


# --- how


def test_robots_txt_is_obeyed_and_while_it_fails_nothing_is_asked(site: Site):
    site.page("/robots.txt", "User-agent: *\nDisallow: /private/")
    site.page("/a", "<p>a")
    polite = asker()
    assert polite.get(site.address("/a")).status == 200
    with pytest.raises(NotFetched, match=r"robots\.txt"):
        polite.get(site.address("/private/x"))
    assert paths(site) == ["/robots.txt", "/a"]
    site.page("/robots.txt", "", status=503)
    with pytest.raises(NotFetched, match="just now"):
        asker().get(site.address("/a"))


def test_between_two_questions_lies_a_pause(site: Site):
    site.page("/a", "<p>a")
    slow = asker(pause=0.2)
    for _time in range(2):
        slow.get(site.address("/a"))
    times = [at for _path, _host, at in site.asked]
    assert all(later - earlier >= 0.18 for earlier, later in itertools.pairwise(times))


def test_a_body_that_unpacks_to_too_much_is_left(site: Site, monkeypatch):
    monkeypatch.setattr(asking, "LARGEST", 100_000)
    body = gzip.compress(b"\0" * 5_000_000)
    site.pages["/bomb"] = (200, {"Content-Encoding": "gzip", "Content-Length": str(len(body))}, body)
    with pytest.raises(NotFetched, match="more than"):
        asker().get(site.address("/bomb"))


# --- a whole site


def small_site(site: Site) -> None:
    site.page(
        "/",
        '<a href="/a#top">A</a> <a href="b.php?id=2">B</a> <a href="http://else.example/">x</a> <img src="/p.png">',
    )
    site.page("/a", '<a href="/">back</a> <a href="mailto:x@y">m</a> <a href="http://[broken">b</a>')
    site.page("/b.php?id=2", "", status=301, Location="/c")
    site.page("/c", "<p>the end")
    site.pages["/p.png"] = (200, {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\n...")


def test_a_site_is_fetched_whole_and_once_into_an_archive_that_rescue_reads(site: Site, tmp_path: Path):
    small_site(site)
    file = tmp_path / "old.warc.gz"
    kept = list(crawl(site.address("/"), file, asker()))
    assert kept == [site.address(path) for path in ("/", "/a", "/b.php?id=2", "/p.png", "/c")]
    assert {host for _path, host, _at in site.asked} == {f"old.example:{site.port}"}
    found = [each for each in open_source(file) if isinstance(each, Capture)]
    assert [(each.address, each.status) for each in found] == [
        (address, 301 if "b.php" in address else 200) for address in kept
    ]
    assert found[0].retrieved is not None
    site.asked.clear()
    assert list(crawl(site.address("/"), file, asker())) == []
    assert paths(site) == []


def test_a_crawl_that_was_stopped_goes_on_and_what_fails_is_told(site: Site, tmp_path: Path):
    small_site(site)
    site.page("/robots.txt", "User-agent: *\nDisallow: /c")
    file = tmp_path / "old.warc.gz"
    first = crawl(site.address("/"), file, asker())
    begun = [next(first), next(first)]
    first.close()
    rest = list(crawl(site.address("/"), file, asker()))
    assert [*begun, *rest[:-1]] == [site.address(path) for path in ("/", "/a", "/b.php?id=2", "/p.png")]
    (fault,) = [each for each in rest if isinstance(each, Unreadable)]
    assert (fault.source, "robots.txt" in fault.fault) == (site.address("/c"), True)
