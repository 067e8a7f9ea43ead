"""In which type are letters and receipts set, and which words can it print?

DejaVu Serif has the letters of Latin with all its accents, Greek, Cyrillic, Armenian and Georgian. Of other scripts a
name is left to a hand: they need more than letters one after the other (joining, direction, thousands of signs), and a
name with holes or boxes is worse than a line to write on.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD = "DejaVuSerif", "DejaVuSerif-Bold"
BY_HAND = "_" * 24  # where somebody writes what could not be printed


@lru_cache(1)
def prepare() -> frozenset[int]:
    """Make the type known to reportlab, under REGULAR and BOLD; return the code points that both have."""
    fonts = [TTFont(name, str(FONTS / f"{name}.ttf")) for name in (REGULAR, BOLD)]
    for font in fonts:
        pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
    return frozenset(fonts[0].face.charToGlyph) & frozenset(fonts[1].face.charToGlyph)


def printable(text: str) -> str:
    """The text in signs that the type has; "" where a letter or figure of it is not there.

    Accents that it lacks and what is no letter (pictures, marks of direction) are left off.
    """
    found = []
    for sign in unicodedata.normalize("NFC", text):
        printed = _printed(sign)
        if not printed and unicodedata.category(sign)[0] in "LN":
            return ""
        found.append(printed)
    return re.sub(" {2,}", " ", "".join(found))


def _printed(sign: str) -> str:
    """A sign, or its plain form, as the type has it; "" for one that it lacks or that is not seen."""
    if sign in "\n\t":
        return sign
    if unicodedata.category(sign) in ("Cf", "Cc", "Co", "Cs"):
        return ""
    return next(
        (each for each in (sign, unicodedata.normalize("NFKD", sign)[0]) if ord(each) in prepare()), ""
    )


def or_by_hand(text: str) -> str:
    """The text as it is printed, or a line to write it on."""
    printed = printable(text)
    return printed if printed.strip() or not text.strip() else BY_HAND
