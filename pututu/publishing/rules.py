"""How is a page cited, and when is a page too long unread to be trusted blindly?

RIS as in the format specification of 2011, BibTeX as BibLaTeX 3 reads it, CSL-JSON as in its schema 1.0.2.
No format may claim more about a date than is known: what is sure goes into the fields for dates, all of it
as EDTF into the note.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pututu.lib.dates import HonestDate

REVIEW_YEARS = 2
RETRACTION = "retraction"
DATED = {"en": "Date: {words} (EDTF {edtf})", "es": "Fecha: {words} (EDTF {edtf})"}
NEVER_DATED = {"en": "Date unknown", "es": "Fecha desconocida"}
UNDATED = {"en": "n.d.", "es": "s. f."}
CHANGED = {
    "correction": {"en": "corrected {day}", "es": "corregido el {day}"},
    "update": {"en": "updated {day}", "es": "actualizado el {day}"},
    "retraction": {"en": "retracted {day}", "es": "retractado el {day}"},
}
QUOTES = {"en": "“{title}”", "es": "«{title}»"}
RIS_TYPES = {"publication": "RPRT", "news": "NEWS"}
BIBTEX_TYPES = {"publication": "report"}
CSL_TYPES = {"publication": "report", "news": "article-newspaper", "article": "article-newspaper"}
BIBTEX_LANGUAGES = {"en": "english", "es": "spanish"}
TEX_SPECIALS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
TEX = str.maketrans(TEX_SPECIALS)


@dataclass(frozen=True)
class Citation:
    """What there is to cite about a page; ``author`` falls back to the group, ``url`` is complete."""

    kind: str
    title: str
    author: str
    publisher: str
    url: str
    language: str
    date: HonestDate
    abstract: str = ""
    series: str = ""
    number: str = ""
    changed_on: dt.date | None = None
    changed_as: str = "correction"
    keywords: tuple[str, ...] = ()

    @property
    def by(self) -> str:
        return self.author or self.publisher

    @property
    def note(self) -> str:
        """The whole truth about the date, for readers and for programs, in the language of the page cited."""
        language = self.language if self.language in DATED else "en"
        words = NEVER_DATED[language]
        if not self.date.is_unknown:
            words = DATED[language].format(words=self.date.words(language), edtf=self.date.edtf)
        return "; ".join(filter(None, [words, change_of(self, language)]))


def sure_parts(date: HonestDate) -> tuple[int, ...]:
    """Return as much of (year, month, day) as every possible reading of ``date`` has in common."""
    first, last = date.earliest, date.latest
    if first is None or last is None or date.is_approximate or date.is_uncertain:
        return ()
    common: list[int] = []
    for one, other in zip(first.timetuple()[:3], last.timetuple()[:3], strict=True):
        if one != other:
            break
        common.append(one)
    return tuple(common)


def is_review_overdue(reviewed: HonestDate, *, today: dt.date) -> bool:
    """Whether even the latest possible day of review lies more than two years back; unknown is no day."""
    last = reviewed.latest
    return last is not None and last < years_before(today, REVIEW_YEARS)


def what_notes_come_to(notes: Iterable[tuple[str, dt.date]]) -> str:
    """Say in one word what public notes (kind, day) come to: withdrawn once is withdrawn, else the last kind counts.

    Among notes of one day a correction weighs more than an update. "" where there is no note.
    """
    found = list(notes)
    if any(kind == RETRACTION for kind, _day in found):
        return RETRACTION
    return max(((day, kind == "correction", kind) for kind, day in found), default=(None, False, ""))[2]


def years_before(day: dt.date, years: int) -> dt.date:
    """The same day ``years`` earlier; 29 February becomes 28."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


# --- plain text


def plain_citation(citation: Citation) -> str:
    """One line as a footnote would have it, in the language of the page cited."""
    language = citation.language if citation.language in QUOTES else "en"
    title = QUOTES[language].format(title=citation.title)
    series = " ".join(filter(None, [citation.series, citation.number]))
    date = UNDATED[language] if citation.date.is_unknown else citation.date.words(language)
    parts = [citation.by, title, series, publisher_of(citation), date, change_of(citation, language)]
    line = ", ".join(one_line(part) for part in parts if part)
    return f"{line.removesuffix('.')}. {citation.url}"


