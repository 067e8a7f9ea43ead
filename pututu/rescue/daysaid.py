"""Which days does a running text print, and what is one line of a page worth as a date line?

Month names in English, Spanish, Portuguese, French, German, Italian, Dutch, Catalan, Polish and Russian, and the
signs for year, month and day of Chinese, Japanese and Korean. Whether 03/04/2013 is March or April is decided by the
language ("es" and "en-gb": the day first, "en-us": the month first); English alone does not say, so it stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pututu.lib.dates import DateError, HonestDate, Precision, from_words, refuse_stand_in
from pututu.rescue.besideday import HOURS, ITS_DATE, WEEKDAY, Beside, beside
from pututu.rescue.dateline import LONGEST_DATE_LINE, read_date_line

_NAMES = (
    "january|jan|enero|ene|janeiro|janvier|januar|jänner|gennaio|januari|gener|stycznia|января",
    "february|feb|febrero|fevereiro|fev|février|fevrier|févr|februar|febbraio|februari|febrer|lutego|февраля",
    "march|mar|marzo|março|marco|mars|märz|maart|març|marca|марта",
    "april|apr|abril|abr|avril|avr|aprile|kwietnia|апреля",
    "may|mayo|maio|mai|maggio|mei|maig|maja|мая",
    "june|jun|junio|junho|juin|juni|giugno|juny|czerwca|июня",
    "july|jul|julio|julho|juillet|juil|juli|luglio|juliol|lipca|июля",
    "august|aug|agosto|ago|août|aout|augustus|agost|sierpnia|августа",
    "september|sept|sep|septiembre|setiembre|set|setembro|septembre|settembre|setembre|września|сентября",
    "october|oct|octubre|outubro|out|octobre|oktober|okt|ottobre|października|октября",
    "november|nov|noviembre|novembro|novembre|listopada|ноября",
    "december|dec|diciembre|dic|dezembro|dez|décembre|decembre|déc|dezember|dicembre|desembre|grudnia|декабря",
)
MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split("|")}
_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")"
_OF = r"(?:\s+(?:of|de|del|d')\s*|[\s\-/.,]{1,3})"
_DAY = re.compile(
    rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th|º|°|ª|er|ro|\.)?{_OF}(?P<m1>{_MONTH})\b\.?,?{_OF}(?P<y1>(?:1[5-9]|20)\d\d)\b"
    rf"|\b(?P<m2>{_MONTH})\b\.?[\s\-]{{1,2}}(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b,?(?:\s+\d{{1,2}}:\d\d)?[\s,\-]{{1,2}}(?P<y2>(?:1[5-9]|20)\d\d)\b"
    r"|(?<![\d/.-])(?P<y3>(?:1[5-9]|20)\d\d)(?P<s3>[-/.])\s?(?P<m3>\d{1,2})(?P=s3)\s?(?P<d3>\d{1,2})(?![\d])"
    r"|(?<!\d)(?P<y5>(?:19|20)\d\d)\s?[年년]\s?(?P<m5>\d{1,2})\s?[月월]\s?(?P<d5>\d{1,2})\s?[日일]"
    r"|(?<![\d/.-])(?P<a4>\d{1,2})(?P<s4>[./-])\s?(?P<b4>\d{1,2})(?P=s4)\s?(?P<y4>(?:1[5-9]|20)\d\d(?!:\d\d)|\d\d)(?![\d/]|[.:]\d)",
    re.IGNORECASE,
)
_OF_AN_ISSUE = re.compile(
    r"\b(?:no|n[ºo°]|núm|num|nr|number|número|issue|vol|volume|volumen|bulletin|bolet[ií]n|newsletter|edition|edici[oó]n)"
    r"\W{0,3}$|#\s?$",
    re.IGNORECASE,
)
"""Before a number that is no day: "No. 12, March 2013"."""
_YEARLESS = re.compile(
    rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th|º|\.)?(?:\s+(?:of|de))?\s+(?P<m>{_MONTH})\b(?![\s,]+(?:de\s+|del\s+)?\d{{4}})"
    rf"|\b(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?![\s,]+\d{{4}})",
    re.IGNORECASE,
)
_HAS_DIGIT = re.compile(r"\d")
_MAY_BE_A_DAY = re.compile(r"\d{4}|\d[./-]\s?\d")
_STARTS = "|".join(sorted({name[:3] for name in MONTHS}))
_MAY_BE_A_DATE = re.compile(rf"\d{{3}}|\d[./-]\s?\d|-1\b|{_STARTS}", re.IGNORECASE)
LONGEST_OPENING = 80


@dataclass(frozen=True, slots=True)
class DaySaid:
    """A day printed at ``start`` to ``end`` of a text. ``value`` is None for a stand-in and where two may be meant."""

    start: int
    end: int
    text: str
    value: HonestDate | None
    code: str = ""


def order_of(language: str) -> str:
    """Whether a language writes the day or the month first in numbers: "dmy", "mdy", "" where it does not say."""
    code = language.lower().replace("_", "-")
    if code.startswith("en"):
        region = code.partition("-")[2]
        return "mdy" if region in ("us", "ph") else "dmy" if region not in ("", "ca", "150") else ""
    return "dmy" if code else ""


def may_hold_a_day(text: str) -> bool:
    """A quick no for most pieces of a page: they hold no year, and no two numbers with a sign between."""
    return _MAY_BE_A_DAY.search(text) is not None


def days_in(text: str, *, order: str = "") -> Iterator[DaySaid]:
    """Give the whole days that a text prints, in their order."""
    if not may_hold_a_day(text):
        return
    for found in _DAY.finditer(text):
        if found["m1"] and _OF_AN_ISSUE.search(text[: found.start()]):
            continue
        start, proven = _by_weekday(found, text) if found["a4"] else (found.start(), "")
        value, code = _value(found, proven or order)
        if value or code != "no-such-day":
            yield DaySaid(start, found.end(), text[start : found.end()], value, code)


_WEEKDAYS = ("mon lun", "tue mar", "wed mié mie mi", "thu jue", "fri vie", "sat sáb sab", "sun dom")
_WEEKDAY_BEFORE = re.compile(
    r"\b(?P<w>mon|tue|wed|thu|fri|sat|sun|lun|mar|mi[eé]|jue|vie|s[aá]b|dom)[a-zé]{0,6}\.?,?\s*$",
    re.IGNORECASE,
)


def _by_weekday(found: re.Match[str], text: str) -> tuple[int, str]:
    """Where a day in numbers begins with its weekday, and the order of day and month where only one falls on that."""
    before = _WEEKDAY_BEFORE.search(text[max(0, found.start() - 14) : found.start()])
    first, second, year = int(found["a4"]), int(found["b4"]), int(found["y4"])
    if not before or first == second or max(first, second) > 12 or year < 100:
        return found.start(), ""
    named = next(n for n, names in enumerate(_WEEKDAYS) if before["w"].lower() in names.split())
    fits = {
        order: value
        for order, (value, _code) in (
            ("dmy", day_of(year, second, first)),
            ("mdy", day_of(year, first, second)),
        )
        if value and value.earliest and value.earliest.weekday() == named
    }
    if len(fits) != 1:
        return found.start(), ""
    return found.start() - len(before[0]), next(iter(fits))


def _value(found: re.Match[str], order: str) -> tuple[HonestDate | None, str]:
    if found["m1"]:
        return day_of(int(found["y1"]), MONTHS[found["m1"].lower()], int(found["d1"]))
    if found["m2"]:
        return day_of(int(found["y2"]), MONTHS[found["m2"].lower()], int(found["d2"]))
    if found["y3"]:
        return day_of(int(found["y3"]), int(found["m3"]), int(found["d3"]))
    if found["y5"]:
        return day_of(int(found["y5"]), int(found["m5"]), int(found["d5"]))
    first, second, year = int(found["a4"]), int(found["b4"]), int(found["y4"])
    if year < 100:
        year += 2000 if year <= 49 else 1900
    order = "dmy" if found["s4"] == "." or first > 12 else "mdy" if second > 12 else order
    if not order and first != second:
        return None, "ambiguous"
    return day_of(year, second, first) if order != "mdy" else day_of(year, first, second)


def day_of(year: int, month: int, day: int) -> tuple[HonestDate | None, str]:
    """The honest date of a day, or None and why not: a stand-in, or no day at all."""
    try:
        value = HonestDate.parse(f"{year:04d}-{month:02d}-{day:02d}")
        refuse_stand_in(value)
    except DateError as error:
        return None, error.code
    return value, ""


def yearless_days(text: str) -> Iterator[tuple[re.Match[str], int, int]]:
    """Days without a year ("24 September"): where they stand, month and day."""
    for found in _YEARLESS.finditer(text):
        yield found, MONTHS[(found["m"] or found["m2"]).lower()], int(found["d"] or found["d2"])


# --- a line of a page

NOT_ITS_DATE = re.compile(
    r"\btoday\b|\bhoy\b|\bheute\b|\bnous sommes\b|\baujourd.hui\b|\bhoje\b|\boggi\b"
    r"|\bupdated?\b|\bmodified\b|\bactualizad[oa]\b|\brevised\b|\breviewed\b|\bmodificad[oa]\b"
    r"|\batualiza(?:do|da|ção)\b|\bmodificação\b|\bconsultad[oa]\b|\b(?:archived|checked|crawled|verified|printed|generated)\b"
    r"|\b(?:actualizaci[oó]n|modificaci[oó]n)\b"
    r"|©|\(c\)|copyright|\bcookies?\b|\bcommented\b|\bcomments? (?:by|on|from)\b|\bcomentarios? de\b"
    r"|\bedited\b|\bsays?\s*:|\bdijo\s*:"
    r"|aktualisier|\bgeändert|\bletzte änderung|\bgültig\b|\bmis à jour|\baggiornat|\bbijgewerkt"
    r"|\bjoined\b|\bregistered\b|\bregistriert\b|\bregistrad[oa]\b|\bmiembro desde\b|\baccessed\b|\bretrieved\b"
    r"|\bsince\b|\bestablished\b|\bfounded\b|\bdeadline\b|\bexpires?\b",
    re.IGNORECASE,
)
OF_AN_EVENT = (
    r"when|(?:event )?starts?(?: on| date)?|begins?(?: on)?|takes place(?: on)?|(?:date|day) of (?:the )?event"
    r"|event date|(?:date|day)s?(?: and |\s?[&/]\s?)times?|cu[aá]ndo|(?:fecha|d[ií]a) (?:y hora|del evento|de inicio)"
    r"|inicio|comienza|empieza|quando|quand|wann"
)
"""How pages name the day of an event: never that of its announcement."""
_LABEL_OF_ANOTHER = re.compile(
    r"(?:user |member |date )?(?:joined|registered|since|born|founded|established|accessed|retrieved|deadline|expires)"
    r"|(?:last )?(?:updated?|modified|edited|revised|reviewed)(?: on)?"
    r"|(?:miembro )?desde|registrad[oa]|nacid[oa]|fecha de nacimiento"
    r"|(?:última )?(?:actualización|actualizad[oa]|modificación|modificad[oa])"
    r"|(?:dabei |mitglied )?seit|registriert|geboren|beigetreten"
    rf"|(?:letzte |zuletzt )?(?:änderung|geändert|aktualisier\w+)|{OF_AN_EVENT}",
    re.IGNORECASE,
)
_LABELLED_AS_EVENT = re.compile(rf"^\W*(?:{OF_AN_EVENT})\s*:", re.I)
OF_A_LIFE = re.compile(
    r"\bborn\b|\bbirth(?:day|date)?\b|\bnacid[oa]\b|\bnaci[oó]\b|\bnacimiento\b|\bnascid[oa]\b|\bnascimento\b"
    r"|\bnée? le\b|\bnaissance\b|\bgeboren\b|\bgeburts(?:datum|tag)\b|\bnat[oa] (?:il|a)\b|\bnascita\b|\bродил"
    r"|出生|生年月日|生まれ|출생",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\bupdated?\b|\bmodified\b|\bedited\b|\brevised\b|\bactualizad[oa]\b|\bactualización\b|\bmodificad[oa]\b|\bmodificación\b"
    r"|\batualiza(?:do|da|ção)\b|\bmodificação\b"
    r"|aktualisier|\bgeändert|\bletzte änderung|\bmis à jour|\bmise à jour|\baggiornat|\bbijgewerkt",
    re.IGNORECASE,
)
_ISSUE = re.compile(r"^\W*updates?\s+\d{1,4}\s*[.:–-]", re.IGNORECASE)
"""The label of an issue ("Update 129. 30 September 2008"), which is no word about a change."""
_TOLD = re.compile(
    r"\bthis (?:entry|post|article|item|story|page|press release)"
    r" (?:was|has been) (?:first )?(?:posted|published|written|added|filed)"
    r"|\best[ea] (?:entrada|artículo|articulo|nota|noticia|texto|página|publicación)"
    r" (?:fue|ha sido|se) (?:publicad[oa]|publicó|escrit[oa]|enviad[oa])"
    r"|\b(?:dieser|der) (?:beitrag|artikel|eintrag|text) (?:wurde|erschien)\b"
    r"|\bcet(?:te)? (?:article|entrée|billet) (?:a été|est) (?:publié|posté)"
    r"|\best[ea] (?:artigo|post|texto|notícia) foi (?:publicad[oa]|escrit[oa])",
    re.IGNORECASE,
)
"""A sentence that says of the page itself when it was published: what themes of WordPress print below a text."""
LONGEST_LINE = 160
LONGEST_REST = 70
_SPAN = re.compile(
    r"(?:^|[,(:]|\b(?:from|between|the|del?|el|entre|vom|zwischen|du|dal|on)\b|\s(?=\d+\.\s?[-–]))"
    rf"\s*(?:{WEEKDAY}\s)?(?:0?[1-9]|[12]\d|3[01])"
    rf"(?:st|nd|rd|th|\.|º|°)?(?:\s+(?:of |de )?{_MONTH})?"
    r"\s*(?:[-–—/&]|to|and|till|until|al?|y|hasta(?: el)?|bis(?: zum)?|und|au|et|e)\s*(?:the |el )?"
    rf"(?:{WEEKDAY}\s)?$",
    re.IGNORECASE,
)
"""Before a day: another, with which it makes a span."""
LONGEST_TOLD = 90  # characters between such a sentence's beginning and its day


@dataclass(frozen=True, slots=True)
class LineSaid:
    """What one line says as a date line: ``strength`` 3 a date alone, 2 called its date, 1 among a few other words.

    ``is_wordy``: among words that date lines have no use for, so that it is one only where a program calls it so.
    """

    text: str
    value: HonestDate | None
    code: str
    strength: int
    is_wordy: bool = False


def line_said(text: str, *, language: str = "", order: str = "") -> LineSaid | None:
    """Read a line as a date line; None where it is none, or prints a date that is not the item's own."""
    if len(text) > LONGEST_LINE or not _HAS_DIGIT.search(text):
        return None
    days = list(days_in(text, order=order))
    if not days and (len(text) > LONGEST_DATE_LINE or not _MAY_BE_A_DATE.search(text)):
        return None
    if (len(days) > 1 and (first := _own_of_two(text, days))) or (
        days and (first := _own_before_a_change(text, days))
    ):
        days = [first]
    elif any(each.search(_ISSUE.sub("", text)) for each in (NOT_ITS_DATE, OF_A_LIFE, _LABELLED_AS_EVENT)):
        return None
    if len(days) == 1 and _SPAN.search(text[: days[0].start]):
        return _whole_line(text, language)  # "10 - 22 March 2015" is not the 22nd
    if len(days) == 1:
        return _with_words(text, days[0])
    return None if days else _whole_line(text, language) or _yearless_line(text)


