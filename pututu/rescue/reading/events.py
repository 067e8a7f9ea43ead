"""Does a page tell of an event, and on which day does it take place?

Old sites file events among the news. A page is one where its text says when, under a label for it ("When:") or for any
day ("Date:") with a place or an hour beside; or where its title is that of an event, and its first lines print a day
with an hour, open with a day, or say that it "will be held" on one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pututu.lib.text import fold
from pututu.rescue.besideday import ITS_DATE
from pututu.rescue.daysaid import OF_AN_EVENT, days_in, opening_day, order_of
from pututu.rescue.reading.chunks import Chunk, place_of
from pututu.rescue.reading.record import Said

NEAR = 12  # pieces below the title
BESIDE = 4  # pieces after the day in which its place may stand
LONGEST_LINE = 200
LONGEST_LABEL = 30
_HOUR = re.compile(
    r"(?<![\d:])[0-2]?\d(?:[:.h][0-5]\d)?\s*(?:[ap]\.?\s?m\b|hrs?\b|h\b|horas)|(?<![\d:])[0-2]?\d[:.](?:[03]0|[14]5)(?![\d:])",
    re.I,
)
"""An hour at which people meet; a program that stamps a page seldom does so on the quarter."""
_LABEL = re.compile(rf"^(?:{OF_AN_EVENT}|date|fecha|d[ií]a|day)\b\s*:?\s*", re.I)
# "When the road was closed on 4 March 2013, …" tells a story.
_WHEN = re.compile(rf"^(?:{OF_AN_EVENT})\s*(?:[:?]\s*|$)", re.I)
_DATE = re.compile(r"^(?:date|day|fecha|día)\s*:\s*", re.I)
_PLACE = re.compile(r"(?:^|[.,;]\s*)(?:where|venue|place|location|dónde|lugar|local|sede)\s*:", re.I)
_TIME = re.compile(r"(?:^|[.,;]\s*)(?:time|hora)\s*:", re.I)
_BYLINE = re.compile(r"\W*(?:by|por|de|written|escrito)\b", re.I)
_WILL = re.compile(
    r"\b(?:will (?:be held|take place|be on)|takes place|is (?:to be )?held|tendra lugar|se (?:realizara|celebrara"
    r"|llevara a cabo|desarrollara)|sera el|join us)\b"
)
_TITLED = re.compile(
    r"(?:talk|lecture|conference|seminar|workshop|concert|film|screening|vigil|exhibition|fundraiser|festival|fiesta|pena"
    r"|charla|conferencia|seminario|taller|concierto|proyeccion|asamblea|conversatorio|foro|mesa redonda|exposicion"
    r"|vigilia|jornadas?)\b|.*\b(?:agm|annual (?:general )?(?:meeting|conference)|public meeting|book launch"
    r"|day school|asamblea (?:general|anual))\b"
)


def event_in(chunks: list[Chunk], titles: list[str], at: int | None, language: str) -> Said | None:
    """The day of the event of which a page tells; None where it is no event's page. ``titles``: what may be its own."""
    start = 0 if at is None else at + 1
    near = [(n, each) for n, each in enumerate(chunks[start : start + NEAR], start) if not each.region]
    is_titled = any(_TITLED.match(fold(title)) for title in titles)
    for number, chunk in near:
        text, label = chunk.text, _label_of(chunks, number, at)
        beside = [each.text for each in chunks[number + 1 : number + 1 + BESIDE] if not each.region]
        if label == "when" or (label == "date" and (is_titled or _has_place([text, *beside]))):
            found = _day(_WHEN.sub("", _DATE.sub("", text)), language)
        elif is_titled and not label and (_is_with_hour(text) or _WILL.search(fold(text))):
            found = _day(text, language)
        elif is_titled and not label and (opening := opening_day(text, language=language)):
            found = opening[0] if _says_more(text, opening[0]) else ""
        else:
            continue
        if found:
            return Said("event-text", found, place_of(chunk.element))
    return None


def _label_of(chunks: list[Chunk], number: int, at: int | None) -> str:
    """Whether a piece, or a label before it, names the day in it as that of an event ("when") or as any ("date")."""
    before = chunks[number - 1].text if number and number - 1 != at else ""
    for text in (chunks[number].text, before if len(before) <= LONGEST_LABEL else ""):
        if _WHEN.match(text):
            return "when"
        if _DATE.match(text):
            return "date"
    return ""


def _has_place(texts: list[str]) -> bool:
    return any(_PLACE.search(text) or (_TIME.search(text) and _HOUR.search(text)) for text in texts)


def _is_with_hour(text: str) -> bool:
    """A stamp ("26 August 2011 10:00") has an hour too, and nothing else, or an author."""
    hour = _HOUR.search(text)
    if len(text) > LONGEST_LINE or hour is None or ITS_DATE.search(text):
        return False
    return ":" not in hour[0] or _says_more(text, hour[0])


def _says_more(text: str, day: str) -> bool:
    """Whether a piece goes on behind a day or an hour, with more than the name of who wrote it."""
    rest = text.partition(day)[2]
    return (
        len(re.findall(r"[^\W\d_]{2,}", rest)) >= 1 and not _BYLINE.match(rest) and not ITS_DATE.search(text)
    )


def _day(text: str, language: str) -> str:
    """The day, or days, with which a text opens; else the one that it prints."""
    found = opening_day(text, language=language)
    if found:
        return found[0]
    days = [day.text for day in days_in(text, order=order_of(language)) if day.value]
    return days[0] if len(days) == 1 else ""


def event_said(chunks: list[Chunk], title: int | None, language: str) -> Iterator[Said]:
    """The day with which an event's text opens, that stands with an hour, or that is labelled as when it is."""
    start, before = 0 if title is None else title + 1, ""
    for chunk in [c for c in chunks[start : start + NEAR] if not c.region]:
        label = _LABEL.match(chunk.text)
        is_labelled = bool(label or ((own := _LABEL.match(before)) and own.end() == len(before)))
        is_with_hour = bool(_HOUR.search(chunk.text)) and not ITS_DATE.search(chunk.text)
        text = chunk.text[label.end() :] if label else chunk.text
        opening = opening_day(text, language=language)
        found = opening[0] if opening else ""
        if not found and is_with_hour and len(text) <= LONGEST_LINE:  # "Vigil, 2 May 2016, 7pm"
            found = _day(text, language)
        if found and (is_labelled or is_with_hour or len(chunk.text) > len(found) + 3):
            yield Said("event-text", found, place_of(chunk.element))
            return
        before = chunk.text
