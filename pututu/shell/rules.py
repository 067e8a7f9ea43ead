"""Which accent colours may a group choose, and which shades follow from them?

Contrast as WCAG 2.2 defines it (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LEAST_CONTRAST = 4.5
LEAST_SHAPE_CONTRAST = 3.5  # WCAG asks for 3 where a shape carries meaning; thin knots need a little more
LIGHT_PAPER = "#f8f5ee"
DARK_PAPER = "#1b1c1f"
DEFAULT_ACCENT = "#9c1431"
DEFAULT_DARK_ACCENT = "#e9929a"
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Accents:
    """The one dye of the pages: words on light and on dark paper, cords and knots on dark paper."""

    light: str = DEFAULT_ACCENT
    dark: str = DEFAULT_DARK_ACCENT

    @classmethod
    def of(cls, light: str, dark: str) -> Accents:
        """Take the group's colours; what is not a colour falls back, for it will stand in a stylesheet."""
        return cls(
            light=light if COLOUR.fullmatch(light) else DEFAULT_ACCENT,
            dark=dark if COLOUR.fullmatch(dark) else DEFAULT_DARK_ACCENT,
        )

    @property
    def dark_dye(self) -> str:
        """The deepest mixture of the two accents that can still be seen on dark paper."""
        mixtures = (mix(self.light, self.dark, part / 20) for part in range(21))
        return next(
            (each for each in mixtures if contrast(each, DARK_PAPER) >= LEAST_SHAPE_CONTRAST), self.dark
        )


def mix(one: str, other: str, part: float) -> str:
    """Return the colour that lies ``part`` (0 to 1) of the way from ``one`` to ``other``."""
    pairs = zip(channels(one), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def luminance(colour: str) -> float:
    """Return the relative luminance (0 to 1) of a colour such as ``#9c1431``."""
    shares = (channel / 255 for channel in channels(colour))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio (1 to 21) of two colours."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def too_pale(colour: str, paper: str) -> bool:
    return contrast(colour, paper) < LEAST_CONTRAST
