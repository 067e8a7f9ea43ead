"""Whom does a treasurer mean who types a name, a reference or an address?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q

from pututu.giving import subjects
from pututu.giving.models import Payment
from pututu.giving.subjects import Subject
from pututu.lib.references import LENGTHS
from pututu.people.models import Person
from pututu.people.rules import same_words

FOUND_AT_MOST = 12


@dataclass(slots=True)
class Found:
    """Somebody, with what they are awaited to pay, and what they may pay for."""

    person: Person
    awaited: list[Payment] = field(default_factory=list)
    payable: list[Subject] = field(default_factory=list)


def find_people(text: str, *, at_most: int = FOUND_AT_MOST) -> list[Found]:
    """The people whose name, payment reference or address holds all the words; those who are awaited come first."""
    words = text.split()[:6]
    if not words:
        return []
    code = re.sub(r"[^A-Z0-9]", "", text.upper())
    every = Q()
    for word in words:
        name = same_words(word)
        named = Q(folded__contains=name) if name else Q(pk=None)
        every &= named | Q(addresses__folded__contains=word.casefold())
    if len(code) in LENGTHS:
        every |= Q(reference=code)
    awaited = Payment.objects.pending().filter(payer=OuterRef("pk"), provider="offline")
    rows = Person.objects.known().filter(every).annotate(is_awaited=Exists(awaited))
    return with_money(rows.order_by("-is_awaited", "name", "pk").distinct()[:at_most])


def with_money(people: Iterable[Person]) -> list[Found]:
    """Each of these people with their awaited payments, the oldest first, and what they may pay for."""
    known = list(people)
    awaited: dict[int, list[Payment]] = defaultdict(list)
    rows = Payment.objects.pending().filter(payer__in=known, provider="offline")
    for payment in rows.prefetch_related("shares").order_by("asked_on", "pk"):
        awaited[payment.payer_id].append(payment)
    payable = subjects.payable_by(known)
    return [Found(each, awaited[each.pk], payable[each.pk]) for each in known]