def _own_of_two(text: str, days: list[DaySaid]) -> DaySaid | None:
    """Of "Published 2 May 2011, updated 3 June 2012" the one that is named as its own; of two equal ones, the first."""
    if len({day.value.edtf if day.value else "" for day in days}) == 1 and not NOT_ITS_DATE.search(text):
        return days[0]
    for day, start in zip(days, [0, *(day.end for day in days)], strict=False):
        before = text[start : day.start]
        if ITS_DATE.search(before) and not NOT_ITS_DATE.search(before):
            return day
    second = NOT_ITS_DATE.search(text, days[0].end)
    return days[0] if second and not NOT_ITS_DATE.search(text[: days[0].start]) else None


def _own_before_a_change(text: str, days: list[DaySaid]) -> DaySaid | None:
    """The one day of "19 January 2020, updated 8 hours ago": of the change another time is told, behind it."""
    if len(days) != 1 or NOT_ITS_DATE.search(text[: days[0].end]):
        return None
    changes = list(NOT_ITS_DATE.finditer(text, days[0].end))
    is_timed = len(changes) == 1 and re.match(r"[^\d]{1,15}\d", text[changes[0].end() :])
    return days[0] if is_timed and _CHANGE.fullmatch(changes[0][0]) else None


def is_label_of_another(text: str) -> bool:
    """Whether these words name what stands beside them as another day than the page's: "Joined", "Last updated:"."""
    return bool(_LABEL_OF_ANOTHER.fullmatch(text.strip().rstrip(": ")))


