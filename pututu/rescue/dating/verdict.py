"""Which date do all claims about one item allow, how sure is it, and what is said to a person about it?

Witnesses are ranked (``Witness``). The best one gives the date; whoever agrees makes it surer, whoever excludes it
leaves a conflict for a person, unless the others outnumber him. Limits (a capture, a day that the text tells as past,
neighbours' numbers) only narrow or bound. A stand-in is never a date and always told.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pututu.lib.dates import HonestDate
from pututu.rescue.dating.agreeing import common
from pututu.rescue.dating.claims import Claim, Witness
from pututu.rescue.item import Basis, Quote

STATED = 0.7  # of what is less sure, no date is stated
CERTAIN = 0.85
WEAK = 0.6
LONG = dt.timedelta(days=31)

_DATING = {w for w in Witness if w <= Witness.PLAIN_META}
_ALONE = {
    Witness.DATE_LINE: 0.9, Witness.STRUCTURED: 0.9, Witness.META: 0.88, Witness.EXPORT: 0.95, Witness.LIST: 0.85,
    Witness.TIME: 0.86, Witness.ADDRESS: 0.86, Witness.PLAIN_META: 0.6, Witness.SCRIPT: 0.75, Witness.OPENING: 0.65,
}  # fmt: skip
_NO_PUBLICATION = {
    Witness.LAST_MODIFIED: "which is not when it was published",
    Witness.CHANGED: "which is not when it was published",
    Witness.PDF: "which may be a later scan of what was published before",
}
_STAND_INS = {
    "stand-in": "which a computer writes where no date is known",
    "import-day": "the day of an import: very many items have it",
}
_OPEN = {"ambiguous": "may mean two days", "yearless": "is a day without its year"}
_BY_MACHINE = (Witness.STRUCTURED, Witness.META, Witness.TIME, Witness.SCRIPT, Witness.PLAIN_META)
_BASIS = {Witness.LIST: Basis.OTHER_PAGE, Witness.ADDRESS: Basis.ADDRESS}
_SAYS = {
    Witness.DATE_LINE: "the page prints “{}”", Witness.STRUCTURED: "its structured data say “{}”",
    Witness.META: "its metadata say “{}”", Witness.EXPORT: "the export declares “{}”",
    Witness.LIST: "a list page prints “{}”",
    Witness.TIME: "it marks the time “{}”", Witness.ADDRESS: "its address carries “{}”",
    Witness.OPENING: "its text opens with “{}”", Witness.CHANGED: "it says that it was changed on “{}”",
    Witness.SCRIPT: "a script of the page says “{}”",
    Witness.PLAIN_META: "its metadata say “{}”", Witness.TEXT: "its text tells of “{}” as past",
    Witness.NEIGHBOURS: "items with numbers around its own are dated “{}”", Witness.CAPTURE: "it was captured on {}",
    Witness.PDF: "the PDF was made on “{}”", Witness.LAST_MODIFIED: "the server last changed it on “{}”",
    Witness.EVENT: "it takes place on “{}”",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """A date or None, what it rests on, and the sentence and quotes that show why."""

    published: HonestDate | None
    basis: Basis
    confidence: float
    reason: str
    evidence: tuple[Quote, ...]
    stand_in: str | None = None
    is_conflict: bool = False


def judge(claims: Sequence[Claim], address: str) -> Verdict:
    """Weigh the claims of one item at ``address``."""
    stand_in = next((claim for claim in claims if claim.code in _STAND_INS), None)
    limit = latest_day(claims)
    latest = limit or dt.datetime.now(dt.UTC).date()
    dated = _borne_out([claim for claim in claims if _is_dating(claim, latest)])
    changed = [claim for claim in claims if claim.witness is Witness.CHANGED and claim.value]
    verdict = (
        _stated(dated, changed, limit, address)
        or _bounded(claims, address, stand_in)
        or _unknown(claims, address, stand_in)
    )
    return replace(verdict, stand_in=stand_in.said.text if stand_in else None)


def latest_day(claims: Iterable[Claim]) -> dt.date | None:
    """The day of the earliest capture: nothing on the page is later."""
    days = [c.value.latest for c in claims if c.witness is Witness.CAPTURE and c.value and c.value.latest]
    return min(days, default=None)


def _is_dating(claim: Claim, latest: dt.date) -> bool:
    first = claim.value.earliest if claim.value else None
    is_past = first is None or first <= latest + dt.timedelta(days=1)
    return claim.witness in _DATING and claim.value is not None and is_past


def _borne_out(dated: list[Claim]) -> list[Claim]:
    """Without the day with which the text opens where nobody else names it: it may be that of an event."""
    others = [claim for claim in dated if claim.witness is not Witness.OPENING]
    is_named = any(
        other.value and other.value.is_day and agree(claim, other)
        for claim in dated
        if claim.witness is Witness.OPENING
        for other in others
    )
    return dated if is_named or not others else others


# --- dates that somebody states


def _stated(dated: list[Claim], changed: list[Claim], limit: dt.date | None, address: str) -> Verdict | None:
    if not dated:
        return None
    sides = _sides(dated)
    best = max(sides, key=lambda side: (_strength(side), -side[0].witness))
    others = [
        claim
        for side in sides
        for claim in side
        if side is not best and (_counts(claim) or (_is_seen(claim) and len(_kinds(side)) > 1))
    ]
    is_unclear = len(_kinds(best) - {Witness.OPENING}) == 1 and any(
        _counts(claim) or _vies(claim, best) for claim in _rest(sides, best)
    )
    is_doubtful = (
        is_unclear
        or _may_be_the_day_beside(best)
        or _is_doubted_machine(best, _rest(sides, best))
        or _is_doubted_by_a_change(best, changed)
    )
    most = WEAK if _may_be_a_clock(best, limit) else 0.8 if is_doubtful else 1.0
    sure = min(_confidence(best, others), most)
    if sure < STATED:
        firm = [claim for claim in others if claim.witness <= Witness.ADDRESS]
        return (
            _conflict(best, firm, address)
            if firm and _confidence(best, []) >= STATED
            else _weak(best, address)
        )
    value = _meant(best)
    reason = f"{_told(best)}." + (f" Against it: {_told(others)}." if others else "")
    basis = _BASIS.get(best[0].witness, Basis.STATED)
    return Verdict(value, basis, sure, _sentence(reason), _quotes([*best, *others], address))


def _sides(dated: list[Claim]) -> list[list[Claim]]:
    """Claims that can all be true together, the best witness of each side first."""
    sides: list[list[Claim]] = []
    for claim in sorted(dated, key=lambda each: (each.witness, "second" in each.said.note)):
        side = next((side for side in sides if all(agree(claim, other) for other in side)), None)
        if side is None:
            sides.append([claim])
        else:
            side.append(claim)
    return sides


def agree(one: Claim, other: Claim) -> bool:
    """Both may be true; an instant of another time zone may fall on the day beside."""
    if one.value is None or other.value is None:
        return False
    if common(one.value, other.value) is not None:
        return True
    first, second = one.value.earliest, other.value.earliest
    is_instant = one.is_instant or other.is_instant
    return bool(is_instant and first and second and abs((first - second).days) <= 1)


def _rest(sides: list[list[Claim]], best: list[Claim]) -> list[Claim]:
    return [claim for side in sides if side is not best for claim in side]


def _counts(claim: Claim) -> bool:
    """It is a witness against another: of lines only the first, and one that shows itself as the page's own."""
    if claim.witness is Witness.DATE_LINE:
        note = claim.said.note
        return "first" in note and ("close" in note or "strength-2" in note)
    return claim.witness <= Witness.ADDRESS


