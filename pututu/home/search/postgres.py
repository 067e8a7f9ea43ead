"""How does PostgreSQL keep and find the words?

In a column of type tsvector with a GIN index. The words come stemmed in the language of the page, so the
"simple" configuration is the right one: PostgreSQL must not stem them again. That way both databases give
the same answers, for every language that Snowball knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from pututu.home.search.entries import Indexed
from pututu.home.search.query import Query, Term
from pututu.home.search.words import language_mark

ASKED = "to_tsquery('simple', %s)"
RANK = f"ts_rank('{{0.1, 0.1, 0.35, 1.0}}', home_searchentry.vector, {ASKED})"
WEIGHTED = " || ".join(f"setweight(to_tsvector('simple', %s), '{weight}')" for weight in "ABD")
LONGEST = 400_000  # a tsvector holds 1 MB at most


def expression(query: Query, languages: Sequence[str]) -> str:
    """Return ``query`` as ``to_tsquery`` reads it, the words stemmed in each of ``languages``."""
    ways = {code: " & ".join(_term(term, code) for term in query.terms) for code in languages}
    if len(ways) == 1:
        return ways[languages[0]]
    return " | ".join(f"('{language_mark(code)}' & {way})" for code, way in ways.items())


def matching(entries: Any, asked: str) -> Any:
    """Narrow a queryset of entries to those that ``asked`` (an expression) finds."""
    return entries.extra(where=[f"home_searchentry.vector @@ {ASKED}"], params=[asked])


def ranked(entries: Any, asked: str) -> Any:
    """The same as ``matching``, best first."""
    return matching(entries, asked).extra(
        select={"rank": RANK}, select_params=[asked], order_by=["-rank", "-page_id"]
    )


def store(rows: Iterable[Indexed]) -> None:
    """Put the words of pages into the index, in place of what stood there for them."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE home_searchentry SET vector = {WEIGHTED} WHERE page_id = %s",
            [(row.title, row.standfirst, row.body[:LONGEST], row.page_id) for row in rows],
        )


def forget(page_ids: Iterable[int]) -> None:
    """Nothing to do: the words stand in the entry's own row."""


def clear() -> None:
    """Empty the index."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE home_searchentry SET vector = NULL")


def _term(term: Term, language: str) -> str:
    phrase = " <-> ".join(f"'{stem}'" for stem in term.stems(language))
    return f"(({phrase}) | '{term.beginning}':*)" if term.is_open else f"({phrase})"