def publisher_of(citation: Citation) -> str:
    return citation.publisher if citation.publisher != citation.by else ""


def change_of(citation: Citation, language: str) -> str:
    """Say that what is cited was corrected, updated or retracted since, and when."""
    if citation.changed_on is None:
        return ""
    day = HonestDate.parse(citation.changed_on.isoformat()).words(language)
    return CHANGED[citation.changed_as][language].format(day=day)


def one_line(text: str) -> str:
    """Drop control characters and line ends: each format gives them a meaning of its own."""
    cleaned = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text)
    return " ".join(cleaned.split())


# --- RIS


def ris(citation: Citation) -> str:
    """Return an RIS record: CRLF lines, an ``ER`` line at the end."""
    fields: list[tuple[str, str]] = [
        ("TY", RIS_TYPES.get(citation.kind, "ELEC")),
        ("TI", citation.title),
        ("AU", citation.by),
        ("PB", citation.publisher),
        *ris_dates(sure_parts(citation.date)),
        ("T3", citation.series),
        ("IS", citation.number),
        ("AB", citation.abstract),
        *(("KW", keyword) for keyword in citation.keywords),
        ("LA", citation.language),
        ("UR", citation.url),
        ("N1", citation.note),
    ]
    lines = [f"{tag}  - {one_line(value)}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def ris_dates(parts: tuple[int, ...]) -> list[tuple[str, str]]:
    """``PY`` and ``DA`` (year/month/day/other), with blanks for what is not sure."""
    if not parts:
        return []
    year, month, day = [*(f"{part:02d}" for part in parts), "", ""][:3]
    return [("PY", f"{parts[0]:04d}"), ("DA", f"{year:0>4}/{month}/{day}/")]


# --- BibTeX


def bibtex(citation: Citation) -> str:
    """Return a BibLaTeX entry in UTF-8; ``date`` is what is sure of it."""
    parts = sure_parts(citation.date)
    fields = {
        "title": tex(citation.title),
        "author": f"{{{tex(citation.by)}}}",
        "institution" if citation.kind == "publication" else "organization": tex(citation.publisher),
        "type": "Report" if citation.kind == "publication" else "",
        "series": tex(citation.series),
        "number": tex(citation.number),
        "date": "-".join(f"{part:02d}" for part in parts),
        "url": tex_url(citation.url),
        "langid": BIBTEX_LANGUAGES.get(citation.language, ""),
        "note": tex(citation.note),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join(
        [f"@{BIBTEX_TYPES.get(citation.kind, 'online')}{{{bibtex_key(citation)},", *lines, "}", ""]
    )


def tex(text: str) -> str:
    return unicodedata.normalize("NFC", one_line(text)).translate(TEX)


def tex_url(url: str) -> str:
    """Braces would end the field early, a backslash begins a command: percent signs say the same."""
    return url.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


def bibtex_key(citation: Citation) -> str:
    """Publisher, year if sure and first words of the title, in plain letters."""
    year = "".join(str(part) for part in sure_parts(citation.date)[:1]) or "undated"
    words = [*plain_words(citation.publisher)[:3], year, *plain_words(citation.title)[:3]]
    return "-".join(words)


def plain_words(text: str) -> list[str]:
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z0-9]+", letters)


# --- CSL-JSON


def csl(citation: Citation) -> dict[str, Any]:
    """Return one CSL-JSON item. Where nothing is sure, ``issued`` holds words; unknown leaves it out."""
    parts = sure_parts(citation.date)
    item: dict[str, Any] = {
        "id": bibtex_key(citation),
        "type": CSL_TYPES.get(citation.kind, "webpage"),
        "title": one_line(citation.title),
        "author": [{"literal": one_line(citation.by)}],
        "publisher": citation.publisher,
        "collection-title": citation.series,
        "number": citation.number,
        "abstract": citation.abstract,
        "language": citation.language,
        "URL": citation.url,
        "note": citation.note,
    }
    if parts:
        item["issued"] = {"date-parts": [list(parts)]}
    elif not citation.date.is_unknown:
        item["issued"] = {"literal": citation.date.words(citation.language)}
    return {name: value for name, value in item.items() if value}
