"""Does a plan say what would be made of an old page, and does a second run change nothing?"""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pututu.rescue.plan import Act, Plan, make_plan
from pututu.rescue.reading.scraped import ListPage, read_list_page
from pututu.rescue.report import report_dict, report_lines
from pututu.rescue.tests.pages import PAGE, entry
from pututu.rescue.verdict import State

SAMPLE = Path(__file__).parents[3].parent / "shared" / "samples" / "old-archive-last-page.txt"


def page(text: str = PAGE, name: str = "page.txt") -> ListPage:
    return read_list_page(text.encode(), name=name)


def fingerprints(plan: Plan) -> list[str]:
    return [item.fingerprint for item in plan.items]


def test_the_plan_of_a_page_creates_its_items_with_the_dates_that_it_gives() -> None:
    items = make_plan([page()]).items
    assert [(item.kind, item.date.edtf, item.state, item.held and item.held.edtf) for item in items] == [
        ("event", "[..2011-05-06]", State.UNDATED, "2011-05-07"),
        ("story", "2013-12-16", State.DATED, None),
        ("story", "", State.UNDATED, None),
        ("story", "", State.UNDATED, None),
        ("block", "", State.UNDATED, None),
        ("block", "", State.UNDATED, None),
    ]


def test_the_evidence_says_what_was_printed_and_where() -> None:
    items = make_plan([page()]).items
    assert [(evidence.statement, evidence.source) for evidence in items[2].evidence] == [
        (
            "The old page prints “31 December 1969”: a stand-in that a computer writes for no date, so it"
            " says nothing about when.",
            "page.txt, line 17",
        )
    ]
    assert items[3].evidence[0].statement == "No date is printed where the old page has its dates."
    assert items[4].evidence == ()


def test_an_event_without_a_day_has_an_unknown_day() -> None:
    item = make_plan([page(entry("Event: A walk", "2 May 2011", "Through the town."))]).items[0]
    assert item.held is not None
    assert item.held.is_unknown


def test_running_again_changes_nothing() -> None:
    first = make_plan([page()])
    again = make_plan([page()], existing=set(fingerprints(first)))
    assert again.items == ()
    assert len(again.of(Act.UNCHANGED)) == len(first.of(Act.CREATE)) == 6


def test_what_is_new_on_a_known_page_is_created() -> None:
    known = set(fingerprints(make_plan([page()])))
    plan = make_plan([page(PAGE.replace("A bridge is opened", "A road is opened"))], existing=known)
    assert [item.title for item in plan.items] == ["A road is opened"]


@settings(max_examples=25)
@given(order=st.permutations(range(3)))
def test_fingerprints_do_not_depend_on_the_order_of_pages_or_on_case_and_spacing(order: list[int]) -> None:
    pages = [
        page(),
        page(entry("One more", "2 May 2011"), "other.txt"),
        page(entry("ONE  more", "2 May 2011"), "third.txt"),
    ]
    plan = make_plan([pages[place] for place in order])
    assert set(fingerprints(plan)) == set(fingerprints(make_plan(pages)))
    assert len(plan.items) == 7


def test_standing_blocks_repeated_on_every_page_are_read_once() -> None:
    plan = make_plan(
        [page(), page(entry("Another", "2 May 2011") + PAGE[PAGE.index("  • What the group") :], "2.txt")]
    )
    assert [item.title for item in plan.items if item.kind == "block"] == [
        "What the group is for",
        "Why write to us?",
    ]
    assert plan.of(Act.REFUSE) == ()
    assert "read once" in next(step.reason for step in plan.steps if step.title == "Why write to us?")


def test_a_standing_block_in_other_words_is_refused_and_not_lost_silently() -> None:
    changed = PAGE.replace("it publishes", "it prints")
    plan = make_plan([page(), page(changed, "2.txt")])
    assert [(step.title, step.source) for step in plan.of(Act.REFUSE)] == [
        ("What the group is for", "2.txt, line 27")
    ]


def test_the_same_item_twice_is_one_item_with_all_its_claims() -> None:
    plan = make_plan(
        [page(entry("Twice", "2 May 2011") + entry("Twice", "May 2011") + entry("Once", "May 2011"))]
    )
    assert [(item.title, item.date.edtf, item.state) for item in plan.items] == [
        ("Twice", "2011-05-02", State.DATED),
        ("Once", "2011-05", State.DATED),
    ]
    assert len(plan.items[0].evidence) == 2


def test_the_same_item_with_two_dates_waits_for_a_decision() -> None:
    plan = make_plan([page(entry("Twice", "2 May 2011")), page(entry("Twice", "9 May 2011"), "2.txt")])
    assert [(item.date.edtf, item.state) for item in plan.items] == [("", State.CONFLICT)]
    assert "disagree" in plan.steps[0].reason


def test_refusals_carry_their_place_and_the_rest_goes_on() -> None:
    plan = make_plan([page("  •\n\n    Text.\n\n" + entry("Good", "2 May 2011"))])
    assert [(step.act, step.source) for step in plan.steps] == [
        (Act.CREATE, "page.txt, line 5"),
        (Act.REFUSE, "page.txt, line 1"),
    ]


def test_the_report_tells_each_step_and_the_sums() -> None:
    lines = report_lines(make_plan([page("  •\n\n    Text.\n\n" + PAGE)]))
    assert "+ event: Water and the highlands (held: 7 May 2011; announced: before 7 May 2011)" in lines
    assert "+ story: Two brothers fall out (date unknown)" in lines
    assert "! (no title)" in lines
    assert lines[-1] == "6 to create, 0 unchanged, 1 refused."


def test_the_report_for_programs_survives_json() -> None:
    told = report_dict(make_plan([page("  •\n\n    Text.\n\n" + PAGE)]))
    assert json.loads(json.dumps(told)) == told
    assert told["counts"] == {"create": 6, "unchanged": 0, "refuse": 1}
    assert told["steps"][0]["item"]["held"] == "2011-05-07"
    assert told["steps"][5]["item"]["body"][0] == {
        "bullets": ["You know something that we should know", "You want to help"]
    }


def test_the_pure_core_does_not_load_django() -> None:
    program = "import sys, pututu.rescue.report; print(sorted({name.split('.')[0] for name in sys.modules}))"
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
def test_the_real_last_page_gives_one_event_five_stories_and_four_blocks_and_invents_no_date() -> None:
    plan = make_plan([read_list_page(SAMPLE.read_bytes(), name=SAMPLE.name)])
    items = plan.items
    assert [item.kind for item in items] == ["event", *["story"] * 5, *["block"] * 4]
    assert plan.of(Act.REFUSE) == ()
    assert items[0].held is not None
    assert (items[0].held.edtf, items[0].date.edtf) == ("2013-03-04", "[..2013-03-03]")
    assert {item.date.edtf for item in items[1:]} == {""}
    sibling = next(item for item in items if item.title == "Sibling warfare")
    assert [evidence.statement for evidence in sibling.evidence] == [
        "No date is printed where the old page has its dates."
    ]
    stand_ins = [
        item for item in items if any("31 December 1969" in line.statement for line in item.evidence)
    ]
    assert len(stand_ins) == 5
