"""How are purposes, permissions and what somebody said worded for a reader?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pututu.people.models import ConsentRecord, EmailAddress, Person
from pututu.people.rules import SERVICE_PURPOSES, Basis, Permission, Purpose, Refusal

PURPOSE_NAMES: dict[str, Promise] = {
    Purpose.MEMBERSHIP: _("What a member must be told"),
    Purpose.BULLETINS: _("Bulletins"),
    Purpose.EVENTS: _("Invitations to events"),
    Purpose.ACTIONS: _("Calls to act"),
    Purpose.APPEALS: _("Appeals for money"),
}
PURPOSE_HINTS: dict[str, Promise] = {
    Purpose.BULLETINS: _("News and analysis, as the group writes it."),
    Purpose.EVENTS: _("Talks, meetings, vigils."),
    Purpose.ACTIONS: _("Letters to write, a few times a year."),
    Purpose.APPEALS: _("When something particular needs paying for."),
}
FREE_PURPOSES: tuple[Purpose, ...] = tuple(each for each in Purpose if each not in SERVICE_PURPOSES)
BASIS_WORDS: dict[Basis, Promise] = {
    Basis.CONSENT: _("Yes: they agreed."),
    Basis.SERVICE: _("Yes: it belongs to the membership."),
    Basis.SOFT_OPT_IN: _("Yes: charitable soft opt-in."),
}
REFUSAL_WORDS: dict[Refusal, Promise] = {
    Refusal.NEVER_AGREED: _("No: they never agreed."),
    Refusal.NOT_CONFIRMED: _("No: they were asked and have not confirmed."),
    Refusal.WITHDRAWN: _("No: they withdrew."),
    Refusal.BAD_ADDRESS: _("No: the address refuses mail or complained."),
    Refusal.SUPPRESSED: _("No: nothing may ever be sent to this address."),
    Refusal.SOFT_OPT_IN_OFF: _("No: the soft opt-in is switched off."),
}


def purpose_name(purpose: str) -> str:
    return str(PURPOSE_NAMES.get(purpose, purpose))


def words_of(permission: Permission) -> str:
    """Say in a sentence whether mail may go out and why."""
    if permission.basis is not None:
        return str(BASIS_WORDS[permission.basis])
    return str(REFUSAL_WORDS[permission.refusal]) if permission.refusal else ""


# --- one person's agreements, as staff read them


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether mail for a purpose may go to an address, in words."""

    purpose: str
    is_allowed: bool
    words: str


@dataclass(frozen=True, slots=True)
class AddressAnswers:
    """An address of somebody's, who else reads mail there, and what may be sent."""

    email: EmailAddress
    others: list[Person]
    answers: list[Answer]


def receipt(person: Person) -> dict[str, Any]:
    """What somebody agreed to and took back, as plain values: instants in ISO 8601 with their zone."""
    rows = ConsentRecord.objects.filter(person=person).select_related("email")
    return {
        "person": str(person.uid),
        "name": person.name,
        "records": [
            {
                "at": row.at.astimezone(dt.UTC).isoformat(),
                "address": row.email.address,
                "purpose": row.purpose,
                "purpose_in_words": purpose_name(row.purpose),
                "act": row.act,
                "act_in_words": str(row.get_act_display()),
                "basis": row.basis,
                "basis_in_words": str(row.get_basis_display()),
                "wording": row.wording,
                "language": row.language,
                "where": row.page,
                "by_staff": row.by_id is not None,
            }
            for row in rows
        ],
    }
