"""Do two treasurers at once, or a treasurer and a file, ever book the same money twice? (PostgreSQL)"""

from __future__ import annotations

import contextlib
import threading

import pytest
from django.db import connection

from pututu.giving.models import BankAccount, LineUse, Payment, StatementLine
from pututu.giving.rules.tables import Columns
from pututu.giving.services import desk
from pututu.giving.services.statements import take_in
from tests.belonging import ask_for, make_membership, make_person, make_plan, numbers

# Only these apps' tables are emptied afterwards: what migrations have put into the others stays for the next test.
EMPTIED = ["pututu.people", "pututu.giving", "pututu.membership"]
pytestmark = [
    pytest.mark.django_db(transaction=True, available_apps=EMPTIED),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def a_line() -> StatementLine:
    columns = Columns(date="Date", amount="Amount", text=("Description",))
    account = BankAccount.objects.create(name=f"Current {next(numbers)}", columns=columns.as_json())
    take_in(account, filename="a.csv", content=b"Date,Description,Amount\n03/04/2026,X,36.00\n", by=None)
    return StatementLine.objects.get()


def two_awaited() -> list[Payment]:
    plan = make_plan()
    return [ask_for(make_membership(plan, make_person(name))) for name in ("Rosa Quispe", "Hugo Blanco")]


def both_at_once(line: StatementLine, payments: list[Payment], monkeypatch) -> list[object]:
    """Book one line to two payments in two threads that meet after both have looked at what is free, if they can."""
    meeting, real, found = threading.Barrier(2, timeout=1.5), desk.missing, []

    def missing(payment: Payment) -> int:
        with contextlib.suppress(threading.BrokenBarrierError):
            meeting.wait()
        return real(payment)

    monkeypatch.setattr(desk, "missing", missing)

    def book(payment: Payment) -> None:
        try:
            found.append(desk.book_line(line, payment, by=None))
        except desk.NothingLeft as error:
            found.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=book, args=[payment]) for payment in payments]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_one_line_booked_by_two_at_once_is_one_payment(monkeypatch):
    line = a_line()
    found = both_at_once(line, two_awaited(), monkeypatch)
    assert sorted(type(each).__name__ for each in found) == ["LineUse", "NothingLeft"]
    assert sum(LineUse.objects.values_list("minor", flat=True)) == 3600
    assert Payment.objects.confirmed().count() == 1


def test_without_the_lock_the_money_would_be_booked_twice(monkeypatch):
    """The control: it is the lock on the line that makes the second one wait."""
    monkeypatch.setattr(
        desk, "_locked", lambda line: StatementLine.objects.select_related("account").get(pk=line.pk)
    )
    monkeypatch.setattr(desk, "_set_state", lambda *_args, **_columns: None)
    real = desk.free
    meeting = threading.Barrier(2, timeout=1.5)

    def free(line: StatementLine) -> int:
        left = real(line)
        with contextlib.suppress(threading.BrokenBarrierError):
            meeting.wait()
        return left

    monkeypatch.setattr(desk, "free", free)
    both_at_once(a_line(), two_awaited(), monkeypatch)
    assert sum(LineUse.objects.values_list("minor", flat=True)) == 7200
