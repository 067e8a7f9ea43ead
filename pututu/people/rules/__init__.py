"""What is decided about people, without a database?"""

from pututu.people.rules.addresses import AddressError, fold_address, read_address, same_words
from pututu.people.rules.consent import (
    SERVICE_PURPOSES,
    Act,
    Basis,
    Happening,
    Permission,
    Purpose,
    Reach,
    Refusal,
    may_write,
)

__all__ = [
    "SERVICE_PURPOSES",
    "Act",
    "AddressError",
    "Basis",
    "Happening",
    "Permission",
    "Purpose",
    "Reach",
    "Refusal",
    "fold_address",
    "may_write",
    "read_address",
    "same_words",
]
