"""Which days do two honest dates both allow?"""

from __future__ import annotations

from pututu.lib.dates import HonestDate


def common(one: HonestDate, other: HonestDate) -> HonestDate | None:
    """Give the days that both dates allow, or None for none; of two where one lies within the other, it.

    The unknown date allows every day; a missing limit is no limit.
    """
    if one.is_unknown or other.is_unknown:
        return other if one.is_unknown else one
    first = max((day for day in (one.earliest, other.earliest) if day), default=None)
    last = min((day for day in (one.latest, other.latest) if day), default=None)
    if first and last and first > last:
        return None
    for narrower in (one, other):
        if (narrower.earliest, narrower.latest) == (first, last):
            return narrower
    if first is None or last is None:
        return one  # both are open on the same side only if one lies within the other: not reached
    return HonestDate.parse(f"{first.isoformat()}/{last.isoformat()}")
