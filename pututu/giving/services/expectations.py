"""What is known of those whom the money on statement lines may come from?"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from pututu.giving.models import BankAccount, KnownPayer, Payment, StatementLine
from pututu.giving.rules.batches import in_batches
from pututu.giving.rules.lines import RawLine, payer_words
from pututu.giving.rules.matching import Awaited, Ledger, Line
from pututu.lib.references import find_references
from pututu.people.models import Person

OF_LATE = dt.timedelta(days=400)


def as_line(line: StatementLine, *, minor: int | None = None) -> Line:
    """A line as the rules of matching know it; ``minor`` where a part of it is booked already."""
    return Line(line.pk, line.minor if minor is None else minor, line.text, line.payer_text)


def ledger_for(account: BankAccount, lines: Sequence[Line], *, today: dt.date) -> Ledger:
    """All that these lines of an account are held against, in a few questions whatever their number."""
    references = _references(lines)
    payers = _payers(account, lines)
    people = {*references.values(), *(person for some in payers.values() for person in some)}
    return Ledger(
        references,
        payers,
        awaited_from(people, currency=account.currency),
        _paid_by(people, currency=account.currency, since=today - OF_LATE),
    )


def _references(lines: Iterable[Line]) -> dict[str, int]:
    """The codes in the lines that are somebody's, with whose: a merged record's code is the other record's."""
    codes = {code for line in lines for code in find_references(f"{line.text} {line.payer_text}")}
    found: dict[str, int] = {}
    for some in in_batches(codes):
        rows = Person.objects.filter(reference__in=some, erased_at=None)
        found.update(rows.values_list("reference", "pk"))
    return _survivors(found)


def erased_references(lines: Iterable[Line | RawLine]) -> set[str]:
    """The codes in the lines that are of people who were erased."""
    codes = {code for line in lines for code in find_references(f"{line.text} {line.payer_text}")}
    rows = (Person.objects.filter(reference__in=some, erased_at__isnull=False) for some in in_batches(codes))
    return {code for some in rows for code in some.values_list("reference", flat=True)}


def _survivors(found: dict[str, int]) -> dict[str, int]:
    """Put the record that others were merged into, step by step, in their place."""
    while merged := _merged(set(found.values())):
        found = {code: merged.get(person, person) for code, person in found.items()}
    return found


def _merged(people: Iterable[int]) -> dict[int, int]:
    rows = (
        Person.objects.filter(pk__in=some, merged_into__isnull=False).values_list("pk", "merged_into")
        for some in in_batches(people)
    )
    return {person: other for some in rows for person, other in some if other}


def _payers(account: BankAccount, lines: Iterable[Line]) -> dict[str, frozenset[int]]:
    words = {payer_words(line.text, line.payer_text) for line in lines} - {""}
    found: dict[str, set[int]] = defaultdict(set)
    for some in in_batches(words):
        rows = KnownPayer.objects.filter(account=account, words__in=some, person__erased_at=None)
        for payer, person, merged in rows.values_list("words", "person", "person__merged_into"):
            found[payer].add(merged or person)
    return {payer: frozenset(people) for payer, people in found.items()}


def awaited_from(people: Iterable[int], *, currency: str) -> dict[int, tuple[Awaited, ...]]:
    """What is to come from these people without a provider, and of which nothing was seen yet."""
    found: dict[int, list[Awaited]] = defaultdict(list)
    for some in in_batches(people):
        rows = Payment.objects.awaited_offline().filter(payer__in=some, currency=currency)
        for key, payer, minor in rows.order_by("pk").values_list("pk", "payer", "minor"):
            found[payer].append(Awaited(key, payer, minor))
    return {payer: tuple(each) for payer, each in found.items()}


def _paid_by(people: Iterable[int], *, currency: str, since: dt.date) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for some in in_batches(people):
        rows = Payment.objects.confirmed().filter(payer__in=some, currency=currency, received_on__gte=since)
        for payer, minor in rows.order_by().values_list("payer", "minor"):
            found[payer].add(minor)
    return {payer: frozenset(each) for payer, each in found.items()}
