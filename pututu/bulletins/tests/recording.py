"""A channel that keeps what it is handed, and answers as a test says."""

from __future__ import annotations

from collections.abc import Callable

from pututu.bulletins.rules.ledger import Answer
from pututu.bulletins.rules.mail import Mail

Reply = Callable[[Mail], Answer]


class Recorder:
    """Answers each mail by ``reply``, which may raise what a channel raises."""

    def __init__(self, reply: Reply = lambda _mail: Answer(250, "Taken")) -> None:
        self.reply = reply
        self.mails: list[Mail] = []

    def open(self) -> None:
        """Nothing to open."""

    def close(self) -> None:
        """Nothing to close."""

    def hand_over(self, mail: Mail) -> Answer:
        answer = self.reply(mail)
        self.mails.append(mail)
        return answer

    @property
    def addresses(self) -> list[str]:
        return [mail.to.addr_spec for mail in self.mails]
