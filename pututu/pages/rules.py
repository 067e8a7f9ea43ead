"""How does a page stand in another language?"""

from __future__ import annotations

from enum import StrEnum


class Standing(StrEnum):
    """Where a story stands in one language."""

    ORIGINAL = "original"
    CURRENT = "current"
    STALE = "stale"
    MISSING = "missing"
    DECLINED = "declined"


def standing(*, fingerprint: str, exists: bool, made_from: str | None, is_declined: bool) -> Standing:
    """Judge one cell of the board.

    ``fingerprint`` is that of the original's words as they are public now, ``made_from`` that of the words that the
    translation was last brought in line with; None means that nobody ever said from what it was made.
    """
    if exists:
        return Standing.CURRENT if made_from == fingerprint else Standing.STALE
    return Standing.DECLINED if is_declined else Standing.MISSING
