"""How often did each thing come, among more things than can be remembered?

What comes often is counted to nearly the last time; of very many things those that came seldom are forgotten in between
(lossy counting, after Manku and Motwani). Up to ``MOST`` things every count is exact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Generic, TypeVar

MOST = 200_000  # things that are remembered

Thing = TypeVar("Thing")


class Counts(Generic[Thing]):
    """``update`` with things, then ask ``counts[thing]``: never too high, and too low by less than ``forgotten``."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._counted: Counter[Thing] = Counter()
        self.forgotten = 0

    def update(self, things: Iterable[Thing]) -> None:
        self._counted.update(things)
        while len(self._counted) > self._most:
            self.forgotten += 1
            self._counted = Counter({thing: n - 1 for thing, n in self._counted.items() if n > 1})

    def __getitem__(self, thing: Thing) -> int:
        return self._counted.get(thing, 0)
