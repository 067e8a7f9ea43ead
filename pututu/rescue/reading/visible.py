"""Which line near the title does a reader take for the date of the page, and which days does its text speak of?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pututu.lib.text import fold
from pututu.rescue.daysaid import LineSaid, days_in, line_said, opening_day, order_of, yearless_days
from pututu.rescue.reading.chunks import Chunk, place_of
from pututu.rescue.reading.record import Said

BEFORE = 6  # chunks above the title in which its date may stand
AFTER = 14
TEXT_BETWEEN = 900  # characters of text between title and date line at most
DATE_CLASS = re.compile(r"date|fecha|publish|posted|time|meta|byline|submitted|created|datum", re.IGNORECASE)
_HAPPENED = re.compile(
    r"\b(?:released|published|announced|issued|signed|approved|passed|killed|was held|were held|took place|arrested"
    r"|launched|said|reported|happened|began|voted|resigned|publicad[oa]s?|publicó|anunci(?:ó|ado)|aprob(?:ó|ado)|murió"
    r"|died|murieron|firm(?:ó|ado)|realizad[oa]|difundid[oa]s?|dijo|renunció)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:will|shall|to be|next|upcoming|coming|until|before|by|deadline|expected|plans?|scheduled"
    r"|será|serán|próxim[oa]|hasta|antes)\b",
    re.I,
)
_SENTENCE = re.compile(r"[^.!?]*[.!?]?")
LABEL_OF_EVENT = re.compile(r"^(?:when|date|fecha|cuándo|día|day)\s*:?\s*", re.I)


def title_place(chunks: list[Chunk], title: str, element: object | None) -> int | None:
    """The number of the chunk that shows the title."""
    if element is not None:
        for number, chunk in enumerate(chunks):
            if chunk.element is element or (fold(title) == fold(chunk.text) and not chunk.region):
                return number
    wanted = fold(title)
    return next(
        (n for n, chunk in enumerate(chunks) if fold(chunk.text) == wanted and chunk.region != "comments"),
        None,
    )


def date_lines(chunks: list[Chunk], title: int | None, language: str) -> Iterator[Said]:
    """The date line, the best first; a second one only where another line near the title says another day."""
    order = order_of(language)
    found: list[tuple[float, Chunk, LineSaid, bool]] = []
    for number, chunk in _near(chunks, title):
        line = line_said(chunk.text, language=language, order=order)
        if line is None:
            continue
        score = _score(chunk, line, None if title is None else number - title)
        if score > 0:
            found.append((score, chunk, line, title is not None and abs(number - title) <= 2))
    found.sort(key=lambda each: -each[0])
    days: set[str] = set()
    for _score_of, chunk, line, is_close in found:
        day = line.value.edtf if line.value else line.text
        if day not in days and len(days) < 2:
            days.add(day)
            yield Said(
                "date-line",
                line.text,
                place_of(chunk.element),
                _note(line, chunk, is_first=len(days) == 1, is_close=is_close),
            )


def _near(chunks: list[Chunk], title: int | None) -> Iterator[tuple[int, Chunk]]:
    """What stands close to the title in the page's own part; then the rest, of which only what says so is a date."""
    far: list[tuple[int, Chunk]] = []
    first = title if title is not None else 0
    text = 0
    for number, chunk in enumerate(chunks):
        is_below = title is not None and 0 < number - title <= 2 and text < 60
        if chunk.region and not (chunk.region == "aside" and is_below):
            continue
        if title is not None and number > title:
            text += len(chunk.text)
        is_near = title is not None and first - BEFORE <= number <= first + AFTER and text <= TEXT_BETWEEN
        if is_near:
            yield number, chunk
        else:
            far.append((number, chunk))
    yield from far


def _score(chunk: Chunk, line: LineSaid, distance: int | None) -> float:
    has_class = bool(DATE_CLASS.search(chunk.hints))
    is_near = distance is not None and -BEFORE <= distance <= AFTER
    score = {3: 3.0, 2: 4.0, 1: 1.0}[line.strength] + (2.0 if has_class else 0.0)
    if is_near and distance is not None:
        return score + 4.0 - abs(distance) * 0.2 - (1.0 if distance < 0 else 0.0)
    if line.strength == 2:
        return score - 2.0
    if chunk.link:
        return 0.0
    return score - 3.5 if has_class and line.strength == 3 else 0.0


def _note(line: LineSaid, chunk: Chunk, *, is_first: bool, is_close: bool) -> str:
    parts = ["first" if is_first else "second", f"strength-{line.strength}"]
    parts += ["classed"] if DATE_CLASS.search(chunk.hints) else []
    parts += ["close"] if is_close else []
    return " ".join([*parts, line.code]).strip()


# --- days in the text


def text_said(chunks: list[Chunk], language: str) -> Iterator[Said]:
    """Days on which, as the text tells, something had happened already: limits from below, never the date itself."""
    order, given = order_of(language), 0
    for chunk in chunks:
        if chunk.region or len(chunk.text) < 40:
            continue
        for sentence in _SENTENCE.findall(chunk.text):
            if not re.search(r"\d", sentence) or not _HAPPENED.search(sentence) or _TO_COME.search(sentence):
                continue
            for text, note in _days_of(sentence, order):
                yield Said("text", text, place_of(chunk.element), note)
                given += 1
        if given >= 12:
            return


def _days_of(sentence: str, order: str) -> Iterator[tuple[str, str]]:
    for day in days_in(sentence, order=order):
        if day.value:
            yield day.text, ""
    for found, month, day_number in yearless_days(sentence):
        yield found[0], f"yearless {month:02d}-{day_number:02d}"


def event_said(chunks: list[Chunk], title: int | None, language: str) -> Iterator[Said]:
    """The day with which an event's text opens, or that is labelled as when it is."""
    start = 0 if title is None else title + 1
    for chunk in [c for c in chunks[start : start + 12] if not c.region]:
        label = LABEL_OF_EVENT.match(chunk.text)
        found = opening_day(chunk.text[label.end() :] if label else chunk.text, language=language)
        if found and (label or len(chunk.text) > len(found[0]) + 3):
            yield Said("event-text", found[0], place_of(chunk.element))
            return
