"""Has an invented old site the defects that it is there for, the same ones each time?"""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path

import pytest

from pututu.lib.dates import HonestDate
from pututu.rescue.capture import Capture
from pututu.rescue.dating.site import read_site
from pututu.rescue.invented import captures_of, invent_site, write_folder
from pututu.rescue.invented.scoring import score
from pututu.rescue.invented.words import STAND_INS
from pututu.rescue.item import Basis, ItemKind, OldItem
from pututu.rescue.sources import open_source

PAGES = list(invent_site(1000))
NUMBERED = re.compile(rb"((?:article-|event-|print\.php\?id=))(\d+)")


def test_the_same_seed_invents_the_same_site_and_another_one_another():
    assert list(invent_site(1000)) == PAGES
    assert list(invent_site(1000, seed=2)) != PAGES


def test_every_defect_is_there():
    kinds = Counter(page.truth.kind for page in PAGES)
    assert set(kinds) == {"story", "event", "list", "error", "background"}
    assert {page.truth.stand_in for page in PAGES} == {None, *STAND_INS}
    assert {page.truth.language for page in PAGES} == {"en", "es"}
    assert any(page.truth.same_as for page in PAGES)
    assert sum(_is_utf8(page.content) for page in PAGES) < len(PAGES)
    assert any("Ã" in page.content.decode("utf-8", "replace") for page in PAGES)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def test_numbers_rise_with_the_days_and_addresses_are_each_of_one_page():
    items = [page.truth for page in PAGES if page.truth.day]
    assert [each.day for each in items] == sorted(each.day for each in items if each.day)
    assert len({page.address for page in PAGES}) == len(PAGES)
    assert len({each.title for each in items}) == len(items)


def test_lists_that_drifted_name_some_items_twice_and_few_not_at_all():
    shown = "".join(page.content.decode("utf-8", "replace") for page in PAGES if page.truth.kind == "list")
    lost = [page for page in PAGES if page.truth.day and f"'/{page.address.rpartition('/')[2]}'" not in shown]
    assert 0 < len(lost) <= 1000 // 30
    assert any(shown.count(f"'/{page.address.rpartition('/')[2]}'") == 2 for page in PAGES if page.truth.day)


def test_a_folder_of_it_is_read_back_under_the_same_addresses(tmp_path: Path):
    pages = [page for page in PAGES[:60] + PAGES[-30:] if page.content and not page.leads_to]
    assert write_folder(iter(pages), tmp_path) == len(pages)
    found = [each for each in open_source(tmp_path) if isinstance(each, Capture)]
    assert {each.address: each.content for each in found} == {page.address: page.content for page in pages}


def perfect(page) -> OldItem:
    truth = page.truth
    return OldItem(
        address=page.address,
        kind=ItemKind(truth.kind),
        title=truth.title,
        published=HonestDate.parse(truth.stated) if truth.stated else None,
        happens=HonestDate.parse(str(truth.happens)) if truth.happens else None,
        basis=Basis.STATED if truth.stated else Basis.NONE,
        duplicate_of=truth.same_as or None,
    )


def test_whoever_knows_the_truth_scores_full_and_each_fault_costs():
    items = [perfect(page) for page in PAGES]
    full = score(items, PAGES)
    assert {float(getattr(full, each.name)) for each in fields(full)} == {1.0}
    at = next(place for place, page in enumerate(PAGES) if page.truth.stand_in)
    wrong = HonestDate.parse("2001-02-03")
    for faulty, costs in (
        (replace(items[at], published=wrong, basis=Basis.STATED), {"stated_right", "undated_left"}),
        (replace(items[at], published=wrong, basis=Basis.NEIGHBOURS), {"bounds_true"}),
        (replace(items[at], title="?"), {"titles"}),
        (replace(items[at], kind=ItemKind.ASSET), {"kinds"}),
        (replace(items[at], duplicate_of=items[at + 1].address), {"joined_right"}),
    ):
        found = score([*items[:at], faulty, *items[at + 1 :]], PAGES)
        assert {each.name for each in fields(found) if float(getattr(found, each.name)) < 1} == costs
    without = score(items[:at] + items[at + 1 :], PAGES)
    assert float(without.with_an_outcome) < 1


@pytest.mark.parametrize("seed", [2, 3])
def test_a_rescue_finds_what_can_be_found_and_invents_nothing(seed: int):
    pages = list(invent_site(500, seed=seed))
    found = [each for each in read_site(captures_of(pages)) if isinstance(each, OldItem)]
    reached = score(found, pages)
    assert [float(figure) for figure in (reached.with_an_outcome, reached.stated_right)] == [1.0, 1.0]
    assert float(reached.undated_left) == 1.0
    for figure in (reached.joined_right, reached.kinds, reached.titles, reached.events_right):
        assert float(figure) >= 0.99
    for figure in (reached.joined_found, reached.stated_found, reached.bounds_true):
        assert float(figure) >= 0.95
    assert reached.bounds_true.of >= 0.5 * reached.undated_left.of


def test_numbers_in_disorder_bound_nothing():
    pages = list(invent_site(400))
    numbers = list(range(1, 401))
    random.Random(4).shuffle(numbers)

    def elsewhere(found: re.Match[bytes]) -> bytes:
        number = int(found[2])
        return found[1] + str(numbers[number - 1] if number <= 400 else number).encode()

    moved = [
        replace(
            capture,
            address=NUMBERED.sub(elsewhere, capture.address.encode()).decode(),
            content=NUMBERED.sub(elsewhere, capture.content),
        )
        for capture in captures_of(pages)
        if capture.status == 200
    ]
    bases = [
        [each.basis for each in read_site(site) if isinstance(each, OldItem)]
        for site in (captures_of(pages), moved)
    ]
    assert [found.count(Basis.NEIGHBOURS) > 0 for found in bases] == [True, False]
