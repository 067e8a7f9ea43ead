"""What did the reader ask for?

Any text is a question: nothing that can be typed is an error. Words are joined by "and"; words in quotation
marks stand side by side; the last word may be the beginning of a longer one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from pututu.home.search.words import is_stop_word, stem, words

LONGEST_QUESTION = 200
MOST_TERMS = 12
SHORTEST_BEGINNING = 3
PARTS = re.compile(r'"([^"]*)"|([^"]+)')
QUOTATION_MARKS = str.maketrans("“”„«»", '"' * 5)
YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Term:
    """One thing that must be found: a word, or words side by side; ``is_open`` if the word may go on."""

    words: tuple[str, ...]
    is_open: bool = False

    def stems(self, language: str) -> tuple[str, ...]:
        return tuple(stem(word, language) for word in self.words)

    @property
    def beginning(self) -> str:
        """The letters that a longer word must begin with."""
        return self.words[0].replace("'", "")


@dataclass(frozen=True)
class Query:
    """A reader's words as terms that must all be found. No terms: nothing was asked."""

    terms: tuple[Term, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(int(word) for term in self.terms for word in term.words if YEAR.fullmatch(word))

    def __bool__(self) -> bool:
        return bool(self.terms)


def read_query(text: str, language: str) -> Query:
    """Return the terms of ``text``. Small words such as "the" are left out, unless there are no others."""
    found = list(_terms(text[:LONGEST_QUESTION].translate(QUOTATION_MARKS)))
    telling = [term for term in found if len(term.words) > 1 or not is_stop_word(term.words[0], language)]
    kept = list(dict.fromkeys(telling or found))[:MOST_TERMS]
    if kept and _may_go_on(text, kept[-1], found[-1]):
        kept[-1] = replace(kept[-1], is_open=True)
    return Query(tuple(kept))


def _terms(text: str) -> list[Term]:
    found: list[Term] = []
    for quoted, loose in PARTS.findall(text):
        inside = words(quoted)[:MOST_TERMS]
        found += [Term(tuple(inside))] if inside else []
        found += [Term((word,)) for word in words(loose)]
    return found


def _may_go_on(text: str, last_kept: Term, last_typed: Term) -> bool:
    ends_in_quotes = text.rstrip()[-1:] in '"”»'
    is_word = len(last_kept.words) == 1 and len(last_kept.words[0]) >= SHORTEST_BEGINNING
    return (
        is_word and last_kept == last_typed and not ends_in_quotes and not YEAR.fullmatch(last_kept.words[0])
    )


@dataclass(frozen=True)
class Question:
    """Everything a search address says: the words and how the results are narrowed and ordered."""

    text: str = ""
    language: str = ""
    kind: str = ""
    topic: str = ""
    place: str = ""
    year: int | None = None
    is_undated: bool = False
    is_by_date: bool = False
    page: str = ""

    @classmethod
    def read(cls, values: Any, *, language: str, languages: tuple[str, ...]) -> Self:
        """Read the values of an address; what makes no sense there is passed over."""
        year = values.get("year", "")
        asked = values.get("lang", "")
        return cls(
            text=values.get("q", "").replace("\x00", " ").strip()[:LONGEST_QUESTION],
            language="" if asked == "all" else asked if asked in languages else language,
            kind=_code(values.get("kind", "")),
            topic=_code(values.get("topic", "")),
            place=_code(values.get("place", "")),
            year=int(year) if year.isascii() and re.fullmatch(r"[1-9]\d{0,3}", year) else None,
            is_undated=year == "none",
            is_by_date=values.get("sort") == "date",
            page=values.get("page", ""),
        )

    def but(self, **changes: Any) -> Question:
        """The same question with some parts changed, from its first page."""
        return replace(self, **{"page": "", **changes})

    def address(self, *, own_language: str) -> str:
        """The query string of this question, for a page in ``own_language``."""
        language = "" if self.language == own_language else self.language or "all"
        year = "none" if self.is_undated else str(self.year or "")
        pairs = {
            "q": self.text, "kind": self.kind, "topic": self.topic, "place": self.place, "year": year,
            "lang": language, "sort": "date" if self.is_by_date else "",
        }  # fmt: skip
        return "?" + urlencode({name: value for name, value in pairs.items() if value})

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kind or self.topic or self.place or self.year or self.is_undated)


def _code(text: str) -> str:
    return text if re.fullmatch(r"[-\w]{1,60}", text) else ""
