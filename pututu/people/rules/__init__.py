"""What is decided about people, without a database?"""

from pututu.people.rules.addresses import (
    AddressError,
    bare_postcode,
    fold_address,
    likeness,
    read_address,
    same_words,
)
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
    "bare_postcode",
    "fold_address",
    "likeness",
    "may_write",
    "read_address",
    "same_words",
]
