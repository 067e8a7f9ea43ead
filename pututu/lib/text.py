"""How is a piece of plain text folded for comparing, shortened for a list, and timed for a reader?"""

import math
import re
import unicodedata
from itertools import filterfalse, zip_longest

# Words a minute of adults reading non-fiction silently: Brysbaert, "How many words do we read per minute?",
# Journal of Memory and Language 109 (2019). Another language gets its line when a figure for it is at hand.
WORDS_A_MINUTE = {"en": 238}


def fold(text: str) -> str:
    """Give ``text`` without case and accents, for comparing and searching: "Cooperación" gives "cooperacion".

    Unicode compatibility forms (NFKD) are undone too: a no-break space becomes a space, "º" becomes "o".
    """
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(filterfalse(unicodedata.combining, apart))


def reading_minutes(text: str, language: str = "en") -> int:
    """Give the whole minutes, rounded up, that reading ``text`` (plain text) takes; 0 for an empty text.

    ``language`` is a code such as "es" or "es-pe"; languages without a measured speed use the English one.
    """
    speed = WORDS_A_MINUTE.get(language.lower().replace("_", "-").split("-")[0], WORDS_A_MINUTE["en"])
    return math.ceil(len(text.split()) / speed)


def shorten(text: str, limit: int) -> str:
    """Give ``text`` on one line in at most ``limit`` characters, cut after a whole word and ended with "…".

    A first word longer than the limit is cut within. Raises ValueError for a limit under 1.
    """
    if limit < 1:
        raise ValueError("A text cannot be shortened to less than one character.")
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    kept = line[: limit - 1]
    if line[limit - 1] != " " and " " in kept:
        kept = kept.rpartition(" ")[0]
    return kept.rstrip(" ,;:.–—-…") + "…"


SENTENCE_ENDS = (".", "!", "?", ":", ";", "…", "”", "»", ")")
FULL_LINE = 0.6  # of the longest line of a page: a shorter one ends its paragraph
PARTED_WORD = re.compile("[\u0002\ufffe]\r?\n")  # how PDFium marks a word that goes on in the next line


def running_text(page: str) -> str:
    """Join the printed lines of a page to paragraphs, a line each, so that its words are found and shown as written.

    A line goes on in the next one if that begins with a small letter, or if it fills its width and ends no sentence.
    """
    plain = PARTED_WORD.sub("", page).replace("\x00", "")
    lines = [line.strip() for line in plain.splitlines()]
    width = max(map(len, lines), default=0)
    found = ""
    for line, after in zip_longest(lines, lines[1:], fillvalue=""):
        is_full = len(line) >= FULL_LINE * width and not line.endswith(SENTENCE_ENDS)
        goes_on = bool(line and after) and (after[0].islower() or is_full)
        found += line + (" " if goes_on else "\n")
    return found.strip("\n")
