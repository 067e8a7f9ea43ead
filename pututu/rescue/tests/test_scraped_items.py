"""What becomes of the items of scraped lists: each one once, by its words, wherever it stands?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pututu.rescue.capture import Capture, Unreadable
from pututu.rescue.dating.quotes import is_found
from pututu.rescue.dating.site import read_site
from pututu.rescue.deciding import decide
from pututu.rescue.item import ItemKind, OldItem
from pututu.rescue.sources import open_source
from pututu.rescue.tests.pages import PAGE, entry

SAMPLE = Path(__file__).parents[3].parent / "shared" / "samples" / "old-archive-last-page.txt"


def capture(text: str | bytes = PAGE, name: str = "page.txt") -> Capture:
    content = text if isinstance(text, bytes) else text.encode()
    return Capture(address=f"/{name}", content=content, media_type="text/plain", source=name)


def items(*pages: Capture) -> list[OldItem]:
    found = [each for each in read_site(pages) if isinstance(each, OldItem)]
    return [each for each in found if each.kind is not ItemKind.LIST]


def by_title(*pages: Capture) -> dict[str, OldItem]:
    return {each.title: each for each in items(*pages)}


def edtf(item: OldItem) -> str:
    return item.published.edtf if item.published else ""


def test_a_page_gives_its_items_with_the_dates_that_it_prints() -> None:
    told = {
        (str(item.kind), item.title, edtf(item), item.happens.edtf if item.happens else "")
        for item in items(capture())
    }
    assert told == {
        ("event", "Water and the highlands", "", "2011-05-07"),
        ("story", "Threats against a village mayor", "2013-12-16", ""),
        ("story", "A bridge is opened", "", ""),
        ("story", "Two brothers fall out", "", ""),
        ("background", "What the group is for", "", ""),
        ("background", "Why write to us?", "", ""),
    }


def test_every_quote_stands_at_its_line_and_every_undated_item_says_why() -> None:
    page = capture()
    found = by_title(page)
    assert all(is_found(quote, page) for item in found.values() for quote in item.evidence)
    assert found["A bridge is opened"].stand_in == "31 December 1969"
    assert found["A bridge is opened"].evidence[0].where == "/page.txt (line 17)"
    assert found["Two brothers fall out"].reason == "No date is printed where the old page has its dates."


def test_an_address_names_the_title_and_its_day_and_never_a_line() -> None:
    before = {item.title: item.address for item in items(capture())}
    shifted = {item.title: item.address for item in items(capture(entry("New", "2 May 2011") + PAGE))}
    assert before["A bridge is opened"] == "/page.txt#a-bridge-is-opened"
    assert before["Threats against a village mayor"] == "/page.txt#threats-against-a-village-mayor-2013-12-16"
    assert {title: shifted[title] for title in before} == before


def test_two_items_of_one_title_have_two_addresses() -> None:
    text = entry("Obituary", "31 December 1969", "Ana has died.") + entry("Obituary", "", "Juan has died.")
    addresses = [item.address for item in items(capture(text + entry("Last", "2 May 2011")))]
    assert len(set(addresses)) == 3
    assert sum(each.startswith("/page.txt#obituary-") for each in addresses) == 2


@settings(max_examples=25)
@given(order=st.permutations(range(3)))
def test_one_item_on_several_pages_is_one_whatever_their_order_case_and_spacing(order: list[int]) -> None:
    pages = [
        capture(),
        capture(entry("One more", "2 May 2011"), "other.txt"),
        capture(entry("ONE  more", "2 May 2011"), "third.txt"),
    ]
    found = items(*(pages[place] for place in order))
    assert len(found) == 7
    assert len({item.words for item in found}) == 7


def test_what_another_page_prints_is_evidence_too() -> None:
    one, other = (
        capture(entry("Twice", day) + entry("Once", "May 2011"), name)
        for day, name in (("2 May 2011", "1.txt"), ("May 2011", "2.txt"))
    )
    item = by_title(one, other)["Twice"]
    assert edtf(item) == "2011-05-02"
    assert {quote.where for quote in item.evidence} == {"/1.txt (line 3)", "/2.txt (line 3)"}


def test_two_pages_that_disagree_leave_the_date_to_a_person() -> None:
    item = by_title(
        capture(entry("Twice", "2 May 2011"), "1.txt"), capture(entry("Twice", "9 May 2011"), "2.txt")
    )["Twice"]
    assert (edtf(item), item.is_conflict) == ("", True)
    assert {quote.text for quote in item.evidence} == {"2 May 2011", "9 May 2011"}


def test_a_standing_block_on_many_pages_is_read_once() -> None:
    tail = PAGE[PAGE.index("  • What the group") :]
    found = items(capture(), capture(entry("Another", "2 May 2011") + tail, "2.txt"))
    blocks = [item.title for item in found if item.kind is ItemKind.BACKGROUND]
    assert sorted(blocks) == ["What the group is for", "Why write to us?"]


def test_a_standing_block_in_other_words_is_refused_and_not_lost_silently() -> None:
    found = items(capture(), capture(PAGE.replace("it publishes", "it prints"), "2.txt"))
    told = {item.address: decide(item, None) for item in found if item.title == "What the group is for"}
    first, second = (told[f"/{name}#what-the-group-is-for"] for name in ("page.txt", "2.txt"))
    assert (first.act, second.act) == ("create", "refuse")
    assert "in other words (/page.txt#what-the-group-is-for)" in second.reason


def test_an_event_without_a_day_has_none() -> None:
    item = by_title(capture(entry("Event: A walk", "2 May 2011", "Through the town.")))["A walk"]
    assert (item.kind, item.happens, edtf(item)) == (ItemKind.EVENT, None, "2011-05-02")


# --- the file


def given_file(tmp_path: Path, content: bytes, **said: str) -> list[Capture | Unreadable]:
    file = tmp_path / "old.txt"
    file.write_bytes(content)
    return list(open_source(file, **said))  # type: ignore[arg-type]  # its keywords, one by one


def test_a_refused_entry_is_told_with_its_line_and_the_rest_is_read(tmp_path: Path) -> None:
    found = given_file(tmp_path, ("  •\n\n    Text.\n\n" + entry("Good", "2 May 2011")).encode())
    told = [str(each) for each in found if isinstance(each, Unreadable)]
    assert len(told) == 1
    assert told[0].startswith("old.txt, line 1: The bullet has no title")
    assert [item.title for item in items(*(each for each in found if isinstance(each, Capture)))] == ["Good"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "old.txt: The file is empty. Save"),
        (b"\x89PNG\r\n\x00\x00", "old.txt: This is binary data"),
        (b"\n\nJust a sentence.\n", "old.txt, line 3: No item was found"),
    ],
)
def test_a_file_without_a_list_says_what_is_wrong_and_where(
    tmp_path: Path, content: bytes, said: str
) -> None:
    (fault,) = given_file(tmp_path, content)
    assert isinstance(fault, Unreadable)
    assert str(fault).startswith(said)
    assert fault.remedy


@pytest.mark.parametrize(("codec", "named"), [("cp1252", ""), ("utf-8-sig", ""), ("mac_roman", "mac_roman")])
def test_the_encoding_is_known_by_its_bytes_or_named(tmp_path: Path, codec: str, named: str) -> None:
    text = entry("El río crecido", "16 December 2013", "La inundación dañó la sección.").replace("•", "*")
    found = given_file(tmp_path, text.encode(codec), encoding=named)
    (item,) = items(*(each for each in found if isinstance(each, Capture)))
    assert (item.title, item.standfirst) == ("El río crecido", "La inundación dañó la sección.")


def test_the_site_that_a_file_stands_for_can_be_named(tmp_path: Path) -> None:
    (found,) = given_file(tmp_path, PAGE.encode(), site="http://www.example.org/")
    assert isinstance(found, Capture)
    assert found.address == "http://www.example.org/old.txt"


def test_reading_and_dating_do_not_load_django() -> None:
    program = (
        "import sys, pututu.rescue.sources, pututu.rescue.dating.site, pututu.rescue.terminal.telling;"
        "print(sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "'django'" not in done.stdout
    assert "'pututu'" in done.stdout


@pytest.mark.skipif(
    not SAMPLE.exists(), reason="the sample of a real archive page is not beside this checkout"
)
def test_the_real_last_page_is_read_as_its_design_says() -> None:
    page = capture(SAMPLE.read_bytes(), SAMPLE.name)
    found = items(page)
    kinds = sorted(str(item.kind) for item in found)
    assert kinds == [*["background"] * 4, "event", *["story"] * 5]
    (event,) = (item for item in found if item.kind is ItemKind.EVENT)
    assert (event.happens.edtf if event.happens else "", event.published) == ("2013-03-04", None)
    stories = [item for item in found if item.kind is ItemKind.STORY]
    assert all(item.published is None and item.reason for item in stories)
    assert [item.stand_in for item in stories].count("31 December 1969") == 4
    assert all(is_found(quote, page) for item in found for quote in item.evidence)
