"""Are small tables drawn truly?"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pututu.shell.charts import (
    BARS_TO,
    BOTTOM,
    Chart,
    ChartError,
    Word,
    apart,
    check,
    draw,
    read_number,
    read_table,
)

COCA = "| 2011 | 2012\nPeru | 62,500 | 60400\nColombia | 64000 | 48000"


def drawn(text: str, kind: str = "line", scale_from: Decimal | None = None) -> Chart:
    table = read_table(text)
    check(table, kind=kind, scale_from=scale_from)
    return draw(table, kind=kind, say=str, scale_from=scale_from)


def refusal(text: str, kind: str = "line", scale_from: Decimal | None = None) -> ChartError:
    with pytest.raises(ChartError) as refused:
        drawn(text, kind, scale_from)
    return refused.value


def test_each_series_has_a_line_with_a_dot_at_every_value() -> None:
    chart = drawn(COCA)
    assert len([shape for shape in chart.shapes if shape.element == "circle"]) == 4
    assert [word.text for word in chart.words if word.css == "hot"] == ["62500", "Peru 60400"]


def test_the_higher_number_stands_higher() -> None:
    dots = [shape for shape in drawn(COCA).shapes if shape.element == "circle"]
    colombia, peru = dots[:2], dots[2:]
    assert colombia[0].y < peru[0].y < peru[1].y < colombia[1].y


def test_a_line_breaks_where_a_value_is_not_known() -> None:
    whole = drawn("| 2010 | 2011 | 2012 | 2013\nPeru | 1 | 2 | 3 | 4").shapes
    broken = drawn("| 2010 | 2011 | 2012 | 2013\nPeru | 1 | | 3 | 4").shapes
    assert [shape.d.count("M") for shape in whole if "heavy" in shape.css] == [1]
    assert [shape.d.count("M") for shape in broken if "heavy" in shape.css] == [2]


def test_a_scale_that_goes_below_nought_shows_where_nought_is() -> None:
    above = [shape for shape in drawn("| a | b\nx | 2 | 5").shapes if shape.css == "q-hair"]
    across = [shape for shape in drawn("| a | b\nx | -2 | 5").shapes if shape.css == "q-hair"]
    assert (len(above), len(across)) == (1, 2)


def test_a_scale_that_would_hide_a_value_is_refused() -> None:
    assert refusal(COCA, scale_from=Decimal(50000)).code == "scale-hides"
    assert drawn(COCA, scale_from=Decimal(45000)).scale_from == Decimal(45000)


def test_bars_begin_at_nought() -> None:
    assert refusal(COCA, "bar", scale_from=Decimal(45000)).code == "bars-begin-at-nought"
    bars = [shape for shape in drawn("| 2012\nA | 50\nB | 100", "bar").shapes if shape.element == "rect"]
    assert bars[1].width == pytest.approx(2 * bars[0].width)


def test_a_negative_bar_runs_to_the_left_of_nought() -> None:
    first, second = (
        shape for shape in drawn("| 2012\nA | -50\nB | 100", "bar").shapes if shape.element == "rect"
    )
    assert first.x + first.width == pytest.approx(second.x)


def test_a_bar_that_is_not_known_is_said_to_be_so() -> None:
    chart = drawn("| 2012\nA |\nB | 100", "bar")
    assert len([shape for shape in chart.shapes if shape.element == "rect"]) == 1
    assert "–" in [word.text for word in chart.words]


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("", "too-small", 0),
        ("| 2011 | 2012", "too-small", 0),
        ("| 2011 | 2012\nPeru | 1", "ragged", 2),
        ("| 2011 | 2012\nPeru | 1 | 2\nChile | 1 | many", "not-a-number", 3),
        ("| 2011 | 2012\nPeru | 62,5 | 2", "not-a-number", 2),
        ("| 2011 | 2012\n | 1 | 2", "no-name", 2),
        ("| 2011 | 2012\nPeru | | ", "no-numbers", 0),
        ("| 2011\nPeru | 1", "one-column", 0),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_row(text: str, code: str, row: int) -> None:
    error = refusal(text)
    assert (error.code, error.row) == (code, row)


def test_too_many_series_and_bars_are_refused() -> None:
    lines = "\n".join(f"s{at} | 1 | 2" for at in range(6))
    assert refusal(f"| a | b\n{lines}").code == "too-many-series"
    assert (
        refusal("| a | b\n" + "\n".join(f"s{at} | 1 | 2" for at in range(13)), "bar").code == "too-many-bars"
    )
    assert drawn(f"| a | b\n{lines}", "bar")


def test_numbers_are_read_as_people_write_them() -> None:
    written = {"62500": 62500, "62,500": 62500, "−3.4": Decimal("-3.4"), "1 234 567": 1234567}
    assert {text: read_number(text, row=1) for text in written} == written
    assert read_number("–", row=1) is None


numbers = st.one_of(st.none(), st.decimals(-(10**9), 10**9, places=2, allow_nan=False))
tables = st.integers(2, 8).flatmap(
    lambda width: st.lists(st.lists(numbers, min_size=width, max_size=width), min_size=1, max_size=5)
)


@given(tables.filter(lambda rows: any(cell is not None for row in rows for cell in row)))
def test_nothing_is_ever_drawn_outside_its_frame(rows: list[list[Decimal | None]]) -> None:
    head = "|".join(["", *(str(at) for at in range(len(rows[0])))])
    body = "\n".join("|".join(["s", *("" if cell is None else str(cell) for cell in row)]) for row in rows)
    lines = drawn(f"{head}\n{body}")
    assert all(0 <= shape.y <= BOTTOM for shape in lines.shapes if shape.element == "circle")
    if sum(len(row) for row in rows) <= 24:
        bars = [shape for shape in drawn(f"{head}\n{body}", "bar").shapes if shape.element == "rect"]
        assert all(bar.x >= 0 and bar.x + bar.width <= BARS_TO + 1 for bar in bars)


def test_words_that_would_touch_are_pushed_apart() -> None:
    placed = apart([Word(0, 10, "a"), Word(0, 12, "b"), Word(0, 90, "c")])
    assert [word.y for word in placed] == [10, 27, 90]