def told_day(text: str, *, order: str = "") -> DaySaid | None:
    """The day on which a sentence says that "this entry was posted"."""
    found = _TOLD.search(text)
    day = next(days_in(text[found.end() : found.end() + LONGEST_TOLD], order=order), None) if found else None
    return None if day is None or NOT_ITS_DATE.search(text[: found.end()] if found else "") else day


def changed_day(text: str, *, order: str = "") -> DaySaid | None:
    """The day on which a short line says that the page was changed: "Last updated 4 May 2019"."""
    found = _CHANGE.search(text) if len(text) <= LONGEST_LINE and may_hold_a_day(text) else None
    if found is None:
        return None
    return next((day for day in days_in(text, order=order) if day.start >= found.end()), None)


def _with_words(text: str, day: DaySaid) -> LineSaid | None:
    rest = HOURS.sub(" ", f"{text[: day.start]} {text[day.end :]}")
    words = re.findall(r"[^\W\d_]{2,}", rest)
    told = beside(text, day.start, day.end)
    if told is Beside.TOLD:
        return None
    if told is Beside.OWN:
        return LineSaid(day.text, day.value, day.code, 2)
    is_wordy = told is Beside.WORDY
    if len(words) <= 2:
        return LineSaid(day.text, day.value, day.code, 3, is_wordy)
    if len(rest.strip()) <= LONGEST_REST and not re.search(r"[.?!…]\s*$", rest):
        return LineSaid(day.text, day.value, day.code, 1, is_wordy)
    return None


