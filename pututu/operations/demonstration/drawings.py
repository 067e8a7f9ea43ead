"""How are the demonstration's pictures drawn?

Each drawing is a few hundred lines from a seed: the same name and seed give the same picture. They are made at
twice the size and scaled down, which is what smooths them.
"""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw

SIZE = (1440, 960)
SCALE = 2
PAPER, INK, DYE, SOFT, CORD = "#f3efe4", "#20242e", "#9c1431", "#b9ad97", "#8b7f6b"

Point = tuple[float, float]


class Sheet:
    """A sheet of paper to draw lines on, in the units of the finished picture."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), PAPER)
        self.draw = ImageDraw.Draw(self.image)

    def line(self, points: Sequence[Point], colour: str = INK, width: float = 2) -> None:
        self.draw.line(
            [(x * SCALE, y * SCALE) for x, y in points],
            fill=colour,
            width=round(width * SCALE),
            joint="curve",
        )

    def shape(self, points: Sequence[Point], colour: str) -> None:
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=colour)

    def dot(self, at: Point, radius: float, colour: str) -> None:
        x, y, r = at[0] * SCALE, at[1] * SCALE, radius * SCALE
        self.draw.ellipse([x - r, y - r, x + r, y + r], fill=colour)

    def png(self) -> bytes:
        """Return the finished picture as PNG."""
        kept = io.BytesIO()
        self.image.resize(SIZE, Image.Resampling.LANCZOS).quantize(96).save(kept, "PNG", optimize=True)
        return kept.getvalue()


def _waves(chance: random.Random, count: int = 5) -> Callable[[float], float]:
    """Return a smooth random function of period 2π with values of about -1 to 1."""
    parts = [(n, chance.uniform(-1, 1) / n, chance.uniform(0, math.tau)) for n in range(1, count + 1)]
    return lambda t: sum(size * math.sin(n * t + shift) for n, size, shift in parts) / 1.6


def contours(sheet: Sheet, chance: random.Random) -> None:
    """An open pit or a hill, level by level, and the road that winds down it."""
    wave, (width, height) = _waves(chance), SIZE
    centre = (width * chance.uniform(0.42, 0.58), height * chance.uniform(0.44, 0.56))

    def ring(part: float, turn: float) -> Point:
        reach = part * (1 + 0.22 * part * wave(turn))
        return centre[0] + 620 * reach * math.cos(turn), centre[1] + 400 * reach * math.sin(turn)

    for level in range(1, 20):
        sheet.line([ring(level / 19, math.tau * step / 240) for step in range(242)], INK, 1.6)
    start = chance.uniform(0, math.tau)
    sheet.line(
        [ring(0.9 - 0.75 * step / 400, start + 3 * math.pi * step / 400) for step in range(401)], DYE, 5
    )


def ridges(sheet: Sheet, chance: random.Random) -> None:
    """Range behind range, the nearest darkest."""
    for row in range(7):
        wave = _waves(chance, 9)
        base, rise = 250 + row * 105, 130 - row * 9
        crest = [
            (
                x,
                base
                - rise * wave(x / SIZE[0] * 2.4 * math.pi)
                - 26 * abs(math.sin(x / (37 + 9 * row) + row)),
            )
            for x in range(0, SIZE[0] + 9, 8)
        ]
        sheet.shape([(0, SIZE[1]), *crest, (SIZE[0] + 8, SIZE[1])], PAPER)
        sheet.line(crest, DYE if row == 4 else INK, 4 if row == 4 else 1.4 + row * 0.35)
        for drop in range(1, 6):
            sheet.line([(x, y + drop * (7 + row * 2)) for x, y in crest[drop * 3 :: 1]], SOFT, 0.8)


def river(sheet: Sheet, chance: random.Random) -> None:
    """A river in its lowland, with the arms that it has left."""
    wave = _waves(chance, 6)
    for strand in range(-14, 15):
        bend = [
            (
                x,
                480
                + 210 * wave(x / 260)
                + strand * (9 + 5 * math.sin(x / 190))
                + 30 * math.sin(x / 90 + strand / 5),
            )
            for x in range(-10, SIZE[0] + 20, 8)
        ]
        sheet.line(bend, DYE if strand == 0 else INK, 4 if strand == 0 else 1.2)


def weave(sheet: Sheet, chance: random.Random) -> None:
    """Woven cloth: stepped diamonds, thread by thread."""
    cell, period = 16, chance.choice((14, 18, 22))
    for row in range(SIZE[1] // cell + 1):
        for column in range(SIZE[0] // cell + 1):
            step = abs((column % period) - period / 2) + abs((row % period) - period / 2)
            colour = (INK, PAPER, DYE, SOFT)[int(step // 3) % 4]
            x, y = column * cell, row * cell
            sheet.shape(
                [(x + 1, y + 2), (x + cell - 1, y + 2), (x + cell - 1, y + cell - 2), (x + 1, y + cell - 2)],
                colour,
            )


def cords(sheet: Sheet, chance: random.Random) -> None:
    """A quipu: knots on hanging cords."""
    sheet.line([(0, 130), (SIZE[0] / 2, 165), (SIZE[0], 130)], DYE, 12)
    for x in range(60, SIZE[0], 60):
        length = chance.choice((330, 560, 690, 760))
        sheet.line([(x, 140), (x + chance.uniform(-6, 6), 140 + length)], CORD, 4)
        for _knot in range(chance.randint(0, 5)):
            y = 140 + chance.uniform(50, length - 20)
            sheet.dot((x, y), 12, DYE)
            sheet.line([(x - 8, y + 5), (x + 8, y - 5)], PAPER, 3)


def terraces(sheet: Sheet, chance: random.Random) -> None:
    """Farm terraces on a slope, each with its wall."""
    for row in range(22):
        wave, y = _waves(chance, 4), 90 + row * 40
        edge = [(x, y + 26 * wave(x / 300)) for x in range(0, SIZE[0] + 9, 8)]
        sheet.line(edge, DYE if row == 11 else INK, 5 if row == 11 else 2.4)
        for x, top in edge[:: chance.choice((3, 4, 5))]:
            sheet.line([(x, top), (x, top + 15)], SOFT, 1.4)


def rain(sheet: Sheet, chance: random.Random) -> None:
    """Rain over water."""
    for _drop in range(620):
        x, y = chance.uniform(-40, SIZE[0]), chance.uniform(0, 640)
        length = chance.uniform(20, 64)
        sheet.line([(x, y), (x + length * 0.22, y + length)], DYE if chance.random() < 0.04 else INK, 1.6)
    for row in range(9):
        y = 690 + row * 28
        sheet.line(
            [(x, y + (4 + row) * math.sin(x / (30 + row * 8) + row)) for x in range(0, SIZE[0] + 9, 8)],
            INK,
            1.6,
        )


def paths(sheet: Sheet, chance: random.Random) -> None:
    """Many ways that meet in one square: a march, a vote, a market."""
    square = (SIZE[0] * 0.5, SIZE[1] * 0.52)
    for way in range(54):
        turn = math.tau * way / 54 + chance.uniform(-0.05, 0.05)
        bend = chance.uniform(-0.5, 0.5)
        sheet.line(
            [
                (
                    square[0] + r * 1.25 * math.cos(turn + bend * (r / 760) ** 2),
                    square[1] + r * math.sin(turn + bend * (r / 760) ** 2),
                )
                for r in range(70, 820, 10)
            ],
            DYE if way % 18 == 0 else INK,
            4 if way % 18 == 0 else 1.4,
        )
    sheet.dot(square, 26, DYE)


def ballots(sheet: Sheet, chance: random.Random) -> None:
    """Papers with a cross on each, counted in rows."""
    for row in range(8):
        for column in range(15):
            x, y, lean = 60 + column * 90, 60 + row * 108, chance.uniform(-5, 5)
            corners = [(x, y + lean), (x + 62 + lean, y), (x + 62, y + 84 + lean), (x + lean, y + 84)]
            sheet.line([*corners, corners[0]], INK, 1.8)
            colour = DYE if chance.random() < 0.5 else INK
            sheet.line([(x + 20, y + 30), (x + 44, y + 56)], colour, 4)
            sheet.line([(x + 44, y + 30), (x + 20, y + 56)], colour, 4)


def leaves(sheet: Sheet, chance: random.Random) -> None:
    """Leaves of one shrub, with their three veins."""
    for _leaf in range(46):
        x, y, turn = (
            chance.uniform(40, SIZE[0] - 40),
            chance.uniform(40, SIZE[1] - 40),
            chance.uniform(0, math.tau),
        )
        long, wide = chance.uniform(90, 150), chance.uniform(26, 40)
        for bulge in (-1, -0.42, 0, 0.42, 1):
            blade = [
                (step / 24 * long - long / 2, bulge * wide * math.sin(math.pi * step / 24))
                for step in range(25)
            ]
            sheet.line(
                [
                    (x + a * math.cos(turn) - b * math.sin(turn), y + a * math.sin(turn) + b * math.cos(turn))
                    for a, b in blade
                ],
                DYE if bulge == 0 else INK,
                2,
            )


DRAWINGS: dict[str, Callable[[Sheet, random.Random], None]] = {
    drawing.__name__: drawing
    for drawing in (contours, ridges, river, weave, cords, terraces, rain, paths, ballots, leaves)
}


def draw(name: str, seed: int) -> bytes:
    """Return drawing ``name`` as a PNG of 1440 × 960 pixels. Raises KeyError for a name that isn't drawn here."""
    sheet = Sheet()
    DRAWINGS[name](sheet, random.Random(f"{name} {seed}"))
    return sheet.png()
