"""Does any script of an old site run anywhere, whatever place of it somebody put it into?

The same markup runs in a bare page (the control), and what came across is shown bare too: no policy may hide a hole.
"""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import lxml.html
import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from tests.browser import old_site_of_vectors as old_site
from tests.browser.bare import Watch, shown_bare
from tests.browser.staff import Staff
from tests.browser.test_an_old_site_s_way import bring, give
from tests.browser.vectors import VECTORS
from tests.running import PUTUTU, RunningSite, environment

ALIVE_BY_ITSELF, ALIVE_WHEN_TOUCHED = 100, 140  # of the vectors, in Chromium 14x: fewer is a broken control
FEWEST_PAGES = 100
DANGEROUS = re.compile(r"^[\s\x00-\x20]*(?:javascript|vbscript|data)\s*:", re.I)
LINKING = (
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "xlink:href",
    "srcset",
    "poster",
    "background",
    "ping",
)


@dataclass(frozen=True)
class Came:
    """One page that came across: its number, its old address, its path, and its body as it is stored."""

    row: int
    number: int
    old: str
    sha256: str
    path: str
    body: str


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("vectors")
    old_site.folder(into / "folder")
    for make in (old_site.warc, old_site.export, old_site.feed, old_site.lines):
        make(into)
    return into


@pytest.fixture(scope="module")
def came(staff: Staff, sources: Path) -> list[Came]:
    """All of it, brought across and published: one source by the staff screens, the rest from the terminal."""
    watch = Watch().over(staff.page)
    give(staff, sources / "export.xml", section="News (English)", is_published=True)
    bring(staff)
    assert_quiet(watch, "the screens of a run")
    site = staff.site
    rest = [sources / name for name in ("folder", "archive.warc.gz", "feed.xml", "lines.jsonl")]
    subprocess.run(
        [PUTUTU, "rescue", *rest, "--into", "/en/news/", "--publish"],
        env=environment(site.data) | {"PUTUTU_DEMO": "1"},
        check=True,
        capture_output=True,
        timeout=300,
    )
    return list(known(site))


def known(site: RunningSite) -> Iterator[Came]:
    [database] = site.data.glob("*.sqlite3")
    with sqlite3.connect(database) as asked:
        rows = asked.execute(
            "SELECT i.id, p.id, i.address, i.sha256, p.url_path, s.body FROM rescue_rescueditem i"
            " JOIN wagtailcore_page p ON p.id = i.page_id JOIN publishing_storypage s ON s.basepage_ptr_id = p.id"
            " WHERE p.live ORDER BY i.id"
        ).fetchall()
    for row, number, old, digest, path, body in rows:
        yield Came(row, number, old, digest, "/en/" + path.split("/", 2)[2], body)


def assert_quiet(watch: Watch, where: str) -> None:
    told = [
        f"{number}: {VECTORS[number] if number < len(VECTORS) else 'a file'}" for number in sorted(watch.ran)
    ]
    assert not told, f"In {where} these ran or asked: " + "\n".join(told)
    assert not watch.dialogs


def faults_in(markup: str, where: str) -> list[str]:
    """Handlers, scripts and links to scripts that stand in markup."""
    if not markup.strip():
        return []
    faults = []
    for element in lxml.html.fragment_fromstring(markup, create_parent="div").iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in ("script", "iframe", "object", "embed", "base", "meta", "style", "link"):
            faults.append(f"{where}: <{element.tag}>")
        for name, value in element.attrib.items():
            is_link = name in LINKING and DANGEROUS.match(value)
            if name.startswith("on") or name in ("style", "srcdoc") or is_link:
                faults.append(f"{where}: {name}={value[:80]}")
    return faults


def main_of(document: str) -> str:
    found = lxml.html.document_fromstring(document).find(".//main")
    return str(lxml.html.tostring(found, encoding="unicode"))


# --- the control


def test_the_collection_is_alive_in_a_bare_page(context: BrowserContext):
    documents = [f"<!doctype html><html><body>{each}</body></html>" for each in VECTORS]
    by_itself = shown_bare(context, documents, is_touched=False)
    touched = shown_bare(context, documents, is_touched=True)
    print(
        f"{len(VECTORS)} vectors: {len(by_itself)} run by themselves, {len(touched | by_itself)} when touched"
    )
    assert len(by_itself) >= ALIVE_BY_ITSELF
    assert len(touched | by_itself) >= ALIVE_WHEN_TOUCHED
    assert faults_in("".join(documents), "control")


# --- the public site


def test_no_page_that_came_across_holds_a_script_even_where_no_policy_forbids_it(
    context: BrowserContext, staff: Staff, came: list[Came]
):
    assert len(came) >= FEWEST_PAGES
    stored = [texts_in(each.body) for each in came]
    assert sum(bool(each.strip()) for each in stored) > len(came) * 0.9
    faults = [fault for each, body in zip(came, stored, strict=True) for fault in faults_in(body, each.old)]
    answers = [staff.site.get(each.path) for each in came]
    assert {answer.status for answer in answers} == {200}
    mains = [main_of(answer.text) for answer in answers]
    faults += [fault for each, main in zip(came, mains, strict=True) for fault in faults_in(main, each.path)]
    assert not faults, "\n".join(faults)
    assert not shown_bare(context, stored, is_touched=True)
    assert not shown_bare(context, mains, is_touched=True)


def texts_in(body: str) -> str:
    """The markup of a stored body; captions and quotations are plain words."""
    return "".join(block["value"] for block in json.loads(body) if block["type"] == "text")


