"""Can a volunteer bring an old site across without a terminal: give, look, settle, publish, follow, take back?"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.browser.conftest import DESK, PHONE
from tests.browser.staff import Staff
from tests.browser.test_everybody_can_read_it import audit
from tests.browser.test_everybody_can_work_with_it import CUT, speak
from tests.running import PUTUTU, RunningSite, environment

HOST = "http://www.sierra.example"
POSTS = """<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><wp:wxr_version>1.2</wp:wxr_version>{items}</channel></rss>"""
POST = """<item><title>{title}</title><link>http://posts.example/?p={number}</link><wp:post_type>post</wp:post_type>
<wp:status>{state}</wp:status><wp:post_date_gmt>2012-05-0{number} 12:00:00</wp:post_date_gmt>
<content:encoded><![CDATA[<p>Those who live by the river spoke of {title} in Lima.</p>]]></content:encoded></item>"""
DISPUTED = '<meta property="article:published_time" content="2014-02-03">'


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A WordPress export of two posts that were public and one that never was."""
    told = (
        ("The well of Puno", "publish"),
        ("The lake of Junín", "publish"),
        ("Not for all eyes", "private"),
    )
    items = "".join(
        POST.format(title=title, number=number, state=state) for number, (title, state) in enumerate(told, 1)
    )
    file = tmp_path_factory.mktemp("given") / "export.xml"
    file.write_text(POSTS.format(items=items), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A web archive of a page whose witnesses disagree, two without a date, and one that is sure."""
    pages = {
        "/bridge.html": page("A bridge is opened", head=DISPUTED, date="16 December 2013"),
        "/springs.html": page("A law on springs"),
        "/road.html": page("A road is stopped", date="31 December 1969"),
        "/news.php?id=7": page("A dam is begun", date="12 June 2010"),
    }
    packed = io.BytesIO()
    writer = WARCWriter(packed, gzip=True)
    for path, content in pages.items():
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        body = io.BytesIO(content.encode())
        writer.write_record(
            writer.create_warc_record(HOST + path, "response", payload=body, http_headers=http)
        )
    file = tmp_path_factory.mktemp("given") / "sierra.wacz"
    with zipfile.ZipFile(file, "w") as target:
        target.writestr("archive/data.warc.gz", packed.getvalue())
        target.writestr("datapackage.json", "{}")
    return file


def page(title: str, *, head: str = "", date: str = "") -> str:
    line = f"<p class='date'>{date}</p>" if date else ""
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{line}"
        f"<p>Those who live by the river spoke of “{title}” in Lima today, and the company was told to come back with"
        " another plan for their water.</p><script>document.title = 'It ran'</script></body></html>"
    )


# --- what somebody does


def work(site: RunningSite) -> None:
    """What the clock does every minute."""
    subprocess.run(
        [PUTUTU, "manage", "bring_old_sites"],
        env=environment(site.data) | {"PUTUTU_DEMO": "1"},
        check=True,
        capture_output=True,
        timeout=120,
    )


def give(staff: Staff, file: Path, *, section: str = "", is_published: bool = False) -> None:
    staff.go("/admin/old-site/give/")
    staff.page.get_by_label("File").set_input_files(file)
    if section:
        staff.page.get_by_label("Into which section").select_option(label=section)
    if is_published:
        staff.page.get_by_label("Publish at once what needs no decision").check()
    staff.page.get_by_role("button", name="Look at it").click()
    expect(staff.page.locator("p[role=status]")).to_contain_text("Is being looked at")
    work(staff.site)
    staff.page.reload()
    expect(staff.page.locator("p[role=status]")).to_have_text("Looked at")


def bring(staff: Staff) -> None:
    staff.page.get_by_role("button", name="Bring it across").click()
    expect(staff.page.locator("p[role=status]")).to_contain_text("Is being brought across")
    work(staff.site)
    staff.page.reload()
    expect(staff.page.locator("p[role=status]")).to_have_text("Brought across")


def counted(staff: Staff, kind: str) -> list[str]:
    table = staff.page.get_by_role("table", name="What was found")
    return table.get_by_role("row").filter(has_text=kind).get_by_role("cell").all_inner_texts()


def in_queue(staff: Staff, title: str) -> Locator:
    return staff.page.get_by_role("row").filter(has_text=title)


def tab_to(staff: Staff, wanted: Locator) -> None:
    """Go to something by the keyboard alone."""
    for _step in range(120):
        staff.page.keyboard.press("Tab")
        if wanted.evaluate("(each) => document.activeElement === each"):
            return
    raise AssertionError(f"The Tab key does not lead to {wanted}.")


# --- the way of an old site, in its order


def a_wordpress_export_is_looked_at_and_comes_across_published(staff: Staff, export: Path) -> None:
    give(staff, export, section="News (English)", is_published=True)
    assert counted(staff, "stories") == ["2", "1"]
    expect(staff.page.get_by_role("table", name="The first items")).to_contain_text("The well of Puno")
    expect(staff.page.locator("main")).to_contain_text(
        "It goes into “News”, and what needs no decision is published"
    )
    assert staff.site.get("/en/news/the-well-of-puno/").status == 404
    bring(staff)
    assert staff.site.get("/en/news/the-well-of-puno/").status == 200
    answer = staff.site.get("/?p=1")
    assert (answer.status, answer.headers["Location"]) == (301, "/en/news/the-well-of-puno/")
    assert staff.site.get("/?p=3").headers["Location"] == "/en/"  # it was private: nobody is told of it


def a_web_archive_comes_across_as_drafts_and_leaves_what_it_cannot_know(staff: Staff, archive: Path) -> None:
    give(staff, archive, section="News (English)")
    assert counted(staff, "stories") == ["4"]
    bring(staff)
    staff.page.get_by_role("link", name="What waits for a decision").click()
    expect(in_queue(staff, "A bridge is opened")).to_contain_text("Its sources disagree about the date")
    expect(in_queue(staff, "A law on springs")).to_contain_text("Its date is not certain")
    expect(in_queue(staff, "A road is stopped")).to_contain_text("Date unknown")
    expect(in_queue(staff, "A dam is begun")).to_have_count(0)


def a_conflict_is_settled_beside_the_old_page_and_published_and_its_address_leads_there(staff: Staff) -> None:
    staff.go("/admin/old-site/queue/?need=conflict")
    staff.link("A bridge is opened").click()
    old = staff.page.frame_locator("iframe")
    expect(old.get_by_role("heading", name="A bridge is opened")).to_be_visible()
    expect(old.locator("body")).to_contain_text("16 December 2013")
    assert old.locator("body").evaluate("() => document.title") != "It ran"
    staff.page.get_by_role("combobox", name="Decide").select_option("date")
    staff.page.get_by_label("Date, in words").fill("16 December 2013")
    staff.page.get_by_role("button", name="Decide").click()
    staff.expect_message("1 item decided")
    assert staff.site.get("/bridge.html").status in (302, 404)  # a draft answers nothing
    staff.edit("A bridge is opened")
    staff.publish()
    staff.page.goto(staff.site.address + "/bridge.html")
    expect(staff.page).to_have_url(re.compile(r"/en/news/bridge|/en/news/a-bridge-is-opened/"))
    expect(staff.page.get_by_role("heading", level=1)).to_have_text("A bridge is opened")
    expect(staff.page.locator("main")).to_contain_text("16 December 2013")


def many_are_decided_at_once_by_the_keyboard_and_taken_back(staff: Staff) -> None:
    staff.go("/admin/old-site/queue/?need=undated")
    for title in ("A law on springs", "A road is stopped"):
        tab_to(staff, staff.page.get_by_role("checkbox", name=title))
        staff.page.keyboard.press("Space")
    tab_to(staff, staff.page.get_by_role("combobox", name="Decide"))
    staff.page.keyboard.type("Nobody")
    tab_to(staff, staff.page.get_by_role("button", name="Decide"))
    staff.page.keyboard.press("Enter")
    staff.expect_message("2 items decided")
    expect(in_queue(staff, "A law on springs")).to_have_count(0)
    tab_to(staff, staff.page.get_by_role("link", name="What was decided"))
    staff.page.keyboard.press("Enter")
    for title in ("A law on springs", "A road is stopped"):
        tab_to(staff, staff.page.get_by_role("checkbox", name=title))
        staff.page.keyboard.press("Space")
    tab_to(staff, staff.page.get_by_role("combobox", name="Decide"))
    staff.page.keyboard.type("Take")
    tab_to(staff, staff.page.get_by_role("button", name="Decide"))
    staff.page.keyboard.press("Enter")
    staff.expect_message("2 items decided")
    staff.go("/admin/old-site/queue/?need=undated")
    expect(in_queue(staff, "A law on springs")).to_have_count(1)


def one_is_settled_beside_its_old_page_by_the_keyboard(staff: Staff) -> None:
    staff.go("/admin/old-site/")
    tab_to(staff, staff.page.get_by_role("link", name="its date is not certain"))
    staff.page.keyboard.press("Enter")
    staff.page.wait_for_url("**need=undated")
    tab_to(staff, staff.link("A law on springs"))
    staff.page.keyboard.press("Enter")
    staff.page.wait_for_url("**/item/**")
    tab_to(staff, staff.page.get_by_role("combobox", name="Decide"))
    staff.page.keyboard.type("Set")
    tab_to(staff, staff.page.get_by_label("Date, in words"))
    staff.page.keyboard.type("between 10 and 22 March 2015")
    staff.page.keyboard.press("Enter")
    staff.expect_message("1 item decided")


def no_screen_has_a_barrier_or_is_cut_off_in_the_longer_language(staff: Staff) -> None:
    staff.go("/admin/old-site/queue/")
    item = staff.link("A road is stopped").get_attribute("href") or ""
    staff.go("/admin/old-site/")
    run = staff.link("sierra.wacz").get_attribute("href") or ""
    speak(staff, "es")
    faults = []
    for path in ("/admin/old-site/", "/admin/old-site/give/", "/admin/old-site/queue/", item, run):
        staff.go(path)
        expect(staff.page.locator("html")).to_have_attribute("lang", "es")
        for size in (DESK, PHONE):
            staff.page.set_viewport_size(size)
            look = f"{path} at {size['width']}"
            faults += audit(staff.page, look)
            faults += [f"{look}: cut off: {each}" for each in staff.page.evaluate(CUT)]
    speak(staff, "en")
    assert not faults, "\n".join(faults)


def the_archive_is_taken_back_but_for_what_somebody_published_or_decided(staff: Staff) -> None:
    staff.go("/admin/old-site/")
    staff.link("sierra.wacz").click()
    button = staff.page.get_by_role("button", name="Take this run back")
    tab_to(staff, button)
    staff.page.keyboard.press("Enter")
    expect(staff.page.locator("p[role=status]")).to_contain_text("Is being taken back")
    work(staff.site)
    staff.page.reload()
    expect(staff.page.locator("p[role=status]")).to_have_text("Taken back")
    expect(staff.page.locator("main")).to_contain_text("2 pages stayed")
    assert staff.site.get("/bridge.html").status == 301
    assert staff.site.get("/en/news/the-well-of-puno/").status == 200


def test_an_old_site_comes_across_by_the_staff_screens_alone(staff: Staff, export: Path, archive: Path):
    """One way with an order of its own: what one step leaves, the next one takes up."""
    a_wordpress_export_is_looked_at_and_comes_across_published(staff, export)
    a_web_archive_comes_across_as_drafts_and_leaves_what_it_cannot_know(staff, archive)
    a_conflict_is_settled_beside_the_old_page_and_published_and_its_address_leads_there(staff)
    many_are_decided_at_once_by_the_keyboard_and_taken_back(staff)
    one_is_settled_beside_its_old_page_by_the_keyboard(staff)
    no_screen_has_a_barrier_or_is_cut_off_in_the_longer_language(staff)
    the_archive_is_taken_back_but_for_what_somebody_published_or_decided(staff)
