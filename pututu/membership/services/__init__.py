"""How does somebody join, pay, renew and leave? A sort of act a module; those on terms can be had from here."""

from pututu.membership.services.terms import (
    NeedsAReason,
    TooManyPeople,
    apply_for_membership,
    change_plan,
    end_membership,
    grant_term,
    honour_payment,
    objection_to,
    override_status,
    revoke_decision,
    revoke_term_of,
)

__all__ = [
    "NeedsAReason",
    "TooManyPeople",
    "apply_for_membership",
    "change_plan",
    "end_membership",
    "grant_term",
    "honour_payment",
    "objection_to",
    "override_status",
    "revoke_decision",
    "revoke_term_of",
]