def _vies(claim: Claim, best: list[Claim]) -> bool:
    """Another line stands no farther from the title than the one that was taken, and looks no less like a date line."""
    if claim.witness is not Witness.DATE_LINE or claim.value is None or not claim.value.is_day:
        return False
    notes = [each.said.note for each in best if each.witness is Witness.DATE_LINE]
    if any("classed" in note and "close" in note and "strength-1" not in note for note in notes):
        return "close" in claim.said.note and (
            "classed" in claim.said.note or "strength-1" not in claim.said.note
        )
    return "close" in claim.said.note or (bool(notes) and not any("close" in note for note in notes))


def _kinds(side: list[Claim]) -> set[Witness]:
    """Witnesses that speak for a day or so; metadata and structured data are often one and the same program."""
    merged = dict.fromkeys(_BY_MACHINE, Witness.META)
    return {
        merged.get(claim.witness, claim.witness) for claim in side if claim.witness is not Witness.PLAIN_META
    }


def _strength(side: list[Claim]) -> float:
    """What its witnesses are worth together, each kind once: a program that says a thing twice has said it once."""
    worths: dict[Witness, float] = {}
    for claim in side:
        kind = Witness.META if claim.witness in _BY_MACHINE else claim.witness
        worths[kind] = max(worths.get(kind, 0.0), _worth(claim))
    return sum(worths.values())


