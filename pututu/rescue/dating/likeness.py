"""Which pages hold the same text, word for word or nearly, when there is no room to compare each with each?

A page's sketch is the smallest hashes of its runs of three words (bottom-k MinHash): what two sketches have in common
estimates the share of their runs. Pages that share one of their smallest few are compared, no others.
"""

from __future__ import annotations

import heapq
import re
import zlib

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
    first, second = set(one), set(other)
    smallest = sorted(first | second)[: min(len(one), len(other))]
    return len(first.intersection(second, smallest)) / len(smallest)


def digest_of(text: str) -> int:
    """A number for a text, case, accents and punctuation aside."""
    folded = re.sub(r"\W+", " ", fold(text)).strip().encode()
    return (zlib.crc32(folded) << 32) | zlib.adler32(folded)
