"""Which people does somebody ask for?"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Self

from django.db import connection, models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from pututu.people.rules import bare_postcode, same_words


class PersonQuerySet(models.QuerySet[Any]):
    """Chainable words for reading people."""

    def known(self) -> Self:
        """Those who are neither erased nor merged into another record."""
        return self.filter(erased_at__isnull=True, merged_into__isnull=True)

    def living(self) -> Self:
        return self.filter(died_on__isnull=True)

    def reached_at(self, folded: str) -> Self:
        """Everybody who shares the address (``rules.fold_address``)."""
        return self.filter(addresses__folded=folded)

    def of_keys(self, keys: Iterable[int]) -> Self:
        """Those of these keys, however many: they go into the question as one value."""
        if connection.vendor == "sqlite":
            return self.filter(pk__in=RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(keys))]))
        return self.filter(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [list(keys)]))

    def sought(self, text: str) -> Self:
        """Those whom ``text`` names: words of a name in any writing, an e-mail address, a postcode, a reference."""
        found = self
        for word in same_words(text).split():
            found = found.filter(folded__contains=word)
        joined = text.replace(" ", "").replace("-", "")
        by_postcode = Q(bare_postcode=bare_postcode(joined)) if joined else Q(pk=None)
        others = self.filter(by_postcode | Q(reference=joined.upper()))
        if "@" in text:
            at_address = self.filter(addresses__folded__contains=text.strip().casefold())
            return self.filter(pk__in=at_address.values("pk"))
        return self.filter(Q(pk__in=found.values("pk")) | Q(pk__in=others.values("pk")))


class AddedOnlyQuerySet(models.QuerySet[Any]):
    """Rows that are only ever added."""

    def update(self, **_values: Any) -> int:
        raise TypeError("These rows are a record: add another one instead of changing them.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("These rows are a record: only an erasure takes them out.")

    def blank(self, *columns: str) -> int:
        """Empty columns of words, as an erasure or a rule of retention asks; return the number of rows."""
        return super().update(**dict.fromkeys(columns, ""))

    def erase(self) -> int:
        """Take the rows out, as the law asks when somebody is erased; return their number."""
        return super().delete()[0]


AddedOnlyManager = models.Manager.from_queryset(AddedOnlyQuerySet)
