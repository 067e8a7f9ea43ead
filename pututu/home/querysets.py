"""Which search entries does somebody ask for?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from pututu.home.search.engine import engine
from pututu.home.search.query import Query, Question


class Year(models.Func):
    """The year of a date column. Django's own calls back into Python for each row on SQLite; this does not."""

    template = "CAST(EXTRACT(YEAR FROM %(expressions)s) AS integer)"
    output_field = models.IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="CAST(substr(%(expressions)s, 1, 4) AS integer)", **context
        )


class SearchEntryQuerySet(models.QuerySet["models.Model"]):
    """Chainable words for narrowing search results, the same as those of ``BasePageQuerySet``."""

    def matching(self, query: Query, *languages: str) -> Self:
        """Entries in which every term of ``query`` is found, its words taken in each of ``languages``."""
        return engine().matching(self, engine().expression(query, languages)) if query else self

    def ranked(self, query: Query, *languages: str) -> Self:
        """The same as ``matching``, best first; without a query, newest first."""
        return engine().ranked(self, engine().expression(query, languages)) if query else self.newest_first()

    def in_order(self, keys: Iterable[int]) -> list[Any]:
        """Fetch the entries of these pages in the order of ``keys``."""
        wanted = list(keys)
        found = {entry.pk: entry for entry in self.filter(pk__in=wanted)}
        return [found[key] for key in wanted if key in found]

    def in_language(self, language: str) -> Self:
        return self.filter(language=language) if language else self

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind) if kind else self

    def about(self, *, topic: str = "", place: str = "") -> Self:
        found = self.filter(page__topics__slug=topic) if topic else self
        return found.filter(page__places__slug=place) if place else found

    def falling_in(self, first: dt.date, last: dt.date) -> Self:
        """Entries whose date may lie between ``first`` and ``last``, both included."""
        return self.filter(earliest__lte=last, latest__gte=first)

    def dated(self) -> Self:
        return self.filter(earliest__isnull=False, latest__isnull=False)

    def undated(self) -> Self:
        return self.filter(Q(earliest__isnull=True) | Q(latest__isnull=True))

    def newest_first(self) -> Self:
        return self.order_by(
            F("latest").desc(nulls_last=True), F("earliest").desc(nulls_last=True), "-page_id"
        )

    def narrowed(self, question: Question, *, but: str = "") -> Self:
        """Entries that pass every filter of ``question``, but for the one named."""
        found = self.in_language(question.language if but != "language" else "")
        found = found.of_kind(question.kind if but != "kind" else "")
        found = found.about(
            topic=question.topic if but != "topic" else "", place=question.place if but != "place" else ""
        )
        return found if but == "year" else found._in_time(question)

    def _in_time(self, question: Question) -> Self:
        if question.is_undated:
            return self.undated()
        if question.year is None:
            return self
        return self.falling_in(dt.date(question.year, 1, 1), dt.date(question.year, 12, 31))