def _yearless_line(text: str) -> LineSaid | None:
    """A day without its year and hardly a word more ("Monday 12 April"): which year it is, another witness may say."""
    found = list(yearless_days(text))
    if len(found) != 1:
        return None
    match = found[0][0]
    rest = HOURS.sub(" ", f"{text[: match.start()]} {text[match.end() :]}")
    words = re.findall(r"[^\W\d_]{2,}", rest)
    return (
        LineSaid(match[0], None, "yearless", 3) if len(words) <= 1 and not _HAS_DIGIT.search(rest) else None
    )


_ZERO = re.compile(
    r"(?<![\w./-])(?:0{4}([-/.])00\1|00([-/.])00\2(?:0{4}|00)|-?0001-11-30|0001-01-01)"
    r"(?:00)?(?:[T ]00:00:00Z?)?(?![\w/-])"
    r"|\b(?:nov(?:ember|\.)?|noviembre) 30,? -0*1\b|\b30\.? (?:de )?nov(?:ember|iembre|\.)?,? (?:de )?-0*1\b"
    r"|\b31[ -]dec(?:ember|\.)?[ -]'?69$|\b0?1[ -]jan(?:uary|\.)?[ -]'?70$",
    re.IGNORECASE,
)
"""What stands for no date, among other words ("Posted on November 30, -0001 by admin")."""


