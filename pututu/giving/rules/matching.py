"""Which money on a statement is whose, and which of it is so beyond doubt?

A line is applied by itself only where one person is named, by a reference or by words that staff have bound to them,
and one payment of exactly that amount is awaited from that person, and no other line says the same of it. All other
lines wait for a person, who is told why and what is likely. The order of lines makes no difference.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pututu.giving.rules.lines import payer_words
from pututu.lib.references import find_references


class Why(StrEnum):
    """Why a line is not applied by itself."""

    OUT = "out"
    NOBODY = "nobody"
    TWO_PEOPLE = "two-people"
    SHARED_WORDS = "shared-words"
    ANOTHER_AMOUNT = "another-amount"
    PAID_ALREADY = "paid-already"
    NOTHING_AWAITED = "nothing-awaited"
    SEVERAL_AWAITED = "several-awaited"
    TWO_LINES = "two-lines"


class How(StrEnum):
    """How it is known whose the money is."""

    REFERENCE = "reference"
    KNOWN_PAYER = "known-payer"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that nobody has booked: ``key`` tells it from all others."""

    key: int
    minor: int
    text: str
    payer_text: str = ""


@dataclass(frozen=True, slots=True)
class Awaited:
    """A payment that is to come: its key, who was asked, how much."""

    key: int
    payer: int
    minor: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that lines are held against. People and payments stand here by their keys.

    ``references``: code to person; ``payers``: words to the people they are bound to; ``awaited``: person to what is to
    come; ``paid``: person to the amounts that came of late.
    """

    references: Mapping[str, int] = field(default_factory=dict)
    payers: Mapping[str, frozenset[int]] = field(default_factory=dict)
    awaited: Mapping[int, tuple[Awaited, ...]] = field(default_factory=dict)
    paid: Mapping[int, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Applied:
    """The line is the whole money of this payment, beyond doubt."""

    line: int
    payment: int
    person: int
    how: How


@dataclass(frozen=True, slots=True)
class Waits:
    """The line waits for a person; ``people`` are those it may come from."""

    line: int
    why: Why
    people: tuple[int, ...] = ()


Outcome = Applied | Waits


def match_lines(lines: Iterable[Line], ledger: Ledger) -> dict[int, Outcome]:
    """Say of each line, by its key, what becomes of it."""
    found = {line.key: _match(line, ledger) for line in lines}
    claims = Counter(each.payment for each in found.values() if isinstance(each, Applied))
    return {
        key: Waits(key, Why.TWO_LINES, (each.person,))
        if isinstance(each, Applied) and claims[each.payment] > 1
        else each
        for key, each in found.items()
    }


def _match(line: Line, ledger: Ledger) -> Outcome:
    if line.minor <= 0:
        return Waits(line.key, Why.OUT)
    people, how = people_named(line, ledger)
    if len(people) != 1:
        several = Why.TWO_PEOPLE if how == How.REFERENCE else Why.SHARED_WORDS
        return Waits(line.key, several if people else Why.NOBODY, people)
    (person,) = people
    awaited = ledger.awaited.get(person, ())
    exact = [each for each in awaited if each.minor == line.minor]
    if len(exact) == 1:
        return Applied(line.key, exact[0].key, person, how)
    return Waits(line.key, _why_none(line, person, awaited, len(exact), ledger), people)


def _why_none(line: Line, person: int, awaited: tuple[Awaited, ...], exact: int, ledger: Ledger) -> Why:
    if exact:
        return Why.SEVERAL_AWAITED
    if awaited:
        return Why.ANOTHER_AMOUNT
    return Why.PAID_ALREADY if line.minor in ledger.paid.get(person, ()) else Why.NOTHING_AWAITED


def people_named(line: Line, ledger: Ledger) -> tuple[tuple[int, ...], How]:
    """Whom the line names: by references, which count first, else by words bound to them."""
    codes = find_references(f"{line.text} {line.payer_text}")
    by_code = {ledger.references[code] for code in codes if code in ledger.references}
    if by_code:
        return tuple(sorted(by_code)), How.REFERENCE
    words = payer_words(line.text, line.payer_text)
    return tuple(sorted(ledger.payers.get(words, ()) if words else ())), How.KNOWN_PAYER


# --- what is likely


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that a line may be the money of: ``key`` is the screens' matter, ``minor`` what is asked for it.

    ``is_asked`` where somebody awaits it as a payment, not only may it be paid for.
    """

    key: str
    person: int
    name: str
    minor: int
    is_asked: bool = True


def rank(line: Line, candidates: Iterable[Candidate], *, named: Iterable[int] = ()) -> list[Candidate]:
    """The candidates with the likeliest first: named by the bank, of the amount, then with their name in the text.

    Those who are neither named nor mentioned are left out.
    """
    sure = set(named)
    text = f"{line.text} {line.payer_text}"
    scored = [
        (each.person in sure, _mentions(text, each.name), each.minor == line.minor, each.is_asked, each)
        for each in candidates
    ]
    likely = [each for each in scored if each[0] or each[1]]
    likely.sort(key=lambda each: (-each[0], -each[2], -each[1], -each[3], each[4].name, each[4].key))
    return [each[-1] for each in likely]


def _mentions(text: str, name: str) -> int:
    """How many words of a name the text holds, if the last one is among them: banks cut names and use initials."""
    words, held = words_of(name), set(words_of(text))
    return sum(word in held for word in words) if words and words[-1] in held else 0


def words_of(text: str) -> list[str]:
    """The words of a name or of a bank's text, alike with and without accents: banks leave them off."""
    plain = unicodedata.normalize("NFKD", payer_words(text))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return [word for word in bare.split() if len(word) > 1]
