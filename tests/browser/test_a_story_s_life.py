"""Can a volunteer take a story through its whole life, from the first word to another section?"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.staff import Staff

TITLE = "Growers march to the provincial capital"
SPANISH_TITLE = "Cultivadores marchan a la capital provincial"
LAST_MONTH = dt.date.today().replace(day=1) - dt.timedelta(days=1)
APPROXIMATELY = f"late {LAST_MONTH:%B %Y}"
SENTENCE = "Some two hundred growers walked for two days."


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    path = tmp_path / "hillside.jpg"
    Image.new("RGB", (1200, 800), (90, 120, 80)).save(path)
    return path


def test_from_the_first_word_to_another_section(staff: Staff, photograph: Path):
    address = a_story_is_written_and_published(staff, photograph)
    readers_find_it_everywhere(staff, address)
    number = staff.edit(TITLE)
    spanish = it_is_translated(staff, number, address)
    the_board_sees_the_original_change(staff, number)
    a_correction_is_made_in_public(staff, number, address)
    it_moves_and_the_old_address_leads_there(staff, number, address)
    assert staff.site.get(spanish).status == 200


def a_story_is_written_and_published(staff: Staff, photograph: Path) -> str:
    staff.begin_page("News", TITLE)
    staff.write("Standfirst", "They ask to be shown the survey first.")
    first, last = LAST_MONTH.replace(day=21), LAST_MONTH
    expect(staff.type_date(APPROXIMATELY)).to_contain_text(f"{first}/{last}")
    staff.upload_picture(photograph, title="Hillside", description="A green hillside with terraces.")
    staff.add_paragraph(SENTENCE)
    staff.open_tab("Topics and sources")
    staff.page.get_by_role("checkbox", name="Drugs and coca").check()
    shown = staff.preview()
    expect(shown.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(shown.locator("body")).to_contain_text(SENTENCE)
    assert staff.site.get("/en/search/?q=growers").text.count(TITLE) == 0
    staff.publish()
    return staff.live_address()


def readers_find_it_everywhere(staff: Staff, address: str) -> None:
    story = staff.site.get(address).text
    assert SENTENCE in story
    assert 'alt="A green hillside with terraces."' in story
    for place in (
        "/en/",
        "/en/news/",
        "/en/topics/drugs/",
        f"/en/archive/{LAST_MONTH.year}/",
        "/en/search/?q=growers",
        "/en/search/?q=grower+marched",
    ):
        page = staff.site.get(place).text
        assert address in page, place
        assert APPROXIMATELY.lower() in page.lower(), place
    assert TITLE in staff.site.get("/en/feed.atom").text
    assert TITLE in staff.site.get("/en/topics/drugs/feed.atom").text


def it_is_translated(staff: Staff, number: str, address: str) -> str:
    assert "Missing" in staff.standing_on_board(TITLE)
    assert "so far only in English" in staff.site.get(address).text
    staff.translate(number, "Spanish")
    staff.write("Title*", SPANISH_TITLE)
    staff.publish()
    spanish = staff.live_address()
    assert spanish.startswith("/es/")
    assert f'href="{spanish}" lang="es"' in staff.site.get(address).text
    assert f'href="{address}" lang="en"' in staff.site.get(spanish).text
    assert staff.standing_on_board(TITLE) == "Current"
    return spanish


def the_board_sees_the_original_change(staff: Staff, number: str) -> None:
    staff.go(f"/admin/pages/{number}/edit/")
    staff.write("Standfirst", "They ask to be shown the survey first, and were not.")
    staff.publish()
    assert "Out of date" in staff.standing_on_board(TITLE)


def a_correction_is_made_in_public(staff: Staff, number: str, address: str) -> None:
    before = updated_in_feed(staff, address)
    staff.go(f"/admin/pages/{number}/edit/")
    staff.open_tab("Topics and sources")
    staff.page.get_by_role("button", name="Add correction or update").click()
    note = staff.page.get_by_role("region", name="Correction or update 1")
    note.get_by_role("textbox", name="Made on*").fill(dt.date.today().isoformat())
    staff.open_tab("Topics and sources")  # puts the calendar away
    note.get_by_role("textbox", name="What was wrong, what is right*").fill(
        "They were three hundred, not two."
    )
    staff.publish()
    for place in (address, "/en/corrections/"):
        assert "They were three hundred, not two." in staff.site.get(place).text
    assert updated_in_feed(staff, address) > before


def updated_in_feed(staff: Staff, address: str) -> str:
    entry = next(
        part for part in staff.site.get("/en/feed.atom").text.split("<entry>") if f'{address}"' in part
    )
    found = re.search(r"<updated>([^<]+)</updated>", entry)
    assert found
    return found[1]


def it_moves_and_the_old_address_leads_there(staff: Staff, number: str, address: str) -> None:
    staff.move(number, "Articles")
    answer = staff.site.get(address)
    assert answer.status == 301
    new = answer.headers["Location"].removeprefix(staff.site.address)
    assert new == address.replace("/news/", "/articles/")
    assert SENTENCE in staff.site.get(new).text
    assert new in staff.site.get("/en/search/?q=growers").text
    assert address not in staff.site.get("/en/search/?q=growers").text
