"""Which people does somebody ask for?"""

from __future__ import annotations

from typing import Any, Self

from django.db import models


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


class AddedOnlyQuerySet(models.QuerySet[Any]):
    """Rows that are only ever added."""

    def update(self, **_values: Any) -> int:
        raise TypeError("These rows are a record: add another one instead of changing them.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("These rows are a record: only an erasure takes them out.")

    def erase(self) -> int:
        """Take the rows out, as the law asks when somebody is erased; return their number."""
        return super().delete()[0]


AddedOnlyManager = models.Manager.from_queryset(AddedOnlyQuerySet)
