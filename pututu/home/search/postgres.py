"""How does PostgreSQL keep and find the words?

In a column of type tsvector with a GIN index. The words come parted and stemmed in the language of the page, so
they are written as PostgreSQL keeps them and not as a text that its parser would part anew: it knows no word "½",
and takes "1e5" for a number. That way both databases give the same answers, for every language that Snowball knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from pututu.home.search.entries import Indexed
from pututu.home.search.query import Query, Term
from pututu.home.search.words import language_mark

ASKED = "%s::tsquery"
FOUND = f"SELECT found.page_id FROM home_searchentry found WHERE found.vector @@ {ASKED}"
RANK = f"ts_rank('{{0.1, 0.1, 0.35, 1.0}}', home_searchentry.vector, {ASKED})"
LAST_PLACE = 16_383  # PostgreSQL counts no further
LONGEST = 400_000  # a tsvector holds 1 MB at most


def expression(query: Query, languages: Sequence[str]) -> str:
    """Return ``query`` as a tsquery, the words stemmed in each of ``languages``."""
    ways = {code: " & ".join(_term(term, code) for term in query.terms) for code in languages}
    if len(set(ways.values())) == 1:  # one language, or words that all of them stem alike
        return ways[languages[0]]
    return " | ".join(f"('{language_mark(code)}' & {way})" for code, way in ways.items())


def matching(entries: Any, asked: str) -> Any:
    """Narrow a queryset of entries to those that ``asked`` (an expression) finds."""
    return entries.filter(page_id__in=RawSQL(FOUND, [asked]))


def ranked(entries: Any, asked: str) -> Any:
    """The same as ``matching``, best first."""
    return entries.extra(
        where=[f"home_searchentry.vector @@ {ASKED}"],
        params=[asked],
        select={"rank": RANK},
        select_params=[asked],
        order_by=["-rank", "-page_id"],
    )


def store(rows: Iterable[Indexed]) -> None:
    """Put the words of pages into the index, in place of what stood there for them."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE home_searchentry SET vector = %s::tsvector WHERE page_id = %s",
            [(vector(row), row.page_id) for row in rows],
        )


def vector(row: Indexed) -> str:
    """Write the words of a page as a tsvector: each with its place and its weight, A, B or D.

    A place is left free between title, standfirst and body: words in quotation marks don't reach from one to the next.
    """
    written, place = [], 0
    for weight, text in (("A", row.title), ("B", row.standfirst), ("D", row.body[:LONGEST])):
        for word in text.split():
            place += 1
            written.append(f"'{word}':{min(place, LAST_PLACE)}{weight}")
        place += 1
    return " ".join(written)


def forget(page_ids: Iterable[int]) -> None:
    """Nothing to do: the words stand in the entry's own row."""


def clear() -> None:
    """Empty the index."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE home_searchentry SET vector = NULL")


def _term(term: Term, language: str) -> str:
    phrase = " <-> ".join(f"'{stem}'" for stem in term.stems(language))
    return f"(({phrase}) | '{term.beginning}':*)" if term.is_open else f"({phrase})"
