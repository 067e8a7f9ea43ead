"""Which accent colours may a group choose?

Contrast as WCAG 2.2 defines it (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
"""

from __future__ import annotations

LEAST_CONTRAST = 4.5
LIGHT_PAPER = "#f8f5ee"
DARK_PAPER = "#1b1c1f"


def luminance(colour: str) -> float:
    """Return the relative luminance (0 to 1) of a colour such as ``#9c1431``."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio (1 to 21) of two colours."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def too_pale(colour: str, paper: str) -> bool:
    return contrast(colour, paper) < LEAST_CONTRAST
