"""How do mails leave the house, so that each goes once or somebody knows why not?

One worker takes up a few mails, writes each, notes that it is handed over, hands it over, and notes the answer. The
answer to one mail and the handing over of the next are one transaction, so that a mail costs one commit.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from pututu.bulletins.models import Delivery, Issue, Series, Worker
from pututu.bulletins.providers.contract import Channel, NobodyKnows, Unreachable
from pututu.bulletins.rules.ledger import Answer, State
from pututu.bulletins.rules.mail import Mail
from pututu.bulletins.services import queue
from pututu.bulletins.services.audience import keys_within, no_longer_readers
from pututu.bulletins.services.suppressing import let_refusal_count
from pututu.bulletins.services.workers import begin_work, end_work, settle_the_dead

AT_A_TIME = 20
AUDIENCE_FOR = dt.timedelta(minutes=1)
"""For so long a worker trusts what it knows of whom a series is for; to ask it for every few mails would be slow."""

logger = logging.getLogger(__name__)

Compose = Callable[[Delivery], Mail]


@dataclass(frozen=True, slots=True)
class _Ready:
    delivery: Delivery
    mail: Mail


class _Sender:
    """One worker at one channel. ``_answered`` is a mail whose answer is known and not yet written down."""

    def __init__(self, worker: Worker, channel: Channel, compose: Compose) -> None:
        self.worker, self.channel, self.compose = worker, channel, compose
        self._answered: tuple[Delivery, Answer] | None = None
        self._within: dict[int, tuple[dt.datetime, frozenset[int] | None]] = {}

    def send(self, rows: Sequence[Delivery]) -> int:
        """Hand these over, one after the other; return how many were answered. Raises Unreachable."""
        number = 0
        for delivery in self._still_wanted(rows):
            ready = self._written(delivery)
            if ready and self._note_hand_over(delivery):
                number += self._hand_over(ready)
        self.note_answer()
        return number

    def _still_wanted(self, rows: Sequence[Delivery]) -> list[Delivery]:
        """Leave out whoever withdrew, left or can't be reached any more: what changes later can only remove."""
        now, refused = timezone.now(), dict(self._refused(rows))
        queue.suppress_deliveries([(row, refused[row.pk]) for row in rows if row.pk in refused], now=now)
        return [row for row in rows if row.pk not in refused]

    def _refused(self, rows: Sequence[Delivery]) -> Iterable[tuple[int, str]]:
        """The keys of mails that must not go any more, with the reason."""
        today = timezone.localdate()
        issues = Issue.objects.select_related("series__segment").in_bulk({row.issue_id for row in rows})
        for issue in issues.values():
            pairs = {
                (row.person_id or 0, row.email_id or 0): row.pk for row in rows if row.issue_id == issue.pk
            }
            within = self._meant_by(issue.series)
            for pair, why in no_longer_readers(issue.series, pairs.keys(), on=today, within=within):
                yield pairs[pair], why

    def _meant_by(self, series: Series) -> frozenset[int] | None:
        """Whom a series is for, as it was a minute ago at most."""
        now = timezone.now()
        at, within = self._within.get(series.pk, (now, None))
        if series.pk not in self._within or now - at > AUDIENCE_FOR:
            at, within = now, keys_within(series, timezone.localdate())
            self._within[series.pk] = (at, within)
        return within

    def _written(self, delivery: Delivery) -> _Ready | None:
        """The mail, or None where it can't be written: then it is set aside, and the others go on."""
        try:
            return _Ready(delivery, self.compose(delivery))
        except Exception as failure:  # whatever is wrong with one reader's mail keeps nobody else waiting
            logger.exception("Mail %s could not be written and was set aside.", delivery.pk)
            queue.set_aside(delivery, self.worker, f"{type(failure).__name__}: {failure}", now=timezone.now())
            return None

    def _note_hand_over(self, delivery: Delivery) -> bool:
        """One commit: the answer to the mail before, and that this one is handed over from now on."""
        with transaction.atomic():
            self.note_answer()
            return queue.hand_over(delivery, self.worker, now=timezone.now())

    def note_answer(self) -> None:
        """Write down the last answer that is known and not yet written."""
        if self._answered:
            delivery, answer = self._answered
            with transaction.atomic():
                if queue.write_answer(delivery, self.worker, answer, now=timezone.now()):
                    let_refusal_count(delivery)
            self._answered = None

    def _hand_over(self, ready: _Ready) -> bool:
        now = timezone.now()
        try:
            answer = self.channel.hand_over(ready.mail)
        except NobodyKnows as why:
            queue.leave_in_doubt(ready.delivery, self.worker, str(why), now=now)
            return False
        except Unreachable:
            queue.take_back(ready.delivery, self.worker, now=now)
            raise
        except ValueError as failure:
            queue.set_aside(ready.delivery, self.worker, str(failure), now=now)
            return False
        self._answered = (ready.delivery, answer)
        return True


def send_due(
    channel: Channel,
    compose: Compose,
    *,
    at_most: int | None = None,
    clock: Callable[[], dt.datetime] = timezone.now,
) -> int:
    """Send what is due until nothing is, or ``at_most``; return how many mails were answered.

    Asks the network, so never inside a transaction. Raises Unreachable; nothing is lost by it.
    """
    settle_the_dead()
    worker, number = begin_work(), 0
    sender = _Sender(worker, channel, compose)
    try:
        while rows := queue.claim(worker, _next(at_most, number), now=clock()):
            number += sender.send(rows)
    finally:
        sender.note_answer()
        end_work(worker)
        channel.close()
    finish_issues()
    return number


def _next(at_most: int | None, number: int) -> int:
    return AT_A_TIME if at_most is None else max(0, min(AT_A_TIME, at_most - number))


def finish_issues() -> int:
    """Note which issues have nothing more to send; return their number."""
    open_states = [State.WAITING, State.CLAIMED, State.HANDED_OVER, State.DEFERRED]
    sending = Issue.objects.filter(state=Issue.State.SENDING)
    busy = Delivery.objects.filter(state__in=open_states).values("issue")
    return sending.exclude(pk__in=busy).update(state=Issue.State.SENT, finished_at=timezone.now())
