"""What is money for, and how does a part of it go back?"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pututu.lib.money import Money


@dataclass(frozen=True, slots=True)
class Use:
    """What money is for: a purpose, where that is kept apart its fund, and the uid of what is paid."""

    purpose: str
    fund_id: int | None = None
    about: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """So many minor units for one use."""

    minor: int
    use: Use


class PartsDontFit(ValueError):
    """The parts of a payment come to more than it, or one is not above nothing; the message says which."""


def check_parts(amount: Money, parts: Iterable[Part]) -> None:
    """Hold parts against the amount that they share: each above nothing, together no more. Raises PartsDontFit."""
    minors = [part.minor for part in parts]
    if any(minor <= 0 for minor in minors):
        raise PartsDontFit("Each part of a payment must be above nothing.")
    if sum(minors) > amount.minor:
        asked = Money(sum(minors), amount.currency)
        raise PartsDontFit(f"The parts come to {asked.words()}, more than the {amount.words()} there are.")


def by_use(parts: Iterable[Part]) -> dict[Use, int]:
    """Add parts up by their use; what was corrected to nothing is left out."""
    sums: dict[Use, int] = {}
    for part in parts:
        sums[part.use] = sums.get(part.use, 0) + part.minor
    return {use: minor for use, minor in sums.items() if minor}


def taken_back(uses: Mapping[Use, int], *, kept: Money, going: Money) -> list[Part]:
    """Say which parts shrink when ``going`` of the ``kept`` money goes back: negative parts to write down.

    What nobody had said the use of goes first; the rest is taken from all uses in proportion, exact to the last unit.
    Raises PartsDontFit where more would go than is kept.
    """
    if going > kept:
        raise PartsDontFit(f"{going.words()} cannot go back: {kept.words()} is what is left.")
    shared = sum(uses.values())
    beyond = going.minor - (kept.minor - shared)
    if beyond <= 0:
        return []
    losses = Money(beyond, kept.currency).split(uses.values())
    return [Part(-loss.minor, use) for use, loss in zip(uses, losses, strict=True) if loss]


def moved(part: Part, *, to: Use) -> list[Part]:
    """The rows that put ``part`` to another use: one takes it off, one puts it there."""
    return [replace(part, minor=-part.minor), Part(part.minor, to)]
