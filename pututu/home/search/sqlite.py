"""How does SQLite keep and find the words?

With FTS5 (https://www.sqlite.org/fts5.html). The table holds no text, only the index (``content=''``): its
``rowid`` is the page's key. All words are stemmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from pututu.home.search.entries import Indexed
from pututu.home.search.query import Query, Term
from pututu.home.search.words import language_mark

FOUND = "SELECT rowid FROM home_searchindex WHERE home_searchindex MATCH %s"
RANK = "bm25(home_searchindex, 8.0, 3.0, 1.0)"


def expression(query: Query, languages: Sequence[str]) -> str:
    """Return ``query`` as FTS5 writes it, the words stemmed in each of ``languages``."""
    ways = {code: " AND ".join(_term(term, code) for term in query.terms) for code in languages}
    if len(set(ways.values())) == 1:  # one language, or words that all of them stem alike
        return ways[languages[0]]
    return " OR ".join(f'("{language_mark(code)}" AND {way})' for code, way in ways.items())


def matching(entries: Any, asked: str) -> Any:
    """Narrow a queryset of entries to those that ``asked`` (an expression) finds."""
    return entries.filter(page_id__in=RawSQL(FOUND, [asked]))


def ranked(entries: Any, asked: str) -> Any:
    """The same as ``matching``, best first."""
    return entries.extra(
        tables=["home_searchindex"],
        where=["home_searchindex MATCH %s", "home_searchentry.page_id = home_searchindex.rowid"],
        params=[asked],
        select={"rank": RANK},
        order_by=["rank", "-page_id"],
    )


def store(rows: Iterable[Indexed]) -> None:
    """Put the words of pages into the index, in place of what stood there for them."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "REPLACE INTO home_searchindex (rowid, title, standfirst, body) VALUES (%s, %s, %s, %s)",
            [(row.page_id, row.title, row.standfirst, row.body) for row in rows],
        )


def forget(page_ids: Iterable[int]) -> None:
    """Take pages out of the index."""
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM home_searchindex WHERE rowid = %s", [(pk,) for pk in page_ids])


def clear() -> None:
    """Empty the index."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO home_searchindex (home_searchindex) VALUES ('delete-all')")


def _term(term: Term, language: str) -> str:
    phrase = '"' + " ".join(term.stems(language)) + '"'
    return f'({phrase} OR "{term.beginning}"*)' if term.is_open else phrase
