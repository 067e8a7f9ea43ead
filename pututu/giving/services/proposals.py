"""What may the money of a waiting line be, the likeliest first, and why was it not booked by itself?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from pututu.giving.models import BankAccount, Payment, StatementLine
from pututu.giving.rules.matching import Candidate, Line, Waits, Why, match_lines, rank, words_of
from pututu.giving.services.desk import free
from pututu.giving.services.expectations import as_line, ledger_for
from pututu.giving.services.lookup import Found, with_money
from pututu.giving.subjects import Subject
from pututu.lib.money import Money
from pututu.people.models import Person

SHOWN = 3  # so many proposals stand in the queue
AWAITED_AT_MOST = 20_000  # so many names are held against the bank's words


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing that a line may be: an awaited payment, or what somebody may pay for. ``key`` goes into the form."""

    key: str
    person: Person
    amount: Money
    payment: Payment | None = None
    subject: Subject | None = None


@dataclass(slots=True)
class Waiting:
    """A line in the queue: what of it is free, why it waits, what it may be."""

    line: StatementLine
    rest: Money
    why: Why | None
    proposals: list[Proposal] = field(default_factory=list)

    @property
    def sole(self) -> Proposal | None:
        """The one thing that the line can be, as far as anybody can see; None where a person must choose.

        All proposals are of one person, and one of them is of just the amount: what is awaited comes before what may be
        paid for.
        """
        if len({each.person.pk for each in self.proposals}) != 1 or len(self.proposals) >= SHOWN:
            return None
        asked = [each for each in self.proposals if each.payment]
        exact = [each for each in asked or self.proposals if each.amount == self.rest]
        return exact[0] if len(exact) == 1 and self.rest.minor > 0 else None


def queue(rows: Sequence[StatementLine]) -> list[Waiting]:
    """The rows as the queue shows them; they may be of several accounts."""
    found: dict[int, Waiting] = {}
    by_account: dict[BankAccount, list[StatementLine]] = defaultdict(list)
    for row in rows:
        by_account[row.account].append(row)
    for account, own in by_account.items():
        found.update((each.line.pk, each) for each in _queue_of(account, own))
    return [found[row.pk] for row in rows]


def _queue_of(account: BankAccount, rows: Sequence[StatementLine]) -> list[Waiting]:
    rests = {row.pk: free(row) if row.minor > 0 else row.minor for row in rows}
    lines = [as_line(row, minor=rests[row.pk]) for row in rows]
    outcomes = match_lines(lines, ledger_for(account, lines, today=timezone.localdate()))
    named = {
        key: each.people if isinstance(each, Waits) else (each.person,) for key, each in outcomes.items()
    }
    offered = _offered(account, lines, {person for people in named.values() for person in people})
    waiting = []
    for row, line in zip(rows, lines, strict=True):
        outcome = outcomes[line.key]
        likely = rank(line, (each[0] for each in offered.values()), named=named[line.key])
        waiting.append(
            Waiting(
                row,
                Money(line.minor, account.currency),
                outcome.why if isinstance(outcome, Waits) else None,
                [offered[each.key][1] for each in likely[:SHOWN]] if line.minor > 0 else [],
            )
        )
    return waiting


def _offered(
    account: BankAccount, lines: Sequence[Line], named: set[int]
) -> dict[str, tuple[Candidate, Proposal]]:
    """All that the lines may be: of the people whom they name, and of those awaited to pay whose name they hold."""
    payers = _mentioned(
        account, {word for line in lines for word in words_of(f"{line.text} {line.payer_text}")}
    )
    people = Person.objects.known().filter(pk__in=named | payers)
    proposals = [each for found in with_money(people) for each in proposals_for(found, account.currency)]
    return {each.key: (_candidate(each), each) for each in proposals}


def _mentioned(account: BankAccount, words: set[str]) -> set[int]:
    """Whom money is awaited from and whose name ends with one of the words, with or without its accents."""
    awaited = Payment.objects.pending().filter(provider="offline", currency=account.currency)
    names = awaited.order_by("pk").values_list("payer", "payer__name")[:AWAITED_AT_MOST]
    return {payer for payer, name in names if name and words.intersection(words_of(name)[-1:])}


def proposals_for(found: Found, currency: str) -> list[Proposal]:
    """What somebody's money may be, in the account's currency."""
    asked = [
        Proposal(f"payment:{each.pk}", found.person, each.amount, payment=each)
        for each in found.awaited
        if each.currency == currency
    ]
    may = [
        Proposal(f"subject:{found.person.pk}:{each.use.about}", found.person, each.price, subject=each)
        for each in found.payable
        if each.price.currency == currency
    ]
    return asked + may


def _candidate(each: Proposal) -> Candidate:
    return Candidate(
        each.key, each.person.pk, each.person.name, each.amount.minor, is_asked=each.payment is not None
    )
