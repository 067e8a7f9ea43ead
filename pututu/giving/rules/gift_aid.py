"""On which gifts may a UK charity claim tax back, and what does the schedule say of each?

Sources: Income Tax Act 2007, sections 413 to 430; HMRC, "Chapter 3: Gift Aid" (3.2 who and what, 3.6 declarations: a
donor may cover gifts of the four years before); "Schedule spreadsheet to claim back tax on Gift Aid donations" (fields
and their lengths, 28 November 2025); claims are due within four years of the end of the accounting period of the gift.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from pututu.lib.money import Money
from pututu.lib.periods import year_of

BASIC_RATE = 20  # per cent, since 6 April 2008
YEARS_BACK = 4
ROWS_IN_A_SCHEDULE = 1000
LONGEST = {"title": 4, "first_name": 35, "last_name": 35, "house": 40}
ABROAD = "X"
HOME = "GB"


class NotClaimable(StrEnum):
    """Why no tax can be claimed on a gift."""

    NOBODY = "nobody"
    NOT_A_PERSON = "not-a-person"
    NOT_A_GIFT = "not-a-gift"
    FOR_ANOTHER = "for-another"
    NOT_IN_POUNDS = "not-in-pounds"
    WENT_BACK = "went-back"
    CLAIMED = "claimed"
    TOO_OLD = "too-old"
    NO_DECLARATION = "no-declaration"
    NO_NAME = "no-name"
    NO_ADDRESS = "no-address"


@dataclass(frozen=True, slots=True)
class Donor:
    """A giver as the declaration has them: the address is the one they lived at then."""

    given_names: str
    family_name: str
    address: str
    postcode: str
    country: str = HOME
    title: str = ""

    @property
    def is_abroad(self) -> bool:
        """Whether HMRC takes "X" for the postcode; the Channel Islands and the Isle of Man are not the UK either."""
        return self.country not in ("", HOME)


@dataclass(frozen=True, slots=True)
class Declaration:
    """A donor's statement of ``made_on``, for gifts from ``first`` until ``last`` (None: until further notice)."""

    key: int
    made_on: dt.date
    first: dt.date
    donor: Donor
    last: dt.date | None = None

    def covers(self, day: dt.date) -> bool:
        """Whether gifts of ``day`` are covered: never more than four years before the statement was made."""
        return max(self.first, reaches_back_to(self.made_on)) <= day and (
            self.last is None or day <= self.last
        )


@dataclass(frozen=True, slots=True)
class Gift:
    """What is kept of a payment, as far as it is of a kind that can be a gift."""

    amount: Money
    received_on: dt.date
    is_of_a_kind: bool = True
    is_from_somebody: bool = True
    is_from_a_person: bool = True
    is_claimed: bool = False
    is_for_another: bool = False  # dues that buy somebody else's membership: a gift to them, not to the group


@dataclass(frozen=True, slots=True)
class Verdict:
    """The declaration by which tax can be claimed on a gift, or the reason why it cannot."""

    declaration: Declaration | None = None
    reason: NotClaimable | None = None


def judge(
    gift: Gift, declarations: Iterable[Declaration], *, today: dt.date, year_begins: tuple[int, int]
) -> Verdict:
    """Decide whether tax can be claimed today; ``year_begins`` (month, day) is when the accounting year does.

    Of several declarations that cover a gift the one made last counts: its address is the newest.
    """
    reasons = (
        (not gift.is_from_somebody, NotClaimable.NOBODY),
        (not gift.is_from_a_person, NotClaimable.NOT_A_PERSON),
        (not gift.is_of_a_kind, NotClaimable.NOT_A_GIFT),
        (gift.is_for_another, NotClaimable.FOR_ANOTHER),
        (gift.amount.currency != "GBP", NotClaimable.NOT_IN_POUNDS),
        (gift.is_claimed, NotClaimable.CLAIMED),
        (gift.amount.minor <= 0, NotClaimable.WENT_BACK),
        (today > last_day_to_claim(gift.received_on, year_begins=year_begins), NotClaimable.TOO_OLD),
    )
    reason = next((reason for holds, reason in reasons if holds), None)
    if reason:
        return Verdict(reason=reason)
    covering = [each for each in declarations if each.covers(gift.received_on)]
    if not covering:
        return Verdict(reason=NotClaimable.NO_DECLARATION)
    found = max(covering, key=lambda each: (each.made_on, each.key))
    lacking = what_is_lacking(found.donor)
    return Verdict(reason=lacking) if lacking else Verdict(declaration=found)


