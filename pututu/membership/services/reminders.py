"""Who is reminded today that a membership ends, or has ended, and how does each reminder go out once?

A reminder is written down before it is sent. So where a machine stops between the two, it is not sent twice.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from pututu.membership.models import Membership, MembershipRules, Reminder
from pututu.membership.rules import (
    LATE_BY,
    ReminderRule,
    Status,
    StatusRules,
    covered_until,
    reminder_due,
    status_on,
)
from pututu.membership.services.mail import absolute, compose
from pututu.people.models import EmailAddress
from pututu.people.rules import Purpose
from pututu.people.services.consent import mailbox_of

logger = logging.getLogger(__name__)
REMINDED = (Status.CURRENT, Status.GRACE, Status.LAPSED)


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder to send now; ``email`` is None where it goes by post."""

    membership: Membership
    end: dt.date
    rule: ReminderRule
    email: EmailAddress | None
    renews_itself: bool = False

    @property
    def key(self) -> str:
        """By which a form names it: the membership, the end and the rule."""
        return f"{self.membership.uid}/{self.end}/{self.rule.key}"


def due_reminders(today: dt.date) -> list[Due]:
    """All reminders that are to go out today, by e-mail or by post; writes nothing."""
    settings = MembershipRules.load()
    schedule, decided = settings.reminders, settings.status_rules
    if not schedule:
        return []
    days = [rule.days for rule in schedule]
    near = (today - dt.timedelta(max(days) + LATE_BY), today - dt.timedelta(min(days)))
    found = Membership.objects.filter(terms__revoked_at=None, terms__last__range=near, plan__minor__gt=0)
    rows = found.distinct().with_facts().prefetch_related("reminders", "plan__wordings")
    dues = (_due(each, today, schedule, decided) for each in rows)
    return [each for each in dues if each]


def _due(
    membership: Membership, today: dt.date, schedule: Iterable[ReminderRule], decided: StatusRules
) -> Due | None:
    facts = membership.facts
    end = covered_until(facts.terms)
    if end is None or status_on(today, facts, decided) not in REMINDED:
        return None
    sent = frozenset(each.key for each in membership.reminders.all() if each.term_end == end)
    rule = reminder_due(today, end=end, rules=schedule, sent=sent)
    email = mailbox_of(membership.payer, Purpose.MEMBERSHIP) if rule else None
    renews = membership.renews_itself and email is not None  # without a letter before nothing is taken
    if rule and rule.days >= 0 and renews:
        return None  # its money is being taken; should that be given up, it renews by itself no more
    return Due(membership, end, rule, email, renews) if rule else None


def send_reminders(today: dt.date) -> int:
    """Send the reminders that go by e-mail; return how many went.

    Raises OSError where the mail server can't be reached, before anything is written down.
    """
    dues = [each for each in due_reminders(today) if each.email]
    if not dues:
        return 0
    connection = get_connection()
    connection.open()
    try:
        return sum(_send(each, today, connection) for each in dues if claim(each, channel="email"))
    finally:
        connection.close()


@transaction.atomic
def claim(due: Due, *, channel: str) -> bool:
    """Write a reminder down as sent; of two that try at once, one gets True."""
    _row, is_new = Reminder.objects.get_or_create(
        membership=due.membership, term_end=due.end, key=due.rule.key, defaults={"channel": channel}
    )
    return is_new


def _send(due: Due, today: dt.date, connection: BaseEmailBackend) -> int:
    """Send one letter; a failure is logged without the address, and not tried again: it may have gone."""
    assert due.email is not None
    payer = due.membership.payer
    language = payer.language
    message = compose(
        due.email.address,
        "reminder",
        language=language,
        person=payer,
        recipient="" if payer == due.membership.holder else due.membership.given_to,
        plan=due.membership.plan.wording(language),
        price=due.membership.plan.price.words(language),
        renews_itself=due.renews_itself,
        end=due.end,
        has_ended=due.end < today,
        url=absolute("me", language=language),
    )
    message.connection = connection
    try:
        return int(message.send() or 0)
    except Exception as failure:
        logger.error("Reminder for membership %s failed: %s.", due.membership.pk, type(failure).__name__)
        return 0


def note_letters(keys: Iterable[str], today: dt.date) -> int:
    """Note that letters went out by post, by the keys that a form names; return how many were not noted before."""
    wanted = set(keys)
    return sum(claim(each, channel="letter") for each in due_reminders(today) if each.key in wanted)
