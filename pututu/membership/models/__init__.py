"""What can one join, who belongs by which membership, and by what are members known again?"""

from pututu.membership.models.memberships import (
    Belonging,
    Decision,
    Membership,
    MembershipRules,
    Plan,
    PlanWording,
    Reminder,
    Term,
    validate_comma_separated_days,
)
from pututu.membership.models.visitors import (
    AddressChange,
    Joining,
    MailedLink,
    Passkey,
    PasskeyChallenge,
)

__all__ = [
    "AddressChange",
    "Belonging",
    "Decision",
    "Joining",
    "MailedLink",
    "Membership",
    "MembershipRules",
    "Passkey",
    "PasskeyChallenge",
    "Plan",
    "PlanWording",
    "Reminder",
    "Term",
    "validate_comma_separated_days",
]
