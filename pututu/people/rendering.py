"""How are purposes, permissions and what somebody said worded for a reader?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from pututu.people.models import ConsentRecord, EmailAddress, Person, Suppression
from pututu.people.rules import SERVICE_PURPOSES, Basis, Permission, Purpose, Refusal
from pututu.people.rules.retention import Fate, Unit
from pututu.people.rules.rows import Why

PURPOSE_NAMES: dict[str, Promise] = {
    Purpose.MEMBERSHIP: _("What a member must be told"),
    Purpose.PAYMENTS: _("What a donor must be told of their payments"),
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

COLUMN_NAMES: dict[str, Promise] = {
    "name": _("Name"),
    "given_names": _("Given names"),
    "family_name": _("Family name"),
    "title": _("Title"),
    "email": _("E-mail address"),
    "standing": _("Subscribed, unsubscribed, bounced"),
    "agreed_on": _("Day of agreement"),
    "agreed_where": _("Where they agreed"),
    "address": _("Postal address"),
    "town": _("Town"),
    "postcode": _("Postcode"),
    "country": _("Country"),
    "telephone": _("Telephone"),
    "language": _("Language"),
    "tags": _("Tags"),
    "notes": _("Notes"),
    "came_by": _("How they came"),
}
EXPORT_NAMES: dict[str, Promise] = {
    **{
        name: COLUMN_NAMES[name]
        for name in COLUMN_NAMES
        if name not in ("standing", "agreed_on", "agreed_where")
    },
    "reference": _("Payment reference"),
    "kind": _("Kind"),
    **{purpose: PURPOSE_NAMES[purpose] for purpose in FREE_PURPOSES},
}
WHY_WORDS: dict[str, Promise] = {
    Why.UNREADABLE: _("The line can't be read as a table; look for an open quotation mark."),
    Why.NOBODY: _("There is neither a name nor an e-mail address: fill one in, or leave the line out."),
    Why.NO_ADDRESS: _("This is no e-mail address: correct it, or leave the cell empty."),
    Why.TOO_LONG: _("This is too long for its column: shorten it."),
    Why.NO_STANDING: _("This says nothing we know: write subscribed, unsubscribed or bounced."),
    Why.NO_COUNTRY: _(
        "This is no country we know: write its name in English or Spanish, or its two letters."
    ),
    Why.NO_DAY: _("This is no day we can read: write it as 2026-03-15."),
    Why.NOT_POSSIBLE_DAY: _("On this day nobody can have agreed to e-mail: look at the day and the month."),
    Why.ERASED: _("Whoever has this address asked to be erased and must not be brought in: delete the line."),
    Why.SAME_ADDRESS_AND_NAME: _("The same address and name."),
    Why.OTHER_NAME: _("The address is known under another name: the same person, or somebody who shares it?"),
    Why.SAME_NAME_AND_POSTCODE: _("The same name and postcode: the same person?"),
    Why.NOTHING_CARRIED: _("Comes in without agreement to mail: nothing shows when and where they agreed."),
    Why.FAILED: _("The database refused it. Try again; if that does not help, write it down by hand."),
}


UNIT_WORDS: dict[Unit, Promise] = {
    Unit.DAYS: _("Days"),
    Unit.YEARS: _("Years"),
    Unit.YEAR_ENDS: _("Whole years after its year"),
}
FATE_WORDS: dict[Fate, Promise] = {
    Fate.DELETED: _("is deleted"),
    Fate.EMPTIED: _("loses its words; numbers and days stay"),
    Fate.ERASED: _("is erased, as if they had asked"),
    Fate.STAYS: _("stays"),
}


def kept_for(length: int | None, unit: Unit) -> str:
    """For how long something is kept, in words."""
    if length is None:
        return gettext("as long as the group lasts")
    if unit is Unit.DAYS:
        return ngettext("%(n)s day", "%(n)s days", length) % {"n": length}
    if unit is Unit.YEARS:
        return ngettext("%(n)s year", "%(n)s years", length) % {"n": length}
    words = ngettext("%(n)s year after the end of its year", "%(n)s years after the end of its year", length)
    return words % {"n": length}


def purpose_name(purpose: str) -> str:
    return str(PURPOSE_NAMES.get(purpose, purpose))


def words_of(permission: Permission, purpose: str) -> str:
    """Say in a sentence whether mail may go out and why."""
    if permission.refusal is Refusal.NEVER_AGREED and purpose in SERVICE_PURPOSES:
        needed = gettext("No: no membership needs it."), gettext("No: no regular gift needs it.")
        return needed[purpose == Purpose.PAYMENTS]
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
    closed: Suppression | None = None


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