def last_day_to_claim(received_on: dt.date, *, year_begins: tuple[int, int]) -> dt.date:
    """Four years after the end of the accounting year in which the money came."""
    end = year_of(received_on, begins=year_begins).last
    assert end, "a year has an end"
    return _years_on(end, YEARS_BACK)


def first_day_to_claim(today: dt.date, *, year_begins: tuple[int, int]) -> dt.date:
    """The earliest day whose gifts may still be claimed on ``today``: where the accounting year of then begins."""
    return year_of(_years_on(today, -YEARS_BACK), begins=year_begins).first


def reaches_back_to(made_on: dt.date) -> dt.date:
    """The first day whose gifts a declaration made on this day can cover."""
    return _years_on(made_on, -YEARS_BACK)


def _years_on(day: dt.date, years: int) -> dt.date:
    """The same day so many years on, or back; of a leap day that is not there, the day before."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def what_is_lacking(donor: Donor) -> NotClaimable | None:
    """Say what HMRC would miss of a donor: a whole name, a home address with a postcode where it is in the UK."""
    if not donor.given_names.strip() or not donor.family_name.strip():
        return NotClaimable.NO_NAME
    has_postcode = donor.is_abroad or bool(uk_postcode(donor.postcode))
    return None if donor.address.strip() and has_postcode else NotClaimable.NO_ADDRESS


def tax_on(amounts: Iterable[Money]) -> Money:
    """The basic-rate tax paid on gifts, which are what is left after it: a quarter of their sum, rounded down."""
    minor = sum(amount.minor for amount in amounts)
    return Money(minor * BASIC_RATE // (100 - BASIC_RATE), "GBP")


# --- the schedule


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the schedule, as text within HMRC's limits."""

    title: str
    first_name: str
    last_name: str
    house: str
    postcode: str
    date: str
    amount: str


def schedule_row(donor: Donor, amount: Money, *, received_on: dt.date) -> Row:
    """Write a gift as the schedule wants it; the donor must lack nothing (``what_is_lacking``)."""
    return Row(
        title=schedule_title(donor.title),
        first_name=_plain(donor.given_names)[: LONGEST["first_name"]].strip(),
        last_name=_plain(donor.family_name.replace("-", " "))[: LONGEST["last_name"]].strip(),
        house=house_of(donor.address),
        postcode=ABROAD if donor.is_abroad else uk_postcode(donor.postcode),
        date=f"{received_on:%d/%m/%y}",
        amount=amount.plain(),
    )


def schedule_title(title: str) -> str:
    """A title of up to four signs; a longer one is left out, since the box is not asked for."""
    bare = _plain(title).rstrip(".")
    return bare if len(bare) <= LONGEST["title"] else ""


NUMBERED = re.compile(r".*\d+[A-Za-z]?\b")


def house_of(address: str) -> str:
    """The house's name or number: what a first line says up to its last number, or all of it."""
    first = _plain(address.strip().splitlines()[0]) if address.strip() else ""
    numbered = NUMBERED.match(first)
    return (numbered[0] if numbered else first)[: LONGEST["house"]].strip(" ,")


# The shapes of UK postcodes: BS 7666, as the Government Data Standards Catalogue gives them.
POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?|GIR)\s*([0-9][ABD-HJLNP-UW-Z]{2})")


def uk_postcode(text: str) -> str:
    """A UK postcode in capitals with its space ("S19 2BD"), or "" for what is none."""
    found = POSTCODE.fullmatch(_plain(text).upper())
    return f"{found[1]} {found[2]}" if found else ""


def _plain(text: str) -> str:
    """Words on one line with single spaces, typographic apostrophes made plain, and no sign that begins a formula."""
    return " ".join(text.replace("’", "'").split()).lstrip("=+-@ ")


Line = TypeVar("Line")


def in_schedules(rows: list[Line]) -> list[list[Line]]:
    """Split rows into as many schedules as HMRC's limit asks for."""
    return [rows[at : at + ROWS_IN_A_SCHEDULE] for at in range(0, len(rows), ROWS_IN_A_SCHEDULE)]