def _whole_line(text: str, language: str) -> LineSaid | None:
    """A month, a span, a numbered issue ("153. Aug - Sep 12"), a stand-in: what a whole line can say besides a day."""
    found = read_date_line(text, language="es" if language.startswith("es") else "en")
    if found.code in ("stand-in", "ambiguous"):
        return LineSaid(text, None, found.code, 3)
    if zero := _ZERO.search(text):
        return LineSaid(zero[0], None, "stand-in", 3)
    value = found.value
    if value is None or value.precision in (Precision.YEAR, Precision.DECADE, Precision.CENTURY):
        return None
    if not value.earliest or not value.latest or not re.search(r"[^\W\d_]{3}|\d{4}|\b\d\d$", text):
        return None
    return LineSaid(text, value, "", 3)


def opening_day(text: str, *, language: str = "") -> tuple[str, HonestDate] | None:
    """The day, days or month with which a text opens: "4 March 2013, London. A conference…"."""
    opening = text[:LONGEST_OPENING]
    for stop in reversed([*re.finditer(r"[,.;:(–—|]|$", opening)]):
        printed = opening[: stop.start()].strip()
        try:
            value = from_words(printed, language=language.split("-")[0] or "en") if printed else None
        except DateError:
            continue
        fine = (Precision.DAY, Precision.MONTH, Precision.MONTHS, Precision.SPAN)
        if value and value.precision in fine and value.earliest and value.latest:
            return printed, value
    return None
