"""Which passage of a text shows the words that were found?

Snippets come from the text as it was written, not from its stems, and are escaped: only the marks are markup.
"""

from __future__ import annotations

import re
from html import escape

from pututu.home.search.query import Query, Term
from pututu.home.search.words import flat, stem

LENGTH = 220
LEAD_IN = 60
FARTHEST = 60_000  # a report of hundreds of pages is not read to its end for the sake of a passage


class Finder:
    """Finds the words of a query in texts of one language."""

    def __init__(self, query: Query, language: str) -> None:
        self.language = language
        self.stems = {stemmed for term in query.terms for stemmed in term.stems(language)}
        self.beginnings = tuple(term.words[0] for term in query.terms if term.is_open)
        self.candidates = _beginnings_pattern(query.terms, language)

    def hits(self, text: str) -> list[tuple[int, int]]:
        """Return where in ``text`` a word of the query stands."""
        if self.candidates is None:
            return []
        return [found.span() for found in self.candidates.finditer(flat(text)) if self._is_hit(found.group())]

    def marked(self, text: str) -> str:
        """Return the whole of ``text`` as safe HTML with the words marked."""
        return _mark(text, self.hits(text))

    def snippet(self, text: str) -> str:
        """Return the passage of ``text`` with most of the words, as safe HTML, or "" if none stands in it."""
        text = text[:FARTHEST]
        hits = self.hits(text)
        if not hits:
            return ""
        start, end = _passage(text, _best(hits, self._kind_of(text)))
        inside = [(first - start, last - start) for first, last in hits if first >= start and last <= end]
        return ("… " if start else "") + _mark(text[start:end], inside) + (" …" if end < len(text) else "")

    def _is_hit(self, word: str) -> bool:
        return stem(word, self.language) in self.stems or word.startswith(self.beginnings or ("\0",))

    def _kind_of(self, text: str) -> dict[int, str]:
        return {first: stem(flat(text[first:last]), self.language) for first, last in self.hits(text)}


def _beginnings_pattern(terms: tuple[Term, ...], language: str) -> re.Pattern[str] | None:
    """A quick pattern for words that can be hits: a stem differs from its word only at the end."""
    wanted = {stemmed for term in terms for stemmed in term.stems(language)} | {
        word for term in terms for word in term.words
    }
    starts = sorted({re.escape(word[:-1] if len(word) > 3 else word) for word in wanted if word})
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(starts)})[^\W_]*(?:['’][^\W_]+)*") if starts else None


def _best(hits: list[tuple[int, int]], kinds: dict[int, str]) -> int:
    """Return where the stretch begins that holds the most different words, then the most words."""

    def worth(first: int) -> tuple[int, int]:
        within = [kinds[other] for other, last in hits if first <= other and last <= first + LENGTH - LEAD_IN]
        return len(set(within)), len(within)

    return max((first for first, _last in hits[:200]), key=worth)


def _passage(text: str, first: int) -> tuple[int, int]:
    """Return the bounds of a passage around ``first`` that begins and ends between words, or with a paragraph."""
    start, end = max(first - LEAD_IN, 0), min(max(first - LEAD_IN, 0) + LENGTH, len(text))
    if start:
        sentence = max(text.rfind(mark, start, first) for mark in (". ", "? ", "! ", "\n"))
        start = sentence + 1 if sentence >= 0 else max(text.find(" ", start, first), start)
        start += len(text[start:first]) - len(text[start:first].lstrip())
    if end < len(text):
        space = text.rfind(" ", first, end)
        end = space if space > first else end
    paragraph = text.find("\n", first, end)
    return start, paragraph if paragraph - start > LENGTH // 2 else end


def _mark(text: str, hits: list[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for first, last in hits:
        pieces += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
        at = last
    return "".join([*pieces, escape(text[at:])]).replace("\n", " · ")
