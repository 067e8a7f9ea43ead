"""Which line near the title does a reader take for the date of the page, and which days does its text speak of?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pututu.lib.text import fold
from pututu.rescue.besideday import is_own_label
from pututu.rescue.daysaid import (
    NOT_ITS_DATE,
    LineSaid,
    changed_day,
    days_in,
    line_said,
    may_hold_a_day,
    order_of,
    told_day,
    yearless_days,
)
from pututu.rescue.reading.chunks import Chunk, build_of, lineage, place_of
from pututu.rescue.reading.otherdays import (
    COMMENTS_BEGIN,
    DATE_CLASS,
    FEW,
    LONGEST_LABEL,
    is_anothers,
    is_of_a_life,
)
from pututu.rescue.reading.record import Said

BEFORE = 6  # chunks above the title in which its date may stand
AFTER = 14
CLOSE = 3  # chunks below the title
STANDFIRST = 300  # characters that may then stand between
HARDLY_A_WORD = 150  # characters
TEXT_BETWEEN = 900  # of which at most stand between the title and its date line
PARAGRAPH = 120  # characters
LITTLE = 40  # pieces
FIRST = 5  # pieces of a page in which its clock may stand
BEST = 50  # lines that are looked at closely: a chronology has thousands
MANY = 3  # other days in lines of the same build
SENTENCE = 60  # characters of a paragraph that is no line
OPENING = 80
ABOUT_ITSELF = re.compile(
    r"(?:^|[\s_-])(?:post-?meta(?:data)?|entry-?meta|asset-meta|article-?meta|post-?info|entry-?date|submitted)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:released|published|announced|issued|signed|approved|passed|killed|was held|were held|took place|arrested"
    r"|launched|said|reported|happened|began|voted|resigned|publicad[oa]s?|publicó|anunci(?:ó|ado)|aprob(?:ó|ado)|murió"
    r"|died|murieron|firm(?:ó|ado)|realizad[oa]|difundid[oa]s?|dijo|renunció)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:will|shall|to be|next|upcoming|coming|until|before|by(?=\s+(?:the\s+)?(?:[a-z]+\s+)?\d)|deadline"
    r"|expected|plans?|scheduled"
    r"|será|serán|próxim[oa]|hasta|antes)\b",
    re.I,
)
_PLACE = re.compile(r"\W{0,3}(?:[^\W\d_][^\d.:;!?]{1,40}[\s,.(/–—-]+)?")
_BREAK = re.compile(r"\s*(?:[).:|–—]|-\s|[„“”\"«(])")
_SENTENCE = re.compile(r"[^.!?]*[.!?]?")


def title_place(chunks: list[Chunk], title: str, element: object | None) -> int | None:
    """The number of the chunk that shows the title."""
    wanted = fold(title)
    sizes = range(len(title) // 2, 2 * len(title) + 4)  # folding changes a length, but not by so much
    own = [n for n, chunk in enumerate(chunks) if element is not None and chunk.element is element]
    same = [
        n
        for n, chunk in enumerate(chunks)
        if chunk.region != "comments" and len(chunk.text) in sizes and fold(chunk.text) == wanted
    ]
    in_page = [n for n in same if not chunks[n].region]
    return next(iter([*own, *in_page, *same]), None)


def lines_said(chunks: list[Chunk], title: int | None, language: str) -> Iterator[Said]:
    """What a page prints of its own date: its line, the day before its first words, and when it was changed."""
    yield from date_lines(chunks, title, language)
    yield from opening_said(chunks, title, language)
    yield from changed_said(chunks, language)


def date_lines(chunks: list[Chunk], title: int | None, language: str) -> Iterator[Said]:
    """The date line, the best first; a second one only where another line near the title says another day."""
    found = [
        line
        for line in _candidates(chunks, title, language)
        if line.score > 0 and not (line.is_one_of_many and (line.chunk.link or not line.is_close))
    ]
    found.sort(key=lambda line: -line.score)
    told = list(_told(chunks, language))
    yield from told
    days, is_dated, is_empty = {each.text for each in told}, bool(told), False
    for line in found[:BEST]:
        if len(days) == 2:
            break
        if line.day in days or line.said.text in days or (days and line.leads_elsewhere):
            continue
        if not is_of_a_life(chunks, line.said.text):
            is_first = not days or (not is_dated and (line.is_close or line.is_classed or not is_empty))
            days.add(line.day)
            is_stand_in = line.said.code == "stand-in"
            is_dated, is_empty = is_dated or not is_stand_in, is_empty or (is_stand_in and line.is_close)
            yield Said("date-line", line.said.text, place_of(line.chunk.element), line.note(is_first))
    if not days:
        yield from _beside(chunks, language)


def _told(chunks: list[Chunk], language: str) -> Iterator[Said]:
    """What a sentence tells ("This entry was posted on …"), be it in the foot of the text; nothing where two differ."""
    order = order_of(language)
    found = [
        (day, chunk)
        for chunk in chunks
        if chunk.region != "comments"
        and may_hold_a_day(chunk.text)
        and (day := told_day(chunk.text, order=order))
    ]
    if len({day.text for day, _chunk in found}) == 1:
        day, chunk = found[0]
        yield Said("date-line", day.text, place_of(chunk.element), "first strength-2 told")


def _beside(chunks: list[Chunk], language: str) -> Iterator[Said]:
    """The one day of what a page prints about itself beside its text: under a label, or so named by its programs."""
    found: list[tuple[LineSaid, Chunk]] = []
    for number, chunk in enumerate(chunks):
        if (
            chunk.region != "aside"
            or not chunk.text
            or any(each.tag == "a" for each in lineage(chunk.element))
        ):
            continue
        is_about = bool(ABOUT_ITSELF.search(chunk.hints))
        if not is_about and not (number and _is_label(chunks[number - 1])):
            continue
        said = line_said(chunk.text, language=language, order=order_of(language))
        if said and said.value and (is_about or said.strength == 3):
            found.append((said, chunk))
    if len({said.text for said, _chunk in found}) == 1:
        said, chunk = found[0]
        yield Said("date-line", said.text, place_of(chunk.element), "first strength-1 classed beside")


def opening_said(chunks: list[Chunk], title: int | None, language: str) -> Iterator[Said]:
    """The day before the first words of the text: "LIMA, 24 September 2013 – The council…", "(24.09.2013) The…"."""
    start = 0 if title is None else title + 1
    near = [each for each in chunks[start : start + FEW] if not each.region and len(each.text) >= SENTENCE]
    for chunk in near[:2]:
        opening = chunk.text[:OPENING]
        day = next(days_in(opening, order=order_of(language)), None)
        if day and _PLACE.fullmatch(opening[: day.start]) and _BREAK.match(chunk.text[day.end :]):
            yield Said("opening", day.text, place_of(chunk.element))
            return


def changed_said(chunks: list[Chunk], language: str) -> Iterator[Said]:
    """The day on which the page says in print that it was changed; it is not when it was published."""
    order = order_of(language)
    for chunk in chunks:
        day = None if chunk.region else changed_day(chunk.text, order=order)
        if day and day.value:
            yield Said("changed", day.text, place_of(chunk.element), "printed")
            return


@dataclass(slots=True)
class _Line:
    """A line that may be the page's date. ``is_close``: at the title, with hardly a word between."""

    chunk: Chunk
    said: LineSaid
    distance: int | None
    between: int
    is_close: bool
    is_one_of_many: bool = False  # built like lines with other days: of a list or of teasers

    @property
    def day(self) -> str:
        return self.said.value.edtf if self.said.value else self.said.text

    @property
    def leads_elsewhere(self) -> bool:
        return any(each.tag == "a" for each in lineage(self.chunk.element))

    @property
    def is_classed(self) -> bool:
        return bool(DATE_CLASS.search(self.chunk.hints))

    @property
    def score(self) -> float:
        if self.said.value and not self.said.value.is_day and not self.is_close:
            return 0.0
        is_near = (
            self.distance is not None and -BEFORE <= self.distance <= AFTER and self.between <= TEXT_BETWEEN
        )
        score = {3: 3.0, 2: 4.0, 1: 1.0}[self.said.strength] + (2.0 if self.is_classed else 0.0)
        if is_near and self.distance is not None:
            close = 1.5 if self.is_close else 0.0
            return score + 4.0 + close - abs(self.distance) * 0.2 - (1.0 if self.distance < 0 else 0.0)
        if self.said.strength == 2:
            return score - 2.0
        if self.chunk.link:
            return 0.0
        return score - 3.5 if self.is_classed and self.said.strength == 3 else 0.0

    def note(self, is_first: bool) -> str:
        parts = ["first" if is_first else "second", f"strength-{self.said.strength}"]
        parts += ["classed"] if self.is_classed else []
        is_over = self.distance is not None and self.distance < 0
        parts += (
            (["close", "over"] if is_over else ["close"]) if self.is_close else ["above"] if is_over else []
        )
        return " ".join([*parts, self.said.code]).strip()


