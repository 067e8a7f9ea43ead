"""Is the text of an old list page taken apart as it was meant?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pututu.rescue.errors import UnreadableCapture
from pututu.rescue.reading.scraped import Bullets, Kind, ListPage, Paragraph, read_list_page
from pututu.rescue.tests.pages import PAGE, entry


def read(text: str | bytes, **options: str) -> ListPage:
    return read_list_page(text if isinstance(text, bytes) else text.encode(), name="page.txt", **options)


def test_items_come_first_and_standing_blocks_after() -> None:
    assert [(reading.kind, reading.title) for reading in read(PAGE).readings] == [
        (Kind.EVENT, "Water and the highlands"),
        (Kind.STORY, "Threats against a village mayor"),
        (Kind.STORY, "A bridge is opened"),
        (Kind.STORY, "Two brothers fall out"),
        (Kind.BLOCK, "What the group is for"),
        (Kind.BLOCK, "Why write to us?"),
    ]


def test_the_date_line_is_kept_as_printed_with_its_line() -> None:
    lines = [(reading.date_line, reading.date_line_number) for reading in read(PAGE).readings]
    assert lines == [
        ("31 December 1969", 3),
        ("16 DECEMBER 2013", 9),
        ("31 December 1969", 17),
        ("", 24),
        (None, None),
        (None, None),
    ]


def test_the_first_paragraph_is_the_standfirst_and_the_rest_the_body() -> None:
    mayor = read(PAGE).readings[1]
    assert mayor.standfirst == "The mayor asked the police for protection in spring."
    assert mayor.body == (Paragraph("Nothing was done."),)


def test_a_standing_block_keeps_its_bulleted_list() -> None:
    block = read(PAGE).readings[-1]
    assert block.standfirst == ""
    assert block.body == (
        Bullets(("You know something that we should know", "You want to help")),
        Paragraph("Write to us"),
    )


def test_bullets_and_indentation_of_all_kinds_are_one() -> None:
    other = PAGE.replace("•", "*").replace("    ", "\t").replace("\n", "\r\n")
    assert read(other).readings == read(PAGE).readings


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read(b"\xef\xbb\xbf" + PAGE.encode()).readings == read(PAGE).readings


def test_another_encoding_can_be_named() -> None:
    text = entry("El río", "16 December 2013")
    assert read(text.replace("•", "*").encode("cp1252"), encoding="cp1252").readings[0].title == "El río"


def test_latin_1_means_what_browsers_read_for_it() -> None:
    """A bullet of Windows' is a control character in true Latin-1, and nothing would be found."""
    page = PAGE.replace("Water and the highlands", "El río").encode("cp1252")
    assert read(page, encoding="latin-1").readings[0].title == "El río"


def test_lines_that_run_on_are_joined() -> None:
    text = "  • A long\n    title\n\n    2 May 2011\n\n    It began\n    in May.\n"
    reading = read(text).readings[0]
    assert (reading.title, reading.date_line, reading.standfirst) == (
        "A long title",
        "2 May 2011",
        "It began in May.",
    )


def test_a_date_right_under_the_title_is_no_part_of_the_title() -> None:
    reading = read("  • Title\n    2 May 2011\n\n    Text here.\n").readings[0]
    assert (reading.title, reading.date_line) == ("Title", "2 May 2011")


def test_words_in_the_place_of_the_date_are_kept_as_the_date_line() -> None:
    readings = read(entry("A lecture", "Open University") + entry("Later", "2 May 2011")).readings
    assert [reading.date_line for reading in readings] == ["Open University", "2 May 2011"]


def test_an_undated_entry_before_a_dated_one_is_an_item_and_after_it_a_block() -> None:
    undated = "  • No date\n\n    Only a sentence.\n\n"
    dated = entry("Dated", "2 May 2011")
    assert [reading.kind for reading in read(undated + dated).readings] == [Kind.STORY, Kind.STORY]
    assert [reading.kind for reading in read(dated + undated).readings] == [Kind.STORY, Kind.BLOCK]


@pytest.mark.parametrize(
    ("bad", "line", "said"),
    [
        ("  •\n\n    Text without a title.\n\n", 1, "no title"),
        ("  • Event:\n\n    2 May 2011\n\n    Text without a title.\n\n", 1, "no title"),
        ("  • Title alone\n\n", 1, "Nothing stands under"),
        ("  • " + "x" * 300 + "\n\n    2 May 2011\n\n    Text.\n\n", 1, "255"),
        ("  • Title\n\n    2 May 2011\n\n    Some\x07thing.\n\n", 1, "Line 5 holds control characters"),
        ("    Home | News | About\n\n", 1, "before the first title"),
    ],
)
def test_one_bad_entry_is_refused_with_its_line_and_the_rest_is_read(bad: str, line: int, said: str) -> None:
    page = read(bad + entry("Good", "2 May 2011"))
    assert [reading.title for reading in page.readings] == ["Good"]
    assert [refusal.line for refusal in page.refusals] == [line]
    assert said in page.refusals[0].reason


@given(text=st.text("•*- \t\n.:EvntM20131abé\x07", max_size=120) | st.text(max_size=60), tail=st.booleans())
def test_any_text_is_read_or_refused_as_unreadable(text: str, tail: bool) -> None:
    try:
        page = read(text + "\n" + entry("Good", "2 May 2011") * tail)
    except UnreadableCapture:
        return
    assert page.readings or page.refusals


def test_a_good_page_refuses_nothing() -> None:
    assert read(PAGE).refusals == ()


@pytest.mark.parametrize(
    ("data", "encoding", "said"),
    [
        (b"", "utf-8", "page.txt: The file is empty."),
        (b" \n\n", "utf-8", "page.txt: The file is empty."),
        (b"\x89PNG\r\n\x00\x00", "utf-8", "page.txt: This is binary data"),
        (b"text\x00text", "utf-8", "page.txt: This is binary data"),
        (
            "• a\n\n  r\u00edo\n".replace("•", "*").encode("cp1252"),
            "utf-8",
            "page.txt, line 3: The byte 0xED is not utf-8.",
        ),
        (PAGE.encode(), "klingon", "No encoding is called “klingon”"),
        (b"\n\nJust a sentence.\n", "utf-8", "page.txt, line 3: No item was found"),
        (b"  * Title\n\n    Text but no date at all anywhere in here.\n", "utf-8", "No item was found"),
    ],
)
def test_a_capture_that_cannot_be_read_says_where_what_and_what_to_do(
    data: bytes, encoding: str, said: str
) -> None:
    with pytest.raises(UnreadableCapture) as caught:
        read(data, encoding=encoding)
    assert said in str(caught.value)
    assert caught.value.remedy in str(caught.value)


def test_a_page_of_nothing_but_a_no_break_space_is_unreadable_from_its_first_line() -> None:
    with pytest.raises(UnreadableCapture) as refused:
        read_list_page("\u00a0\n".encode(), name="page.txt")
    assert refused.value.line == 1
