"""The least that a test of members and money needs: a person, a plan, a membership, money that came."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from pututu.giving.models import Method, Payment, Purpose
from pututu.giving.rules import Part, Use
from pututu.giving.services.ledger import ask_payment, confirm_payment
from pututu.lib.money import Money
from pututu.membership.models import Membership, Plan
from pututu.membership.services import apply_for_membership
from pututu.people.models import Person
from pututu.people.services import add_person

numbers = count(1)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def pounds(amount: int) -> Money:
    return Money(amount * 100, "GBP")


def make_person(name: str = "Rosa Quispe", *emails: str, **columns: Any) -> Person:
    return add_person(name, emails=emails, **columns)


def make_plan(slug: str = "individual", *, price: int = 36, months: int | None = 12, **columns: Any) -> Plan:
    plan = Plan.objects.create(slug=slug, minor=price * 100, currency="GBP", months=months, **columns)
    plan.wordings.create(language="en", name=slug.capitalize())
    plan.save()
    return plan


def make_membership(
    plan: Plan | None = None, holder: Person | None = None, *, on: str = "2026-03-15", **rest: Any
) -> Membership:
    return apply_for_membership(
        holder or make_person(), plan or make_plan(), method=Method.CHEQUE, on=day(on), **rest
    )


def use_for(membership: Membership) -> Use:
    return Use(Purpose.MEMBERSHIP, about=membership.uid)


def ask_for(
    membership: Membership,
    *,
    amount: int = 36,
    on: str = "2026-03-15",
    key: str = "",
    payer: Person | None = None,
) -> Payment:
    """Money for a membership that is still to come, of its holder unless somebody else pays."""
    money = pounds(amount)
    return ask_payment(
        payer or membership.holder,
        money,
        method=Method.CHEQUE,
        key=key or f"test-{next(numbers)}",
        asked_on=day(on),
        parts=[Part(money.minor, use_for(membership))],
    )


def pay_for(membership: Membership, *, amount: int = 36, on: str = "2026-03-15", key: str = "") -> Payment:
    """Money for a membership that came."""
    return confirm_payment(ask_for(membership, amount=amount, on=on, key=key), received_on=day(on))
