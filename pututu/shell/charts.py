"""Which lines, bars and words draw a small table of numbers?

Pure geometry: text in, shapes out, in units of a 420 wide drawing. What can't be drawn raises ``ChartError``;
the block turns its code and row into a sentence. Bars begin at nought, always; lines say where they begin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

WIDTH = 420
MOST_SERIES = 5
MOST_BARS = 24
NUMBER = re.compile(r"[-−]?(\d+|\d{1,3}([,\u00a0\u202f ]\d{3})+)(\.\d+)?")
SEPARATORS = str.maketrans({",": None, "\u00a0": None, "\u202f": None, " ": None, "−": "-"})
LEFT, TOP, BOTTOM = 64, 28, 230
LETTER = 7.0  # the width of a letter of the interface type at 14 units, on average
MOST_RIGHT, LEAST_RIGHT = 300, 190
LINE_CLASSES = ("q-line heavy", "q-inkline", "q-inkline dash", "q-cord", "q-cord dash")
DOT_CLASSES = ("q-knot", "q-ink", "q-ink", "q-ink", "q-ink")

Say = Callable[[Decimal], str]


class ChartError(ValueError):
    """The table can't be drawn: ``code`` says why, ``row`` (from 1) and ``cell`` where."""

    def __init__(self, code: str, *, row: int = 0, cell: str = "") -> None:
        super().__init__(f"{code} in row {row}: {cell}")
        self.code, self.row, self.cell = code, row, cell


@dataclass(frozen=True)
class Series:
    """One row of the table: its name and a value, or None, under each column."""

    name: str
    values: tuple[Decimal | None, ...]

    def known(self) -> list[tuple[int, Decimal]]:
        return [(at, value) for at, value in enumerate(self.values) if value is not None]


@dataclass(frozen=True)
class ChartTable:
    corner: str
    columns: tuple[str, ...]
    series: tuple[Series, ...]

    def numbers(self) -> list[Decimal]:
        return [value for each in self.series for _, value in each.known()]


@dataclass(frozen=True)
class Shape:
    """A path, a dot or a bar; ``css`` is its class."""

    element: str
    css: str
    d: str = ""
    x: float = 0
    y: float = 0
    width: float = 0
    height: float = 0


@dataclass(frozen=True)
class Word:
    """Text in a drawing; ``anchor`` is SVG's text-anchor."""

    x: float
    y: float
    text: str
    css: str = ""
    anchor: str = "start"


@dataclass(frozen=True)
class Chart:
    height: float
    shapes: tuple[Shape, ...]
    words: tuple[Word, ...]
    scale_from: Decimal = Decimal(0)


