"""Is the day of a line another thing's: quoted, under a picture or another label, a teaser's, somebody's birth?"""

from __future__ import annotations

import re

from pututu.rescue.besideday import is_label_of_what_follows
from pututu.rescue.daysaid import OF_A_LIFE, is_label_of_another
from pututu.rescue.reading.chunks import Chunk, lineage

LONGEST_LABEL = 30
BEFORE_IT, BEHIND_IT = 16, 6  # characters beside a day that tell of what it is the day
SHORTEST_TEASER = 8  # characters
FEW = 8  # with hardly a word between
DATE_CLASS = re.compile(r"date|fecha|publish|posted|time|meta|byline|submitted|created|datum", re.IGNORECASE)
COMMENTS_BEGIN = re.compile(
    r"\W*(?:\d+\s+)?(?:(?:reader|your|tus|sus)\s)?(?:comments?|comentarios?|coment[áa]rios?|commentaires?|kommentare?|responses?"
    r"|replies|respuestas)\W*\d*\W*",
    re.I,
)
_CLOCK = re.compile(
    r"(?:^|[\s_-])(?:todays?[_-]?date|date[_-]?today|current[_-]?date|fecha[_-]?(?:actual|hoy))(?:$|[\s_-])",
    re.I,
)


def is_anothers(chunks: list[Chunk], number: int, title: int | None) -> bool:
    """A line that is quoted, stands under a picture, or is labelled as another date ("Joined", "Closing date:")."""
    if _CLOCK.search(chunks[number].hints) or any(
        each.tag == "figcaption" for each in lineage(chunks[number].element)
    ):
        return True
    if number and number - 1 != title and _is_of_the_piece_before(chunks, number, title):
        return True
    return _is_quoted(chunks[number], chunks, title)


def _is_of_the_piece_before(chunks: list[Chunk], number: int, title: int | None) -> bool:
    """Right before it stands the label of another date, or a link elsewhere of which it is the date."""
    before, chunk = chunks[number - 1], chunks[number]
    if is_label_of_another(before.text):
        return True
    is_in_one_row = _row_of(before) is not None and _row_of(before) is _row_of(chunk)
    is_near = is_in_one_row or before.element in (chunk.element, chunk.element.getprevious())
    is_label = is_near and len(before.text) <= LONGEST_LABEL
    if is_label and is_label_of_what_follows(before.text, is_in_one_row=is_in_one_row):
        return True
    is_teaser = before.link and len(before.text) >= SHORTEST_TEASER and not DATE_CLASS.search(chunk.hints)
    if not is_teaser or title is None:
        return False
    return number - title > FEW or _cell_of(chunk) is not _cell_of(chunks[title])


def _row_of(chunk: Chunk) -> object | None:
    """The row of a table, or the list of terms, in which a piece stands in a cell or a term."""
    each = chunk.element
    return each.getparent() if each.tag in ("td", "th", "dt", "dd") else None


def _cell_of(chunk: Chunk) -> object | None:
    return next((each for each in lineage(chunk.element) if each.tag == "td"), None)


def _is_quoted(chunk: Chunk, chunks: list[Chunk], title: int | None) -> bool:
    """It stands in a quotation which does not hold the title too: old pages indent all of their text so."""
    quotation = next((each for each in lineage(chunk.element) if each.tag == "blockquote"), None)
    if quotation is None:
        return False
    return title is None or all(each is not quotation for each in lineage(chunks[title].element))


def is_of_a_life(chunks: list[Chunk], day: str) -> bool:
    """Some place of the page says that somebody was born on that day."""
    for number, chunk in enumerate(chunks):
        at = chunk.text.find(day)
        if at < 0:
            continue
        near = f"{chunk.text[max(0, at - BEFORE_IT) : at]} {chunk.text[at + len(day) :][:BEHIND_IT]}"
        label = chunks[number - 1].text if number and len(chunks[number - 1].text) <= LONGEST_LABEL else ""
        if OF_A_LIFE.search(near) or OF_A_LIFE.search(label):
            return True
    return False