def _worth(claim: Claim) -> float:
    worth = _ALONE[claim.witness]
    if claim.witness is Witness.DATE_LINE:
        if "second" in claim.said.note:
            return 0.4
        return _worth_of_line(claim.said.note)
    if claim.witness is Witness.STRUCTURED and claim.said.note == "loose":
        return 0.7
    return worth


def _worth_of_line(note: str) -> float:
    """A date line by its shape and place: alone or among words, marked as a date, right at the title or farther."""
    is_marked, is_close = "classed" in note, "close" in note
    if "strength-1" in note:
        return 0.88 if is_close else 0.78 if is_marked else 0.6
    return 0.8 if "above" in note or not (is_marked or is_close or "strength-2" in note) else 0.9


def _confidence(side: list[Claim], others: list[Claim]) -> float:
    alone = max(_worth(claim) for claim in side)
    kinds = _kinds(side)
    sure = alone if len(side) == 1 else min(0.99, alone + 0.03 + 0.05 * (len(kinds) - 1))
    against = _kinds(others)
    if not against:
        return sure
    if len(kinds) > len(against):
        return min(sure, 0.8 if len(kinds) == len(against) + 1 else 0.9)
    return 0.5


def _may_be_the_day_beside(side: list[Claim]) -> bool:
    """Only hours of the night in UTC speak for its day, or those who speak by the site's own clock name two days."""
    days = [claim for claim in side if claim.value and claim.value.is_day]
    firm = {claim.value.edtf for claim in days if claim.value and not _is_of_the_night(claim, side)}
    return bool(days) and len(firm) != 1


def _is_doubted_machine(best: list[Claim], rest: list[Claim]) -> bool:
    """Only machines speak for its day, and another machine, be it of when a page was built, or a line for another.

    Two that call two days the hour in UTC are of two minds too, though both may be true by some clock.
    """
    by_day = [claim for claim in best if claim.value and claim.value.is_day]
    if not _kinds(by_day) <= {Witness.META}:
        return False
    is_of_two_minds = (
        all(claim.is_instant for claim in by_day) and len({_edtf(claim) for claim in by_day}) > 1
    )
    return is_of_two_minds or any(
        claim.witness in _BY_MACHINE or (_is_seen(claim) and Witness.ADDRESS not in _kinds(best))
        for claim in rest
    )


def _is_seen(claim: Claim) -> bool:
    """A line that would date the page if nothing else did."""
    return claim.witness is Witness.DATE_LINE and "first" in claim.said.note and _worth(claim) >= 0.8


def _edtf(claim: Claim) -> str:
    return claim.value.edtf if claim.value else ""


def _is_doubted_by_a_change(best: list[Claim], changed: list[Claim]) -> bool:
    """Only machines speak for its day, and the page was changed long after: filled anew, a page keeps its first day."""
    by_day = [claim.value for claim in best if claim.value and claim.value.is_day]
    if not by_day or not _kinds(best) <= {Witness.META}:
        return False
    last = max(value.latest for value in by_day if value.latest)
    return any(
        claim.value is not None and claim.value.earliest is not None and claim.value.earliest > last + LONG
        for claim in changed
    )


def _may_be_a_clock(best: list[Claim], limit: dt.date | None) -> bool:
    """All that speaks for the very day of the capture is a line over the title: there sites print what day it is."""
    is_over = any({"over", "above"} & set(claim.said.note.split()) for claim in best)
    days = {claim.value.earliest for claim in best if claim.value}
    return is_over and _kinds(best) == {Witness.DATE_LINE} and days == {limit}


def _is_of_the_night(claim: Claim, side: list[Claim]) -> bool:
    """It is such an hour in UTC, or repeats one without saying that it is in UTC."""
    hours = {_hour(each) for each in side if each.is_of_the_night} - {""}
    return claim.is_of_the_night or (claim.witness in _BY_MACHINE and _hour(claim) in hours)


def _hour(claim: Claim) -> str:
    found = re.search(r"(?<!\d)([0-2]\d)[:h]([0-5]\d)", claim.said.text)
    return (
        f"{found[1]}:{found[2]}" if found and not re.search(r"[+-](?!00)\d\d:?\d\d$", claim.said.text) else ""
    )


