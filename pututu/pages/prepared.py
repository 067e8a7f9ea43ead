"""How is a question that every reader's page asks put to the database without wording it anew each time?

Django spends far longer on turning a queryset into SQL than an embedded database on answering it. A question whose
shape never changes is worded once for each sort of database; only its values change.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import QuerySet


class Given(models.Value):
    """A place in a prepared question for the value that is named ``name`` when it is asked.

    ``field`` says of which sort the value is. Where a value is None, a comparison with it holds for no row, as in SQL.
    """

    def __init__(self, name: str, field: models.Field[Any, Any]) -> None:
        super().__init__(name, output_field=field)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)

    def fill(self, given: dict[str, Any], connection: Any) -> Any:
        """The value as the database takes it. Raises KeyError where the asker left it out."""
        return self.output_field.get_db_prep_value(given[self.value], connection)


class Prepared:
    """A question for plain rows: ``make`` builds its ``values_list`` queryset, with ``Given`` where values will stand.

    The queryset must have one shape: no list whose length changes, and a slice only with fixed numbers.
    """

    def __init__(self, make: Callable[[], QuerySet[Any, Any]]) -> None:
        self.make = make
        self._worded: dict[str, tuple[str, tuple[Any, ...], dict[int, Any]]] = {}

    def ask(self, **given: Any) -> list[tuple[Any, ...]]:
        """Put the question with these values; return all rows. Costs one query."""
        connection = connections[DEFAULT_DB_ALIAS]
        sql, places, converters = self._words(connection)
        values = [each.fill(given, connection) if isinstance(each, Given) else each for each in places]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            rows = cursor.fetchall()
        return [convert(row, converters, connection) for row in rows] if converters else rows

    def _words(self, connection: Any) -> tuple[str, tuple[Any, ...], dict[int, Any]]:
        if connection.vendor not in self._worded:
            compiler = self.make().query.get_compiler(connection=connection)
            sql, places = compiler.as_sql()
            columns = [column for column, _sql, _alias in compiler.select]
            self._worded[connection.vendor] = (sql, tuple(places), compiler.get_converters(columns))
        return self._worded[connection.vendor]


def convert(row: tuple[Any, ...], converters: dict[int, Any], connection: Any) -> tuple[Any, ...]:
    """Turn what the database gave into Python's values, as Django does for a queryset."""
    found = list(row)
    for at, (functions, expression) in converters.items():
        for function in functions:
            found[at] = function(found[at], expression, connection)
    return tuple(found)
