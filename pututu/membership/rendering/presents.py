"""How do givers read what they give?

From what they wrote and paid themselves, and from nothing else: how it goes with the membership is its holder's matter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language

from pututu.giving.models import Method
from pututu.giving.rendering import Choice
from pututu.membership.models import Membership, PlanWording, Term
from pututu.membership.rendering.pages import method_choices
from pututu.people.models import Person


@dataclass(frozen=True)
class Present:
    """A membership as its giver sees it; ``end`` is that of the last term that they paid for."""

    membership: Membership
    recipient: str
    plan: PlanWording
    terms: tuple[Term, ...]
    methods: tuple[Choice, ...]
    is_my_mandate: bool

    @property
    def is_being_taken(self) -> bool:
        return self.is_my_mandate and self.membership.is_being_taken

    @property
    def has_card(self) -> bool:
        return any(each.value == Method.CARD for each in self.methods)

    @property
    def end(self) -> dt.date | None:
        return max((each.last for each in self.terms if each.last), default=None)

    @property
    def may_renew(self) -> bool:
        has_no_end = any(each.last is None for each in self.terms)
        return bool(self.membership.plan.minor and self.methods) and not has_no_end


def presents_of(giver: Person, methods: Sequence[str]) -> list[Present]:
    """What somebody gives, in the order in which they began."""
    given = list(Membership.objects.filter(given_by=giver).with_facts().prefetch_related("plan__wordings"))
    paid = list(Term.objects.filter(membership__in=given, payment__payer=giver, revoked_at=None))
    language = get_language() or settings.LANGUAGE_CODE
    return [
        Present(
            membership=each,
            recipient=each.given_to or each.holder.name,
            plan=each.plan.wording(language),
            terms=tuple(term for term in paid if term.membership_id == each.pk),
            methods=tuple(method_choices([m for m in methods if each.plan.allows(m)], chosen=each.method)),
            is_my_mandate=each.mandate is not None and each.mandate.payer_id == giver.pk,
        )
        for each in given
    ]
