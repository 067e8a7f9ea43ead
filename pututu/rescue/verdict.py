"""Which date do all the claims about one thing allow, and why?

The rule: claims are ranked by witness (see ``Witness``). The best gives the date; the next best must
agree with it within their precision, and then the days that both allow are the date. Disagreement is a
conflict: no date is chosen, every claim is kept. Limits ("not later than the capture", "before the
event's day") only narrow. A stand-in is never a date, and always evidence.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pututu.lib.dates import HonestDate
from pututu.rescue.claims import About, Claim, Witness


class State(StrEnum):
    """What came of weighing the claims."""

    DATED = "dated"
    UNDATED = "undated"  # nothing, or only a limit, is known
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Evidence:
    """One line of "how we know this date": a sentence, and where to look."""

    statement: str
    source: str


@dataclass(frozen=True)
class Verdict:
    """The date that the claims allow, the state of the question and the evidence, in order of rank."""

    date: HonestDate
    state: State
    evidence: tuple[Evidence, ...]


def judge(claims: Iterable[Claim], *, about: About) -> Verdict:
    """Weigh the claims about one thing; without any claim the date is unknown and there is no evidence."""
    ranked = sorted((claim for claim in claims if claim.about is about), key=lambda claim: claim.witness)
    evidence = tuple(dict.fromkeys(Evidence(_statement(claim), claim.source) for claim in ranked))
    dated = [claim.value for claim in ranked if claim.value and not claim.is_limit]
    limits = [claim.value for claim in ranked if claim.value and claim.is_limit]
    allowed = _all_allow([*_best(ranked), *limits])
    if allowed is None:
        return Verdict(HonestDate.unknown(), State.CONFLICT, evidence)
    return Verdict(allowed, State.DATED if dated else State.UNDATED, evidence)


def _best(ranked: list[Claim]) -> list[HonestDate]:
    """The values of the two best witnesses, all of them where one rank speaks more than once."""
    dated = [claim for claim in ranked if claim.value and not claim.is_limit]
    ranks = sorted({claim.witness for claim in dated})[:2]
    return [claim.value for claim in dated if claim.witness in ranks and claim.value]


def _all_allow(values: list[HonestDate]) -> HonestDate | None:
    """Narrow from value to value; None when two exclude each other."""
    allowed = HonestDate.unknown()
    for value in values:
        both = common(allowed, value)
        if both is None:
            return None
        allowed = both
    return allowed


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


_NAMES = {
    Witness.DATE_LINE: "The old page prints",
    Witness.TEXT: "The text says",
    Witness.METADATA: "The page's metadata say",
    Witness.FEED: "The feed says",
    Witness.ADDRESS: "The old address carries",
    Witness.PDF: "The PDF's metadata say",
    Witness.LAST_MODIFIED: "The server said “last modified”",
    Witness.CAPTURE: "It was captured, so it is not later than",
}


def _statement(claim: Claim) -> str:
    """Say in one sentence what a claim contributes."""
    if claim.witness is Witness.EVENT_DAY:
        return f"An announcement comes before the day it announces ({claim.printed})."
    if claim.is_stand_in:
        said = f"{_NAMES[claim.witness]} “{claim.printed}”"
        return f"{said}: a stand-in that a computer writes for no date, so it says nothing about when."
    if not claim.printed:
        return "No date is printed where the old page has its dates."
    if claim.value is None:
        return f"{_NAMES[claim.witness]} “{claim.printed}” in the place of a date; no date can be read in it."
    return f"{_NAMES[claim.witness]} “{claim.printed}”."