def test_nothing_runs_on_the_public_pages_lists_search_and_feeds(page: Page, staff: Staff, came: list[Came]):
    site, watch = staff.site, Watch().over(page)
    for each in came[:: max(1, len(came) // 40)]:
        page.goto(site.address + each.path)
        expect(page.locator("h1")).to_be_visible()
    for path in ("/en/news/", "/en/search/?q=onerror", "/en/archive/", "/en/search/?q=%3Cscript%3E", "/en/"):
        page.goto(site.address + path)
    assert_quiet(watch, "the public pages")


def test_old_addresses_lead_on_or_say_why_not_and_nothing_runs(page: Page, staff: Staff, came: list[Came]):
    watch = Watch().over(page)
    for path in (
        "/way",
        "/js",
        "/stub.html",
        "/a.svg",
        "/html.png",
        "/both.gif",
        "/html.pdf",
        "/x.xml",
        "/text.txt",
    ):
        answer = staff.site.get(path)
        assert "javascript:" not in (answer.headers["Location"] or "")
        assert not faults_in(main_of(answer.text), path) if answer.status in (404, 410) else True
        if answer.headers["Content-Disposition"] is None:
            page.goto(staff.site.address + path)
    assert_quiet(watch, "what old addresses answer")


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_feeds_hold_only_clean_markup(context: BrowserContext, staff: Staff, came: list[Came], form: str):
    answer = staff.site.get(f"/en/feeds/news.{form}")
    if answer.status != 200:
        answer = staff.site.get(f"/en/feed.{form}")
    assert answer.status == 200
    contents = list(contents_of(answer.text, form))
    assert len(contents) > 5
    faults = [fault for each in contents for fault in faults_in(each, form)]
    assert not faults, "\n".join(faults)
    assert not shown_bare(context, contents, is_touched=True)


def contents_of(text: str, form: str) -> Iterator[str]:
    """What a reader of feeds shows as markup: RSS has only such, of the others what says so."""
    if form == "json":
        yield from (each.get("content_html", "") for each in json.loads(text)["items"])
        return
    for element in ElementTree.fromstring(text.encode()).iter():
        if form == "rss" and element.tag in ("title", "description"):
            yield element.text or ""
        elif form == "atom":
            yield (element.text or "") if element.get("type") in ("html", "xhtml") else ""


# --- the staff screens


def test_originals_run_nothing_beside_the_page_and_in_a_tab_of_their_own(
    staff: Staff, came: list[Came], sources: Path
):
    watch = Watch().over(staff.page)
    shown = [each.sha256 for each in came if each.sha256]
    staff.go("/admin/")
    originals = [f"/old-site/original/{each}/" for each in dict.fromkeys(shown)]
    staff.go(f"/admin/old-site/item/{came[0].row}/")
    frames = "".join(f"<iframe src='{each}'></iframe>" for each in originals)
    staff.page.evaluate(
        "(frames) => document.querySelector('main').insertAdjacentHTML('beforeend', frames)", frames
    )
    staff.page.wait_for_timeout(3000)
    for each in originals[:: max(1, len(originals) // 15)]:
        answer = staff.page.goto(staff.site.address + each)
        assert answer
        assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert_quiet(watch, "the originals")


def test_files_of_the_old_site_run_nothing_as_originals_and_in_the_library(staff: Staff, came: list[Came]):
    watch = Watch().over(staff.page)
    [database] = staff.site.data.glob("*.sqlite3")
    with sqlite3.connect(database) as asked:
        kept = asked.execute(
            "SELECT sha256, media_type FROM rescue_oldcapture WHERE media_type != 'text/html'"
        ).fetchall()
    assert {media_type for _digest, media_type in kept} >= {"image/svg+xml", "text/plain", "image/png"}
    for digest, _media_type in kept:
        with suppress(Error):  # a download begins, and the page stays
            staff.go(f"/old-site/original/{digest}/")
    for path in ("/admin/images/", "/admin/documents/"):
        staff.go(path)
    assert_quiet(watch, "the files")


def test_the_screens_that_show_what_came_run_nothing(staff: Staff, came: list[Came]):
    watch = Watch().over(staff.page)
    for path in (
        "",
        "queue/",
        "queue/?need=undated",
        "queue/?need=lost",
        "queue/?need=duplicate",
        "queue/?page=2",
    ):
        staff.go(f"/admin/old-site/{path}")
    for each in came[:: max(1, len(came) // 12)]:
        staff.go(f"/admin/old-site/item/{each.row}/")
        expect(staff.page.locator("#new")).to_be_visible()
        assert not faults_in(staff.page.locator("#new + .page").inner_html(), each.old)
    assert_quiet(watch, "the staff's screens")


def test_the_editor_and_its_preview_run_nothing(staff: Staff, came: list[Came]):
    watch = Watch().over(staff.page)
    grouped = [each for each in came if "/g-" in each.old or "/2013/" in each.old]
    for each in grouped[:: max(1, len(grouped) // 4)]:
        staff.go(f"/admin/pages/{each.number}/edit/")
        shown = staff.page.frame_locator("#w-preview-iframe")
        if not staff.page.locator("#w-preview-iframe").is_visible():
            shown = staff.preview()
        expect(shown.locator("h1")).to_be_visible(timeout=15_000)
    staff.go("/admin/pages/search/?q=onerror")
    assert_quiet(watch, "the editor")
