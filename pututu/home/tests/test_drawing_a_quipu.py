"""Are dates drawn as exactly as they are known, and no more?"""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from pututu.home import quipu
from pututu.home.quipu import Tie, lying, marks_on, month_stretch, standing, year_stretch

QUARTERS = [(0.0, "Jan"), (0.25, "Apr"), (0.5, "Jul"), (0.75, "Oct")]
days = st.dates(dt.date(2013, 1, 1), dt.date(2013, 12, 31))


def tie(mark: str, first: str, last: str = "", number: int | None = None) -> Tie:
    return Tie(mark, dt.date.fromisoformat(first), dt.date.fromisoformat(last or first), number)


def test_a_length_covers_exactly_its_months() -> None:
    (mark,) = marks_on(year_stretch(2012), [tie("month", "2012-08-01", "2012-09-30", 1)], 300)
    assert (round(mark.start), round(mark.end)) == (175, 225)


def test_a_sleeve_is_never_shorter_than_can_be_seen_and_stays_on_its_cord() -> None:
    for first, last in [
        ("2013-09-24", "2013-09-30"),
        ("2013-12-30", "2013-12-31"),
        ("2013-01-01", "2013-01-02"),
    ]:
        (mark,) = marks_on(year_stretch(2013), [tie("span", first, last, 1)], 300)
        assert round(mark.end - mark.start) == quipu.SHORTEST_SLEEVE
        assert mark.start >= 0
        assert mark.end <= 300
    (longer,) = marks_on(year_stretch(2013), [tie("span", "2013-03-01", "2013-05-31", 1)], 300)
    assert round(longer.end - longer.start) == 75


def test_a_date_between_two_years_hangs_on_both_cords_under_one_number() -> None:
    ties = [tie("span", "2014-12-28", "2015-01-03", 1)]
    drawing = lying([year_stretch(2014), year_stretch(2015)], ties, QUARTERS)
    assert [number.text for number in drawing.numbers] == ["1", "1"]
    assert not marks_on(year_stretch(2013), ties, 300)


def test_a_year_that_holds_nothing_has_a_short_cord_without_a_fray() -> None:
    drawing = lying([year_stretch(2004), year_stretch(2005)], [tie("day", "2004-02-29", number=1)], QUARTERS)
    assert [(cord.is_empty, bool(cord.fray)) for cord in drawing.cords] == [(False, True), (True, False)]


def test_numbers_that_would_touch_share_one_label() -> None:
    ties = [tie("day", f"2013-03-0{n}", number=n) for n in (1, 2, 3)] + [tie("day", "2013-09-01", number=4)]
    assert [number.text for number in lying([year_stretch(2013)], ties, QUARTERS).numbers] == ["1–3", "4"]
    assert [number.text for number in standing([year_stretch(2013)], ties, QUARTERS).numbers] == ["1–3", "4"]


def test_dates_on_which_sources_disagree_are_two_open_knots_with_a_loop_between() -> None:
    ties = [tie("two", "2014-03-10", "2015-01-31", 1)]
    for draw in (lying, standing):
        first, last = draw([year_stretch(2014), year_stretch(2015)], ties, QUARTERS).shapes
        assert first.loop
        assert last.loop
        assert (len(first.knots), len(last.knots)) == (1, 1)  # each end is tied on its own cord only
        (both,) = draw([year_stretch(2013)], [tie("two", "2013-03-10", "2013-03-11", 1)], QUARTERS).shapes
        assert len(set(both.knots)) == 2
        (sleeve,) = draw([year_stretch(2013)], [tie("span", "2013-03-10", "2013-03-11", 1)], QUARTERS).shapes
        assert not sleeve.knots


def test_marks_without_numbers_are_drawn_once_where_they_coincide() -> None:
    many = [tie("day", "2013-03-01")] * 50 + [tie("day", "2013-08-01"), tie("event", "2013-03-01")]
    marks = [shape.mark for shape in lying([year_stretch(2013)], many, QUARTERS).shapes]
    assert sorted(marks) == ["day", "day", "event"]
    numbered = [tie("day", "2013-03-01", number=n) for n in range(1, 6)]
    assert len(lying([year_stretch(2013)], numbered, QUARTERS).shapes) == 5


@given(
    st.lists(st.tuples(st.sampled_from(["day", "month", "span", "two", "event"]), days, days), max_size=400)
)
def test_a_drawing_does_not_grow_without_bound_and_stays_in_its_box(
    rows: list[tuple[str, dt.date, dt.date]],
) -> None:
    ties = [Tie(mark, min(one, two), max(one, two)) for mark, one, two in rows]
    drawing = lying([year_stretch(2013)], ties, QUARTERS)
    assert all(82 <= float(shape.middle_y) <= 382 for shape in drawing.shapes)
    points = [each for each in ties if each.mark in ("day", "event")]
    assert len(lying([year_stretch(2013)], points, QUARTERS).shapes) <= 2 * 300 / quipu.KNOT_ROOM + 2


def test_a_month_is_drawn_by_its_days() -> None:
    (mark,) = marks_on(month_stretch(2013, 2, "Feb"), [tie("day", "2013-02-15", number=1)], 280)
    assert mark.start == 140
