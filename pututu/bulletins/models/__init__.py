"""What does the group send, to whom did it go, and what became of each mail?

Private: nothing that the public site renders may import this app (the privacy wall).
"""

from pututu.bulletins.models.asking import Asking
from pututu.bulletins.models.issues import Edition, Issue, Item
from pututu.bulletins.models.ledger import Allowance, Delivery, LedgerNote, Worker
from pututu.bulletins.models.returned import ReturnedMail
from pututu.bulletins.models.series import AskedChoice, Choice, Series, SeriesWording

__all__ = [
    "Allowance",
    "AskedChoice",
    "Asking",
    "Choice",
    "Delivery",
    "Edition",
    "Issue",
    "Item",
    "LedgerNote",
    "ReturnedMail",
    "Series",
    "SeriesWording",
    "Worker",
]
