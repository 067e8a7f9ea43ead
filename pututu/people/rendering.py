"""How are purposes, permissions and what somebody said worded for a reader?"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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