def _meant(side: list[Claim]) -> HonestDate:
    """The days that the best witness by the site's own clock and those who are finer than he both allow."""
    by_the_clock = [claim for claim in side if not _is_of_the_night(claim, side)] or side
    value = by_the_clock[0].value or HonestDate.unknown()
    for claim in by_the_clock[1:] + side:
        both = common(value, claim.value) if claim.value else None
        value = both or value
    return value


def _conflict(best: list[Claim], others: list[Claim], address: str) -> Verdict:
    told = f"Its witnesses disagree: {_told(best)}; but {_told(others)}. A person must decide."
    return Verdict(None, Basis.NONE, 0.0, told, _quotes([*best, *others], address), is_conflict=True)


def _weak(side: list[Claim], address: str) -> Verdict:
    told = f"Not sure enough to be stated: {_told(side)}, and nothing else says so."
    return Verdict(None, Basis.NONE, 0.0, told, _quotes(side, address))


# --- bounds, and nothing


def _bounded(claims: Sequence[Claim], address: str, stand_in: Claim | None) -> Verdict | None:
    """From neighbours on both sides, else from below by a day that the text tells as past."""
    near = [claim for claim in claims if claim.witness is Witness.NEIGHBOURS and claim.value]
    last = latest_day(claims) or dt.date.max
    told = [claim for claim in claims if claim.witness is Witness.TEXT and claim.value and claim.value.is_day]
    told = [each for each in told if each.value and each.value.earliest and each.value.earliest <= last]
    shown = "" if stand_in is None else f"{_shows(stand_in)} "
    latest_told = max(told, key=lambda claim: claim.value.sort_key if claim.value else (), default=None)
    if near:
        side = [near[0]]
        value = near[0].value or HonestDate.unknown()
        if latest_told and latest_told.value:
            both = common(value, HonestDate.parse(f"[{latest_told.value.edtf}..]"))
            side, value = ([near[0], latest_told], both) if both else (side, value)
        reason = f"{shown}{_sentence(_told(side))}."
        return Verdict(value, Basis.NEIGHBOURS, 0.6, reason, _quotes(side, address))
    if latest_told and latest_told.value:
        value = HonestDate.parse(f"[{latest_told.value.edtf}..]")
        reason = f"{shown}{_sentence(_told([latest_told]))}, so it is not earlier."
        return Verdict(value, Basis.TEXT, 0.5, reason, _quotes([latest_told], address))
    return None


def _unknown(claims: Sequence[Claim], address: str, stand_in: Claim | None) -> Verdict:
    event = next((claim for claim in claims if claim.witness is Witness.EVENT and claim.value), None)
    read = [claim for claim in claims if claim.witness in _DATING]
    open_line = next((claim for claim in read if claim.code in _OPEN), None)
    if stand_in is not None:
        reason = _shows(stand_in)
    elif open_line:
        reason = f"“{open_line.said.text}” {_OPEN[open_line.code]}, and nothing tells which."
    elif read and read[0].value:
        reason = f"“{read[0].said.text}” is a day that was still to come."
    elif read:
        reason = f"“{read[0].said.text}” stands in the place of a date; no date can be read in it."
    else:
        reason = "Nothing on the page or about it says when it was published."
    if event:
        reason += f" It announces what takes place on {event.said.text}; when it was announced is not known."
    changed = [claim for claim in claims if claim.witness in _NO_PUBLICATION and claim.value]
    reason += "".join(
        f" {_sentence(_told([claim]))}, {_NO_PUBLICATION[claim.witness]}." for claim in changed[:2]
    )
    limit = latest_day(claims)
    if limit:
        reason += f" It was there by {HonestDate.parse(limit.isoformat()).words()}."
    shown = [*([event] if event else []), *read[:2], *changed[:2]]
    return Verdict(None, Basis.NONE, 0.0, reason, _quotes(shown, address))


def _shows(stand_in: Claim) -> str:
    return f"It shows “{stand_in.said.text}”, {_STAND_INS[stand_in.code]}."


def _told(claims: Iterable[Claim]) -> str:
    return ", ".join(dict.fromkeys(_SAYS[claim.witness].format(claim.said.text[:80]) for claim in claims))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _quotes(claims: Iterable[Claim], address: str) -> tuple[Quote, ...]:
    return tuple(dict.fromkeys(quote for claim in claims for quote in claim.quotes(address)))
