"""How are dates drawn as knots on cords?

Pure geometry: dates in, shapes out; ``templates/home/quipu.html`` prints them as SVG. A sure day is a knot,
a month or more a twisted length that covers exactly its months, a day between limits an open sleeve, one
of several dates two open knots with a loop from the first to the last, an event's day a ring. Units are SVG user units.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

KNOT_ROOM = 12.0  # two unnumbered marks of one sort nearer than this can't be told apart: one is drawn
SHORTEST_SLEEVE = 16.0
LABEL_ROOM = {"lying": 14.0, "standing": 20.0}
LONGS = ("month", "span", "two")


@dataclass(frozen=True)
class Tie:
    """A date to be tied: its mark ("day", "month", "span", "two", "event"), its bounds, its number in the list."""

    mark: str
    earliest: dt.date
    latest: dt.date
    number: int | None = None


@dataclass(frozen=True)
class Stretch:
    """The time that one cord stands for, and the words along it at fractions of its length."""

    label: str
    first: dt.date
    last: dt.date
    place: Callable[[dt.date], float]


@dataclass(frozen=True)
class Shape:
    """One mark as drawn: a box, with the cuts across it as an SVG path. Rings and knots use its middle.

    One of several dates is no box but a loop, as a path, between the open knots of its first and its last.
    """

    mark: str
    x: str
    y: str
    width: str
    height: str
    middle_x: str
    middle_y: str
    cuts: str = ""
    loop: str = ""
    knots: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Cord:
    """One hanging cord: its line, the frayed end of one that holds something, the knot on the main cord."""

    label: str
    line: str
    fray: str
    knot_x: str
    knot_y: str
    label_x: str
    label_y: str
    is_empty: bool


@dataclass(frozen=True)
class Word:
    """A number or a name at a place."""

    text: str
    x: str
    y: str


@dataclass(frozen=True)
class Drawing:
    """One way of drawing the quipu. The two anchors are SVG's text-anchor for labels and for numbers."""

    variant: str
    box: str
    hairs: tuple[str, ...]
    ticks: tuple[Word, ...]
    main: str
    cords: tuple[Cord, ...]
    shapes: tuple[Shape, ...]
    numbers: tuple[Word, ...]
    anchor: str
    number_anchor: str


@dataclass(frozen=True)
class _Mark:
    """A tie on one cord: where along the cord it begins and ends."""

    mark: str
    start: float
    end: float
    number: int | None
    knots: tuple[float, ...] = ()

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


def year_stretch(year: int) -> Stretch:
    """A year, each month a twelfth of it."""

    def place(day: dt.date) -> float:
        return (day.month - 1 + (day.day - 1) / monthrange(day.year, day.month)[1]) / 12

    return Stretch(str(year), dt.date(year, 1, 1), dt.date(year, 12, 31), place)


def month_stretch(year: int, month: int, label: str) -> Stretch:
    """A month, by its days."""
    days = monthrange(year, month)[1]
    return Stretch(
        label, dt.date(year, month, 1), dt.date(year, month, days), lambda day: (day.day - 1) / days
    )


def lying(stretches: Sequence[Stretch], ties: Sequence[Tie], ticks: Sequence[tuple[float, str]]) -> Drawing:
    """Draw the cords hanging from a main cord that lies across the page: time runs downwards on each."""
    top, length, width = 82.0, 300.0, 1152.0
    step = min(148.0, (width - 116) / max(len(stretches) - 1, 1))
    cords, shapes, numbers = [], [], []
    for at, stretch in enumerate(stretches):
        x = 84 + step * at
        hang = _sag(x, width)
        marks = marks_on(stretch, ties, length)
        cords.append(_hanging(stretch.label, x, hang, top + length + 14, is_empty=not marks))
        shapes += [_upright(mark, x, top) for mark in marks]
        numbers += [
            Word(text, _n(x + 13), _n(top + middle + 5))
            for text, middle in labels(marks, LABEL_ROOM["lying"])
        ]
    return Drawing(
        variant="lying",
        box=f"0 0 {_n(width)} 404",
        hairs=tuple(f"M44 {_n(top + length * part)}H{_n(width)}" for part, _name in (*ticks, (1.0, ""))),
        ticks=tuple(Word(name, "0", _n(top + length * part + 5)) for part, name in ticks),
        main=f"M0 40Q{_n(width / 2)} 62 {_n(width)} 40",
        cords=tuple(cords),
        shapes=tuple(shapes),
        numbers=tuple(numbers),
        anchor="middle",
        number_anchor="start",
    )


