"""What do apps above the shell have for everybody that is no page, such as the issue of a bulletin?

A low registry, filled from above as ``heads`` is: a channel carries what is told here without knowing whose it is.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Announced:
    """Something that everybody may read. ``paths`` are its addresses by language, ``kind`` that of its feed."""

    uid: uuid.UUID
    kind: str
    title: str
    summary: str
    at: dt.datetime
    paths: Mapping[str, str]


Source = Callable[[str], Iterable[Announced]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Have ``source`` asked for what there is in a language; registering it twice changes nothing."""
    if source not in _sources:
        _sources.append(source)
    return source


def announced_in(language: str) -> list[Announced]:
    """All there is in ``language``, the newest first."""
    found = [each for source in _sources for each in source(language)]
    return sorted(found, key=lambda each: each.at, reverse=True)
