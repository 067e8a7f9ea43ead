"""How long does a bank statement of 10,000 lines take, against 50,000 people?

Run ``python -m bench.statement [lines] [people]``: a temporary SQLite database (or the one that DATABASE_URL names)
gets the people, each with a payment that is awaited. Of the lines seven in ten carry a reference, one and a half the
words of a payer whom staff have bound, the rest say nothing that is known. The reference, in the same run: the csv
module reads the same file, and each line is looked up once by an indexed column.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

TODAY = dt.date(2026, 4, 1)


def main(lines: int, people: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pututu.config.settings")
        os.environ["PUTUTU_DATA"] = folder
        import django

        django.setup()
        account, references = prepare(lines, people)
        measure(account, statement(lines, references))


def prepare(lines: int, people: int) -> tuple[Any, list[str]]:
    from django.core.management import call_command

    from pututu.giving.models import BankAccount, KnownPayer, Payment
    from pututu.giving.rules.tables import Columns
    from pututu.lib.references import make_reference
    from pututu.people.models import Person

    call_command("migrate", verbosity=0)
    chance = random.Random(1)
    references: set[str] = set()
    while len(references) < people:
        references.add(make_reference(chance.choice))
    codes = sorted(references)
    Person.objects.bulk_create(
        (Person(name=f"Person {letters(at)}", reference=code) for at, code in enumerate(codes)),
        batch_size=1000,
    )
    payers = list(Person.objects.order_by("pk"))
    Payment.objects.bulk_create(
        (
            Payment(
                payer=payer, minor=3600, currency="GBP", method="standing-order", key=f"b{at}", asked_on=TODAY
            )
            for at, payer in enumerate(payers)
        ),
        batch_size=1000,
    )
    columns = Columns(date="Date", amount="Amount", text=("Description",))
    account = BankAccount.objects.create(name="Bench", columns=columns.as_json())
    known = payers[lines : 2 * lines] or payers
    KnownPayer.objects.bulk_create(
        KnownPayer(account=account, words=f"PAYER {letters(at)}", person=person)
        for at, person in enumerate(known)
    )
    return account, [payer.reference for payer in payers[:lines]]


def letters(number: int) -> str:
    """A word of its own for each number: digits are no part of what a payer is known by."""
    word = ""
    while number or not word:
        number, rest = divmod(number, 26)
        word += chr(ord("A") + rest)
    return f"X{word}"


def statement(lines: int, references: list[str]) -> bytes:
    chance = random.Random(2)
    rows = ["Date,Description,Amount"]
    for at in range(lines):
        kind = chance.random()
        words = (
            f"R QUISPE {references[at % len(references)]} SO" if kind < 0.7 else f"PAYER {letters(at)} 15MAR"
        )
        rows.append(f"{15 + at % 10}/04/2026,{words if kind < 0.85 else f'SOMEBODY {letters(at)}'},36.00")
    return "\n".join(rows).encode()


def measure(account: Any, content: bytes) -> None:
    from pututu.giving.models import LineUse, StatementLine
    from pututu.giving.rules.statements import open_statement
    from pututu.giving.rules.tables import Columns
    from pututu.giving.services import statements
    from pututu.people.models import Person

    def plain() -> None:
        for row in csv.DictReader(io.StringIO(content.decode())):
            Person.objects.filter(reference=row["Description"].split()[-2:][0]).values_list("pk").first()

    reference = timed(plain)
    reading = timed(
        lambda: open_statement(content, currency="GBP").read(
            Columns.from_json(account.columns), currency="GBP"
        )
    )
    booking = statements.book_beyond_doubt
    spent: list[float] = []

    def timed_booking(found: Any) -> int:
        spent.append(timed(lambda: booking(found)))
        return 0

    statements.book_beyond_doubt = timed_booking
    whole = timed(lambda: statements.take_in(account, filename="bench.csv", content=content, by=None))
    again = timed(lambda: statements.take_in(account, filename="bench.csv", content=content + b"\n", by=None))
    print(f"{StatementLine.objects.count()} lines, {LineUse.objects.count()} of them booked")
    print(f"reading alone {reading:.2f} s; matching and booking {spent[0]:.2f} s; all of it {whole:.2f} s")
    print(f"the same lines in another file {again:.2f} s")
    print(f"reference: csv module and a look-up per line {reference:.2f} s; ratio {whole / reference:.2f}")


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, int(sys.argv[2]) if len(sys.argv) > 2 else 50_000)