def _candidates(chunks: list[Chunk], title: int | None, language: str) -> list[_Line]:
    order = order_of(language)
    found: list[_Line] = []
    built: dict[str, set[str]] = defaultdict(set)
    clock, start = clock_of(chunks, title), _first_paragraph(chunks) if title is None else None
    for number, chunk, between in _in_its_own_part(chunks, title):
        if number < clock:
            continue
        said = line_said(chunk.text, language=language, order=order)
        if said is None or is_anothers(chunks, number, title):
            continue
        if said.is_wordy and not DATE_CLASS.search(chunk.hints):
            continue
        if said.strength != 2 and number and _is_label(chunks[number - 1]):
            said = replace(said, strength=2)
        distance = number - title if title is not None else _before_the_text(number, start, said)
        is_close = title is not None and _is_close(number - title, between)
        line = _Line(chunk, said, distance, between, is_close)
        built[build_of(chunk.element)].add(line.day)
        found.append(line)
    for line in found:
        line.is_one_of_many = len(built[build_of(line.chunk.element)]) >= MANY
    return found


def _first_paragraph(chunks: list[Chunk]) -> int | None:
    return next((n for n, each in enumerate(chunks) if not each.region and len(each.text) >= PARAGRAPH), None)


def _before_the_text(number: int, start: int | None, said: LineSaid) -> int | None:
    """How far a line stands below where the title should be, of a page that does not show it: right above its text."""
    is_there = start is not None and start - 3 <= number < start and said.strength > 1
    return number - start + 3 if is_there and start is not None else None


