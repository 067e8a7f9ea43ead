"""What can be done to what the group knows of people?"""

from pututu.people.services.access import log_access
from pututu.people.services.asking import ask_consent, confirm_consent
from pututu.people.services.consent import (
    address_hash,
    is_suppressed,
    lift_suppression,
    permission,
    record_consent,
    suppress,
    withdraw_consent,
)
from pututu.people.services.persons import add_person, give_address, take_address, take_down

__all__ = [
    "add_person",
    "address_hash",
    "ask_consent",
    "confirm_consent",
    "give_address",
    "is_suppressed",
    "lift_suppression",
    "log_access",
    "permission",
    "record_consent",
    "suppress",
    "take_address",
    "take_down",
    "withdraw_consent",
]
