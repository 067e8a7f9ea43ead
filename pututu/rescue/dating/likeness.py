"""Which pages hold the same text, word for word or nearly, when there is no room to compare each with each?

A page's sketch is the smallest hashes of its runs of three words (bottom-k MinHash): what two sketches have in common
estimates the share of their runs. Pages that share one of their smallest few are compared, no others.
"""

from __future__ import annotations

import heapq
import re
import zlib
from collections import defaultdict

from pututu.lib.text import fold

SIZE = 48
DOORS = 6  # of its smallest hashes, by which a page is looked up
ALIKE = 0.8
FEWEST_WORDS = 25

Sketch = tuple[int, ...]


def sketch_of(text: str) -> Sketch:
    """The sketch of a text; () for one too short to compare."""
    words = re.findall(r"\w+", fold(text))
    if len(words) < FEWEST_WORDS:
        return ()
    runs = {zlib.crc32(" ".join(words[n : n + 3]).encode()) for n in range(len(words) - 2)}
    return tuple(heapq.nsmallest(SIZE, runs))


def likeness(one: Sketch, other: Sketch) -> float:
    """How alike two texts are, from 0 to 1."""
    if not one or not other:
        return 0.0
    smallest = heapq.nsmallest(min(len(one), len(other)), {*one, *other})
    both = set(one) & set(other)
    return sum(each in both for each in smallest) / len(smallest)


def digest_of(text: str) -> int:
    """A number for a text, case, accents and punctuation aside."""
    folded = re.sub(r"\W+", " ", fold(text)).strip().encode()
    return (zlib.crc32(folded) << 32) | zlib.adler32(folded)


class Alike:
    """The pages seen so far, by their sketches."""

    def __init__(self) -> None:
        self._sketches: list[tuple[str, Sketch]] = []
        self._doors: dict[int, list[int]] = defaultdict(list)

    def first_like(self, address: str, sketch: Sketch) -> str | None:
        """The address of an earlier page that is nearly the same; the page itself is remembered."""
        number = len(self._sketches)
        candidates = dict.fromkeys(each for door in sketch[:DOORS] for each in self._doors[door])
        best = max(candidates, key=lambda each: likeness(self._sketches[each][1], sketch), default=None)
        found = self._sketches[best] if best is not None else ("", ())
        self._sketches.append((address, sketch))
        for door in sketch[:DOORS]:
            if len(self._doors[door]) < 50:
                self._doors[door].append(number)
        is_like = best is not None and found[0] != address and likeness(found[1], sketch) >= ALIKE
        return found[0] if is_like else None
