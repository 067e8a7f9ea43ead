"""What does a treasurer book money to, who picked one of the things that a screen offered?

A choice is a short text from a form: ``payment:12`` (what was awaited), ``subject:7:<uid>`` (what person 7 may pay
for), ``gift:7``, ``gift:7:3`` (for fund 3), ``unsaid:7`` (from person 7, for what is to be said), ``unsaid:`` (from
nobody knows whom).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from pututu.giving import subjects
from pututu.giving.models import Fund, LineUse, Payment, Purpose, StatementLine
from pututu.giving.rules import Part, Use
from pututu.giving.services.desk import NotAwaited, book_line, book_unasked, free, remember_payer
from pututu.giving.services.ledger import ask_payment, cancel_payment, confirm_payment, uses_of
from pututu.lib.money import Money
from pututu.people.models import Person


class UnknownChoice(ValueError):
    """The thing that was picked is not there any more, or never was."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was picked: an awaited payment, or a person (or nobody) with what their money is for."""

    payment: Payment | None = None
    person: Person | None = None
    use: Use | None = None
    price: int = 0

    def parts(self, minor: int) -> list[Part]:
        """What so much money is for: no more of it than the price, where there is one."""
        return [Part(min(minor, self.price or minor), self.use)] if self.use else []


def read_choice(text: str) -> Choice:
    """Find what a form's text means. Raises UnknownChoice."""
    kind, _mark, rest = text.partition(":")
    if kind == "payment":
        payment = Payment.objects.filter(pk=rest).first() if rest.isdecimal() else None
        if payment is None:
            raise UnknownChoice(text)
        return Choice(payment=payment, person=payment.payer)
    key, _mark, about = rest.partition(":")
    person = Person.objects.known().filter(pk=key).first() if key.isdecimal() else None
    if kind == "unsaid" and not rest:
        return Choice()
    if person is None:
        raise UnknownChoice(text)
    if kind == "subject":
        return _subject(person, about)
    if kind == "gift":
        return Choice(person=person, use=_gift(about))
    if kind == "unsaid":
        return Choice(person=person)
    raise UnknownChoice(text)


def _gift(fund: str) -> Use:
    """A gift, to one of the funds where its key is given. Raises UnknownChoice for one that is not there."""
    if fund and not (fund.isdecimal() and Fund.objects.filter(pk=fund).exists()):
        raise UnknownChoice(fund)
    return Use(Purpose.GIFT, fund_id=int(fund) if fund else None)


def _subject(person: Person, about: str) -> Choice:
    for subject in subjects.payable_by([person])[person.pk]:
        if str(subject.use.about) == about:
            return Choice(person=person, use=subject.use, price=subject.price.minor)
    raise UnknownChoice(about)


@transaction.atomic
def book_choice(
    line: StatementLine,
    text: str,
    *,
    minor: int | None = None,
    key: str,
    by: Any,
    is_remembered: bool = False,
) -> LineUse:
    """Book a line, or so much of it, to what was picked; bind the payer's words where that was asked.

    Raises UnknownChoice, NothingLeft, NotAwaited.
    """
    choice = read_choice(text)
    if choice.payment:
        use = book_line(line, choice.payment, by=by)
    else:
        wanted = minor or min(free(line), choice.price or free(line))
        use = book_unasked(line, choice.person, wanted, parts=choice.parts(wanted), key=key, by=by)
    if is_remembered and choice.person:
        remember_payer(line, choice.person)
    return use


@transaction.atomic
def take_money(
    text: str, amount: Money, *, method: str, received_on: dt.date, key: str, note: str = "", by: Any
) -> Payment:
    """Write down money that a person handed in or sent by post; twice with one ``key`` is once.

    Where another amount came than was awaited, that is a payment of its own for the same, and the awaited one is given
    up. Raises UnknownChoice, NotAwaited.
    """
    own_key = f"counter:{key}"[:100]
    found = Payment.objects.filter(key=own_key).first()
    choice = read_choice(text)
    if found:
        return found
    awaited = choice.payment
    if awaited and awaited.amount == amount:
        return _settle(awaited, method=method, received_on=received_on, by=by)
    payment = ask_payment(
        choice.person,
        amount,
        method=method,
        key=own_key,
        asked_on=received_on,
        parts=_parts_of(awaited, amount.minor) if awaited else choice.parts(amount.minor),
        note=note,
        by=by,
    )
    if awaited and not cancel_payment(awaited, reason=f"Came as payment {payment.pk}.", by=by):
        raise NotAwaited
    return confirm_payment(payment, received_on=received_on, by=by)


def _settle(awaited: Payment, *, method: str, received_on: dt.date, by: Any) -> Payment:
    """Receive what was awaited, by whichever method it came. Raises NotAwaited where it was given up."""
    locked = Payment.objects.select_for_update().get(pk=awaited.pk)
    if locked.state in (Payment.State.FAILED, Payment.State.CANCELLED):
        raise NotAwaited
    if locked.state == Payment.State.PENDING and locked.method != method:
        locked.method = method
        locked.save(update_fields=["method"])
    return confirm_payment(locked, received_on=received_on, by=by)


def _parts_of(awaited: Payment, minor: int) -> list[Part]:
    """The awaited payment's parts, in order, as far as the money goes."""
    parts = []
    for use, wanted in uses_of(awaited).items():
        if taken := min(wanted, minor):
            parts.append(Part(taken, use))
            minor -= taken
    return parts
