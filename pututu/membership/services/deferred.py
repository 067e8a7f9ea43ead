"""What of the dues that were received belongs to the time after a year's end?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pututu.giving.models import Purpose
from pututu.giving.services.ledger import uses_of
from pututu.lib.money import Money, total
from pututu.lib.periods import Period
from pututu.membership.figures import paid_in_advance
from pututu.membership.models import Term


@dataclass(frozen=True, slots=True)
class Deferred:
    """A term that was paid for by the day and runs on after it; ``ahead`` is for the days after."""

    term: Term
    paid: Money
    ahead: Money


def deferred_after(day: dt.date) -> Iterator[Deferred]:
    """The terms paid for on or before ``day`` that run on after it, as the ledger stands now, by the member's name."""
    terms = Term.objects.filter(
        revoked_at=None, payment__received_on__lte=day, payment__state="confirmed", last__gt=day
    )
    found = terms.select_related("membership__holder", "payment", "plan").prefetch_related(
        "payment__shares", "plan__wordings"
    )
    for term in found.order_by("membership__holder__name", "pk"):
        paid = _dues_in(term)
        ahead = paid_in_advance(Period(term.first, term.last), paid, after=day)
        if ahead:
            yield Deferred(term, paid, ahead)


def _dues_in(term: Term) -> Money:
    payment = term.payment
    assert payment is not None, "only terms with a payment are asked for"
    uses = uses_of(payment).items()
    minor = sum(minor for use, minor in uses if use.purpose == Purpose.MEMBERSHIP)
    return Money(minor, payment.currency)


def totals(found: list[Deferred]) -> list[Money]:
    """What is ahead, added up for each currency."""
    currencies = sorted({each.ahead.currency for each in found})
    return [total((each.ahead for each in found if each.ahead.currency == code), code) for code in currencies]