def standing(
    stretches: Sequence[Stretch],
    ties: Sequence[Tie],
    ticks: Sequence[tuple[float, str]],
    *,
    width: float = 390.0,
) -> Drawing:
    """Draw the main cord upright at the left and the cords going out from it: time runs to the right."""
    left, step = 78.0, 30.0
    length = width - 6 - left
    cords, shapes, numbers = [], [], []
    for at, stretch in enumerate(stretches):
        y = 52 + step * at
        marks = marks_on(stretch, ties, length)
        cords.append(_outgoing(stretch.label, y, width - 6, is_empty=not marks))
        shapes += [_flat(mark, left, y) for mark in marks]
        numbers += [
            Word(text, _n(left + middle), _n(y - 10))
            for text, middle in labels(marks, LABEL_ROOM["standing"])
        ]
    bottom = 52 + step * (len(stretches) - 1) + 32
    return Drawing(
        variant="standing",
        box=f"0 0 {_n(width)} {_n(bottom + 8)}",
        hairs=tuple(f"M{_n(left + length * part)} 26V{_n(bottom + 8)}" for part, _name in ticks),
        ticks=tuple(Word(name, _n(left + length * part), "15") for part, name in ticks),
        main=f"M58 32V{_n(bottom)}",
        cords=tuple(cords),
        shapes=tuple(shapes),
        numbers=tuple(numbers),
        anchor="end",
        number_anchor="middle",
    )


def as_lying(drawing: Drawing) -> Drawing:
    """The same drawing for wide pages: one cord that runs from left to right needs no other."""
    return replace(drawing, variant="lying")


def marks_on(stretch: Stretch, ties: Iterable[Tie], length: float) -> list[_Mark]:
    """Return what is tied on one cord, from its beginning on; of unnumbered marks that coincide, only one."""
    found = [
        _mark(tie, stretch, length)
        for tie in ties
        if tie.earliest <= stretch.last and tie.latest >= stretch.first
    ]
    found.sort(key=lambda mark: (mark.middle, mark.number or 0))
    return found if all(mark.number for mark in found) else _told_apart(found)


def _mark(tie: Tie, stretch: Stretch, length: float) -> _Mark:
    start = stretch.place(max(tie.earliest, stretch.first)) * length
    last = min(tie.latest, stretch.last)
    end = length if last == stretch.last else stretch.place(last + dt.timedelta(days=1)) * length
    if tie.mark not in LONGS:
        return _Mark(tie.mark, start, start, tie.number)
    if end - start < SHORTEST_SLEEVE and tie.mark != "month":
        middle = min(max((start + end) / 2, SHORTEST_SLEEVE / 2), length - SHORTEST_SLEEVE / 2)
        start, end = middle - SHORTEST_SLEEVE / 2, middle + SHORTEST_SLEEVE / 2
    inside = ((start, tie.earliest >= stretch.first), (end, tie.latest <= stretch.last))
    knots = tuple(at for at, is_on_this_cord in inside if is_on_this_cord) if tie.mark == "two" else ()
    return _Mark(tie.mark, start, end, tie.number, knots)


def _told_apart(marks: list[_Mark]) -> list[_Mark]:
    kept: list[_Mark] = []
    last: dict[str, _Mark] = {}
    for mark in marks:
        before = last.get(mark.mark)
        if before and abs(mark.start - before.start) < KNOT_ROOM and abs(mark.end - before.end) < KNOT_ROOM:
            continue
        last[mark.mark] = mark
        kept.append(mark)
    return kept


