"""Who sends which mail, and what is written down of it?

Each step is one conditional change: claimed, handed over, answered. A step that finds the row otherwise than it must be
changes nothing and says so. Several workers may do this at once; none gets a row that another has.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import F

from pututu.bulletins.models import Allowance, Delivery, Issue, Worker
from pututu.bulletins.querysets import DeliveryQuerySet
from pututu.bulletins.rules.ledger import Answer, State, outcome_of
from pututu.bulletins.rules.rates import Bucket, allowed, filled, taken

TO_ALL = "*"


@transaction.atomic
def claim(worker: Worker, at_most: int, *, now: dt.datetime) -> list[Delivery]:
    """Take up mails that are due, of issues that are being sent, as many as the rates allow."""
    total = _bucket(TO_ALL, settings.MAIL_AN_HOUR, now)
    number = min(at_most, allowed(total))
    if number <= 0:
        return []
    rows = _within_domains(_due(number * 4, now), number, now)
    _keep(TO_ALL, taken(total, len(rows)))
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=State.CLAIMED, worker=worker, next_try_at=None, changed_at=now
    )
    Worker.objects.filter(pk=worker.pk).update(seen_at=now)
    for row in rows:
        row.state, row.worker = State.CLAIMED, worker
    return rows


def _due(number: int, now: dt.datetime) -> list[Delivery]:
    """Mails that are due, those of issues begun earlier first; kept from other workers until the transaction ends."""
    exhausted = [key for key, bucket in _domain_buckets(now).items() if allowed(bucket) < 1]
    sending = Delivery.objects.due(now).filter(issue__state=Issue.State.SENDING)
    rows = sending.exclude(domain__in=exhausted).order_by("issue_id", "pk")
    return list(_kept_from_others(rows)[:number])


def _kept_from_others(rows: DeliveryQuerySet) -> DeliveryQuerySet:
    """Lock the rows; those that another worker has locked are passed over. SQLite has one writer at a time anyway."""
    return rows.select_for_update(skip_locked=True, of=("self",))


def _within_domains(rows: Sequence[Delivery], number: int, now: dt.datetime) -> list[Delivery]:
    """As many of the rows as each domain may get now, and no more than ``number``."""
    an_hour = settings.MAIL_AN_HOUR_AND_DOMAIN
    if not an_hour:
        return list(rows[:number])
    buckets: dict[str, Bucket] = {}
    chosen: list[Delivery] = []
    for row in rows:
        bucket = buckets.get(row.domain) or _bucket(row.domain, an_hour, now)
        if len(chosen) < number and allowed(bucket) >= 1:
            chosen.append(row)
            bucket = taken(bucket, 1)
        buckets[row.domain] = bucket
    for domain, bucket in buckets.items():
        _keep(domain, bucket)
    return chosen


def _domain_buckets(now: dt.datetime) -> dict[str, Bucket]:
    an_hour = settings.MAIL_AN_HOUR_AND_DOMAIN
    if not an_hour:
        return {}
    rows = Allowance.objects.exclude(key=TO_ALL).filter(thousandths__lt=1000)
    return {row.key: filled(Bucket(row.thousandths, row.at), an_hour, now) for row in rows}


def _bucket(key: str, an_hour: int, now: dt.datetime) -> Bucket:
    """The allowance as it is now, kept from others until the transaction ends. Without a rate there is no end to it."""
    if not an_hour:
        return Bucket(10**12, now)
    Allowance.objects.get_or_create(key=key, defaults=_columns(filled(None, an_hour, now)))
    row = Allowance.objects.select_for_update().get(key=key)
    return filled(Bucket(row.thousandths, row.at), an_hour, now)


def _keep(key: str, bucket: Bucket) -> None:
    Allowance.objects.filter(key=key).update(**_columns(bucket))


def _columns(bucket: Bucket) -> dict[str, object]:
    return {"thousandths": bucket.thousandths, "at": bucket.at}


# --- one mail


def hand_over(delivery: Delivery, worker: Worker, *, now: dt.datetime) -> bool:
    """Note that a mail is handed over from now on; False where it must not be: stopped, or no longer this worker's."""
    return bool(
        Delivery.objects.filter(pk=delivery.pk, state=State.CLAIMED, worker=worker)
        .filter(issue__in=Issue.objects.filter(pk=delivery.issue_id, state=Issue.State.SENDING))
        .update(state=State.HANDED_OVER, tries=F("tries") + 1, changed_at=now)
    )


def write_answer(delivery: Delivery, worker: Worker, answer: Answer, *, now: dt.datetime) -> bool:
    """Write down what the mail server said; also of a mail that was taken to be in doubt, for now it is known."""
    outcome = outcome_of(answer, tries=delivery.tries + 1, now=now)
    return bool(
        Delivery.objects.filter(
            pk=delivery.pk, worker=worker, state__in=[State.HANDED_OVER, State.IN_DOUBT]
        ).update(
            state=outcome.state,
            next_try_at=outcome.next_try_at,
            code=answer.code,
            words=answer.words[:300],
            name_there=answer.name_there[:120],
            changed_at=now,
        )
    )


def leave_in_doubt(delivery: Delivery, worker: Worker, why: str, *, now: dt.datetime) -> bool:
    """Note that nobody knows whether a mail went."""
    handed = Delivery.objects.filter(pk=delivery.pk, worker=worker, state=State.HANDED_OVER)
    return bool(handed.update(state=State.IN_DOUBT, words=why[:300], changed_at=now))


def take_back(delivery: Delivery, worker: Worker, *, now: dt.datetime) -> bool:
    """Note that a mail was not handed over after all, because the line broke before: it waits again."""
    handed = Delivery.objects.filter(pk=delivery.pk, worker=worker, state=State.HANDED_OVER)
    return bool(handed.update(state=State.WAITING, worker=None, tries=F("tries") - 1, changed_at=now))


def set_aside(delivery: Delivery, worker: Worker, why: str, *, now: dt.datetime) -> bool:
    """Put one mail that can't be written aside, for a person to look at; the others go on."""
    ours = Delivery.objects.filter(
        pk=delivery.pk, worker=worker, state__in=[State.CLAIMED, State.HANDED_OVER]
    )
    return bool(ours.update(state=State.SET_ASIDE, words=why[:300], changed_at=now))


def suppress_deliveries(reasons: Iterable[tuple[Delivery, str]], *, now: dt.datetime) -> None:
    """Write to these no more: they left, withdrew or can't be reached since the list was made."""
    for delivery, why in reasons:
        Delivery.objects.filter(pk=delivery.pk, state=State.CLAIMED).update(
            state=State.SUPPRESSED, worker=None, words=why[:300], changed_at=now
        )
