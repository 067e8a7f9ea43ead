"""How many keys go into one question of a database?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

AT_ONCE = 500


def in_batches(keys: Iterable[Any]) -> Iterator[list[Any]]:
    """Keys in lists that fit into one question each, each key once and always in the same order."""
    every = sorted(set(keys))
    for at in range(0, len(every), AT_ONCE):
        yield every[at : at + AT_ONCE]