def labels(marks: Sequence[_Mark], room: float) -> list[tuple[str, float]]:
    """Return the numbers beside the marks of one cord; those too near to one another share one, as "4–6"."""
    groups: list[list[_Mark]] = []
    for mark in (each for each in marks if each.number):
        if groups and mark.middle - groups[-1][-1].middle < room:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return [
        (_joined([mark.number or 0 for mark in group]), sum(m.middle for m in group) / len(group))
        for group in groups
    ]


def _joined(numbers: Sequence[int]) -> str:
    ordered = sorted(numbers)
    is_run = len(ordered) > 2 and all(after == before + 1 for before, after in pairwise(ordered))
    return f"{ordered[0]}–{ordered[-1]}" if is_run else ", ".join(map(str, ordered))


def _sag(x: float, width: float) -> float:
    """The height of the main cord, which sags a little, at ``x``."""
    part = x / width
    return 40 + 44 * part * (1 - part)


def _hanging(label: str, x: float, hang: float, end: float, *, is_empty: bool) -> Cord:
    at = _n(x)
    line = f"M{at} {_n(hang)}V{_n(104 if is_empty else end)}"
    fray = "" if is_empty else "".join(f"M{at} {_n(end)}{way}" for way in ("l-3 8", "l3 8", "v9"))
    return Cord(label, line, fray, at, _n(hang), at, "20", is_empty)


def _outgoing(label: str, y: float, end: float, *, is_empty: bool) -> Cord:
    return Cord(
        label, f"M58 {_n(y)}H{_n(96 if is_empty else end)}", "", "58", _n(y), "42", _n(y + 5), is_empty
    )


def _upright(mark: _Mark, x: float, top: float) -> Shape:
    start, end, middle = top + mark.start, top + mark.end, top + mark.middle
    cuts = ""
    if mark.mark == "month":
        cuts = "".join(f"M{_n(x - 5)} {_n(start + at)}l10-5" for at in _cuts(end - start, 8.5))
    elif mark.mark == "day":
        cuts = _knot_cuts(x, middle)
    elif mark.mark == "two":
        loop = f"M{_n(x)} {_n(start)}C{_n(x + 12)} {_n(start)} {_n(x + 12)} {_n(end)} {_n(x)} {_n(end)}"
        knots = tuple((_n(x), _n(top + at)) for at in mark.knots)
        return Shape("two", "", "", "", "", _n(x), _n(middle), loop=loop, knots=knots)
    return Shape(mark.mark, _n(x - 5), _n(start), "10", _n(max(end - start, 4)), _n(x), _n(middle), cuts)


def _flat(mark: _Mark, left: float, y: float) -> Shape:
    start, end, middle = left + mark.start, left + mark.end, left + mark.middle
    cuts = ""
    if mark.mark == "month":
        cuts = "".join(f"M{_n(start + at)} {_n(y + 5)}l5-10" for at in _cuts(end - start, 3.5))
    elif mark.mark == "day":
        cuts = _knot_cuts(middle, y)
    elif mark.mark == "two":
        loop = f"M{_n(start)} {_n(y)}C{_n(start)} {_n(y - 12)} {_n(end)} {_n(y - 12)} {_n(end)} {_n(y)}"
        knots = tuple((_n(left + at), _n(y)) for at in mark.knots)
        return Shape("two", "", "", "", "", _n(middle), _n(y), loop=loop, knots=knots)
    return Shape(mark.mark, _n(start), _n(y - 5), _n(max(end - start, 4)), "10", _n(middle), _n(y), cuts)


def _knot_cuts(x: float, y: float) -> str:
    return f"M{_n(x - 6)} {_n(y + 1.5)}l11-5M{_n(x - 5)} {_n(y + 5)}l11-5"


def _cuts(length: float, first: float) -> list[float]:
    return [first + 6 * at for at in range(max(int((length - first - 2) // 6) + 1, 0))]


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
