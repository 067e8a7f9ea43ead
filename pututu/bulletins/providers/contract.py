"""What must somebody who takes mails be able to do?"""

from __future__ import annotations

from typing import Protocol

from pututu.bulletins.rules.ledger import Answer
from pututu.bulletins.rules.mail import Mail


class Unreachable(Exception):
    """The server cannot be spoken to, and nothing was handed over. The message names no address."""


class NobodyKnows(Exception):
    """The line broke after the mail was handed over and before the answer: it may have gone, or not."""


class Channel(Protocol):
    """A way for mails to leave. Opened once for many mails; it speaks to the network, so never inside a transaction."""

    def open(self) -> None:
        """Get ready. Raises Unreachable."""

    def hand_over(self, mail: Mail) -> Answer:
        """Hand one mail over and return the answer. Raises Unreachable or NobodyKnows, or ValueError for a bad mail."""

    def close(self) -> None:
        """Say good-bye; never raises."""
