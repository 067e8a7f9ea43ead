"""Are the entries of a scraped list found, whatever bullets, indentation and blank lines the scraper left?"""

from __future__ import annotations

import pytest

from pututu.rescue.reading.scraped import Kind, ListPage, read_list_page

ENTRIES = (
    ("A law on springs", "24 September 2013", "It protects all springs, and who drinks of them is heard."),
    ("Nobody has answered", "31 December 1969", "The villages wait."),
    ("Thing of a season", "Spring 2011", "It was short."),
)
BLOCK = ("Why join us?", "You hear of what happens.")


def read(text: str) -> ListPage:
    return read_list_page(text.encode(), name="old.txt")


def told(page: ListPage) -> list[tuple[str, str | None, str]]:
    return [
        (each.title, each.date_line, each.standfirst) for each in page.readings if each.kind is not Kind.BLOCK
    ]


def layout(bullet: str, *, outer: int, inner: int, gap: str) -> str:
    out, into = " " * outer, " " * inner
    parts = [f"{out}{bullet} {title}\n{gap}{into}{day}\n{gap}{into}{text}\n" for title, day, text in ENTRIES]
    return "\n".join([*parts, f"{out}{bullet} {BLOCK[0]}\n{gap}{into}{BLOCK[1]}\n"])


@pytest.mark.parametrize("bullet", ["•", "*", "-", "+", "–", "●", "▪"])
@pytest.mark.parametrize(("outer", "inner"), [(0, 0), (0, 2), (2, 4), (5, 7), (3, 3)])
@pytest.mark.parametrize("gap", ["", "\n"], ids=["compact", "with blank lines"])
def test_every_layout_gives_the_same_items(bullet: str, outer: int, inner: int, gap: str) -> None:
    page = read(layout(bullet, outer=outer, inner=inner, gap=gap))
    assert told(page) == list(ENTRIES)
    assert [each.title for each in page.readings if each.kind is Kind.BLOCK] == [BLOCK[0]]
    assert not page.refusals


def test_no_blank_line_need_stand_between_entries() -> None:
    assert told(read("".join(f"* {title}\n  {day}\n  {text}\n" for title, day, text in ENTRIES))) == list(
        ENTRIES
    )


def test_what_a_text_browser_prints_is_read_without_its_numbers_of_links() -> None:
    page = read(
        "     * [4]A very long title of a story about the water that the mine takes from the\n"
        "       springs of four villages\n"
        "       24 September 2013\n"
        "       Nobody has [5]answered, since the minister was not asked and those who were did not\n"
        "       know.\n"
        "     * [6]Short\n"
        "       31 December 1969\n"
        "       It is short.\n"
        "\n"
        "Why join us?\n"
        "\n"
        "   You hear of what happens.\n"
    )
    title = (
        "A very long title of a story about the water that the mine takes from the springs of four villages"
    )
    text = "Nobody has answered, since the minister was not asked and those who were did not know."
    assert told(page) == [(title, "24 September 2013", text), ("Short", "31 December 1969", "It is short.")]
    block = page.readings[-1]
    assert (block.kind, block.title) == (Kind.BLOCK, "Why join us?")
    assert "You hear" in str(block.body)


def test_a_sentence_that_stands_further_out_is_no_heading() -> None:
    page = read(layout("*", outer=4, inner=6, gap="\n") + "\nIt goes on here, further out.\n")
    assert [each.title for each in page.readings][-1] == BLOCK[0]
    assert "further out" in str(page.readings[-1].body)


def test_a_compact_title_without_a_date_keeps_its_text_for_itself() -> None:
    undated = "* Update 129\n  A summary of what happened.\n"
    page = read(undated + "".join(f"* {title}\n  {day}\n  {text}\n" for title, day, text in ENTRIES))
    assert told(page)[0] == ("Update 129", None, "A summary of what happened.")