def read_table(text: str) -> ChartTable:
    """Read lines of cells parted by ``|``: column names first, then one series a line. Raises ChartError."""
    lines = [[cell.strip() for cell in line.strip().split("|")] for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or len(lines[0]) < 2:
        raise ChartError("too-small")
    corner, *columns = lines[0]
    series = tuple(
        read_series(cells, row=row, width=len(columns)) for row, cells in enumerate(lines[1:], start=2)
    )
    table = ChartTable(corner, tuple(columns), series)
    if not table.numbers():
        raise ChartError("no-numbers")
    return table


def read_series(cells: list[str], *, row: int, width: int) -> Series:
    name, *rest = cells
    if not name:
        raise ChartError("no-name", row=row)
    if len(rest) != width:
        raise ChartError("ragged", row=row, cell=name)
    return Series(name, tuple(read_number(cell, row=row) for cell in rest))


def read_number(cell: str, *, row: int) -> Decimal | None:
    """``62500``, ``62,500``, ``−3.4``; an empty cell or a dash is a value that is not known."""
    if cell in {"", "-", "–", "—"}:
        return None
    if not NUMBER.fullmatch(cell):
        raise ChartError("not-a-number", row=row, cell=cell)
    return Decimal(cell.translate(SEPARATORS))


def check(table: ChartTable, *, kind: str, scale_from: Decimal | None) -> None:
    """Raise ChartError for what would be drawn badly, or would mislead."""
    if kind == "bar" and scale_from:
        raise ChartError("bars-begin-at-nought")
    if kind == "bar" and len(table.series) * len(table.columns) > MOST_BARS:
        raise ChartError("too-many-bars")
    if kind == "line" and len(table.columns) < 2:
        raise ChartError("one-column")
    if kind == "line" and len(table.series) > MOST_SERIES:
        raise ChartError("too-many-series")
    if scale_from is not None and scale_from > min(table.numbers()):
        raise ChartError("scale-hides", cell=str(min(table.numbers())))


def draw(
    table: ChartTable, *, kind: str, say: Say, scale_from: Decimal | None = None, unknown: str = "–"
) -> Chart:
    """Draw a checked table; ``say`` prints a number in the reader's language."""
    if kind == "bar":
        return draw_bars(table, say=say, unknown=unknown)
    return draw_lines(table, say=say, scale_from=scale_from)


# --- lines


def draw_lines(table: ChartTable, *, say: Say, scale_from: Decimal | None) -> Chart:
    lowest, highest = min(table.numbers()), max(table.numbers())
    floor = min(Decimal(0), lowest) if scale_from is None else scale_from
    ceiling = highest if highest > floor else floor + 1

    def height_of(value: Decimal) -> float:
        return round(BOTTOM - float((value - floor) / (ceiling - floor)) * (BOTTOM - TOP - 14), 1)

    right = right_edge(table, say=say)
    places = [
        round(LEFT + at * (right - LEFT) / (len(table.columns) - 1), 1) for at in range(len(table.columns))
    ]
    frame = f"M{LEFT} {TOP}V{BOTTOM}M{right} {TOP}V{BOTTOM}M{LEFT} {BOTTOM}H{right}"
    zero = (
        [Shape("path", "q-hair", d=f"M{LEFT} {height_of(Decimal(0))}H{right}")] if floor < 0 < ceiling else []
    )
    shapes = [Shape("path", "q-hair", d=frame), *zero]
    for at, series in reversed(list(enumerate(table.series))):
        shapes += line_of(series, at, places, height_of)
    words = [
        *column_words(table.columns, places),
        *end_words(table, right=right, say=say, height_of=height_of),
    ]
    return Chart(BOTTOM + 2, tuple(shapes), tuple(words), scale_from=floor)


def right_edge(table: ChartTable, *, say: Say) -> int:
    """Where the lines end, so that the longest name behind them finds room."""
    ends = (f"{each.name} {say(each.known()[-1][1])}" for each in table.series if each.known())
    longest = max(len(text) for text in ends)
    return int(min(MOST_RIGHT, max(LEAST_RIGHT, WIDTH - 12 - longest * LETTER)))


def line_of(
    series: Series, at: int, places: list[float], height_of: Callable[[Decimal], float]
) -> list[Shape]:
    """The line of one series, broken where a value is not known, with a dot at each value."""
    steps, was_known = [], False
    for place, value in zip(places, series.values, strict=True):
        if value is not None:
            steps.append(f"{'L' if was_known else 'M'}{place} {height_of(value)}")
        was_known = value is not None
    radius = 5 if at == 0 else 4
    dots = [
        Shape("circle", DOT_CLASSES[at], x=places[step], y=height_of(value), width=radius)
        for step, value in series.known()
    ]
    return [Shape("path", LINE_CLASSES[at], d="".join(steps)), *dots]


def column_words(columns: tuple[str, ...], places: list[float]) -> Iterator[Word]:
    """Names over the drawing, as many as there is room for; the first and the last always."""
    longest = max(len(name) for name in columns)
    room = max(1, int((places[-1] - places[0]) / (longest * LETTER + 10)))
    step = -(-(len(columns) - 1) // room)
    for at, name in enumerate(columns):
        is_last = at == len(columns) - 1
        if is_last or (at % step == 0 and len(columns) - 1 - at >= step):
            yield Word(places[at], 16, name, anchor="middle")


def end_words(
    table: ChartTable, *, right: float, say: Say, height_of: Callable[[Decimal], float]
) -> list[Word]:
    """The first value at the left, name and last value at the right, pushed apart where they would touch."""
    first_words, last_words = [], []
    for at, series in enumerate(table.series):
        css = "hot" if at == 0 else ""
        known = series.known()
        if not known:
            continue
        if known[0][0] == 0:
            first_words.append(Word(LEFT - 12, height_of(known[0][1]) + 5, say(known[0][1]), css, "end"))
        end = f"{series.name} {say(known[-1][1])}"
        last_words.append(Word(right + 12, height_of(known[-1][1]) + 5, end, css))
    return [*apart(first_words), *apart(last_words)]


def apart(words: list[Word], *, least: float = 17) -> list[Word]:
    """Part words, in their order, until no two are nearer than ``least`` and none hangs under the drawing."""
    ordered = sorted(words, key=lambda each: each.y)
    heights = [each.y for each in ordered]
    for at in range(1, len(heights)):
        heights[at] = max(heights[at], heights[at - 1] + least)
    for at in reversed(range(len(heights))):
        below = heights[at + 1] - least if at + 1 < len(heights) else BOTTOM
        heights[at] = min(heights[at], below)
    return [replace(word, y=round(y, 1)) for word, y in zip(ordered, heights, strict=True)]


# --- bars

BARS_FROM, BARS_TO = 4, 320


def draw_bars(table: ChartTable, *, say: Say, unknown: str) -> Chart:
    """Lying bars, one group a row: names stand over their group, so that long ones fit on a phone."""
    floor, ceiling = min(Decimal(0), *table.numbers()), max(Decimal(0), *table.numbers())
    span = (ceiling - floor) or Decimal(1)
    begin = (
        BARS_FROM if len(table.columns) == 1 else BARS_FROM + 8 * max(len(name) for name in table.columns) + 8
    )

    def place_of(value: Decimal) -> float:
        return round(begin + float((value - floor) / span) * (BARS_TO - begin), 1)

    shapes: list[Shape] = []
    words: list[Word] = []
    y = 0
    for at, series in enumerate(table.series):
        words.append(Word(BARS_FROM, y + 14, series.name, "hot" if at == 0 else ""))
        y += 22
        shapes.append(
            Shape("path", "q-inkline", d=f"M{place_of(Decimal(0))} {y - 3}v{20 * len(table.columns)}")
        )
        for column, value in zip(table.columns, series.values, strict=True):
            if len(table.columns) > 1:
                words.append(Word(BARS_FROM, y + 12, column, "soft"))
            shapes += bar_of(value, y, css=DOT_CLASSES[min(at, 1)], place_of=place_of)
            words.append(value_word(value, y, say=say, unknown=unknown, place_of=place_of))
            y += 20
        y += 8
    return Chart(y, tuple(shapes), tuple(words))


def bar_of(value: Decimal | None, y: float, *, css: str, place_of: Callable[[Decimal], float]) -> list[Shape]:
    if value is None:
        return []
    zero, end = place_of(Decimal(0)), place_of(value)
    return [Shape("rect", css, x=min(zero, end), y=y, width=round(abs(end - zero), 1), height=14)]


def value_word(
    value: Decimal | None, y: float, *, say: Say, unknown: str, place_of: Callable[[Decimal], float]
) -> Word:
    """The number behind its bar; beside nought where the bar runs to the left or is not there."""
    if value is None:
        return Word(place_of(Decimal(0)) + 8, y + 12, unknown, "soft")
    return Word(max(place_of(value), place_of(Decimal(0))) + 8, y + 12, say(value))
