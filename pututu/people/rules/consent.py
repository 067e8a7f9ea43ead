"""May this address be written to, for this purpose, and why?

Sources: UK GDPR article 6(1)(a), (b) and article 7 (consent can be shown and is withdrawn as easily as given); PECR
regulation 22 (mail for a purpose needs consent, or the soft opt-in, which the Data (Use and Access) Act 2025 opened to
charities); ICO, "Guidance on direct marketing using electronic mail".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    """What mail is for. What a member or a payer must be told needs no agreement; all others do."""

    MEMBERSHIP = "membership"
    PAYMENTS = "payments"
    BULLETINS = "bulletins"
    EVENTS = "events"
    ACTIONS = "actions"
    APPEALS = "appeals"


SERVICE_PURPOSES = frozenset({Purpose.MEMBERSHIP, Purpose.PAYMENTS})


class Basis(StrEnum):
    """Why mail is lawful."""

    CONSENT = "consent"
    SERVICE = "service"
    SOFT_OPT_IN = "soft-opt-in"


class Act(StrEnum):
    """What can happen between an address and a purpose."""

    ASKED = "asked"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    NOTED = "noted"


class Refusal(StrEnum):
    """Why mail may not go out."""

    NEVER_AGREED = "never-agreed"
    NOT_CONFIRMED = "not-confirmed"
    WITHDRAWN = "withdrawn"
    BAD_ADDRESS = "bad-address"
    SUPPRESSED = "suppressed"
    SOFT_OPT_IN_OFF = "soft-opt-in-off"


@dataclass(frozen=True, slots=True)
class Happening:
    """One record of consent, as the rules need it. ``at`` is an instant with a time zone."""

    act: Act
    basis: Basis
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Reach:
    """What is known of an address apart from consent."""

    is_good: bool = True
    is_suppressed: bool = False


@dataclass(frozen=True, slots=True)
class Permission:
    """The answer: a lawful basis, or the reason of a refusal; exactly one of the two."""

    basis: Basis | None = None
    refusal: Refusal | None = None

    def __bool__(self) -> bool:
        return self.basis is not None


def may_write(
    purpose: str, happenings: Iterable[Happening], reach: Reach, *, is_soft_opt_in_allowed: bool = False
) -> Permission:
    """Decide whether one person may be written to at one address for ``purpose``.

    ``happenings`` are those of this person, address and purpose, in any order. The last one that says something counts:
    a withdrawal stands until consent is given anew, and being asked again never undoes it. A service message needs a
    noted basis and goes out whatever else was withdrawn, but never to a bad or suppressed address.
    """
    if reach.is_suppressed:
        return Permission(refusal=Refusal.SUPPRESSED)
    if not reach.is_good:
        return Permission(refusal=Refusal.BAD_ADDRESS)
    told = sorted(happenings, key=lambda each: each.at)
    last = next((each for each in reversed(told) if each.act is not Act.ASKED), None)
    if last is None:
        return Permission(refusal=Refusal.NOT_CONFIRMED if told else Refusal.NEVER_AGREED)
    if last.act is Act.WITHDRAWN:
        return Permission(refusal=Refusal.WITHDRAWN)
    return _with_basis(last.basis, purpose, is_soft_opt_in_allowed=is_soft_opt_in_allowed)


def _with_basis(basis: Basis, purpose: str, *, is_soft_opt_in_allowed: bool) -> Permission:
    if basis is Basis.SERVICE and purpose not in SERVICE_PURPOSES:
        return Permission(refusal=Refusal.NEVER_AGREED)
    if basis is Basis.SOFT_OPT_IN and not is_soft_opt_in_allowed:
        return Permission(refusal=Refusal.SOFT_OPT_IN_OFF)
    return Permission(basis=basis)