def _in_its_own_part(chunks: list[Chunk], title: int | None) -> Iterator[tuple[int, Chunk, int]]:
    """What does not stand in a sidebar or among comments, and how many characters part it from the title above it.

    What stands right at the title is the page's own, whatever its class is called.
    """
    text = 0
    for number, chunk in enumerate(chunks):
        distance = None if title is None else number - title
        is_at_title = distance is not None and text < STANDFIRST and _is_at_title(chunk, distance, text)
        if text > STANDFIRST and COMMENTS_BEGIN.fullmatch(chunk.text):
            return
        if chunk.region and not (is_at_title and (chunk.region == "aside" or DATE_CLASS.search(chunk.hints))):
            continue
        yield number, chunk, text
        if distance is not None and distance > 0:
            text += len(chunk.text)


def _is_at_title(chunk: Chunk, distance: int, between: int) -> bool:
    """Below the title it is enough to stand there; above it, or below a standfirst, it must be called a date."""
    if not -1 <= distance <= CLOSE:
        return False
    if distance in (-1, CLOSE) or between >= 60:
        return bool(DATE_CLASS.search(chunk.hints)) and not chunk.link
    return distance > 0


def _is_close(distance: int, between: int) -> bool:
    if distance <= 0:
        return distance >= -2
    return between <= (STANDFIRST if distance <= CLOSE else HARDLY_A_WORD if distance <= FEW else -1)


def clock_of(chunks: list[Chunk], title: int | None) -> int:
    """How many of the first pieces of a page stand apart from its title: there sites print what day it is today.

    Of a page that shows no title, and little else, the first pieces are the text.
    """
    if title is None:
        return FIRST if len(chunks) > LITTLE else 0
    return max(0, min(FIRST, title - 2))


def _is_label(chunk: Chunk) -> bool:
    """A label of its own ("Date:", "Erschienen am:") before the line."""
    return (
        len(chunk.text) <= LONGEST_LABEL and is_own_label(chunk.text) and not NOT_ITS_DATE.search(chunk.text)
    )


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
