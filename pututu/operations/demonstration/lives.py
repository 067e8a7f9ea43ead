"""What might the last years of a group's membership have looked like?

Invented people and payments as plain values, the same ones each time for the same day: who joined, paid early or late,
missed a year, left or died. What their money bought follows from ``membership.rules`` and is not invented.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from pututu.lib.references import make_reference
from pututu.membership.rules import StatusRules, Tariff, Term, term_after

YEARS = 11  # the first is the one in which the old card index was taken over
AT_FIRST = 400  # members in it
JOINING = 45  # a year
STAYING = 0.93  # of a hundred members, so many renew
METHODS = (("standing-order", 50), ("cheque", 20), ("bank-transfer", 10), ("card", 12), ("direct-debit", 8))
PLANS = (("ordinary", 58), ("low-income", 18), ("household", 18), ("organisation", 6))
RULES = StatusRules()


@dataclass(frozen=True)
class Paid:
    """Money that came on a day; ``term`` is what it bought, None for a gift."""

    on: dt.date
    minor: int
    term: Term | None = None


@dataclass
class Life:
    """One membership from its beginning to today."""

    reference: str
    name: str
    given_names: str
    family_name: str
    is_organisation: bool
    email: str
    address: str
    town: str
    postcode: str
    language: str
    came_by: str
    plan: str
    method: str
    applied_on: dt.date
    is_agreed: bool
    has_gift_aid: bool
    country: str = "GB"
    partner: str = ""
    partner_reference: str = ""
    paid: list[Paid] = field(default_factory=list)
    left_on: dt.date | None = None
    died_on: dt.date | None = None


def make_lives(
    names: dict[str, Any], prices: dict[str, int], *, today: dt.date, seed: int = 1983
) -> list[Life]:
    """Make the memberships of ``YEARS`` up to ``today``, without two of one name or reference.

    ``names`` is ``demonstration/members.toml``; ``prices`` gives each plan's price in minor units.
    """
    random = Random(seed)
    first = today - dt.timedelta(days=round(YEARS * 365.25))
    begins = [first + dt.timedelta(days=random.randrange(365)) for _at in range(AT_FIRST)]
    begins += [first + dt.timedelta(days=random.randrange(YEARS * 365)) for _at in range(JOINING * YEARS)]
    taken: set[str] = set()
    lives = [_begin(random, names, taken, on) for on in sorted(begins)]
    for life in lives:
        _live(random, life, prices[life.plan], today)
    _let_some_live_abroad(lives, names["abroad"], today)
    return lives


def _let_some_live_abroad(lives: list[Life], places: list[list[str]], today: dt.date) -> None:
    """Give a few whom only a letter reaches an address abroad: those whose membership ends, or ended, about now."""
    found = [
        life
        for life in lives
        if not (life.email or life.is_organisation or life.has_gift_aid or life.left_on or life.died_on)
        and life.method not in ("card", "direct-debit")
    ]

    def days_from_the_end(life: Life) -> int:
        ends = [paid.term.period.last for paid in life.paid if paid.term and paid.term.period.last]
        return abs((max(ends, default=dt.date.min) - today).days)

    for life, place in zip(sorted(found, key=days_from_the_end), places, strict=False):
        life.address, life.town, life.postcode, life.country = place


def _begin(random: Random, names: dict[str, Any], taken: set[str], on: dt.date) -> Life:
    plan = _one_of(random, PLANS)
    is_organisation = plan == "organisation"
    town, district = random.choice(names["towns"])
    given, family = _fresh_name(random, names, taken)
    name = f"{town} {random.choice(names['organisations'])}" if is_organisation else f"{given} {family}"
    partner, _family = _fresh_name(random, names, taken) if plan == "household" else ("", "")
    has_email = random.random() < 0.8
    return Life(
        reference=_fresh_reference(random, taken),
        name=name,
        given_names="" if is_organisation else given,
        family_name="" if is_organisation else family,
        is_organisation=is_organisation,
        email=_address(given, family) if has_email else "",
        address=f"{random.randrange(1, 140)} {random.choice(names['streets'])}",
        town=town,
        postcode=f"{district} {random.randrange(1, 10)}{random.choice('ABDEFGHJLN')}{random.choice('PQRSTUWXYZ')}",
        language="es" if random.random() < 0.12 else "en",
        came_by=random.choice(names["came_by"]),
        plan=plan,
        method=_one_of(random, METHODS),
        applied_on=on,
        is_agreed=has_email and random.random() < 0.75,
        has_gift_aid=not is_organisation and random.random() < 0.4,
        partner=partner,
        partner_reference=_fresh_reference(random, taken) if partner else "",
    )


def _live(random: Random, life: Life, price: int, today: dt.date) -> None:
    """Let a membership run, payment after payment, until it ends or today comes."""
    due, terms = life.applied_on, list[Term]()
    while (on := due + dt.timedelta(days=_delay(random, life, is_first=not terms))) <= today:
        term = term_after(terms, Tariff(months=12), paid_on=max(on, life.applied_on), rules=RULES)
        life.paid.append(Paid(max(on, life.applied_on), price, term))
        terms.append(term)
        _give(random, life, term, today)
        assert term.period.last
        due = term.period.last
        if random.random() >= STAYING:
            _end(random, life, term.period.last, today)
            return


def _delay(random: Random, life: Life, *, is_first: bool) -> int:
    """How many days after it was due money comes: standing orders on the day, cheques when somebody thinks of it."""
    if life.method in ("standing-order", "direct-debit", "card"):
        return 0 if not is_first else random.randrange(4)
    return random.randrange(8) if is_first else random.randrange(-35, 29)


def _give(random: Random, life: Life, term: Term, today: dt.date) -> None:
    on = term.period.first + dt.timedelta(days=random.randrange(330))
    if random.random() < 0.15 and on <= today:
        life.paid.append(Paid(on, random.choice((500, 1000, 1000, 2000, 2500, 5000, 10000))))


def _end(random: Random, life: Life, last: dt.date, today: dt.date) -> None:
    """Most who stop just stop paying; some write, a few die."""
    on = last - dt.timedelta(days=random.randrange(1, 200))
    chance = random.random()
    if chance < 0.12 and not life.is_organisation:
        life.died_on = min(on, today)
    elif chance < 0.3 and on <= today:
        life.left_on = on
    gone = life.died_on or life.left_on
    life.paid = [paid for paid in life.paid if paid.term or not gone or paid.on < gone]


def _one_of(random: Random, weighted: Sequence[tuple[str, int]]) -> str:
    return random.choices([word for word, _weight in weighted], [weight for _word, weight in weighted])[0]


def _fresh_name(random: Random, names: dict[str, Any], taken: set[str]) -> tuple[str, str]:
    while True:
        given, family = random.choice(names["given_names"]), random.choice(names["family_names"])
        if f"{given} {family}" not in taken:
            taken.add(f"{given} {family}")
            return given, family


def _fresh_reference(random: Random, taken: set[str]) -> str:
    while (reference := make_reference(random.choice)) in taken:
        pass
    taken.add(reference)
    return reference


def _address(given: str, family: str) -> str:
    plain = f"{given}.{family}".lower()
    return (
        "".join(sign for sign in plain if sign.isascii() and (sign.isalnum() or sign in ".-"))
        + "@example.org"
    )
